using System.Globalization;
using System.Text;
using PointsMarket.Awards;

namespace PointsMarket.Web.Awards;

/// <summary>A certificate on paper: model of <c>_Certificate</c>.</summary>
/// <param name="Face">What stands on it.</param>
/// <param name="CheckUrl">The address in its QR code.</param>
public sealed record CertificateSheet(CertificateFace Face, string CheckUrl)
{
    private const string Digits = "〇一二三四五六七八九";

    /// <summary>A certificate is written in Chinese, whatever the language of who prints it: a reprint is the same one.</summary>
    public static readonly CultureInfo Language = CultureInfo.GetCultureInfo("zh-CN");

    /// <summary>How it is drawn, as a class of the stylesheet.</summary>
    public string Look => Face.Kind switch
    {
        AwardKind.Lecturer => "cert-blue",
        AwardKind.SponsorThanks => "cert-pine",
        _ => "cert-red",
    };

    /// <summary>A long name in smaller type.</summary>
    public string NameSize => new StringInfo(Face.Recipient).LengthInTextElements switch
    {
        <= 10 => "",
        <= 18 => "long",
        _ => "longer",
    };

    /// <summary>二〇二六年十一月二十一日.</summary>
    public string Day => Written(Face.IssuedOn);

    /// <summary>A day as it is written on a document.</summary>
    public static string Written(DateOnly day) => $"{string.Concat(day.Year.ToString(CultureInfo.InvariantCulture).Select(c => Digits[c - '0']))}年{Count(day.Month)}月{Count(day.Day)}日";

    private static string Count(int number)
    {
        var text = new StringBuilder();
        if (number >= 20) text.Append(Digits[number / 10]);
        if (number >= 10) text.Append('十');
        if (number % 10 > 0) text.Append(Digits[number % 10]);
        return text.ToString();
    }
}
