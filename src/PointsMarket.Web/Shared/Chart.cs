using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace PointsMarket.Web.Shared;

/// <summary>Charts as inline SVG, drawn on the server; the numbers stand beside them in a table.</summary>
public static class Chart
{
    private const int Width = 720, Height = 250, Left = 50, Right = 56, Top = 12, Bottom = 28;

    /// <summary>Two lines over the same steps: the first filled below, the second broken, so that colour is not all that tells them apart.</summary>
    public static IHtmlContent Lines(IReadOnlyList<string> steps, IReadOnlyList<long> first, IReadOnlyList<long> second, string label)
    {
        var most = Nice(Math.Max(1, first.Concat(second).Append(0).Max()));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(label)}\">");
        for (var i = 0; i <= 4; i++)
        {
            var y = Y(most * i / 4d, most);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\" stroke=\"#DDDBD0\"/><text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{Ui.Points(most * i / 4)}</text>");
        }

        for (var i = 0; i < steps.Count; i++)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(i, steps.Count):0.#}\" y=\"{Height - 6}\" text-anchor=\"middle\">{HtmlEncoder.Default.Encode(steps[i])}</text>");
        var (a, b) = (Path(first, most), Path(second, most));
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{a}L{X(first.Count - 1, first.Count):0.#} {Height - Bottom}L{Left} {Height - Bottom}Z\" fill=\"#14574F\" fill-opacity=\".08\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{a}\" fill=\"none\" stroke=\"#14574F\" stroke-width=\"2.5\"/><path d=\"{b}\" fill=\"none\" stroke=\"#B67A12\" stroke-width=\"2\" stroke-dasharray=\"5 3\"/>");
        Last(svg, first, most, "#14574F", Math.Abs(Y(first[^1], most) - Y(second[^1], most)) < 16 && first[^1] >= second[^1] ? -8 : 4);
        Last(svg, second, most, "#B67A12", Math.Abs(Y(first[^1], most) - Y(second[^1], most)) < 16 && first[^1] >= second[^1] ? 14 : 4);
        return new HtmlString(svg.Append("</svg>").ToString());
    }

    private static void Last(StringBuilder svg, IReadOnlyList<long> values, long most, string colour, int shift)
    {
        var (x, y) = (X(values.Count - 1, values.Count), Y(values[^1], most));
        svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"4\" fill=\"{colour}\"/><text class=\"v\" x=\"{x + 9:0.#}\" y=\"{y + shift:0.#}\">{Ui.Points(values[^1])}</text>");
    }

    private static string Path(IReadOnlyList<long> values, long most) =>
        string.Concat(values.Select((v, i) => string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{X(i, values.Count):0.#} {Y(v, most):0.#}")));

    private static double X(int i, int count) => Left + ((Width - Left - Right) * (count < 2 ? 0 : (double)i / (count - 1)));

    private static double Y(double value, long most) => Height - Bottom - ((Height - Top - Bottom) * Math.Max(0, value) / most);

    /// <summary>The next number of 4, 8, 20, 40, 80, 200 …, so that the four lines stand at whole numbers.</summary>
    private static long Nice(long value)
    {
        for (long ten = 1; ; ten *= 10)
        {
            foreach (var step in (long[])[4, 8, 20])
            {
                if (value <= step * ten) return step * ten;
            }
        }
    }
}
