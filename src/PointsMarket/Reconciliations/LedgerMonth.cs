using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Reconciliations;

/// <summary>
/// What the ledger says of a month: the money that moved in it, and what stood where at its end, summed by the database from the
/// entries of everything that had happened by then.
/// </summary>
internal sealed class LedgerMonth
{
    private const string Cash = "cash:";
    private const string Shelf = "shelf:";
    private const string ReservedFor = "reserved:";
    private const string Card = "CARD/";

    /// <summary>The funds whose money moved in the month.</summary>
    public required IReadOnlySet<string> Moved { get; init; }

    /// <summary>All funds at the bank, fen.</summary>
    public required long CashFen { get; init; }

    /// <summary>Pieces by outlet and sku.</summary>
    public required IReadOnlyDictionary<(string Outlet, string Sku), long> Shelves { get; init; }

    /// <summary>Pieces set aside against slips or on their way between outlets, by sku.</summary>
    public required IReadOnlyDictionary<string, long> Reserved { get; init; }

    /// <summary>Cards that should lie on shelves, by sku: bought and found, less handed out, written off, set aside and on their way.</summary>
    public required IReadOnlyDictionary<string, long> CardsDue { get; init; }

    /// <summary>Points of members, of slips that wait, and of vouchers.</summary>
    public required long Points { get; init; }

    /// <summary>
    /// Reads it in one snapshot, and gives the month's movements in the order of the book, one by one. The context must be a reading one
    /// without a transaction.
    /// </summary>
    public static async Task<LedgerMonth> ReadAsync(MarketDb db, int bookId, DateOnly month, Action<FundFlow> take, CancellationToken ct)
    {
        await using var snapshot = await db.BeginSnapshotAsync(ct);
        return await ReadWithinAsync(db, bookId, month, take, ct);
    }

    /// <summary>Reads it in the transaction that the context is in.</summary>
    public static async Task<LedgerMonth> ReadWithinAsync(MarketDb db, int bookId, DateOnly month, Action<FundFlow> take, CancellationToken ct)
    {
        var (start, end) = StationTime.Month(month);
        var before =
            from t in db.LedgerTransactions
            join e in db.LedgerEntries on new { t.BookId, t.Sequence } equals new { e.BookId, e.Sequence }
            join a in db.LedgerAccounts on new { e.BookId, Number = e.Account } equals new { a.BookId, a.Number }
            where t.BookId == bookId && t.HappenedAt < end
            select new { a.Code, a.Asset, e.Amount };
        var places = await before
            .Where(x => x.Code.StartsWith("cash:") || x.Code.StartsWith("shelf:") || x.Code.StartsWith("sponsor:")
                || x.Code == "purchase" || x.Code == "found" || x.Code == "handed-out" || x.Code == "written-off")
            .GroupBy(x => new { x.Code, x.Asset }).Select(g => new { g.Key.Code, g.Key.Asset, Sum = g.Sum(x => x.Amount) }).ToListAsync(ct);
        var reserved = await before.Where(x => x.Code.StartsWith(ReservedFor) || x.Code.StartsWith("transit:"))
            .GroupBy(x => x.Asset).Select(g => new { Asset = g.Key, Sum = g.Sum(x => x.Amount) }).ToListAsync(ct);
        var points = await before.Where(x => x.Asset == "PTS" && (x.Code.StartsWith("member:") || x.Code.StartsWith("held:") || x.Code.StartsWith("voucher:")))
            .SumAsync(x => x.Amount, ct);
        var shelves = places.Where(p => p.Code.StartsWith(Shelf, StringComparison.Ordinal)).GroupBy(p => (p.Code[Shelf.Length..], Asset.Parse(p.Asset).Sku));
        var cards = places.Where(p => p.Asset.StartsWith(Card, StringComparison.Ordinal) && !p.Code.StartsWith(Shelf, StringComparison.Ordinal))
            .Select(p => (p.Asset, p.Sum)).Concat(reserved.Where(r => r.Asset.StartsWith(Card, StringComparison.Ordinal)).Select(r => (r.Asset, r.Sum)));
        var moved = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var flow in FlowsAsync(db, bookId, start, end, ct))
        {
            moved.Add(flow.Fund);
            take(flow);
        }
        return new LedgerMonth
        {
            Moved = moved,
            CashFen = places.Where(p => p.Code.StartsWith(Cash, StringComparison.Ordinal)).Sum(p => p.Sum),
            Shelves = shelves.ToDictionary(g => g.Key, g => g.Sum(p => p.Sum)),
            Reserved = reserved.ToDictionary(r => Asset.Parse(r.Asset).Sku, r => r.Sum, StringComparer.Ordinal),
            // Every asset sums to zero: what is not elsewhere must be on the shelves.
            CardsDue = cards.GroupBy(c => Asset.Parse(c.Asset).Sku, StringComparer.Ordinal).ToDictionary(g => g.Key, g => -g.Sum(c => c.Sum), StringComparer.Ordinal),
            Points = points,
        };
    }

    /// <summary>The money that moved between two moments, in the order of the book, as it is read.</summary>
    public static async IAsyncEnumerable<FundFlow> FlowsAsync(MarketDb db, int bookId, DateTime start, DateTime end, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var flows =
            from t in db.LedgerTransactions
            join e in db.LedgerEntries on new { t.BookId, t.Sequence } equals new { e.BookId, e.Sequence }
            join a in db.LedgerAccounts on new { e.BookId, Number = e.Account } equals new { a.BookId, a.Number }
            where t.BookId == bookId && t.HappenedAt >= start && t.HappenedAt < end && a.Asset == "CNY" && a.Code.StartsWith("cash:")
            group e.Amount by new { t.Sequence, t.Subject, t.HappenedAt, a.Code } into g
            orderby g.Key.Sequence, g.Key.Code
            select new { g.Key.Sequence, g.Key.Subject, g.Key.HappenedAt, g.Key.Code, Sum = g.Sum() };
        await foreach (var f in flows.AsAsyncEnumerable().WithCancellation(ct))
            if (f.Sum != 0) yield return new FundFlow(f.Code[Cash.Length..], StationTime.Day(f.HappenedAt), f.Subject, f.Sum) { Sequence = f.Sequence };
    }
}
