using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>What a count says of one card. Stored by name.</summary>
public enum CardSighting
{
    /// <summary>It lies where it should.</summary>
    There,

    /// <summary>It should lie there, and does not.</summary>
    Missing,

    /// <summary>It lies there, and was lost, or nobody ever counted it in.</summary>
    Found,
}

/// <summary>A card by its number, and what a count says of it.</summary>
public sealed record SeenCard(string Serial, CardSighting Sighting);

/// <summary>
/// Counting cards by their numbers. After a count is signed, an outlet has as many numbers as pieces: the numbers of the missing ones
/// are lost, those of the found ones are back. Where no number of an article was ever kept at an outlet, pieces are counted as of old.
/// </summary>
public static class CardCount
{
    private const int Slice = 500;

    /// <summary>The articles whose cards are counted by number at an outlet.</summary>
    public static async Task<IReadOnlySet<int>> NumberedAsync(MarketDb db, int outletId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return (await Here(db, outletId).Select(c => c.GoodsId).Distinct().ToListAsync(ct)).ToHashSet();
    }

    /// <summary>What numbers that were scanned in a count would be refused for; null when they would not.</summary>
    public static async Task<CardRefusal?> CheckAsync(MarketDb db, int outletId, int goodsId, IReadOnlyList<string> scanned, CancellationToken ct = default) =>
        (await LookAsync(db, outletId, goodsId, [], scanned, ct)).Wrong;

