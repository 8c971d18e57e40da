using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Stock;

/// <summary>
/// Signs a stocktake. The first signature changes nothing on the shelf; with the second, of somebody else, the differences are written
/// off or found in one ledger transaction, from the lots that expire first (DESIGN 6: a difference is a discrepancy until two people sign).
/// </summary>
public sealed class SignStocktake(MarketWrites writes, LotBook lots, TimeProvider clock)
{
    /// <summary>The most characters of the reason.</summary>
    public const int MostWords = 200;

    /// <summary>Signs it. The reason is the first one's, or a better one of the second.</summary>
    public Task<StocktakeOutcome> ExecuteAsync(StocktakeBy by, string? reason, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        return writes.RunAsync(db => RunAsync(db, by, reason), ct);
    }

    private async Task<StocktakeOutcome> RunAsync(MarketDb db, StocktakeBy by, string? reason)
    {
        if (await StocktakeDoing.FindAsync(db, by) is not { } s) return StocktakeOutcome.NotFound;
        if (s.State != StocktakeState.Signing) return s.State == StocktakeState.Signed && (s.FirstBy == by.Actor.Code || s.EndedBy == by.Actor.Code) ? StocktakeOutcome.Done : StocktakeOutcome.NotNow;
        if (reason?.Trim() is { Length: > 0 } words) s.Reason = words;
        if (s.Reason is not { Length: >= 2 and <= MostWords } && s.Lines.Exists(l => l.Differs)) return db.RollBack(StocktakeOutcome.ReasonMissing);
        if (await IsUnnamedAsync(db, s)) return db.RollBack(StocktakeOutcome.NumbersMissing);
        var now = clock.GetUtcNow().UtcDateTime;
        if (s.FirstBy is null)
        {
            (s.FirstBy, s.FirstAt) = (by.Actor.Code, now);
            db.Note(now, by.Actor, "stocktake.signed-first", s.Number, s.Reason);
            await db.SaveChangesAsync();
            return StocktakeOutcome.Done;
        }
        if (s.FirstBy == by.Actor.Code) return db.RollBack(StocktakeOutcome.SamePerson);
        return await EndAsync(db, s, by.Actor, now);
    }

    /// <summary>Whether cards are missing or were found, and nobody has said which.</summary>
    private static async Task<bool> IsUnnamedAsync(MarketDb db, Stocktake s)
    {
        foreach (var line in s.Lines.Where(l => NameCards.IsAsked(l)))
        {
            if (Math.Abs(await CardCount.NeedAsync(db, s.BookId, s.OutletId, line.GoodsId, line.Difference)) != line.Named.Count()) return true;
        }
        return false;
    }

    private async Task<StocktakeOutcome> EndAsync(MarketDb db, Stocktake s, Actor actor, DateTime now)
    {
        await CardShelf.LockAsync(db, s.BookId);
        var off = s.Lines.Where(l => l.Difference != 0).OrderBy(l => l.Position).ToList();
        if (off.Count > 0)
        {
            var shelf = AccountCode.Shelf(s.Outlet.Code);
            var posted = await lots.PostAsync(db, new TransactionRequest
            {
                BookId = s.BookId, Key = $"stocktake:{s.Number}", Kind = TransactionKinds.StockCorrection, Subject = s.Number, HappenedAt = StocktakeDoing.HappenedAt(s, now), Actor = actor, Reason = s.Reason,
                Postings = [.. off.Select(l => l.Difference > 0 ? new Posting(AccountCode.Found, shelf, l.Goods.Asset, l.Difference) : new Posting(shelf, AccountCode.WrittenOff, l.Goods.Asset, -l.Difference))],
            }, new LotTerms { Lots = [.. off.Select(l => l.LotId)] });
            if (posted.Outcome == PostOutcome.BelowFloor) return db.RollBack(StocktakeOutcome.ShelfMoved);
            if (posted.Outcome != PostOutcome.Posted) return db.RollBack(StocktakeOutcome.MonthClosed);
            s.Sequence = posted.Sequence;
        }
        // Under the book's lock now: a card that was handed out since the count was there after all.
        foreach (var line in s.Lines.Where(l => l.Named.Any()))
        {
            if (!await CardCount.ApplyAsync(db, s.OutletId, line.GoodsId, [.. line.Named.Select(c => new SeenCard(c.Serial, c.Sighting))], actor, now, s.Number)) return db.RollBack(StocktakeOutcome.ShelfMoved);
        }
        (s.State, s.OpenOutletId, s.EndedBy, s.EndedAt) = (StocktakeState.Signed, null, actor.Code, now);
        db.Note(now, actor, "stocktake.signed", s.Number, string.Join(", ", off.Select(l => FormattableString.Invariant($"{l.Goods.Sku} {l.Difference:+0;-0}"))));
        await db.SaveChangesAsync();
        return StocktakeOutcome.Done;
    }
}
