using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Funding;

/// <summary>Finance asks that a paid payment, or one person's part of it, comes back. The rule stands at <see cref="PaymentReversal"/>.</summary>
public sealed class AskForReversal(MarketWrites writes, TimeProvider clock)
{
    /// <summary>What comes back.</summary>
    public sealed record Input
    {
        /// <summary>The payment.</summary>
        public required int PaymentId { get; init; }

        /// <summary>The line that comes back; null for everything that is not back yet.</summary>
        public int? Position { get; init; }

        /// <summary>Why, in 1 to <see cref="PaymentReversal.MostWords"/> characters.</summary>
        public required string? Reason { get; init; }

        /// <summary>Somebody of finance.</summary>
        public required PaymentActor By { get; init; }
    }

    /// <summary>Asks.</summary>
    public Task<PaymentOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync(async (db, token) =>
        {
            if (Typed.Words(input.Reason, PaymentReversal.MostWords) is not { } words) return PaymentOutcome.No(PaymentRefusal.BadWords);
            var (payment, person, why) = await PaymentNews.OpenAsync(db, input.PaymentId, input.By, token);
            if (payment is null || person is null) return why!;
            if (!person.IsFinance) return PaymentOutcome.No(PaymentRefusal.NotAllowed);
            if (payment.State == PaymentState.Reversed || payment.Lines.Exists(l => l.Position == input.Position && l.ReversalId is not null)) return PaymentOutcome.No(PaymentRefusal.ReversedAlready);
            if (payment.State != PaymentState.Paid) return PaymentOutcome.No(PaymentRefusal.NotNow);
            if (payment.WaitingReversal is not null) return PaymentOutcome.No(PaymentRefusal.ReversalWaits);
            var lines = payment.LinesOf(input.Position);
            if (lines.Count == 0) return PaymentOutcome.No(PaymentRefusal.NotFound);
            var now = clock.GetUtcNow().UtcDateTime;
            var reversal = new PaymentReversal { Payment = payment, Position = input.Position, AmountFen = lines.Sum(l => l.AmountFen), Reason = words, AskedAt = now, AskedBy = input.By.Actor.Code };
            (reversal.ApproversNeeded, _) = await PaymentLadder.ForAsync(db, reversal.AmountFen, StationTime.Day(now), token);
            db.PaymentReversals.Add(reversal);
            db.Note(now, input.By.Actor, "payment.reversal-asked", payment.Number, FormattableString.Invariant($"{reversal.AmountFen}"));
            var station = await PaymentNews.StationAsync(db, payment, token);
            await Inbox.TellStaffAsync(db, [.. PaymentLadder.Approvers], station, InboxKinds.PaymentReversalAsked, payment.Number, PaymentNews.Page(payment), now, input.By.UserId, token);
            await db.SaveChangesAsync(token);
            return new PaymentOutcome.Done(reversal.Id);
        }, ct);
    }
}

