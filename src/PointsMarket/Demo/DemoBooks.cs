using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Reconciliations;

namespace PointsMarket.Demo;

/// <summary>
/// The demo station's months: two that finance reconciled and closed, and the last one, where the bank and the shelves say something
/// else than the books in a few places and one thing is explained already.
/// </summary>
internal sealed class DemoBooks(MarketDb db, LedgerVerifier verifier, MoveClosing move, DateTime now)
{
    private static readonly Actor Finance = Actor.System("demo");

    public async Task RunAsync(CancellationToken ct)
    {
        var book = await db.LedgerBooks.Select(b => b.Id).SingleAsync(ct);
        var today = StationTime.Day(now);
        var first = new DateOnly(today.Year, today.Month, 1);
        var report = (await verifier.VerifyWithinAsync(db, null, ct)).Single();
        foreach (var back in (int[])[3, 2, 1])
        {
            var month = first.AddMonths(-back);
            var flows = new List<FundFlow>();
            var ledger = await LedgerMonth.ReadWithinAsync(db, book, month, flows.Add, ct);
            if (ledger.Shelves.Count == 0 && flows.Count == 0) continue; // before the station began
            using var bank = new BankMatching();
            flows.ForEach(bank.Add);
            Lines(flows, month, back == 1).ForEach(bank.Add);
            var run = await ReconcileMonth.CompareAsync(db, (book, month), (bank.Match(), Counts(ledger, back == 1)), ledger, report, ct);
            var at = StationTime.StartOf(month.AddMonths(1)).AddHours(30);
            (run.Found.RunAt, run.Found.RunBy) = (at < now ? at : now, Finance.Code);
            await TakeAsync(run, ct);
            var kept = await KeptRun.KeepAsync(db, run, now, ct);
            if (back > 1) await CloseAsync(kept, month, ct);
            else await ExplainAsync(kept, ct);
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>The bank's lines: as the books say, but in the last month one without a reference, one the books do not have, and one the bank has wrong.</summary>
    private static List<BankLine> Lines(List<FundFlow> flows, DateOnly month, bool off)
    {
        var lines = flows.Select((f, i) => new BankLine(f.Fund, f.Date, off && i == 0 ? "" : f.Reference, off && i == 1 ? f.AmountFen + 100 : f.AmountFen, f.AmountFen > 0 ? "转入" : "转出")).ToList();
        if (off) lines.Add(new BankLine(flows.Count > 0 ? flows[0].Fund : "volunteer-fund", month.AddDays(16), "", 66_600, "爱心捐款"));
        return lines;
    }

    private static List<CountedShelf> Counts(LedgerMonth ledger, bool off) =>
        [.. ledger.Shelves.OrderBy(s => s.Key).Select((s, i) => new CountedShelf(s.Key.Outlet, s.Key.Sku, Math.Max(0, s.Value - (off && i == 1 ? 2 : 0))))];

    /// <summary>The files as finance would have brought them.</summary>
    private async Task TakeAsync(Comparison run, CancellationToken ct)
    {
        var text = StationMonth.Text(run.Found.Month);
        var bank = new MonthFile { BookId = run.Found.BookId, Month = run.Found.Month, Kind = MonthFileKind.Bank, Name = $"bank-{text}.csv", Sha256 = Hash(run, 'b'), Rows = run.Found.BankLines, TakenAt = run.Found.RunAt, TakenBy = Finance.Code };
        var stock = new MonthFile { BookId = run.Found.BookId, Month = run.Found.Month, Kind = MonthFileKind.Stocktake, Name = $"stocktake-{text}.csv", Sha256 = Hash(run, 's'), Rows = run.Counted.Count, TakenAt = run.Found.RunAt, TakenBy = Finance.Code };
        db.AddRange(bank, stock);
        await db.SaveChangesAsync(ct);
        db.AddRange(run.Lines.Select(l => new StatementLine { FileId = bank.Id, Position = l.Position, Fund = l.Fund, Date = l.Date, Reference = l.Reference, AmountFen = l.AmountFen, Description = l.Description }));
        db.AddRange(run.Counted.Select((c, i) => new CountLine { FileId = stock.Id, Position = i, Outlet = c.Outlet, Sku = c.Sku, Counted = c.Counted }));
        await db.SaveChangesAsync(ct);
    }

    private static string Hash(Comparison run, char part) => string.Create(CultureInfo.InvariantCulture, $"{part}{run.Found.Sources[1..]}");

    private async Task CloseAsync(Reconciliation kept, DateOnly month, CancellationToken ct)
    {
        var at = kept.RunAt.AddHours(1);
        db.Add(new MonthClosing { BookId = kept.BookId, Month = month, ReconciliationId = kept.Id, AskedBy = Finance.Code, AskedAt = kept.RunAt, ClosedBy = Actor.System("setup").Code, ClosedAt = at });
        await db.SaveChangesAsync(ct);
        await move.ExecuteAsync(db, new MoveClosing.Input { BookId = kept.BookId, Before = StationTime.Month(month).To, Actor = Finance }, ct);
    }

    private async Task ExplainAsync(Reconciliation kept, CancellationToken ct)
    {
        var item = await db.FollowUps.FirstOrDefaultAsync(f => f.ReconciliationId == kept.Id && f.Kind == DiscrepancyKind.AmountDiffers, ct);
        if (item is null) return;
        (item.State, item.How, item.Words, item.Owner, item.At) = (FollowUpState.Explained, Remedy.BankError, "银行少扣了一元，已去电，下月补扣", Finance.Code, kept.RunAt.AddHours(2));
        db.Add(new FollowUpEvent { FollowUpId = item.Id, At = kept.RunAt.AddHours(2), Actor = Finance.Code, Change = FollowUpChange.Explained, Words = item.Words });
        await db.SaveChangesAsync(ct);
    }
}
