using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;

namespace PointsMarket.Tips;

/// <summary>
/// Counts of tips for people who must not know of single ones. A group under <see cref="Fewest"/> is not told; nor is a sum that
/// would tell it.
/// </summary>
public static class TipFigures
{
    /// <summary>The smallest group that is told. Source: DESIGN 4.</summary>
    public const int Fewest = 5;

    /// <summary>One group; null is "under five".</summary>
    public sealed record Figure<T>(T Of, int? Count);

    /// <summary>The last twelve months by kind and by state.</summary>
    public sealed record Result(IReadOnlyList<Figure<TipKind>> Kinds, IReadOnlyList<Figure<TipState>> States, int? All);

    /// <summary>Counts those of an area. <paramref name="today"/> is the station day.</summary>
    public static async Task<Result> ReadAsync(MarketDb db, string areaPath, DateOnly today, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var since = today.AddYears(-1);
        var counts = await db.Tips.Where(t => t.Area.Path.StartsWith(areaPath) && t.Day > since)
            .GroupBy(t => new { t.Kind, t.State }).Select(g => new { g.Key.Kind, g.Key.State, Count = g.Count() }).ToListAsync(ct);
        var kinds = Enum.GetValues<TipKind>().Select(k => (k, counts.Where(c => c.Kind == k).Sum(c => c.Count))).ToList();
        var states = Enum.GetValues<TipState>().Select(s => (s, counts.Where(c => c.State == s).Sum(c => c.Count))).ToList();
        return new Result(Shown(kinds), Shown(states), Told(counts.Sum(c => c.Count)));
    }

    /// <summary>
    /// Hides the small groups. Where exactly one is hidden the next smallest goes with it, so that the sum does not tell it.
    /// </summary>
    internal static IReadOnlyList<Figure<T>> Shown<T>(IReadOnlyList<(T Of, int Count)> groups)
    {
        var hidden = groups.Where(g => g.Count is > 0 and < Fewest).Select(g => g.Of).ToHashSet();
        if (hidden.Count == 1 && groups.Where(g => g.Count >= Fewest).OrderBy(g => g.Count).Select(g => (true, g.Of)).FirstOrDefault() is (true, var next)) hidden.Add(next);
        return [.. groups.Select(g => new Figure<T>(g.Of, hidden.Contains(g.Of) ? null : g.Count))];
    }

    private static int? Told(int count) => count is > 0 and < Fewest ? null : count;
}
