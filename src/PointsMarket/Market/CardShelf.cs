using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>What is wrong with the numbers of cards.</summary>
public enum CardProblem
{
    /// <summary>Not as many numbers as cards.</summary>
    Count,

    /// <summary>Not a number that can stand on a card.</summary>
    NotValid,

    /// <summary>The same number twice.</summary>
    Twice,

    /// <summary>The number came in before: a card comes in once.</summary>
    Known,

    /// <summary>Nobody counted this number in.</summary>
    Unknown,

    /// <summary>It lies at another outlet.</summary>
    Elsewhere,

    /// <summary>It was handed out before.</summary>
    Gone,

    /// <summary>It is lost or blocked.</summary>
    Stopped,

    /// <summary>It is on its way between two outlets.</summary>
    OnTheWay,

    /// <summary>It was not sent with this move.</summary>
    NotSent,
}

/// <summary>Why cards are not taken, and which.</summary>
/// <param name="Problem">What is wrong.</param>
/// <param name="GoodsId">The article.</param>
/// <param name="Serial">The number that is wrong; null when it is how many there are.</param>
/// <param name="Needed">How many are needed, when it is how many there are.</param>
public sealed record CardRefusal(CardProblem Problem, int GoodsId, string? Serial, int Needed = 0);

/// <summary>The numbers scanned for one line of a slip.</summary>
public sealed record ScannedCards(int GoodsId, IReadOnlyList<string> Serials);

/// <summary>
/// The cards behind the pieces on the shelves. The one rule: where any card of an article has a number in a station's book, each card
/// of it leaves with its number; where none has (stock from before numbers were kept), cards leave without.
/// </summary>
public static class CardShelf
{
    private const int Slice = 500;

    /// <summary>How many numbers a hand-over of this slip asks for, by article; articles that leave without are not named.</summary>
    public static async Task<IReadOnlyDictionary<int, int>> AskedAsync(MarketDb db, int redemptionId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await (
            from r in db.Redemptions
            from l in r.Lines
            where r.Id == redemptionId && l.Goods.Kind == GoodsKind.Card && db.SupermarketCards.Any(c => c.Outlet.Area.BookId == r.Outlet.Area.BookId && c.GoodsId == l.GoodsId)
            select new { l.GoodsId, l.Quantity }).ToDictionaryAsync(l => l.GoodsId, l => l.Quantity, ct);
    }

    /// <summary>What a hand-over with these numbers would be refused for; null when it would not.</summary>
    public static async Task<CardRefusal?> CheckAsync(MarketDb db, int redemptionId, IReadOnlyList<ScannedCards> scanned, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var outlet = await db.Redemptions.Where(r => r.Id == redemptionId).Select(r => r.OutletId).SingleAsync(ct);
        return (await PickAsync(db, await AskedAsync(db, redemptionId, ct), outlet, scanned, ct)).Wrong;
    }

    /// <summary>Ties numbers to the slip that is handed over, or takes those of a slip that is brought back; null when all is well.</summary>
    internal static async Task<CardRefusal?> EndAsync(MarketDb db, Redemption slip, EndRedemption.Input input, DateTime now)
    {
        if (input.To == RedemptionState.Returned) return await BringBackAsync(db, slip, input.Actor, now);
        if (input.To != RedemptionState.HandedOver) return null;
        var (cards, wrong) = await PickAsync(db, await AskedAsync(db, slip.Id), slip.OutletId, input.Cards, default);
        if (wrong is not null) return wrong;
        foreach (var card in cards)
        {
            (card.State, card.RedemptionId) = (CardState.HandedOut, slip.Id);
            card.Events.Add(Event(CardStep.HandedOut, input.Actor, now, slip.Id));
        }
        return null;
    }

    /// <summary>Puts numbers on the shelf with a delivery, or on pieces that lie there without; null when all is well.</summary>
    /// <param name="db">Inside the door.</param>
    /// <param name="goodsId">The article.</param>
    /// <param name="outletId">Where they lie.</param>
    /// <param name="serials">As many as pieces; normal.</param>
    /// <param name="batch">The delivery's reference; null for pieces that were there.</param>
    /// <param name="actor">Who counted.</param>
    /// <param name="now">UTC.</param>
    internal static async Task<CardRefusal?> ReceiveAsync(MarketDb db, int goodsId, int outletId, IReadOnlyList<string> serials, string? batch, Actor actor, DateTime now)
    {
        if (WrongIn(goodsId, serials) is { } wrong) return wrong;
        foreach (var some in serials.Chunk(Slice))
        {
            if (await db.SupermarketCards.Where(c => c.GoodsId == goodsId && some.Contains(c.Serial)).Select(c => c.Serial).FirstOrDefaultAsync() is { } known)
                return new CardRefusal(CardProblem.Known, goodsId, known);
        }
        foreach (var serial in serials)
        {
            var card = new SupermarketCard { GoodsId = goodsId, OutletId = outletId, Serial = serial, Batch = batch, State = CardState.InStock };
            card.Events.Add(Event(batch is null ? CardStep.Entered : CardStep.Received, actor, now));
            db.SupermarketCards.Add(card);
        }
        return null;
    }

