using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>The cards of one article at one outlet: pieces by the ledger, and how many of them have their number.</summary>
/// <param name="OutletId">The outlet.</param>
/// <param name="Outlet">Its code.</param>
/// <param name="GoodsId">The article.</param>
/// <param name="Pieces">On the shelf and set aside for slips.</param>
/// <param name="Numbered">Numbers on hand.</param>
public sealed record CardStock(int OutletId, string Outlet, int GoodsId, long Pieces, int Numbered)
{
    /// <summary>Pieces that still need their number.</summary>
    public long Missing => Math.Max(0, Pieces - Numbered);

    /// <summary>Numbers without a piece: their cards lie elsewhere, or are lost and not marked so.</summary>
    public long Over => Math.Max(0, Numbered - Pieces);

    /// <summary>All outlets and card articles of some books that have pieces or numbers, by outlet and article.</summary>
    public static async Task<IReadOnlyList<CardStock>> ReadAsync(MarketDb db, IReadOnlyCollection<int> books, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var outlets = await db.Outlets.Where(o => books.Contains(o.Area.BookId)).Select(o => new { o.Id, o.Code, o.Area.BookId }).ToListAsync(ct);
        var goods = await db.Goods.AsNoTracking().Where(g => g.Kind == GoodsKind.Card).ToListAsync(ct);
        var shelves = await db.LedgerAccounts.Where(a => books.Contains(a.BookId) && a.Code.StartsWith("shelf:") && a.Asset.StartsWith("CARD/") && a.Balance != 0)
            .Select(a => new { a.BookId, a.Code, a.Asset, a.Balance }).ToListAsync(ct);
        var waiting = await db.Redemptions.Where(r => r.State == RedemptionState.Held && books.Contains(r.Outlet.Area.BookId)).SelectMany(r => r.Lines, (r, l) => new { r.OutletId, l.GoodsId, l.Quantity, l.Goods.Kind })
            .Where(l => l.Kind == GoodsKind.Card).GroupBy(l => new { l.OutletId, l.GoodsId }).Select(g => new { g.Key.OutletId, g.Key.GoodsId, Sum = g.Sum(l => (long)l.Quantity) }).ToListAsync(ct);
        var numbered = await SupermarketCard.OnHand(db).Where(c => books.Contains(c.Outlet.Area.BookId)).GroupBy(c => new { c.OutletId, c.GoodsId })
            .Select(g => new { g.Key.OutletId, g.Key.GoodsId, Count = g.Count() }).ToListAsync(ct);
        return
        [
            .. from o in outlets.OrderBy(o => o.Code, StringComparer.Ordinal)
               from g in goods.OrderBy(g => g.Sku, StringComparer.Ordinal)
               let shelf = shelves.Where(s => s.BookId == o.BookId && s.Code == AccountCode.Shelf(o.Code).Value && s.Asset == g.Asset.Code).Sum(s => s.Balance)
               let held = waiting.Where(w => w.OutletId == o.Id && w.GoodsId == g.Id).Sum(w => w.Sum)
               let numbers = numbered.Where(n => n.OutletId == o.Id && n.GoodsId == g.Id).Sum(n => n.Count)
               where shelf + held > 0 || numbers > 0
               select new CardStock(o.Id, o.Code, g.Id, shelf + held, numbers),
        ];
    }
}

/// <summary>
/// The cards of one article over a whole book, for the reconciliation: bought + found − handed out − written off − on hand = 0 holds in
/// the ledger; beside it stands what the numbers say. A number twice is impossible by the database's key, and counted all the same.
/// </summary>
/// <param name="Sku">The article.</param>
/// <param name="Bought">Bought or given, less what was taken back.</param>
/// <param name="HandedOut">Handed out, less what came back.</param>
/// <param name="WrittenOff">Written off, less what was found.</param>
/// <param name="OnHand">On shelves, set aside, or on the way between outlets.</param>
/// <param name="NumbersOnHand">Numbers that can be handed out.</param>
/// <param name="NumbersHandedOut">Numbers that name a slip.</param>
/// <param name="NumbersTwice">Numbers that stand more than once.</param>
public sealed record CardProof(string Sku, long Bought, long HandedOut, long WrittenOff, long OnHand, int NumbersOnHand, int NumbersHandedOut, int NumbersTwice)
{
    /// <summary>0 when nothing is missing.</summary>
    public long Difference => Bought - HandedOut - WrittenOff - OnHand;

    /// <summary>Pieces on hand without a number.</summary>
    public long WithoutNumber => OnHand - NumbersOnHand;

    /// <summary>All card articles of a book, by sku, as they stand now.</summary>
    public static async Task<IReadOnlyList<CardProof>> ReadAsync(MarketDb db, int bookId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var accounts = await db.LedgerAccounts.Where(a => a.BookId == bookId && a.Asset.StartsWith("CARD/")).Select(a => new { a.Code, a.Asset, a.Balance }).ToListAsync(ct);
        var numbers = await db.SupermarketCards.Where(c => c.Outlet.Area.BookId == bookId)
            .GroupBy(c => new { c.Goods.Sku, c.State, Slip = c.RedemptionId != null }).Select(g => new { g.Key.Sku, g.Key.State, g.Key.Slip, Count = g.Count() }).ToListAsync(ct);
        var twice = await db.SupermarketCards.Where(c => c.Outlet.Area.BookId == bookId).GroupBy(c => new { c.Goods.Sku, c.Serial }).Where(g => g.Count() > 1).Select(g => g.Key.Sku).ToListAsync(ct);
        return
        [
            .. from a in accounts
               group a by Asset.Parse(a.Asset).Sku into g
               orderby g.Key
               let mine = numbers.Where(n => n.Sku == g.Key).ToList()
               select new CardProof(
                   g.Key,
                   -g.Where(a => a.Code == "purchase" || a.Code.StartsWith("sponsor:", StringComparison.Ordinal)).Sum(a => a.Balance),
                   g.Where(a => a.Code == "handed-out").Sum(a => a.Balance),
                   g.Where(a => a.Code is "written-off" or "found").Sum(a => a.Balance),
                   g.Where(a => a.Code.StartsWith("shelf:", StringComparison.Ordinal) || a.Code.StartsWith("reserved:", StringComparison.Ordinal) || a.Code.StartsWith("transit:", StringComparison.Ordinal)).Sum(a => a.Balance),
                   mine.Where(n => SupermarketCard.IsOnHand(n.State)).Sum(n => n.Count),
                   mine.Where(n => n.Slip).Sum(n => n.Count),
                   twice.Count(s => s == g.Key)),
        ];
    }
}
