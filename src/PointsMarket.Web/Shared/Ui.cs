using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using QRCoder;

namespace PointsMarket.Web.Shared;

/// <summary>Small drawings and the way numbers and times are written, in the language of the request.</summary>
public static class Ui
{
    private static readonly TimeZoneInfo Station = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary>A lucide icon that only decorates; the words beside it say the same.</summary>
    public static IHtmlContent Icon(string name) =>
        new HtmlString($"<svg class=\"i\" aria-hidden=\"true\" focusable=\"false\"><use href=\"/lib/lucide-1.62.0/icons.svg#{Safe(name)}\"/></svg>");

    /// <summary>A drawing of goods from img/goods.svg, such as <c>g-rice</c>.</summary>
    public static IHtmlContent Pic(string symbol) =>
        new HtmlString($"<svg viewBox=\"0 0 120 120\" aria-hidden=\"true\" focusable=\"false\"><use href=\"/img/goods.svg#{Safe(symbol)}\"/></svg>");

    /// <summary>A QR code as one path, with the quiet zone; <paramref name="label"/> is what a screen reader says.</summary>
    public static IHtmlContent Qr(string text, string label)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < modules.Count; y++)
        {
            for (var x = 0; x < modules.Count; x++)
            {
                var from = x;
                while (x < modules.Count && modules[y][x])
                {
                    x++;
                }

                if (x > from)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
                }
            }
        }

        return new HtmlString($"<svg class=\"qr\" viewBox=\"0 0 {modules.Count} {modules.Count}\" role=\"img\" aria-label=\"{Safe(label)}\" "
            + $"shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{modules.Count}v{modules.Count}H0z\"/><path fill=\"#0F3F39\" d=\"{path}\"/></svg>");
    }

    /// <summary>Points or pieces: 1,286 and −360 (with a true minus sign).</summary>
    public static string Points(long points) => points.ToString("#,0;\u2212#,0", CultureInfo.InvariantCulture);

    /// <summary>A change of points, always with its sign: +20, −360.</summary>
    public static string Change(long points) => points.ToString("+#,0;\u2212#,0;0", CultureInfo.InvariantCulture);

    /// <summary>Money from fen: ¥12.50.</summary>
    public static string Yuan(long fen) => (fen / 100m).ToString("¥#,0.00;\u2212¥#,0.00", CultureInfo.InvariantCulture);

    /// <summary>A moment (UTC) on the station's clock.</summary>
    public static DateTime Local(DateTime utc) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Station);

    /// <summary>11月21日 星期六; 21 Nov, Saturday.</summary>
    public static string Day(DateTime utc) => Day(DateOnly.FromDateTime(Local(utc)));

    /// <inheritdoc cref="Day(DateTime)"/>
    public static string Day(DateOnly day) => day.ToString(Chinese ? "M月d日 dddd" : "d MMM, dddd", CultureInfo.CurrentCulture);

    /// <summary>2026年11月21日; 21 Nov 2026.</summary>
    public static string Date(DateTime utc) => Date(DateOnly.FromDateTime(Local(utc)));

    /// <inheritdoc cref="Date(DateTime)"/>
    public static string Date(DateOnly day) => day.ToString(Chinese ? "yyyy年M月d日" : "d MMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>11月21日 09:42; 21 Nov, 09:42.</summary>
    public static string Moment(DateTime utc) => Local(utc).ToString(Chinese ? "M月d日 HH:mm" : "d MMM, HH:mm", CultureInfo.CurrentCulture);

    /// <summary>2026年11月21日 09:42; 21 Nov 2026, 09:42.</summary>
    public static string FullMoment(DateTime utc) =>
        Local(utc).ToString(Chinese ? "yyyy年M月d日 HH:mm" : "d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);

    /// <summary>09:42.</summary>
    public static string Clock(DateTime utc) => Local(utc).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static bool Chinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    private static string Safe(string text) => HtmlEncoder.Default.Encode(text);
}
