using System.Globalization;

namespace PointsMarket.Web.Shared;

/// <summary>How an article is called in the language of the request.</summary>
public static class GoodsNames
{
    /// <summary>Its name.</summary>
    public static string Shown(string chinese, string english) => Chinese ? chinese : english;

    /// <summary>What one is called (袋, 瓶); null in English, whose names say it themselves.</summary>
    public static string? Unit(string unit) => Chinese ? unit : null;

    private static bool Chinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";
}