/// <summary>
/// An approver gives their word on a reversal that waits. The last one it needs brings the money back at once. What happens, happens
/// today: it goes into the open month, whatever month the payment lies in.
/// </summary>
public sealed class ApproveReversal(MarketWrites writes, Journal journal, ReverseTransaction reverse, TimeProvider clock)
{
    /// <summary>Approves it.</summary>
    public Task<PaymentOutcome> ExecuteAsync(int paymentId, PaymentActor by, CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        ArgumentNullException.ThrowIfNull(by);
        var (payment, person, why) = await PaymentNews.OpenAsync(db, paymentId, by, token);
        if (payment is null || person is null) return why!;
        if (payment.WaitingReversal is not { } reversal) return PaymentOutcome.No(payment.State == PaymentState.Reversed ? PaymentRefusal.ReversedAlready : PaymentRefusal.NotNow);
        if (!person.IsApprover) return PaymentOutcome.No(PaymentRefusal.NotAllowed);
        if (reversal.AskedBy == by.Actor.Code) return PaymentOutcome.No(PaymentRefusal.Own);
        if (person.MemberId is { } me && payment.Lines.Exists(l => l.MemberId == me)) return PaymentOutcome.No(PaymentRefusal.OwnMatter);
        if (reversal.Approvals.Exists(a => a.By == by.Actor.Code)) return PaymentOutcome.No(PaymentRefusal.ApprovedAlready);
        var now = clock.GetUtcNow().UtcDateTime;
        reversal.Approvals.Add(new ReversalApproval { By = by.Actor.Code, At = now });
        if (reversal.Approvals.Count >= reversal.ApproversNeeded && await BackAsync(db, reversal, by.Actor, now, token) is { } refused) return db.RollBack(refused);
        db.Note(now, by.Actor, "payment.reversal-approved", payment.Number, FormattableString.Invariant($"{reversal.Approvals.Count} of {reversal.ApproversNeeded}"));
        await db.SaveChangesAsync(token);
        return new PaymentOutcome.Done(reversal.Id);
    }, ct);

    /// <summary>Brings the money back; a refusal for a month that is closed.</summary>
    private async Task<PaymentOutcome?> BackAsync(MarketDb db, PaymentReversal reversal, Actor actor, DateTime now, CancellationToken ct)
    {
        var payment = reversal.Payment;
        var lines = payment.LinesOf(reversal.Position);
        // Reversing throws in a month that is closed, because only a wrong clock leads there; whoever approves is told instead.
        if (await db.LedgerBooks.AnyAsync(b => b.Id == payment.BookId && b.ClosedBefore > now, ct)) return PaymentOutcome.No(PaymentRefusal.MonthClosed);
        var movement = await db.FundMovements.SingleAsync(m => m.PaymentId == payment.Id, ct);
        reversal.Sequence = lines.Count == payment.Lines.Count ? await WholeAsync(db, payment, actor, reversal.Reason, ct) : await PartAsync(db, reversal, movement.Reference, lines, actor, now, ct);
        foreach (var line in lines) (line.ReversalId, line.ClaimBack) = (reversal.Id, null);
        (reversal.State, reversal.EndedAt, reversal.EndedBy) = (ReversalState.Done, now, actor.Code);
        movement.ReturnedFen += reversal.AmountFen;
        if (payment.Lines.TrueForAll(l => l.ReversalId is not null))
        {
            (movement.ReversedAt, movement.ReversedBy, movement.ReverseReason) = (now, actor.Code, reversal.Reason);
            PaymentNews.End(payment, PaymentState.Reversed, actor, reversal.Reason, now);
        }
        await PaymentNews.TellAskerAsync(db, payment, InboxKinds.PaymentReversed, actor, now, ct);
        await PaymentNews.TellFinanceAsync(db, payment, InboxKinds.PaymentReversed, actor, now, ct);
        return null;
    }

    /// <summary>The payment's own transaction is taken back, and what it owed its members with it.</summary>
    private async Task<long> WholeAsync(MarketDb db, Payment payment, Actor actor, string reason, CancellationToken ct)
    {
        var paid = await db.SequenceOfAsync(payment.BookId, Payment.KeyOf(payment.Id), ct) ?? throw new InvalidOperationException($"{payment.Number} is paid and not in the ledger.");
        var posted = await reverse.ExecuteAsync(db, new ReverseTransaction.Input { BookId = payment.BookId, Sequence = paid, Actor = actor, Reason = reason }, ct);
        if (posted.Outcome != PostOutcome.Posted) throw new InvalidOperationException($"{payment.Number} waits to be reversed and cannot: {posted.Outcome}.");
        await FundMoney.ForgetOwedAsync(db, reverse, payment, actor, reason, ct);
        return posted.Sequence;
    }

    private async Task<long> PartAsync(MarketDb db, PaymentReversal reversal, string reference, IReadOnlyList<PaymentLine> lines, Actor actor, DateTime now, CancellationToken ct)
    {
        var payment = reversal.Payment;
        // Each part links to the one before it, the first to the paying: one chain, in which no link is used twice.
        var earlier = await db.PaymentReversals.Where(r => r.PaymentId == payment.Id && r.Sequence != null).MaxAsync(r => r.Sequence, ct)
            ?? await db.SequenceOfAsync(payment.BookId, Payment.KeyOf(payment.Id), ct) ?? throw new InvalidOperationException($"{payment.Number} is paid and not in the ledger.");
        var posted = await journal.PostAsync(db, FundMoney.PartBack(payment, lines, new FundMoney.Back(reversal, reference, earlier, now, actor)), ct);
        return posted.Outcome == PostOutcome.Posted ? posted.Sequence : throw new InvalidOperationException($"{payment.Number} waits to come back in part and cannot: {posted.Outcome}.");
    }
}

/// <summary>Ends a reversal that waits: an approver or somebody else of finance refuses it with a reason, who asked for it withdraws it.</summary>
public sealed class EndReversal(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Refuses it, or, by who asked and without a reason, withdraws it.</summary>
    public Task<PaymentOutcome> ExecuteAsync(int paymentId, string? reason, PaymentActor by, CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        ArgumentNullException.ThrowIfNull(by);
        var (payment, person, why) = await PaymentNews.OpenAsync(db, paymentId, by, token);
        if (payment is null || person is null) return why!;
        if (payment.WaitingReversal is not { } reversal) return PaymentOutcome.No(PaymentRefusal.NotNow);
        var own = reversal.AskedBy == by.Actor.Code;
        var words = Typed.Words(reason, PaymentReversal.MostWords);
        if (!own && person is { IsApprover: false, IsFinance: false }) return PaymentOutcome.No(PaymentRefusal.NotAllowed);
        if (!own && words is null) return PaymentOutcome.No(PaymentRefusal.BadWords);
        var now = clock.GetUtcNow().UtcDateTime;
        (reversal.State, reversal.EndedAt, reversal.EndedBy, reversal.EndReason) = (own ? ReversalState.Withdrawn : ReversalState.Refused, now, by.Actor.Code, own ? null : words);
        db.Note(now, by.Actor, own ? "payment.reversal-withdrawn" : "payment.reversal-refused", payment.Number);
        if (!own) await PaymentNews.TellAsync(db, payment, reversal.AskedBy, InboxKinds.PaymentReversalRefused, by.Actor, now, token);
        await db.SaveChangesAsync(token);
        return new PaymentOutcome.Done(reversal.Id);
    }, ct);
}
