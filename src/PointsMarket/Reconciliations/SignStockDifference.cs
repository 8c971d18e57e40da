using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Reconciliations;

/// <summary>
/// Two people sign that pieces are missing or were found; with the second signature the difference is written off or found, as of the
/// month's last moment, so that the shelf at its end is what was counted (DESIGN 6.3).
/// </summary>
public sealed class SignStockDifference(MarketWrites writes, LotBook lots, TimeProvider clock)
{
    /// <summary>Signs first, or second.</summary>
    public Task<FollowUpOutcome> ExecuteAsync(FollowUpStep step, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return writes.RunAsync((db, token) => RunAsync(db, step, token), ct);
    }

    private async Task<FollowUpOutcome> RunAsync(MarketDb db, FollowUpStep step, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (book, why) = await FollowUpBook.OpenAsync(db, step, now, ct);
        if (book is null) return why;
        var item = book.Item;
        if (item is not { Kind: DiscrepancyKind.CountDiffers, State: not FollowUpState.Settled }) return FollowUpOutcome.NotNow;
        if (item.FirstSignature is null)
        {
            (item.FirstSignature, item.Owner, item.Words, item.At) = (step.Actor.Code, step.Actor.Code, book.Words, now);
            book.Note(item, FollowUpChange.SignedFirst);
            await db.SaveChangesAsync(ct);
            return FollowUpOutcome.WaitsForSecond;
        }
        if (item.FirstSignature == step.Actor.Code) return FollowUpOutcome.SamePerson;
        var goods = await db.Goods.SingleOrDefaultAsync(g => g.Sku == item.Item, ct);
        if (goods is null) return FollowUpOutcome.NotFound;
        var posted = await PostAsync(db, book, goods, step.Actor, ct);
        if (posted.Outcome == PostOutcome.BelowFloor) return FollowUpOutcome.NotEnough;
        if (posted.Outcome == PostOutcome.PeriodClosed) return FollowUpOutcome.MonthClosed;
        if (posted.Outcome != PostOutcome.Posted) return FollowUpOutcome.NotNow;
        item.SettledSequence = posted.Sequence;
        book.Set(item, FollowUpState.Settled, item.Difference < 0 ? Remedy.WrittenOff : Remedy.Found, FollowUpChange.SignedSecond);
        await SettleCardsAsync(db, book, goods, ct);
        db.Note(now, step.Actor, "stock.corrected", item.Place, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{goods.Sku} {item.Book ?? 0} → {item.Outside ?? 0}"));
        await db.SaveChangesAsync(ct);
        return FollowUpOutcome.Done;
    }

    private Task<PostResult> PostAsync(MarketDb db, FollowUpBook book, Goods goods, Actor actor, CancellationToken ct)
    {
        var (item, shelf) = (book.Item, AccountCode.Shelf(book.Item.Place));
        return lots.PostAsync(db, new TransactionRequest
        {
            BookId = book.Run.BookId, Key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"count:{item.Id}"), Kind = TransactionKinds.StockCorrection, Subject = goods.Sku,
            HappenedAt = StationTime.Month(book.Run.Month).To.AddMilliseconds(-1), Actor = actor, Reason = book.Words.Length <= 256 ? book.Words : book.Words[..256],
            Postings = [item.Difference > 0 ? new Posting(AccountCode.Found, shelf, goods.Asset, item.Difference) : new Posting(shelf, AccountCode.WrittenOff, goods.Asset, -item.Difference)],
        }, new LotTerms { AsOf = StationTime.Day(StationTime.Month(book.Run.Month).To.AddMilliseconds(-1)) }, ct);
    }

    /// <summary>The same pieces show a second time as "bought − handed out − on hand is not 0" when they are cards: settled with the last shelf of them.</summary>
    private static async Task SettleCardsAsync(MarketDb db, FollowUpBook book, Goods goods, CancellationToken ct)
    {
        var same = await db.FollowUps.Where(f => f.ReconciliationId == book.Item.ReconciliationId && f.Item == goods.Sku).ToListAsync(ct);
        if (same.Find(f => f is { Kind: DiscrepancyKind.CardsDiffer, State: not FollowUpState.Settled }) is not { } cards) return;
        if (same.Exists(f => f.Kind == DiscrepancyKind.CountDiffers && f.State != FollowUpState.Settled)) return;
        cards.SettledSequence = book.Item.SettledSequence;
        book.Set(cards, FollowUpState.Settled, book.Item.How, FollowUpChange.SignedSecond);
    }
}
