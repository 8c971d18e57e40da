using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;

namespace PointsMarket.Reconciliations;

/// <summary>
/// Gives one's word on recording money that has left the bank already (<see cref="RecordMissingMovement"/>), by the ladder of payments:
/// other people than who asked, as many as the amount needs. The last word records it on the bank's day and settles the bank's line.
/// Money that is promised to others does not stop it, for it is gone; only the floor of the fund's cash does.
/// </summary>
public sealed class ApproveRecording(MarketWrites writes, Journal journal, TimeProvider clock)
{
    /// <summary>Approves it. <see cref="PaymentRefusal.NotNow"/> when its line is settled otherwise, or no newest run has it any more.</summary>
    public Task<PaymentOutcome> ExecuteAsync(int paymentId, PaymentActor by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        return writes.RunAsync((db, token) => RunAsync(db, paymentId, by, token), ct);
    }

    private async Task<PaymentOutcome> RunAsync(MarketDb db, int paymentId, PaymentActor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await db.TakeTurnAsync(); // references are unique over all stations, and a line is settled once
        var (payment, why) = await PaymentWord.GiveAsync(db, paymentId, by, now, ct);
        if (payment is null) return why!;
        var item = await db.FollowUps.Where(f => f.PaymentId == paymentId).OrderByDescending(f => f.Id).FirstOrDefaultAsync(ct);
        if (item is not { State: FollowUpState.Open, Day: { } day }) return db.RollBack(PaymentOutcome.No(PaymentRefusal.NotNow));
        var (run, closed) = await FollowUpBook.RunAsync(db, item.ReconciliationId, payment.BookId, ct);
        if (run is null) return db.RollBack(PaymentOutcome.No(closed == FollowUpOutcome.MonthClosed ? PaymentRefusal.MonthClosed : PaymentRefusal.NotNow));
        if (PaymentLadder.IsComplete(payment))
        {
            if (await RecordMissingMovement.BookedAsync(db, payment.BookId, item, ct) is not null) return db.RollBack(PaymentOutcome.No(PaymentRefusal.NotNow));
            payment.ApprovedAt = now;
            var reference = await RecordMissingMovement.ReferenceAsync(db, item, ct);
            var (sequence, refused) = await PaymentWord.PaidAsync(db, journal, payment, (reference, day), by.Actor, now, ct);
            if (refused is not null) return db.RollBack(refused);
            new FollowUpBook(db, now, by.Actor, item, run, payment.Words).SetPosted(item, sequence, reference);
        }
        await db.SaveChangesAsync(ct);
        return new PaymentOutcome.Done(payment.Id);
    }
}
