using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Settings;

namespace PointsMarket.Reconciliations;

/// <summary>
/// Reconciles a month of a station (DESIGN 6): the books from their entries up, the bank statement against the funds, the stocktake
/// against the shelves, the cards, and what stands behind the points. Kept as one record; the same files against the same ledger are
/// the same record. Everything is read and compared outside the door.
/// </summary>
public sealed class ReconcileMonth(MarketContexts contexts, MarketWrites writes, LedgerVerifier verifier, TimeProvider clock)
{
    /// <summary>What to reconcile.</summary>
    public sealed record Input
    {
        /// <summary>Any day of the month.</summary>
        public required DateOnly Month { get; init; }

        /// <summary>The bank statement; null for what was taken for the month (<see cref="TakeMonthFile"/>).</summary>
        public required ImportSource? Bank { get; init; }

        /// <summary>The signed stocktake; null for what was taken or signed for the month.</summary>
        public required ImportSource? Stocktake { get; init; }

        /// <summary>Who reconciles.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in: the station's own.</summary>
        public required string AreaPath { get; init; }

        /// <summary>False to look the files over and keep nothing.</summary>
        public bool Keep { get; init; } = true;

        /// <summary>True to leave a month alone whose sources a run has seen already: nothing is proved, compared or kept.</summary>
        public bool OnlyNew { get; init; }

        /// <summary>Told how many transactions of all are proved, from any thread.</summary>
        public IProgress<(long Done, long Total)>? Progress { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Compared. With Keep, <see cref="Reconciliation.Id"/> is that of the record.</summary>
    public sealed record Reconciled(Reconciliation Found) : Outcome;

    /// <summary>The files cannot be taken; nothing was kept.</summary>
    public sealed record Refused(IReadOnlyList<ImportProblem> Problems, int ProblemCount) : Outcome;

    /// <summary>No statement was taken for funds that had money in this month.</summary>
    public sealed record NoStatement(IReadOnlyList<string> Funds) : Outcome;

    /// <summary>No stocktake was taken or signed for the month.</summary>
    public sealed record NoStocktake : Outcome;

    /// <summary>A run has seen these sources already, and only a new one was asked for.</summary>
    public sealed record RunBefore : Outcome;

    /// <summary>The month has not ended yet.</summary>
    public sealed record MonthNotOver : Outcome;

    /// <summary>The area is no station.</summary>
    public sealed record NotTheStation : Outcome;

    /// <summary>Reconciles.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var month = new DateOnly(input.Month.Year, input.Month.Month, 1);
        if (clock.GetUtcNow().UtcDateTime < StationTime.Month(month).To) return new MonthNotOver();
        await using var db = contexts.Read();
        if (await StationMonth.BookAsync(db, input.AreaPath, ct) is not { } book) return new NotTheStation();
        using var bank = new BankMatching();
        var ledger = await LedgerMonth.ReadAsync(db, book, month, bank.Add, ct);
        var sources = new MonthSources(db, book, month, ledger);
        await sources.BankAsync(input.Bank, bank.Add, ct);
        var counted = await sources.StocktakeAsync(input.Stocktake, ct);
        if (sources.Problems is { Count: > 0 } problems) return new Refused(problems.Named([]), problems.Count);
        if (sources.Missing.Count > 0) return new NoStatement(sources.Missing);
        if (counted is null) return new NoStocktake();

        var match = bank.Match();
        if (input.OnlyNew && StatementFiles.Hash(match.EachLine.Select(l => l.Line), counted) is var seen && await db.Reconciliations.AnyAsync(r => r.BookId == book && r.Month == month && r.Sources == seen, ct)) return new RunBefore();
        var report = await ProveAsync(book, input.Progress, ct);
        var run = await CompareAsync(db, (book, month), (match, counted), ledger, report, ct);
        (run.Found.RunAt, run.Found.RunBy) = (clock.GetUtcNow().UtcDateTime, input.Actor.Code);
        return new Reconciled(input.Keep ? await writes.RunAsync((w, token) => KeptRun.KeepAsync(w, run, run.Found.RunAt, token), ct) : run.Found);
    }

    private async Task<LedgerReport> ProveAsync(int book, IProgress<(long Done, long Total)>? progress, CancellationToken ct)
    {
        await using var db = contexts.Read();
        var code = await db.LedgerBooks.Where(b => b.Id == book).Select(b => b.Code).SingleAsync(ct);
        return (await verifier.VerifyAsync(db, progress, ct)).Single(r => r.Book == code);
    }

