using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace PointsMarket.Web.Shared;

/// <summary>Bars as inline SVG, drawn on the server, for screen and paper; the numbers stand beside them in a table.</summary>
public static class Bars
{
    private const int Width = 720, Row = 44, Label = 132, Right = 84;

    /// <summary>Two bars a row: this year filled, last year a hollow one below, so that colour is not all that tells them apart.</summary>
    public static IHtmlContent Paired(IReadOnlyList<(string Name, long Now, long Before)> rows, string label)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var most = Math.Max(1, rows.Select(r => Math.Max(r.Now, r.Before)).DefaultIfEmpty().Max());
        var svg = Begin((rows.Count * Row) + 4, label);
        for (var i = 0; i < rows.Count; i++)
        {
            var (name, now, before) = rows[i];
            var y = (i * Row) + 4;
            Text(svg, Label - 10, y + 23, name, "end", "n");
            Bar(svg, y + 3, Length(now, most), 16, "fill=\"#14574F\"");
            Bar(svg, y + 23, Length(before, most), 10, "fill=\"#FBF1DA\" stroke=\"#B67A12\" stroke-width=\"1.2\"");
            Text(svg, Label + Length(now, most) + 7, y + 16, Ui.Points(now), "start", "v");
            Text(svg, Label + Length(before, most) + 7, y + 33, Ui.Points(before), "start", "w");
        }

        return End(svg);
    }

    /// <summary>One bar a row, cut into the shares of its parts; the class of a part is <c>g-</c> and its name.</summary>
    public static IHtmlContent Stacked(IReadOnlyList<(string Name, IReadOnlyList<(string Part, int Count)> Parts)> rows, string label)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var svg = Begin((rows.Count * 40) + 4, label);
        for (var i = 0; i < rows.Count; i++)
        {
            var (name, parts) = rows[i];
            var (y, at, all) = ((i * 40) + 6, (double)Label, Math.Max(1, parts.Sum(p => p.Count)));
            Text(svg, Label - 10, y + 19, name, "end", "n");
            foreach (var (part, count) in parts.Where(p => p.Count > 0))
            {
                var wide = (Width - Label - 8d) * count / all;
                svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"g-{part}\" x=\"{at:0.#}\" y=\"{y}\" width=\"{Math.Max(1, wide - 1.5):0.#}\" height=\"28\" rx=\"3\"/>");
                if (wide > 26) svg.Append(CultureInfo.InvariantCulture, $"<text class=\"g-{part}-n\" x=\"{at + (wide / 2):0.#}\" y=\"{y + 19}\" text-anchor=\"middle\">{count}</text>");
                at += wide;
            }
        }

        return End(svg);
    }

    private static double Length(long value, long most) => Math.Max(value > 0 ? 2 : 0, (Width - Label - Right) * (double)value / most);

    private static void Bar(StringBuilder svg, int y, double length, int height, string look)
    {
        if (length > 0) svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Label}\" y=\"{y}\" width=\"{length:0.#}\" height=\"{height}\" rx=\"3\" {look}/>");
    }

    private static void Text(StringBuilder svg, double x, int y, string text, string anchor, string css) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{css}\" x=\"{x:0.#}\" y=\"{y}\" text-anchor=\"{anchor}\">{HtmlEncoder.Default.Encode(text)}</text>");

    private static StringBuilder Begin(int height, string label) =>
        new(string.Create(CultureInfo.InvariantCulture, $"<svg class=\"chart bars\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(label)}\">"));

    private static HtmlString End(StringBuilder svg) => new(svg.Append("</svg>").ToString());
}
