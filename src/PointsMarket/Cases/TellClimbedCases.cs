using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Routing;

namespace PointsMarket.Cases;

/// <summary>
/// Tells the next level of cases that nobody decided on in time. They climb without it; this only says so, once for each level and
/// each thing a case waited for, and can be repeated and stopped anywhere.
/// </summary>
public sealed class TellClimbedCases(MarketWrites writes, TimeProvider clock)
{
    private static readonly ClimbNews.Words Words = new(InboxKinds.CaseClimbed, InboxKinds.CasesClimbed, "/desk/cases?tab=Mine");

    /// <summary>How many cases were told of.</summary>
    public Task<int> ExecuteAsync(CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var routes = await RouteBook.ReadAsync(db, token);
        var told = 0;
        foreach (var level in Escalation.Levels)
        {
            var waiting = await Waiting(db.Cases, routes, level, now, climbed: true).OrderBy(c => c.WaitsSince).ThenBy(c => c.Id)
                .Select(c => new { c.Id, c.Number, c.Area.Path, c.WaitsSince }).ToListAsync(token);
            // A case may wait more than once in its life: what it climbed with is part of the key.
            told += await ClimbNews.TellAsync(db, Matter.Case, level,
                [.. waiting.Select(c => new ClimbNews.Climbed(c.Number, c.Path, "/desk/cases/" + c.Number, string.Create(CultureInfo.InvariantCulture, $"{c.Id}:{c.WaitsSince!.Value.Ticks / TimeSpan.TicksPerSecond}")))],
                Words, now, token);
        }
        return told;
    }, ct);

    /// <summary>The cases that wait for a level now.</summary>
    /// <param name="cases">Of these.</param>
    /// <param name="routes">All routes.</param>
    /// <param name="level">The level.</param>
    /// <param name="now">UTC.</param>
    /// <param name="climbed">True for only those that did not begin at this level.</param>
    public static IQueryable<Case> Waiting(IQueryable<Case> cases, RouteBook routes, MemberKind level, DateTime now, bool climbed = false)
    {
        ArgumentNullException.ThrowIfNull(routes);
        return cases.Where(c => c.WaitsSince <= now).Where(routes.At<Case>(Matter.Case, level, now, c => c.Kind, c => c.WaitsSince!.Value, climbed));
    }
}
