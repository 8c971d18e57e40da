using System.Globalization;

namespace PointsMarket.Web.Shared;

/// <summary>How an article is called in the language of the request.</summary>
public static class GoodsText
{
    /// <summary>The Chinese name on a Chinese page, else the English one.</summary>
    public static string Name(string zh, string en) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? zh : en;
}
