using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace PointsMarket.Web.Shared;

/// <summary>Bars as inline SVG, drawn on the server, for screen and paper; the numbers stand beside them in a table.</summary>
public static class Bars
{
    private const int Width = 720, Row = 44, Right = 84;

    /// <summary>Two bars a row: this year filled, last year a hollow one below, so that colour is not all that tells them apart.</summary>
    public static IHtmlContent Paired(IReadOnlyList<(string Name, long Now, long Before)> rows, string label)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var most = Math.Max(1, rows.Select(r => Math.Max(r.Now, r.Before)).DefaultIfEmpty().Max());
        var svg = Begin((rows.Count * Row) + 4, label);
        var left = LabelOf(rows.Select(r => r.Name));
        for (var i = 0; i < rows.Count; i++)
        {
            var (name, now, before) = rows[i];
            var y = (i * Row) + 4;
            var (wide, was) = (Length(now, most, left), Length(before, most, left));
            Text(svg, left - 10, y + 23, name, "end", "n");
            Bar(svg, left, y + 3, wide, 16, "fill=\"#14574F\"");
            Bar(svg, left, y + 23, was, 10, "fill=\"#FBF1DA\" stroke=\"#B67A12\" stroke-width=\"1.2\"");
            Text(svg, left + wide + 7, y + 16, Ui.Points(now), "start", "v");
            Text(svg, left + was + 7, y + 33, Ui.Points(before), "start", "w");
        }

        return End(svg);
    }

    /// <summary>One bar a row, cut into the shares of its parts; the class of a part is <c>g-</c> and its name.</summary>
    public static IHtmlContent Stacked(IReadOnlyList<(string Name, IReadOnlyList<(string Part, int Count)> Parts)> rows, string label)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var svg = Begin((rows.Count * 40) + 4, label);
        var left = LabelOf(rows.Select(r => r.Name));
        for (var i = 0; i < rows.Count; i++)
        {
            var (name, parts) = rows[i];
            var (y, at, all) = ((i * 40) + 6, (double)left, Math.Max(1, parts.Sum(p => p.Count)));
            Text(svg, left - 10, y + 19, name, "end", "n");
            foreach (var (part, count) in parts.Where(p => p.Count > 0))
            {
                var wide = (Width - left - 8d) * count / all;
                svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"g-{part}\" x=\"{at:0.#}\" y=\"{y}\" width=\"{Math.Max(1, wide - 1.5):0.#}\" height=\"28\" rx=\"3\"/>");
                if (wide > 26) svg.Append(CultureInfo.InvariantCulture, $"<text class=\"g-{part}-n\" x=\"{at + (wide / 2):0.#}\" y=\"{y + 19}\" text-anchor=\"middle\">{count}</text>");
                at += wide;
            }
        }

        return End(svg);
    }

    /// <summary>Room for the longest name: a Chinese character is about twice as wide as a Latin letter.</summary>
    private static int LabelOf(IEnumerable<string> names) => Math.Clamp(24 + names.Select(n => n.Sum(c => c > 0x2E80 ? 14 : 8)).DefaultIfEmpty().Max(), 90, 250);

    private static double Length(long value, long most, int left) => Math.Max(value > 0 ? 2 : 0, (Width - left - Right) * (double)value / most);

    private static void Bar(StringBuilder svg, int left, int y, double length, int height, string look)
    {
        if (length > 0) svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left}\" y=\"{y}\" width=\"{length:0.#}\" height=\"{height}\" rx=\"3\" {look}/>");
    }

    private static void Text(StringBuilder svg, double x, int y, string text, string anchor, string css) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{css}\" x=\"{x:0.#}\" y=\"{y}\" text-anchor=\"{anchor}\">{HtmlEncoder.Default.Encode(text)}</text>");

    private static StringBuilder Begin(int height, string label) =>
        new(string.Create(CultureInfo.InvariantCulture, $"<svg class=\"chart bars\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(label)}\">"));

    private static HtmlString End(StringBuilder svg) => new(svg.Append("</svg>").ToString());
}
