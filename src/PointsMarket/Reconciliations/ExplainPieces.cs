using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Reconciliations;

/// <summary>
/// Two people sign why pieces that are off may stay as they are: put right elsewhere meanwhile, or counted wrongly. Nothing is posted.
/// Without it a difference that the shelf does not hold any more would keep its month open for good. Who signs otherwise than the
/// first one (<see cref="SignStockDifference"/>) begins anew.
/// </summary>
public sealed class ExplainPieces(MarketWrites writes, TimeProvider clock)
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
        if (item is not { IsPieces: true, State: FollowUpState.Open }) return FollowUpOutcome.NotNow;
        if (!item.IsHalfExplained)
        {
            db.RemoveRange(await db.FollowUpCards.AsTracking().Where(c => c.FollowUpId == item.Id).ToListAsync(ct));
            (item.FirstSignature, item.How, item.Owner, item.Words, item.At) = (step.Actor.Code, Remedy.Words, step.Actor.Code, book.Words, now);
            book.Note(item, FollowUpChange.ExplainedFirst);
            await db.SaveChangesAsync(ct);
            return FollowUpOutcome.WaitsForSecond;
        }
        if (item.FirstSignature == step.Actor.Code) return FollowUpOutcome.SamePerson;
        book.Set(item, FollowUpState.Explained, Remedy.Words, FollowUpChange.Explained);
        await db.SaveChangesAsync(ct);
        return FollowUpOutcome.Done;
    }
}
