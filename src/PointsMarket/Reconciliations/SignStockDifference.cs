using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Reconciliations;

/// <summary>
/// Two people sign that pieces are missing or were found; with the second signature the difference is written off or found, as of the
/// month's last moment, so that the shelf at its end is what was counted (DESIGN 6.3). Cards with numbers are named by the first one;
/// with the second signature the missing ones are lost, and the found ones back.
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
        var goods = await db.Goods.SingleOrDefaultAsync(g => g.Sku == item.Item, ct);
        if (goods is null) return FollowUpOutcome.NotFound;
        if (item.FirstSignature is null || item.IsHalfExplained)
        {
            if (!await NameAsync(db, book, goods, step.Cards, ct)) return FollowUpOutcome.CardsNotRight;
            (item.FirstSignature, item.State, item.How, item.Owner, item.Words, item.At) = (step.Actor.Code, FollowUpState.Open, null, step.Actor.Code, book.Words, now);
            book.Note(item, FollowUpChange.SignedFirst);
            await db.SaveChangesAsync(ct);
            return FollowUpOutcome.WaitsForSecond;
        }
        if (item.FirstSignature == step.Actor.Code) return FollowUpOutcome.SamePerson;
        var cards = await db.FollowUpCards.AsTracking().Where(c => c.FollowUpId == item.Id).ToListAsync(ct);
        var outlet = await OutletAsync(db, book, ct);
        await CardShelf.LockAsync(db, book.Run.BookId);
        List<SeenCard> named = [.. cards.Select(c => new SeenCard(c.Serial, c.Sighting))];
        if (!await CardCount.StillAsync(db, outlet, goods.Id, named) || Math.Abs(await CardCount.NeedAsync(db, book.Run.BookId, outlet, goods.Id, item.Difference, ct)) != named.Count)
        {
            item.FirstSignature = null;
            db.RemoveRange(cards);
            book.Note(item, FollowUpChange.SignatureFell);
            await db.SaveChangesAsync(ct);
            return FollowUpOutcome.CardsMoved;
        }
        var posted = await PostAsync(db, book, goods, step.Actor, ct);
        if (posted.Outcome == PostOutcome.BelowFloor) return FollowUpOutcome.NotEnough;
        if (posted.Outcome == PostOutcome.PeriodClosed) return FollowUpOutcome.MonthClosed;
        if (posted.Outcome != PostOutcome.Posted) return FollowUpOutcome.NotNow;
        item.SettledSequence = posted.Sequence;
        book.Set(item, FollowUpState.Settled, item.Difference < 0 ? Remedy.WrittenOff : Remedy.Found, FollowUpChange.SignedSecond);
        await SettleCardsAsync(db, book, goods, ct);
        if (!await CardCount.ApplyAsync(db, outlet, goods.Id, named, step.Actor, now, StationMonth.Text(book.Run.Month))) return db.RollBack(FollowUpOutcome.NotNow);
        db.Note(now, step.Actor, "stock.corrected", item.Place, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{goods.Sku} {item.Book ?? 0} → {item.Outside ?? 0}"));
        await db.SaveChangesAsync(ct);
        return FollowUpOutcome.Done;
    }

    private static Task<int> OutletAsync(MarketDb db, FollowUpBook book, CancellationToken ct) =>
        db.Outlets.Where(o => o.Area.BookId == book.Run.BookId && o.Code == book.Item.Place).Select(o => o.Id).SingleAsync(ct);

    /// <summary>Keeps which cards it is about; false when they are not the ones it must be about.</summary>
    private static async Task<bool> NameAsync(MarketDb db, FollowUpBook book, Goods goods, IReadOnlyList<string> serials, CancellationToken ct)
    {
        if (goods.Kind != GoodsKind.Card) return true;
        var outlet = await OutletAsync(db, book, ct);
        await CardShelf.LockAsync(db, book.Run.BookId);
        var need = await CardCount.NeedAsync(db, book.Run.BookId, outlet, goods.Id, book.Item.Difference, ct);
        if (need == 0) return true;
        var (named, wrong) = await CardCount.NamedAsync(db, outlet, goods.Id, need, serials, there: false, ct);
        db.AddRange(named.Select(n => new FollowUpCard { FollowUpId = book.Item.Id, Serial = n.Serial, Sighting = n.Sighting }));
        return wrong is null;
    }

    private Task<PostResult> PostAsync(MarketDb db, FollowUpBook book, Goods goods, Actor actor, CancellationToken ct)
    {
        var (item, shelf) = (book.Item, AccountCode.Shelf(book.Item.Place));
        return lots.PostAsync(db, new TransactionRequest
        {
            BookId = book.Run.BookId, Key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"count:{item.Id}"), Kind = TransactionKinds.StockCorrection, Subject = goods.Sku,
            HappenedAt = StationTime.Month(book.Run.Month).To.AddMilliseconds(-1), Actor = actor, Reason = Typed.Cut(book.Words, 256),
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
