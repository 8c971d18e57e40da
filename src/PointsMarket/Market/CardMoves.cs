using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>
/// Numbered cards between outlets. The sender says which ones go; on the way they lie at no outlet, so none can be handed out,
/// counted or sent on; the receiver says which ones came. Source: DESIGN 5, a card stays traceable.
/// </summary>
public static class CardMoves
{
    /// <summary>The articles of which any card has a number in a book: each card of them moves, and leaves, with its own.</summary>
    public static async Task<IReadOnlySet<int>> NumberedAsync(MarketDb db, int bookId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return (await db.SupermarketCards.Where(c => c.Outlet.Area.BookId == bookId).Select(c => c.GoodsId).Distinct().ToListAsync(ct)).ToHashSet();
    }

    /// <summary>How many numbers are on their way with a move, by article; of cards that were sent without, none.</summary>
    public static async Task<IReadOnlyDictionary<int, int>> OnTheWayAsync(MarketDb db, string move, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.SupermarketCards.Where(c => c.Move == move).GroupBy(c => c.GoodsId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }

    /// <summary>What is wrong with the numbers that are said to have come with a move; null when nothing is.</summary>
    /// <param name="db">The database.</param>
    /// <param name="move">The move's reference.</param>
    /// <param name="goodsId">The article, one that <see cref="OnTheWayAsync"/> names.</param>
    /// <param name="pieces">How many pieces came.</param>
    /// <param name="serials">Normal, not checked.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<CardRefusal?> CheckAsync(MarketDb db, string move, int goodsId, int pieces, IReadOnlyList<string> serials, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(serials);
        if (CardShelf.WrongIn(goodsId, serials) is { } wrong) return wrong;
        if (serials.Count != pieces) return new CardRefusal(CardProblem.Count, goodsId, null, pieces);
        var sent = (await db.SupermarketCards.Where(c => c.Move == move && c.GoodsId == goodsId).Select(c => c.Serial).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        return serials.FirstOrDefault(s => !sent.Contains(s)) is { } strange ? new CardRefusal(CardProblem.NotSent, goodsId, strange) : null;
    }

    /// <summary>The numbers that a move was sent with and that never came, lost with it or still looked for.</summary>
    public static async Task<IReadOnlyList<(int GoodsId, string Serial)>> MissingAsync(MarketDb db, string move, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var missing = await db.SupermarketCards.Where(c => c.Move == move || c.Events.Any(v => v.Step == CardStep.Lost && v.Words == move)).Select(c => new { c.GoodsId, c.Serial }).ToListAsync(ct);
        return [.. missing.Select(c => (c.GoodsId, c.Serial))];
    }

    /// <summary>Puts numbers on the way; null when all is well. After the pieces were posted, so that it is under the book's lock.</summary>
    internal static async Task<CardRefusal?> SendAsync(MarketDb db, int outletId, IReadOnlyDictionary<int, int> asked, IReadOnlyList<ScannedCards> scanned, string move, Actor actor, DateTime now)
    {
        var (cards, wrong) = await CardShelf.PickAsync(db, asked, outletId, scanned, default);
        foreach (var card in cards)
        {
            card.Move = move;
            card.Events.Add(CardShelf.Event(CardStep.Sent, actor, now, words: move));
        }
        return wrong;
    }

    /// <summary>Puts what is on the way with a move down at an outlet: the numbers named, or all of them.</summary>
    internal static async Task PutDownAsync(MarketDb db, string move, int outletId, string outlet, IReadOnlyList<ScannedCards>? came, Actor actor, DateTime now)
    {
        var named = came?.SelectMany(c => c.Serials.Select(s => (c.GoodsId, s))).ToHashSet();
        foreach (var card in await db.SupermarketCards.AsTracking().Where(c => c.Move == move).ToListAsync())
        {
            if (named is not null && !named.Contains((card.GoodsId, card.Serial))) continue;
            (card.Move, card.OutletId) = (null, outletId);
            card.Events.Add(CardShelf.Event(CardStep.Moved, actor, now, words: outlet));
        }
    }

    /// <summary>What never came with a move is lost.</summary>
    internal static async Task LoseAsync(MarketDb db, string move, Actor actor, DateTime now)
    {
        foreach (var card in await db.SupermarketCards.AsTracking().Where(c => c.Move == move).ToListAsync())
        {
            (card.Move, card.State) = (null, CardState.Lost);
            card.Events.Add(CardShelf.Event(CardStep.Lost, actor, now, words: move));
        }
    }
}
