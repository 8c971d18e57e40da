using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>
/// Somebody counted an article on a shelf and it is not what the book says: the difference is written off or found, with a
/// reason. It is on record and can be taken back (<see cref="ReverseStockMovement"/>).
/// </summary>
public sealed class CorrectStock(MarketWrites writes, Journal journal, TimeProvider clock)
{
    /// <summary>The most pieces of one article on a shelf that anybody counts by hand.</summary>
    public const int MostPieces = 100_000;

    /// <summary>What was counted.</summary>
    public sealed record Input
    {
        /// <summary>The form's key: sending it twice corrects once.</summary>
        public required Guid Key { get; init; }

        /// <summary>The outlet.</summary>
        public required int OutletId { get; init; }

        /// <summary>The article.</summary>
        public required int GoodsId { get; init; }

        /// <summary>What the book said when the form was shown. When it says something else by now, nothing is corrected.</summary>
        public required long Shown { get; init; }

        /// <summary>What lies on the shelf, without what is set aside for slips.</summary>
        public required int Counted { get; init; }

        /// <summary>Why, in words.</summary>
        public required string Reason { get; init; }

        /// <summary>Who counted.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Corrected, now or from before.</summary>
    public sealed record Corrected : Outcome;

    /// <summary>The book says the same: nothing to correct.</summary>
    public sealed record NothingToCorrect : Outcome;

    /// <summary>Something moved since the form was shown: the book now says this.</summary>
    public sealed record ShelfChanged(long Now) : Outcome;

    /// <summary>Below 0 or over <see cref="MostPieces"/>.</summary>
    public sealed record NotACount : Outcome;

    /// <summary>There is no such outlet in the actor's area, or no such article.</summary>
    public sealed record NotFound : Outcome;

    /// <summary>Corrects it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Counted is < 0 or > MostPieces ? Task.FromResult<Outcome>(new NotACount()) : writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        var outlet = await db.Outlets.Where(o => o.Id == input.OutletId && o.Area.Path.StartsWith(input.AreaPath)).Select(o => new { o.Code, o.Area.BookId }).SingleOrDefaultAsync();
        var goods = await db.Goods.SingleOrDefaultAsync(g => g.Id == input.GoodsId);
        if (outlet is null || goods is null) return new NotFound();
        var key = $"stock:{input.Key:N}";
        if (await db.SequenceOfAsync(outlet.BookId, key) is not null) return new Corrected();
        var shelf = AccountCode.Shelf(outlet.Code);
        await db.TakeTurnAsync();
        var book = await db.BalanceAsync(outlet.BookId, shelf, goods.Asset);
        if (book != input.Shown) return new ShelfChanged(book);
        var change = input.Counted - book;
        if (change == 0) return new NothingToCorrect();

        var now = clock.GetUtcNow().UtcDateTime;
        var posted = (await journal.PostAsync(db, new TransactionRequest
        {
            BookId = outlet.BookId, Key = key, Kind = TransactionKinds.StockCorrection, Subject = goods.Sku, HappenedAt = now, Actor = input.Actor, Reason = input.Reason,
            Postings = [change > 0 ? new Posting(AccountCode.Found, shelf, goods.Asset, change) : new Posting(shelf, AccountCode.WrittenOff, goods.Asset, -change)],
        })).InOpenTime();
        if (posted.Outcome is PostOutcome.KeyReused or PostOutcome.Replayed) return new Corrected(); // sent twice at once
        // On a server a redemption may have been quicker between reading and posting; then the difference is another one.
        var after = await db.BalanceAsync(outlet.BookId, shelf, goods.Asset);
        if (posted.Outcome != PostOutcome.Posted) return new ShelfChanged(after);
        if (after != input.Counted) return db.RollBack(new ShelfChanged(after - change));
        db.Note(now, input.Actor, "stock.corrected", outlet.Code, $"{goods.Sku} {book} → {input.Counted}");
        await db.SaveChangesAsync();
        return new Corrected();
    }
}
