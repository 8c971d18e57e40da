using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Funding;

/// <summary>
/// Finance takes a wrong entry of its own back with a reason, by a linked transaction: a grant, only while what is promised stays
/// covered, or an imported line. A payment was approved by others, so it comes back with them (<see cref="PaymentReversal"/>).
/// </summary>
public sealed class ReverseFundMovement(MarketWrites writes, ReverseTransaction reverse, TimeProvider clock)
{
    /// <summary>The longest reason.</summary>
    public const int MostWords = 200;

    /// <summary>Takes it back.</summary>
    public Task<PaymentOutcome> ExecuteAsync(int movementId, string? reason, PaymentActor by, CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        ArgumentNullException.ThrowIfNull(by);
        if (Typed.Words(reason, MostWords) is not { } words) return PaymentOutcome.No(PaymentRefusal.BadWords);
        if (await PaymentPerson.FindAsync(db, by, token) is not { IsFinance: true } person) return PaymentOutcome.No(PaymentRefusal.NotAllowed);
        await FundMoney.LockAsync(db, person.BookId, token);
        if (await db.FundMovements.SingleOrDefaultAsync(m => m.Id == movementId && m.BookId == person.BookId, token) is not { } movement) return PaymentOutcome.No(PaymentRefusal.NotFound);
        if (movement.ReversedAt is not null) return PaymentOutcome.No(PaymentRefusal.ReversedAlready);
        if (movement.PaymentId is not null) return PaymentOutcome.No(PaymentRefusal.ByLadder);
        var fund = await db.Funds.SingleAsync(f => f.BookId == person.BookId && f.Code == movement.Fund, token);
        if (movement.Kind == FundMovementKind.Grant && await FundMoney.FreeAsync(db, fund, token) is var free && free < movement.AmountFen)
            return PaymentOutcome.No(PaymentRefusal.NotEnough, fund.Code, movement.AmountFen - free);
        var sequence = await db.SequenceOfAsync(person.BookId, movement.Key, token) ?? throw new InvalidOperationException($"Movement {movement.Reference} is not in the ledger.");
        var posted = await reverse.ExecuteAsync(db, new ReverseTransaction.Input { BookId = person.BookId, Sequence = sequence, Actor = by.Actor, Reason = words }, token);
        if (FundReferences.Refusal(posted, fund.Code) is { } refused) return refused;
        var now = clock.GetUtcNow().UtcDateTime;
        (movement.ReversedAt, movement.ReversedBy, movement.ReverseReason) = (now, by.Actor.Code, words);
        db.Note(now, by.Actor, "fund.reversed", movement.Reference, fund.Code);
        await db.SaveChangesAsync(token);
        return new PaymentOutcome.Done(movement.Id);
    }, ct);
}
