using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Tasks;

/// <summary>Loads <see cref="ReportPoints"/> with what the database already holds.</summary>
public static class ReportTally
{
    /// <summary>
    /// The rule book, and the verified reports of all members in the months from the first day's to the last day's. Call it
    /// inside the door, so that no report is verified between reading and writing.
    /// </summary>
    public static async Task<ReportPoints> LoadAsync(MarketDb db, DateOnly first, DateOnly last, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var points = new ReportPoints(await db.ScoringRules.AsNoTracking().ToListAsync(ct));
        var from = new DateOnly(first.Year, first.Month, 1);
        var to = new DateOnly(last.Year, last.Month, 1).AddMonths(1);
        var days = await db.TaskReports
            .Where(r => r.Outcome == ReportOutcome.Verified && r.HappenedDay >= from && r.HappenedDay < to)
            .GroupBy(r => new { r.MemberId, r.Category, r.HappenedDay })
            .Select(g => new { g.Key.MemberId, g.Key.Category, g.Key.HappenedDay, Reports = g.Count(), Points = g.Sum(r => r.Points) })
            .ToListAsync(ct);
        foreach (var d in days) points.Count(d.MemberId, d.Category, d.HappenedDay, d.Reports, d.Points);
        return points;
    }
}
