using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Notices;

namespace PointsMarket.Jobs;

/// <summary>
/// The months of a station that are over, from its first entry on and at most <see cref="MostMonths"/> back: not only the last one,
/// because the server may have been off for a while.
/// </summary>
internal static class MonthsOver
{
    public const int MostMonths = 24;

    public static async Task<IReadOnlyList<(int BookId, string Path, string Code, IReadOnlyList<DateOnly> Months)>> OfStationsAsync(MarketDb db, DateTime now, CancellationToken ct)
    {
        var today = StationTime.Day(now);
        var thisMonth = new DateOnly(today.Year, today.Month, 1);
        var stations = await (
            from area in db.Areas
            where area.Kind == AreaKind.Station
            orderby area.Path
            select new { area.BookId, area.Path, area.Code }).ToListAsync(ct);
        var found = new List<(int, string, string, IReadOnlyList<DateOnly>)>();
        foreach (var station in stations)
        {
            var earliest = await db.LedgerTransactions.Where(t => t.BookId == station.BookId).OrderBy(t => t.HappenedAt).Select(t => (DateTime?)t.HappenedAt).FirstOrDefaultAsync(ct);
            if (earliest is not { } at) continue;
            var day = StationTime.Day(at);
            var first = new DateOnly(day.Year, day.Month, 1);
            if (first < thisMonth.AddMonths(-MostMonths)) first = thisMonth.AddMonths(-MostMonths);
            var months = new List<DateOnly>();
            for (var month = first; month < thisMonth; month = month.AddMonths(1)) months.Add(month);
            found.Add((station.BookId, station.Path, station.Code, months));
        }
        return found;
    }
}

/// <summary>Tells finance of every month that ended and is not reconciled: once a month and station.</summary>
public sealed class AskToReconcile(MarketContexts contexts, MarketWrites writes, TimeProvider clock)
{
    private static readonly string[] Told = [Roles.Finance];

    /// <summary>Of how many months somebody was told.</summary>
    public async Task<int> ExecuteAsync(RunReport report, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        var now = clock.GetUtcNow().UtcDateTime;
        var due = new List<(string Path, string Subject)>();
        await using (var db = contexts.Read())
        {
            foreach (var (book, path, code, months) in await MonthsOver.OfStationsAsync(db, now, ct))
            {
                var there = await db.Reconciliations.Where(r => r.BookId == book).Select(r => r.Month).ToListAsync(ct);
                due.AddRange(months.Except(there).Order().Select(m => (path, $"{code} {StationMonth.Text(m)}")));
            }
        }
        var told = 0;
        foreach (var (path, subject) in due)
        {
            ct.ThrowIfCancellationRequested();
            if (await writes.RunAsync((db, token) => TellAsync(db, path, subject, now, token), ct) == 0) continue;
            report.Say(RunLines.MonthOpen, subject);
            told++;
        }
        return told;
    }

    private static async Task<int> TellAsync(MarketDb db, string path, string subject, DateTime now, CancellationToken ct)
    {
        await db.TakeTurnAsync(); // two nodes do not tell twice
        if (await db.InboxMessages.AnyAsync(m => m.Kind == InboxKinds.MonthOpen && m.Subject == subject, ct)) return 0;
        var told = await Inbox.TellStaffAsync(db, Told, path, InboxKinds.MonthOpen, subject, "/finance/reconciliation", now, null, ct);
        await db.SaveChangesAsync(ct);
        return told;
    }
}
