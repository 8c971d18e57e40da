namespace PointsMarket.Web.Text;

/// <summary>
/// Marks the words on screen: <c>IStringLocalizer&lt;Texts&gt;</c> reads <c>Texts.resx</c> (Chinese) and <c>Texts.en.resx</c>.
/// Keys say where and what, <c>Area.Page.Thing</c>; a test holds both files equal and every key used.
/// </summary>
public sealed class Texts;