    /// <summary>Compares what the world says with the books of a month.</summary>
    internal static async Task<Comparison> CompareAsync(
        MarketDb db, (int Id, DateOnly Month) book, (BankMatch Bank, IReadOnlyList<CountedShelf> Counted) world, LedgerMonth ledger, LedgerReport report, CancellationToken ct)
    {
        var (match, counted) = world;
        var goods = await db.Goods.AsNoTracking().ToDictionaryAsync(g => g.Sku, StringComparer.Ordinal, ct);
        var pointFen = (int)await SettingBook.ValueAsync(db, SettingList.PointValue, book.Month.AddMonths(1).AddDays(-1), ct);
        var shelves = Shelves(counted, ledger);
        var (goodsFen, cardsFen) = Value(ledger, goods);
        var found = new Reconciliation
        {
            BookId = book.Id, Month = book.Month, RunBy = "", Sources = StatementFiles.Hash(match.EachLine.Select(l => l.Line), counted), BankLines = match.Lines, Movements = match.Movements, Matched = match.Matched,
            Shelves = shelves.Count, Transactions = report.Transactions, CashFen = ledger.CashFen, GoodsFen = goodsFen, CardsFen = cardsFen,
            PointsOutstanding = ledger.Points, PointValueFen = pointFen,
        };
        IEnumerable<(Discrepancy What, DiscrepancySides? Sides)> off =
        [
            .. report.Findings.Select(f => (Off(DiscrepancyKind.LedgerFault, f.Fault.ToString(), Typed.Cut(f.Sequence is { } s ? FormattableString.Invariant($"{s} {f.Where}") : f.Where, 100), null, null), (DiscrepancySides?)null)),
            .. match.Discrepancies.Zip(match.Sides, (d, sides) => (Off(d.Kind, d.Fund, d.Reference, d.Bank, d.Ledger), (DiscrepancySides?)sides)),
            .. shelves.Where(s => s.Book != (s.Counted ?? 0)).Select(s => (Off(DiscrepancyKind.CountDiffers, s.Outlet, s.Sku, s.Counted, s.Book), (DiscrepancySides?)null)),
            .. Cards(counted, ledger).Select(d => (d, (DiscrepancySides?)null)),
        ];
        var items = new List<FollowUp>();
        foreach (var (d, sides) in off)
        {
            d.Position = found.Discrepancies.Count;
            found.Discrepancies.Add(d);
            items.Add(new FollowUp
            {
                Position = d.Position, Kind = d.Kind, Place = d.Place, Item = d.Item, Outside = d.Outside, Book = d.Book, Line = sides?.Line, Sequence = sides?.Sequence, Day = sides?.Day,
            });
        }
        return new Comparison(found, match.EachLine.Select(l => new ReconciledLine
        {
            Position = l.Position, Fund = l.Line.Fund, Date = l.Line.Date, Reference = l.Line.Reference, AmountFen = l.Line.AmountFen, Description = l.Line.Description,
            Pairing = l.How, Sequence = l.Sequence,
        }), counted, items);
    }

    private static Discrepancy Off(DiscrepancyKind kind, string place, string item, long? outside, long? book) =>
        new() { Kind = kind, Place = place, Item = item, Outside = outside, Book = book };

    /// <summary>Every shelf that was counted or should hold something, by outlet and sku. Nothing counted is null.</summary>
    private static List<(string Outlet, string Sku, long? Counted, long Book)> Shelves(IReadOnlyList<CountedShelf> counted, LedgerMonth ledger)
    {
        var counts = counted.ToDictionary(c => (c.Outlet, c.Sku), c => c.Counted);
        var keys = counts.Keys.Union(ledger.Shelves.Where(s => s.Value != 0).Select(s => s.Key));
        return [.. keys.OrderBy(k => k.Outlet, StringComparer.Ordinal).ThenBy(k => k.Sku, StringComparer.Ordinal)
            .Select(k => (k.Outlet, k.Sku, counts.TryGetValue(k, out var c) ? c : (long?)null, ledger.Shelves.GetValueOrDefault(k)))];
    }

    /// <summary>Bought − handed out − on hand = 0, by product over all outlets.</summary>
    private static IEnumerable<Discrepancy> Cards(IReadOnlyList<CountedShelf> counted, LedgerMonth ledger) =>
        from card in ledger.CardsDue.OrderBy(c => c.Key, StringComparer.Ordinal)
        let onHand = counted.Where(c => c.Sku == card.Key).Sum(c => c.Counted)
        where onHand != card.Value
        select Off(DiscrepancyKind.CardsDiffer, "", card.Key, onHand, card.Value);

    private static (long Goods, long Cards) Value(LedgerMonth ledger, Dictionary<string, Goods> goods)
    {
        long things = 0, cards = 0;
        foreach (var (sku, pieces) in ledger.Shelves.Select(s => (s.Key.Sku, s.Value)).Concat(ledger.Reserved.Select(r => (r.Key, r.Value))))
        {
            if (!goods.TryGetValue(sku, out var article)) continue; // an article that is known to nobody is worth nothing
            var value = checked(pieces * article.ValueFen);
            if (article.Kind == GoodsKind.Card) cards += value;
            else things += value;
        }
        return (things, cards);
    }
}
