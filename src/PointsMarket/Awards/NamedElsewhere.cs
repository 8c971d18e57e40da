using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Awards;

/// <summary>
/// Who is on the list of another cycle of the same station, kind and year that is alive: fixed or further, not called off, the certificate
/// not revoked. A ranked award is given, and paid, once a year to each (DESIGN 7), however many cycles divide it among the areas.
/// </summary>
public static class NamedElsewhere
{
    private static readonly AwardState[] Alive = [AwardState.Named, AwardState.Noticed, AwardState.Decided, AwardState.Issuing, AwardState.Issued];

    /// <summary>Their members' keys; empty for what is named by hand, where somebody may be honoured more than once a year.</summary>
    public static async Task<IReadOnlySet<int>> ReadAsync(MarketDb db, AwardCycle cycle, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(cycle);
        if (!AwardRule.For(cycle.Kind).Ranked) return new HashSet<int>();
        return (await db.AwardNominees
            .Where(n => n.Named && n.MemberId != null && n.CycleId != cycle.Id && n.Cycle.BookId == cycle.BookId && n.Cycle.Kind == cycle.Kind && n.Cycle.Year == cycle.Year && Alive.Contains(n.Cycle.State)
                && !db.Certificates.Any(c => c.NomineeId == n.Id && c.RevokedAt != null))
            .Select(n => n.MemberId!.Value).Distinct().ToListAsync(ct)).ToHashSet();
    }
}
