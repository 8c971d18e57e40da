using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>
/// Reports a card lost, or blocks it, with a reason; or lifts that again. A card in stock is stopped at once: its piece is set aside,
/// <c>shelf:{outlet}</c> → <c>reserved:K{card}</c>, until a second person signs that it is written off (<see cref="SignCard"/>). One
/// that was written off comes back with a second signature too. Where a count moved the pieces before (the outlet has more numbers
/// than pieces, or fewer), or the card has left with a slip, no stock moves, and one person's word is enough. Who may do it is the
/// page's policy: an approver.
/// </summary>
public sealed class MarkCard(MarketWrites writes, LotBook lots, TimeProvider clock)
{
    /// <summary>The longest reason.</summary>
    public const int MostWords = 200;

    /// <summary>What is to be done to a card.</summary>
    public enum Mark
    {
        /// <summary>It is lost.</summary>
        Lost,

        /// <summary>It must not be used.</summary>
        Blocked,

        /// <summary>It is neither any more.</summary>
        Restored,
    }

    /// <summary>Which card.</summary>
    public sealed record Input
    {
        /// <summary>The card.</summary>
        public required int CardId { get; init; }

        /// <summary>What is to be done.</summary>
        public required Mark To { get; init; }

        /// <summary>Why, 1 to <see cref="MostWords"/> characters. No serial number belongs in it.</summary>
        public required string Reason { get; init; }

        /// <summary>Who does it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in; the card's outlet must lie in it.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Done, now or from before.</summary>
        Done,

        /// <summary>It waits for the second person's signature, now or from before; a lost or blocked card is stopped already.</summary>
        WaitsForSecond,

        /// <summary>Something else about it waits for a second person's signature: they sign or refuse it first.</summary>
        StillOpen,

        /// <summary>It is on its way between outlets: it is received first.</summary>
        OnTheWay,

        /// <summary>It is lost or blocked already, or was neither.</summary>
        OtherState,

        /// <summary>All cards left on the shelf are set aside for slips: one of them is to be cancelled first.</summary>
        AllSetAside,

        /// <summary>No reason, or too long a one.</summary>
        ReasonMissing,

        /// <summary>There is no such card in the actor's area.</summary>
        NotFound,
    }

    /// <summary>Does it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Reason.Trim() is { Length: > 0 and <= MostWords } reason ? writes.RunAsync(db => RunAsync(db, input with { Reason = reason }), ct) : Task.FromResult(Outcome.ReasonMissing);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        var place = await db.SupermarketCards.Where(c => c.Id == input.CardId && c.Outlet.Area.Path.StartsWith(input.AreaPath)).Select(c => new { c.Outlet.Area.BookId, c.Outlet.Code }).SingleOrDefaultAsync();
        if (place is null) return Outcome.NotFound;
        await CardShelf.LockAsync(db, place.BookId);
        var card = await db.SupermarketCards.AsTracking().Include(c => c.Goods).SingleAsync(c => c.Id == input.CardId);
        var stopped = card.State is CardState.Lost or CardState.Blocked;
        var waiting = await SecondSignatures.WaitingAsync(db, SignatureKind.CardStopped, Subject(card));
        if (card.State.ToString() == input.To.ToString()) return waiting == SignatureKind.CardStopped ? Outcome.WaitsForSecond : Outcome.Done;
        if (waiting is not null) return waiting == SignatureKind.CardFound && input.To == Mark.Restored ? Outcome.WaitsForSecond : Outcome.StillOpen;
        if (stopped != (input.To == Mark.Restored)) return Outcome.OtherState;
        if (card.Move is not null) return Outcome.OnTheWay;

        var now = clock.GetUtcNow().UtcDateTime;
        var stock = (await CardStock.ReadAsync(db, [place.BookId])).SingleOrDefault(s => s.OutletId == card.OutletId && s.GoodsId == card.GoodsId);
        var counted = stopped ? stock?.Missing > 0 : stock?.Over > 0;
        var moves = card.RedemptionId is null && !counted;
        if (moves && stopped)
        {
            SecondSignatures.Ask(db, SignatureKind.CardFound, card.OutletId, Subject(card), input.Actor, input.Reason, now);
            await db.SaveChangesAsync();
            return Outcome.WaitsForSecond;
        }
        if (moves)
        {
            if (!await SetAsideAsync(db, card, place.BookId, place.Code, input, now)) return db.RollBack(Outcome.AllSetAside);
            SecondSignatures.Ask(db, SignatureKind.CardStopped, card.OutletId, Subject(card), input.Actor, input.Reason, now);
        }
        card.State = input.To switch
        {
            Mark.Lost => CardState.Lost,
            Mark.Blocked => CardState.Blocked,
            _ => card.RedemptionId is null ? CardState.Returned : CardState.HandedOut,
        };
        card.Events.Add(CardShelf.Event(Enum.Parse<CardStep>(input.To.ToString()), input.Actor, now, card.RedemptionId, input.Reason));
        db.Note(now, input.Actor, input.To switch { Mark.Lost => "card.lost", Mark.Blocked => "card.blocked", _ => "card.restored" }, place.Code, card.Goods.Sku);
        await db.SaveChangesAsync();
        return moves ? Outcome.WaitsForSecond : Outcome.Done;
    }

    /// <summary>Takes the card's piece from the shelf, where nobody gets it; false when none is left there.</summary>
    private async Task<bool> SetAsideAsync(MarketDb db, SupermarketCard card, int book, string outlet, Input input, DateTime now)
    {
        var steps = await db.CardEvents.CountAsync(v => v.CardId == card.Id);
        var posted = await lots.PostAsync(db, new TransactionRequest
        {
            // The card's key and how much happened to it so far: each mark is one transaction, and no serial stands in the ledger.
            BookId = book, Key = $"card:{card.Id}:{steps}", Kind = TransactionKinds.CardMark, Subject = card.Goods.Sku, HappenedAt = now, Actor = input.Actor, Reason = input.Reason,
            Postings = [new Posting(AccountCode.Shelf(outlet), SetAside(card), card.Goods.Asset, 1)],
        });
        return posted.Outcome == PostOutcome.Posted;
    }

    /// <summary>Where the piece of a stopped card is until a second person has signed.</summary>
    internal static AccountCode SetAside(SupermarketCard card) => AccountCode.Reserved(FormattableString.Invariant($"K{card.Id}"));

    /// <summary>What a signature about a card is about.</summary>
    internal static string Subject(SupermarketCard card) => card.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
