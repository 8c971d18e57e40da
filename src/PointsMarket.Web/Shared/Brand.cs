using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace PointsMarket.Web.Shared;

/// <summary>The names a station puts on its own market; configuration section <c>Brand</c>.</summary>
public sealed class Brand
{
    public const string Section = "Brand";

    /// <summary>The station in Chinese.</summary>
    [Required, StringLength(24)]
    public string StationZh { get; set; } = "兴谷警务室";

    /// <summary>The station in English.</summary>
    [Required, StringLength(40)]
    public string StationEn { get; set; } = "Xinggu";

    /// <summary>The market in Chinese.</summary>
    [Required, StringLength(24)]
    public string NameZh { get; set; } = "积分超市";

    /// <summary>The market in English.</summary>
    [Required, StringLength(40)]
    public string NameEn { get; set; } = "Points Market";

    /// <summary>The station in the language of the request.</summary>
    public string Station => Chinese ? StationZh : StationEn;

    /// <summary>The market in the language of the request.</summary>
    public string Name => Chinese ? NameZh : NameEn;

    /// <summary>Both, for titles: 兴谷警务室 · 积分超市, Xinggu Points Market.</summary>
    public string Full => Chinese ? $"{StationZh} · {NameZh}" : $"{StationEn} {NameEn}";

    private static bool Chinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";
}
