using System.Globalization;

namespace PointsMarket.Benchmarks;

/// <summary>The results as rows of a Markdown table, each against its target.</summary>
internal static class Table
{
    public static bool Missed { get; private set; }

    public static void Begin() => Console.WriteLine("| what | ratio (median) | spread | target | |\n|---|---:|---:|---:|---|");

    /// <summary>A row. <paramref name="least"/> or <paramref name="most"/> is the target; neither means that it is told and not judged.</summary>
    public static void Row(string what, IReadOnlyList<double> ratios, double? least = null, double? most = null)
    {
        var sorted = ratios.Order().ToList();
        var median = Median(sorted);
        var met = (least is null || median >= least) && (most is null || median <= most);
        Missed |= !met;
        var target = least is not null ? $"≥ {Number(least.Value)}" : most is not null ? $"≤ {Number(most.Value)}" : "–";
        Console.WriteLine($"| {what} | {Number(median)} | {Number(sorted[sorted.Count / 4])}–{Number(sorted[sorted.Count * 3 / 4])} | {target} | {(least is null && most is null ? "" : met ? "met" : "MISSED")} |");
    }

    public static double Median(IReadOnlyList<double> sorted) => (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
