using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>What is off between the lots and the books. The codes are worded by whoever shows them.</summary>
public enum LotFault
{
    /// <summary>The lots of an article in an account do not come to the account's balance.</summary>
    AccountDiffers,

    /// <summary>The lots of a posting do not come to its amount.</summary>
    PostingDiffers,

    /// <summary>What a lot has at a place is not what its movements brought there.</summary>
    StockDiffers,
}

/// <summary>One thing that is off: where, what the books say, and what the lots say.</summary>
public sealed record LotFinding(LotFault Fault, string Where, long Book, long Lots);

/// <summary>
/// Holds the lots against the books, from the movements up: every posting of things is divided whole, every lot is where its
/// movements brought it, and every account of things is the sum of its lots. Reads only, in one snapshot.
/// </summary>
public sealed class CheckLots(MarketContexts contexts)
{
    /// <summary>How many findings are named.</summary>
    public const int MostFindings = 200;

    /// <summary>What is off in all books; empty when lots and books agree.</summary>
    public async Task<IReadOnlyList<LotFinding>> ExecuteAsync(CancellationToken ct = default)
    {
        await using var db = contexts.Read();
        await using var snapshot = await db.BeginSnapshotAsync(ct);
        var found = await AccountsAsync(db, ct);
        found.AddRange(await PostingsAsync(db, ct));
        found.AddRange(await StocksAsync(db, ct));
        return [.. found.Take(MostFindings)];
    }

    /// <summary>The accounts of things whose lots do not come to the balance. Cheap enough to ask at every start.</summary>
    internal static async Task<List<LotFinding>> AccountsAsync(MarketDb db, CancellationToken ct)
    {
        var books = (await db.LedgerAccounts.Where(a => a.Balance != 0 && (a.Asset.StartsWith("GOODS/") || a.Asset.StartsWith("CARD/")))
            .Select(a => new { a.BookId, a.Code, a.Asset, a.Balance }).ToListAsync(ct)).ToDictionary(a => (a.BookId, a.Code, a.Asset), a => a.Balance);
        var goods = await db.Goods.AsNoTracking().ToDictionaryAsync(g => g.Id, g => g.Asset.Code, ct);
        var lots = (await db.LotStocks.GroupBy(s => new { s.BookId, s.Place, s.Lot.GoodsId }).Select(g => new { g.Key.BookId, g.Key.Place, g.Key.GoodsId, Sum = g.Sum(s => s.Quantity) }).ToListAsync(ct))
            .ToDictionary(s => (s.BookId, s.Place, goods[s.GoodsId]), s => s.Sum);
        return [.. books.Keys.Union(lots.Keys).Where(k => books.GetValueOrDefault(k) != lots.GetValueOrDefault(k)).OrderBy(k => k.Item1).ThenBy(k => k.Item2, StringComparer.Ordinal)
            .ThenBy(k => k.Item3, StringComparer.Ordinal).Select(k => new LotFinding(LotFault.AccountDiffers, $"{k.Item2} {k.Item3}", books.GetValueOrDefault(k), lots.GetValueOrDefault(k)))];
    }

    private static async Task<IEnumerable<LotFinding>> PostingsAsync(MarketDb db, CancellationToken ct)
    {
        var moved = db.LotMovements.GroupBy(m => new { m.BookId, m.Sequence, Line = (m.Posting * 2) + 1 }).Select(g => new { g.Key.BookId, g.Key.Sequence, g.Key.Line, Sum = g.Sum(m => m.Quantity) });
        var things = from e in db.LedgerEntries
                     join a in db.LedgerAccounts on new { e.BookId, Number = e.Account } equals new { a.BookId, a.Number }
                     where e.Amount > 0 && (a.Asset.StartsWith("GOODS/") || a.Asset.StartsWith("CARD/"))
                     select new { e.BookId, e.Sequence, e.Line, e.Amount };
        var off = from t in things
                  join m in moved on new { t.BookId, t.Sequence, t.Line } equals new { m.BookId, m.Sequence, m.Line } into lots
                  from m in lots.DefaultIfEmpty()
                  let sum = (long?)m.Sum ?? 0
                  where sum != t.Amount
                  orderby t.BookId, t.Sequence, t.Line
                  select new { t.Sequence, t.Line, t.Amount, Sum = sum };
        return (await off.Take(MostFindings).ToListAsync(ct)).Select(o => new LotFinding(LotFault.PostingDiffers, FormattableString.Invariant($"{o.Sequence}.{o.Line / 2}"), o.Amount, o.Sum));
    }

    private static async Task<IEnumerable<LotFinding>> StocksAsync(MarketDb db, CancellationToken ct)
    {
        var moved = await (
            from m in db.LotMovements
            join e in db.LedgerEntries on new { m.BookId, m.Sequence } equals new { e.BookId, e.Sequence }
            where e.Line == m.Posting * 2 || e.Line == (m.Posting * 2) + 1
            join a in db.LedgerAccounts on new { e.BookId, Number = e.Account } equals new { a.BookId, a.Number }
            group e.Amount > 0 ? m.Quantity : -m.Quantity by new { m.BookId, a.Code, m.LotId } into g
            select new { g.Key.BookId, g.Key.Code, g.Key.LotId, Sum = g.Sum() }).Where(x => x.Sum != 0).ToListAsync(ct);
        var ought = moved.ToDictionary(m => (m.BookId, m.Code, m.LotId), m => m.Sum);
        var lies = await db.LotStocks.AsNoTracking().ToDictionaryAsync(s => (s.BookId, s.Place, s.LotId), s => s.Quantity, ct);
        return ought.Keys.Union(lies.Keys).Where(k => ought.GetValueOrDefault(k) != lies.GetValueOrDefault(k)).OrderBy(k => k.Item3).ThenBy(k => k.Item2, StringComparer.Ordinal)
            .Select(k => new LotFinding(LotFault.StockDiffers, FormattableString.Invariant($"{k.Item2} lot {k.Item3}"), ought.GetValueOrDefault(k), lies.GetValueOrDefault(k)));
    }
}
