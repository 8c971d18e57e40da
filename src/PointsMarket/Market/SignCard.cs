using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>
/// The second person's answer about a card: one that was stopped is written off (<c>reserved:K{card}</c> → <c>written-off</c>), or, when
/// they refuse, lies on the shelf again; one that was found comes back on the shelf, or, when they refuse, stays lost.
/// </summary>
public sealed class SignCard(MarketWrites writes, LotBook lots, TimeProvider clock)
{
    /// <summary>Signs or refuses.</summary>
    public Task<SignatureOutcome> ExecuteAsync(SignatureStep step, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return writes.RunAsync(db => RunAsync(db, step), ct);
    }

    private async Task<SignatureOutcome> RunAsync(MarketDb db, SignatureStep step)
    {
        var (waiting, why) = await SecondSignatures.FindAsync(db, step, SignatureKind.CardStopped, SignatureKind.CardFound);
        if (waiting is null) return why;
        var book = waiting.Outlet.Area.BookId;
        await CardShelf.LockAsync(db, book);
        var id = int.Parse(waiting.Subject, CultureInfo.InvariantCulture);
        var card = await db.SupermarketCards.AsTracking().Include(c => c.Goods).SingleAsync(c => c.Id == id);
        var now = clock.GetUtcNow().UtcDateTime;
        var stopped = card.State is CardState.Lost or CardState.Blocked; // a count may have found it meanwhile
        long? sequence = null;
        if (await PostingAsync(db, waiting, step, card, stopped) is { } posting)
        {
            var posted = await lots.PostAsync(db, new TransactionRequest
            {
                BookId = book, Key = SecondSignatures.Key(waiting), Kind = TransactionKinds.CardMark, Subject = card.Goods.Sku, HappenedAt = now, Actor = step.Actor, Reason = waiting.Reason, Postings = [posting],
            });
            if (posted.Outcome != PostOutcome.Posted) return db.RollBack(SignatureOutcome.StockMoved);
            sequence = posted.Sequence;
        }
        if (stopped && step.Sign == (waiting.Kind == SignatureKind.CardFound))
        {
            card.State = CardState.Returned;
            card.Events.Add(CardShelf.Event(CardStep.Restored, step.Actor, now, words: waiting.Reason));
        }
        SecondSignatures.End(db, waiting, step, sequence, now);
        await db.SaveChangesAsync();
        return SignatureOutcome.Done;
    }

    /// <summary>What moves; null for nothing.</summary>
    private static async Task<Posting?> PostingAsync(MarketDb db, SecondSignature waiting, SignatureStep step, SupermarketCard card, bool stopped)
    {
        var (shelf, aside) = (AccountCode.Shelf(waiting.Outlet.Code), MarkCard.SetAside(card));
        // The piece of a card that a count found meanwhile was found with it: the one set aside is the one that is gone.
        if (waiting.Kind == SignatureKind.CardStopped) return new Posting(aside, step.Sign || !stopped ? AccountCode.WrittenOff : shelf, card.Goods.Asset, 1);
        if (!step.Sign || !stopped) return null;
        var stock = (await CardStock.ReadAsync(db, [waiting.Outlet.Area.BookId])).SingleOrDefault(s => s.OutletId == card.OutletId && s.GoodsId == card.GoodsId);
        return stock?.Missing > 0 ? null : new Posting(AccountCode.Found, shelf, card.Goods.Asset, 1); // a count put the piece there before
    }
}
