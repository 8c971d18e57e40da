using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Notices;
using PointsMarket.Routing;

namespace PointsMarket.Tasks;

/// <summary>
/// Tells the next level of reports that nobody judged in time. They climb without it; this only says so, once for each report and
/// level, and can be repeated and stopped anywhere.
/// </summary>
public sealed class TellClimbedReports(MarketWrites writes, TimeProvider clock)
{
    /// <summary>How many are told of in one transaction; the rest at the next turn.</summary>
    public const int AtOnce = 500;

    private static readonly ClimbNews.Words Words = new(InboxKinds.ReportClimbed, InboxKinds.ReportsClimbed, "/desk/reports?state=Mine");

    /// <summary>How many reports were told of.</summary>
    public Task<int> ExecuteAsync(CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var routes = await RouteBook.ReadAsync(db, token);
        var told = 0;
        foreach (var level in Escalation.Levels)
        {
            var climbed = await db.TaskReports.Where(r => r.Outcome == ReportOutcome.Pending)
                .Where(routes.At<TaskReport>(Matter.Report, level, now, r => r.Category, r => r.FiledAt, climbed: true))
                .Where(r => !db.Climbs.Any(c => c.Matter == Matter.Report && c.Level == level && c.Subject == r.Reference))
                .OrderBy(r => r.FiledAt).ThenBy(r => r.Id).Take(AtOnce)
                .Select(r => new ClimbNews.Climbed(r.Reference, r.Area.Path, "/desk/reports/" + r.Reference)).ToListAsync(token);
            told += await ClimbNews.TellAsync(db, Matter.Report, level, climbed, Words, now, token);
        }
        return told;
    }, ct);
}