    /// <summary>How many numbers a difference must name: below 0 so many missing ones, above 0 found ones, 0 none.</summary>
    /// <param name="db">The database.</param>
    /// <param name="bookId">The outlet's book.</param>
    /// <param name="outletId">The outlet.</param>
    /// <param name="goodsId">The article.</param>
    /// <param name="difference">Pieces counted beyond the book, or missing (below 0).</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<int> NeedAsync(MarketDb db, int bookId, int outletId, int goodsId, long difference, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (difference == 0 || !await Here(db, outletId).AnyAsync(c => c.GoodsId == goodsId, ct)) return 0;
        // Pieces that had no number leave none behind; numbers that had no piece explain a find.
        var stock = (await CardStock.ReadAsync(db, [bookId], ct)).SingleOrDefault(s => s.OutletId == outletId && s.GoodsId == goodsId);
        return (int)(difference < 0 ? Math.Min(0, difference + (stock?.Missing ?? 0)) : Math.Max(0, difference - (stock?.Over ?? 0)));
    }

    /// <summary>The cards that a difference names, out of a list of them, or out of a list of all that are there.</summary>
    /// <param name="db">The database.</param>
    /// <param name="outletId">The outlet.</param>
    /// <param name="goodsId">The article.</param>
    /// <param name="need">As <see cref="NeedAsync"/> says, not 0.</param>
    /// <param name="serials">Normal, not checked.</param>
    /// <param name="there">True when they are the ones that lie there.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<(IReadOnlyList<SeenCard> Named, CardRefusal? Wrong)> NamedAsync(MarketDb db, int outletId, int goodsId, int need, IReadOnlyList<string> serials, bool there, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(serials);
        if (CardShelf.WrongIn(goodsId, serials) is { } wrong) return ([], wrong);
        var cards = await CardsAsync(db, goodsId, serials, ct);
        foreach (var serial in serials)
        {
            var card = cards.GetValueOrDefault(serial);
            var problem = need < 0 ? CardShelf.Why(card, outletId) : WhyNotFound(card, outletId);
            if (there && card is not null && CardShelf.Why(card, outletId) is null) problem = null;
            if (problem is { } why) return ([], new CardRefusal(why, goodsId, serial));
        }
        var named = serials.AsEnumerable();
        if (there)
        {
            var onHand = await SupermarketCard.OnHand(db).Where(c => c.OutletId == outletId && c.GoodsId == goodsId).Select(c => c.Serial).ToListAsync(ct);
            named = need < 0 ? onHand.Except(serials, StringComparer.Ordinal) : serials.Except(onHand, StringComparer.Ordinal);
        }
        List<SeenCard> found = [.. named.Select(s => new SeenCard(s, need < 0 ? CardSighting.Missing : CardSighting.Found))];
        return found.Count == Math.Abs(need) ? (found, null) : ([], new CardRefusal(CardProblem.Count, goodsId, null, Math.Abs(need)));
    }

    /// <summary>Every card of an article that should lie at an outlet or does, after numbers were scanned there. Under the book's lock, so that it is of one moment.</summary>
    /// <param name="db">Inside the door.</param>
    /// <param name="outletId">The outlet.</param>
    /// <param name="goodsId">The article.</param>
    /// <param name="before">Scanned before; those that have left since are forgotten.</param>
    /// <param name="scanned">Scanned now; normal, not checked.</param>
    /// <param name="ct">Gives up.</param>
    internal static async Task<(IReadOnlyList<SeenCard> Seen, CardRefusal? Wrong)> LookAsync(
        MarketDb db, int outletId, int goodsId, IReadOnlyCollection<string> before, IReadOnlyList<string> scanned, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (CardShelf.WrongIn(goodsId, scanned) is { } wrong) return ([], wrong);
        if (scanned.Count > CardSerials.MostAtOnce) return ([], new CardRefusal(CardProblem.Count, goodsId, null, CardSerials.MostAtOnce));
        var cards = await CardsAsync(db, goodsId, [.. before.Union(scanned, StringComparer.Ordinal)], ct);
        var seen = new Dictionary<string, CardSighting>(StringComparer.Ordinal);
        foreach (var serial in scanned.Concat(before))
        {
            var card = cards.GetValueOrDefault(serial);
            if (CardShelf.Why(card, outletId) is null) seen[serial] = CardSighting.There;
            else if (card is not null && WhyNotFound(card, outletId) is null) seen[serial] = CardSighting.Found;
            else if (scanned.Contains(serial, StringComparer.Ordinal)) return ([], new CardRefusal(IsSlips(card) ? CardProblem.Gone : CardShelf.Why(card, outletId)!.Value, goodsId, serial));
        }
        var expected = await SupermarketCard.OnHand(db).Where(c => c.OutletId == outletId && c.GoodsId == goodsId).Select(c => c.Serial).ToListAsync(ct);
        foreach (var serial in expected.Where(s => !seen.ContainsKey(s))) seen[serial] = CardSighting.Missing;
        return ([.. seen.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new SeenCard(s.Key, s.Value))], null);
    }

    /// <summary>Cards of an article that are set aside for slips at an outlet: they lie there too, and have no number yet.</summary>
    internal static Task<int> SetAsideAsync(MarketDb db, int outletId, int goodsId) =>
        db.Redemptions.Where(r => r.OutletId == outletId && r.State == RedemptionState.Held).SelectMany(r => r.Lines).Where(l => l.GoodsId == goodsId).SumAsync(l => l.Quantity);

    /// <summary>Whether what is named still is as it was when it was named.</summary>
    internal static async Task<bool> StillAsync(MarketDb db, int outletId, int goodsId, IReadOnlyCollection<SeenCard> named)
    {
        var cards = await CardsAsync(db, goodsId, [.. named.Select(n => n.Serial)], default);
        return named.All(n => cards.GetValueOrDefault(n.Serial) is var card && (n.Sighting == CardSighting.Missing ? CardShelf.Why(card, outletId) : WhyNotFound(card, outletId)) is null);
    }

    /// <summary>Makes missing ones lost and brings found ones back; the pieces are the caller's. False when one of them has moved since, and then nothing may be kept.</summary>
    internal static async Task<bool> ApplyAsync(MarketDb db, int outletId, int goodsId, IReadOnlyCollection<SeenCard> named, Actor actor, DateTime now, string words)
    {
        if (!await StillAsync(db, outletId, goodsId, named)) return false;
        var cards = await CardsAsync(db, goodsId, [.. named.Select(n => n.Serial)], default);
        foreach (var (serial, sighting) in named)
        {
            if (!cards.TryGetValue(serial, out var card))
            {
                if (await CardShelf.ReceiveAsync(db, goodsId, outletId, [serial], null, actor, now) is not null) return false;
                continue;
            }
            var missing = sighting == CardSighting.Missing;
            card.State = missing ? CardState.Lost : CardState.Returned;
            card.Events.Add(CardShelf.Event(missing ? CardStep.Lost : CardStep.Restored, actor, now, words: words));
        }
        return true;
    }

    private static IQueryable<SupermarketCard> Here(MarketDb db, int outletId) =>
        db.SupermarketCards.Where(c => c.OutletId == outletId && (c.State == CardState.InStock || c.State == CardState.Returned || (c.State == CardState.Lost && c.RedemptionId == null)));

    private static async Task<Dictionary<string, SupermarketCard>> CardsAsync(MarketDb db, int goodsId, IReadOnlyList<string> serials, CancellationToken ct)
    {
        var cards = new Dictionary<string, SupermarketCard>(StringComparer.Ordinal);
        foreach (var some in serials.Chunk(Slice))
        {
            foreach (var card in await db.SupermarketCards.AsTracking().Where(c => c.GoodsId == goodsId && some.Contains(c.Serial)).ToListAsync(ct)) cards[card.Serial] = card;
        }
        return cards;
    }

    /// <summary>Lost by whoever got it: no count brings it back on the shelf.</summary>
    private static bool IsSlips(SupermarketCard? card) => card is { State: CardState.Lost, RedemptionId: not null };

    /// <summary>Why a card cannot turn up here; null for one that was lost here, and for one nobody knows.</summary>
    private static CardProblem? WhyNotFound(SupermarketCard? card, int outletId) => card switch
    {
        null => null,
        { State: CardState.HandedOut } => CardProblem.Gone,
        { State: CardState.Blocked } => CardProblem.Stopped,
        { State: CardState.Lost, RedemptionId: not null } => CardProblem.Gone,
        { State: CardState.Lost } => card.OutletId == outletId ? null : CardProblem.Elsewhere,
        { Move: not null } => CardProblem.OnTheWay,
        _ => card.OutletId == outletId ? CardProblem.Known : CardProblem.Elsewhere,
    };
}
