using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Tasks;

/// <summary>Loads <see cref="ReportPoints"/> with what the database already holds.</summary>
public static class ReportTally
{
    /// <summary>
    /// The rule book, and the verified reports in the months from the first day's to the last day's. Call it inside the door, so
    /// that no report is verified between reading and writing.
    /// </summary>
    /// <param name="db">The door's context.</param>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last day.</param>
    /// <param name="members">Only these members' reports; null for everybody's.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<ReportPoints> LoadAsync(MarketDb db, DateOnly first, DateOnly last, IReadOnlyCollection<int>? members = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var points = new ReportPoints(await db.ScoringRules.AsNoTracking().ToListAsync(ct));
        var from = new DateOnly(first.Year, first.Month, 1);
        var to = new DateOnly(last.Year, last.Month, 1).AddMonths(1);
        var reports = members is null ? db.TaskReports : db.TaskReports.Where(r => members.Contains(r.MemberId));
        var days = await reports
            .Where(r => r.Outcome == ReportOutcome.Verified && r.HappenedDay >= from && r.HappenedDay < to)
            .GroupBy(r => new { r.MemberId, r.Category, r.HappenedDay })
            .Select(g => new { g.Key.MemberId, g.Key.Category, g.Key.HappenedDay, Reports = g.Count(), Points = g.Sum(r => r.Points) })
            .ToListAsync(ct);
        foreach (var d in days) points.Count(d.MemberId, d.Category, d.HappenedDay, d.Reports, d.Points);
        return points;
    }
}
