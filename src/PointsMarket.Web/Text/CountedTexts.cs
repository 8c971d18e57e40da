using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace PointsMarket.Web.Text;

/// <summary>
/// The words on screen, where English tells one from many: of <c>{0} {0:day|days}</c> the word before the stroke stands for 1, the
/// other for every other number. Chinese has no need of it.
/// </summary>
internal sealed partial class CountedTexts(IStringLocalizerFactory factory) : IStringLocalizer<Texts>
{
    private readonly IStringLocalizer texts = factory.Create(typeof(Texts));

    /// <inheritdoc/>
    public LocalizedString this[string name] => texts[name];

    /// <inheritdoc/>
    public LocalizedString this[string name, params object[] arguments]
    {
        get
        {
            var found = texts[name];
            var format = Counted().Replace(found.Value, m => m.Groups[IsOne(arguments[int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)]) ? 2 : 3].Value);
            return new LocalizedString(name, string.Format(CultureInfo.CurrentCulture, format, arguments), found.ResourceNotFound, found.SearchedLocation);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => texts.GetAllStrings(includeParentCultures);

    /// <summary>A number, or one that was written out for the screen.</summary>
    private static bool IsOne(object? value) => value is string written ? written == "1" : value is IConvertible number && number.ToDecimal(CultureInfo.InvariantCulture) == 1;

    [GeneratedRegex(@"\{(\d+):([^{}|]*)\|([^{}|]*)\}")]
    private static partial Regex Counted();
}
