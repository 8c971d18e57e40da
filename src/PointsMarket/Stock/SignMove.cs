using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Stock;

/// <summary>
/// The second person's answer about what a move lacks: signed, it is written off (<c>transit</c> → <c>written-off</c>) and its cards are
/// lost; refused, because it has turned up, it lies on the shelf of the outlet it was sent to. Neither who sent nor who received it answers.
/// </summary>
public sealed class SignMove(MarketWrites writes, LotBook lots, TimeProvider clock)
{
    /// <summary>Signs or refuses.</summary>
    public Task<SignatureOutcome> ExecuteAsync(SignatureStep step, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return writes.RunAsync(db => RunAsync(db, step), ct);
    }

    private async Task<SignatureOutcome> RunAsync(MarketDb db, SignatureStep step)
    {
        var (waiting, why) = await SecondSignatures.FindAsync(db, step, SignatureKind.MoveLacks);
        if (waiting is null) return why;
        var move = await db.StockMoves.Include(m => m.Lines).ThenInclude(l => l.Goods).SingleAsync(m => m.Reference == waiting.Subject);
        if (move.SentBy == step.Actor.Code || move.EndedBy == step.Actor.Code) return SignatureOutcome.SamePerson;
        var now = clock.GetUtcNow().UtcDateTime;
        var to = step.Sign ? AccountCode.WrittenOff : AccountCode.Shelf(waiting.Outlet.Code);
        var posted = await lots.PostAsync(db, new TransactionRequest
        {
            BookId = waiting.Outlet.Area.BookId, Key = SecondSignatures.Key(waiting), Kind = TransactionKinds.StockReceive, Subject = move.Reference, HappenedAt = now, Actor = step.Actor, Reason = waiting.Reason,
            Related = move.EndSequence is null ? new RelatedTo(Relation.Ends, move.SendSequence) : null, // nothing had come: this ends it
            Postings = [.. move.Lines.Where(l => l.Received < l.Sent).OrderBy(l => l.GoodsId).Select(l => new Posting(AccountCode.Transit(move.Reference), to, l.Goods.Asset, l.Sent - l.Received!.Value))],
        });
        if (posted.Outcome != PostOutcome.Posted) return db.RollBack(SignatureOutcome.StockMoved);
        move.EndSequence ??= posted.Sequence;
        move.State = StockMoveState.Received;
        if (step.Sign) await CardMoves.LoseAsync(db, move.Reference, step.Actor, now);
        else
        {
            foreach (var line in move.Lines) line.Received = line.Sent;
            await CardMoves.PutDownAsync(db, move.Reference, move.ToOutletId, waiting.Outlet.Code, null, step.Actor, now);
        }
        SecondSignatures.End(db, waiting, step, posted.Sequence, now);
        await db.SaveChangesAsync();
        return SignatureOutcome.Done;
    }
}