    /// <summary>Forgets the numbers of a delivery that is taken back, so that they can come again; how many of its cards are not there any more: then it forgets none.</summary>
    internal static async Task<int> ForgetAsync(MarketDb db, string batch, string outlet)
    {
        var cards = await db.SupermarketCards.AsTracking().Include(c => c.Events).Include(c => c.Outlet).Where(c => c.Batch == batch).ToListAsync();
        var gone = cards.Count(c => c.State != CardState.InStock || c.Move is not null || c.Outlet.Code != outlet);
        if (gone == 0) db.SupermarketCards.RemoveRange(cards);
        return gone;
    }

    /// <summary>Lets one operation on the book's cards through at a time; the order of the journal's own lock.</summary>
    internal static Task LockAsync(MarketDb db, int bookId) =>
        db.LedgerBooks.Where(b => b.Id == bookId).ExecuteUpdateAsync(s => s.SetProperty(b => b.Accounts, b => b.Accounts));

    internal static CardEvent Event(CardStep step, Actor actor, DateTime now, int? slip = null, string? words = null) =>
        new() { Step = step, Actor = actor.Code, At = now, RedemptionId = slip, Words = words };

    /// <summary>What is wrong with numbers by themselves.</summary>
    internal static CardRefusal? WrongIn(int goodsId, IReadOnlyList<string> serials)
    {
        if (serials.FirstOrDefault(s => !CardSerials.IsValid(s)) is { } bad) return new CardRefusal(CardProblem.NotValid, goodsId, bad);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return serials.FirstOrDefault(s => !seen.Add(s)) is { } twice ? new CardRefusal(CardProblem.Twice, goodsId, twice) : null;
    }

    /// <summary>The cards behind numbers that leave an outlet, tracked; what is wrong when one of them cannot.</summary>
    internal static async Task<(IReadOnlyList<SupermarketCard> Cards, CardRefusal? Wrong)> PickAsync(
        MarketDb db, IReadOnlyDictionary<int, int> asked, int outletId, IReadOnlyList<ScannedCards> scanned, CancellationToken ct)
    {
        var picked = new List<SupermarketCard>();
        foreach (var (goods, needed) in asked.OrderBy(a => a.Key))
        {
            var serials = scanned.Where(s => s.GoodsId == goods).SelectMany(s => s.Serials).ToList();
            if (WrongIn(goods, serials) is { } wrong) return ([], wrong);
            if (serials.Count != needed) return ([], new CardRefusal(CardProblem.Count, goods, null, needed));
            var cards = await db.SupermarketCards.AsTracking().Where(c => c.GoodsId == goods && serials.Contains(c.Serial)).ToDictionaryAsync(c => c.Serial, StringComparer.Ordinal, ct);
            foreach (var serial in serials)
            {
                if (Why(cards.GetValueOrDefault(serial), outletId) is { } problem) return ([], new CardRefusal(problem, goods, serial));
                picked.Add(cards[serial]);
            }
        }
        return (picked, null);
    }

    /// <summary>Why a number cannot leave an outlet, or be missing there; null when it can.</summary>
    internal static CardProblem? Why(SupermarketCard? card, int outletId) => card switch
    {
        null => CardProblem.Unknown,
        { State: CardState.HandedOut } => CardProblem.Gone,
        { State: CardState.Lost or CardState.Blocked } => CardProblem.Stopped,
        { Move: not null } => CardProblem.OnTheWay,
        _ => card.OutletId == outletId ? null : CardProblem.Elsewhere,
    };

    private static async Task<CardRefusal?> BringBackAsync(MarketDb db, Redemption slip, Actor actor, DateTime now)
    {
        var cards = await db.SupermarketCards.AsTracking().Where(c => c.RedemptionId == slip.Id).ToListAsync();
        if (cards.FirstOrDefault(c => c.State != CardState.HandedOut) is { } stopped) return new CardRefusal(CardProblem.Stopped, stopped.GoodsId, stopped.Serial);
        foreach (var card in cards)
        {
            (card.State, card.RedemptionId) = (CardState.Returned, null);
            card.Events.Add(Event(CardStep.Returned, actor, now, slip.Id));
        }
        return null;
    }
}
