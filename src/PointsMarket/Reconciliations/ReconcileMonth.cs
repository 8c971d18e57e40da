using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Reconciliations;

/// <summary>
/// Reconciles a month of a station (DESIGN 6): the books from their entries up, the bank statement against the funds, the stocktake
/// against the shelves, the cards, and what stands behind the points. Kept as one record; the same files against the same ledger are
/// the same record. Everything is read and compared outside the door.
/// </summary>
public sealed class ReconcileMonth(MarketContexts contexts, MarketWrites writes, LedgerVerifier verifier, TimeProvider clock)
{
    /// <summary>What a point is worth, fen: ¥1.00.</summary>
    public const int PointValueFen = 100;

    /// <summary>What to reconcile.</summary>
    public sealed record Input
    {
        /// <summary>Any day of the month.</summary>
        public required DateOnly Month { get; init; }

        /// <summary>The bank statement.</summary>
        public required ImportSource Bank { get; init; }

        /// <summary>The signed stocktake.</summary>
        public required ImportSource Stocktake { get; init; }

        /// <summary>Who reconciles.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in: the station's own.</summary>
        public required string AreaPath { get; init; }

        /// <summary>False to look the files over and keep nothing.</summary>
        public bool Keep { get; init; } = true;

        /// <summary>Told how many transactions of all are proved, from any thread.</summary>
        public IProgress<(long Done, long Total)>? Progress { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Compared. With Keep, <see cref="Reconciliation.Id"/> is that of the record.</summary>
    public sealed record Reconciled(Reconciliation Found) : Outcome;

    /// <summary>The files cannot be taken; nothing was kept.</summary>
    public sealed record Refused(IReadOnlyList<ImportProblem> Problems, int ProblemCount) : Outcome;

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
        var goods = await db.Goods.AsNoTracking().ToDictionaryAsync(g => g.Sku, StringComparer.Ordinal, ct);
        var known = await NamesAsync(db, book, goods.Keys, ct);

        var (bankProblems, stockProblems) = (new ImportProblems(), new ImportProblems());
        var lines = await StatementFiles.BankAsync(input.Bank, month, known, bankProblems, ct);
        var counted = await StatementFiles.StocktakeAsync(input.Stocktake, month, known, stockProblems, ct);
        if (bankProblems.Count + stockProblems.Count is var count and > 0)
            return new Refused([.. bankProblems.Named([]), .. stockProblems.Named([])], count);

        var report = await ProveAsync(book, input.Progress, ct);
        var ledger = await LedgerMonth.ReadAsync(db, book, month, ct);
        var found = Compare(lines, counted, ledger, report, goods);
        (found.BookId, found.Month, found.RunAt, found.RunBy) = (book, month, clock.GetUtcNow().UtcDateTime, input.Actor.Code);
        return new Reconciled(input.Keep ? await writes.RunAsync((w, token) => KeepAsync(w, found, token), ct) : found);
    }

    private static async Task<KnownNames> NamesAsync(MarketDb db, int book, IEnumerable<string> skus, CancellationToken ct)
    {
        var funds = await db.LedgerAccounts.Where(a => a.BookId == book && a.Code.StartsWith("cash:")).Select(a => a.Code.Substring(5)).ToListAsync(ct);
        var outlets = await db.Outlets.Where(o => o.Area.BookId == book).Select(o => o.Code).ToListAsync(ct);
        return new KnownNames(funds.ToHashSet(StringComparer.Ordinal), outlets.ToHashSet(StringComparer.Ordinal), skus.ToHashSet(StringComparer.Ordinal));
    }

    private async Task<LedgerReport> ProveAsync(int book, IProgress<(long Done, long Total)>? progress, CancellationToken ct)
    {
        await using var db = contexts.Read();
        var code = await db.LedgerBooks.Where(b => b.Id == book).Select(b => b.Code).SingleAsync(ct);
        return (await verifier.VerifyAsync(db, progress, ct)).Single(r => r.Book == code);
    }

    private static Reconciliation Compare(
        IReadOnlyList<BankLine> lines, IReadOnlyList<CountedShelf> counted, LedgerMonth ledger, LedgerReport report, Dictionary<string, Goods> goods)
    {
        var match = BankMatching.Match(lines, ledger.Flows);
        var shelves = Shelves(counted, ledger);
        var (goodsFen, cardsFen) = Value(ledger, goods);
        var found = new Reconciliation
        {
            RunBy = "", Sources = StatementFiles.Hash(lines, counted), BankLines = lines.Count, Movements = ledger.Flows.Count, Matched = match.Matched,
            Shelves = shelves.Count, Transactions = report.Transactions, CashFen = ledger.CashFen, GoodsFen = goodsFen, CardsFen = cardsFen,
            PointsOutstanding = ledger.Points, PointValueFen = PointValueFen,
        };
        IEnumerable<Discrepancy> off =
        [
            .. report.Findings.Select(f => Off(DiscrepancyKind.LedgerFault, f.Fault.ToString(), Clip(f.Sequence is { } s ? FormattableString.Invariant($"{s} {f.Where}") : f.Where), null, null)),
            .. match.Discrepancies.Select(d => Off(d.Kind, d.Fund, d.Reference, d.Bank, d.Ledger)),
            .. shelves.Where(s => s.Book != (s.Counted ?? 0)).Select(s => Off(DiscrepancyKind.CountDiffers, s.Outlet, s.Sku, s.Counted, s.Book)),
            .. Cards(counted, ledger),
        ];
        found.Discrepancies.AddRange(off.Select((d, i) =>
        {
            d.Position = i;
            return d;
        }));
        return found;
    }

    private static Discrepancy Off(DiscrepancyKind kind, string place, string item, long? outside, long? book) =>
        new() { Kind = kind, Place = place, Item = item, Outside = outside, Book = book };

    private static string Clip(string text) => text.Length <= 100 ? text : text[..100];

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

    /// <summary>Keeps the record, unless the month's last one says the same of the same files.</summary>
    private static async Task<Reconciliation> KeepAsync(MarketDb db, Reconciliation found, CancellationToken ct)
    {
        var last = await db.Reconciliations.AsNoTracking().Include(r => r.Discrepancies.OrderBy(d => d.Position))
            .Where(r => r.BookId == found.BookId && r.Month == found.Month).OrderByDescending(r => r.Id).FirstOrDefaultAsync(ct);
        if (last is not null && Facts(last).SequenceEqual(Facts(found))) return last;
        // A copy, because the door may run this more than once.
        var kept = new Reconciliation
        {
            BookId = found.BookId, Month = found.Month, RunAt = found.RunAt, RunBy = found.RunBy, Sources = found.Sources, BankLines = found.BankLines,
            Movements = found.Movements, Matched = found.Matched, Shelves = found.Shelves, Transactions = found.Transactions, CashFen = found.CashFen,
            GoodsFen = found.GoodsFen, CardsFen = found.CardsFen, PointsOutstanding = found.PointsOutstanding, PointValueFen = found.PointValueFen,
        };
        kept.Discrepancies.AddRange(found.Discrepancies.Select(d => new Discrepancy { Position = d.Position, Kind = d.Kind, Place = d.Place, Item = d.Item, Outside = d.Outside, Book = d.Book }));
        db.Add(kept);
        await db.SaveChangesAsync(ct);
        return kept;
    }

    private static IEnumerable<object?> Facts(Reconciliation r) =>
    [
        r.Sources, r.BankLines, r.Movements, r.Matched, r.Shelves, r.Transactions, r.Cover,
        .. r.Discrepancies.Select(d => (d.Kind, d.Place, d.Item, d.Outside, d.Book)),
    ];
}
