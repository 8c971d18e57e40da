using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Tasks;

namespace PointsMarket.Rules;

/// <summary>A rule that begins, and the one it takes over from, for the public notice page.</summary>
/// <param name="Rule">The new one.</param>
/// <param name="Before">The old one; null for a category that is new.</param>
public sealed record RuleChange(ScoringRule Rule, ScoringRule? Before)
{
    /// <summary>How long after its first day a change is still told of.</summary>
    public const int ToldDays = 60;

    /// <summary>The changes to come and those of the last <see cref="ToldDays"/> days, the latest first.</summary>
    public static async Task<IReadOnlyList<RuleChange>> ReadAsync(MarketDb db, DateOnly today, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var since = today.AddDays(-ToldDays);
        var order = await TaskCategory.CodesAsync(db, ct);
        var rules = await db.ScoringRules.AsNoTracking().ToListAsync(ct);
        return
        [
            .. rules.Where(r => r.From >= since).OrderByDescending(r => r.From).ThenBy(r => order.IndexOf(r.Category))
                .Select(r => new RuleChange(r, rules.Where(o => o.Category == r.Category && o.From < r.From).MaxBy(o => o.From))),
        ];
    }
}
