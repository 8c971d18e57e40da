using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Reconciliations;

namespace PointsMarket.Jobs;

/// <summary>
/// Reconciles months that are over by itself (DESIGN 6), the earliest first: those that are not closed, for which statements and counts
/// were brought, all that it needs and in a shape that no run has seen. A month for which nothing was brought is left to
/// <see cref="AskToReconcile"/>. It settles and closes nothing, and its run is nobody's signature (<see cref="CloseMonth"/>). Stopped in
/// the middle the next one goes on: what was run is not run again, and what was not told is told then.
/// </summary>
public sealed class ReconcilePastMonths(MarketContexts contexts, MarketWrites writes, ReconcileMonth reconcile, TimeProvider clock)
{
    private static readonly Actor Schedule = Actor.System("schedule");

    private sealed record Due(int Book, string Path, string Code, IReadOnlyList<DateOnly> Months);

    /// <summary>How many months were reconciled.</summary>
    public async Task<int> ExecuteAsync(RunReport report, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        var now = clock.GetUtcNow().UtcDateTime;
        var kept = 0;
        foreach (var station in await DueAsync(now, ct))
        {
            foreach (var month in station.Months)
            {
                ct.ThrowIfCancellationRequested();
                var outcome = await reconcile.ExecuteAsync(
                    new ReconcileMonth.Input { Month = month, Bank = null, Stocktake = null, Actor = Schedule, AreaPath = station.Path, OnlyNew = true, Progress = new ProofProgress(report) }, ct);
                if (outcome is not ReconcileMonth.Reconciled { Found: { Id: > 0 } found }) continue;
                report.Say(RunLines.MonthReconciled, Subject(station, month), found.Discrepancies.Count);
                kept++;
            }
            await writes.RunAsync((db, token) => TellAsync(db, station, now, token), ct);
        }
        return kept;
    }

    private async Task<IReadOnlyList<Due>> DueAsync(DateTime now, CancellationToken ct)
    {
        await using var db = contexts.Read();
        var due = new List<Due>();
        foreach (var (book, path, code, months) in await MonthsOver.OfStationsAsync(db, now, ct))
        {
            var brought = await MonthSources.MonthsAsync(db, book, ct);
            var closed = await db.LedgerBooks.Where(b => b.Id == book).Select(b => b.ClosedBefore).SingleAsync(ct);
            due.Add(new Due(book, path, code, [.. months.Where(m => brought.Contains(m) && !(closed >= StationTime.Month(m).To)).Order()]));
        }
        return due;
    }

    /// <summary>Tells finance of what the schedule ran, each run once: also of one after which a server stopped.</summary>
    private static async Task<int> TellAsync(MarketDb db, Due station, DateTime now, CancellationToken ct)
    {
        await db.TakeTurnAsync(); // two nodes do not tell twice
        var runs = await db.Reconciliations
            .Where(r => r.BookId == station.Book && r.RunBy == Schedule.Code && station.Months.Contains(r.Month) && !db.Reconciliations.Any(n => n.BookId == r.BookId && n.Month == r.Month && n.Id > r.Id))
            .OrderBy(r => r.Month).Select(r => new { r.Id, r.Month }).ToListAsync(ct);
        foreach (var run in runs)
        {
            var href = string.Create(CultureInfo.InvariantCulture, $"/finance/reconciliation/{run.Id}");
            if (await db.InboxMessages.AnyAsync(m => m.Kind == InboxKinds.MonthReconciled && m.Href == href, ct)) continue;
            await Inbox.TellStaffAsync(db, [Roles.Finance], station.Path, InboxKinds.MonthReconciled, Subject(station, run.Month), href, now, null, ct);
        }
        return await db.SaveChangesAsync(ct);
    }

    private static string Subject(Due station, DateOnly month) => $"{station.Code} {StationMonth.Text(month)}";
}
