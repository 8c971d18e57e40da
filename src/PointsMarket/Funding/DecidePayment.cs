using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Funding;

/// <summary>
/// Gives one's word on a payment. The last word it needs makes it approved: only if the fund's free money covers it, seen under the
/// book's lock, so that the last money is promised once. What goes to members is owed from then on.
/// </summary>
public sealed class ApprovePayment(MarketWrites writes, Journal journal, TimeProvider clock)
{
    /// <summary>Approves it.</summary>
    public Task<PaymentOutcome> ExecuteAsync(int paymentId, PaymentActor by, CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        ArgumentNullException.ThrowIfNull(by);
        var now = clock.GetUtcNow().UtcDateTime;
        var (payment, why) = await PaymentWord.GiveAsync(db, paymentId, by, now, token);
        if (payment is null) return why!;
        if (payment.AtBank) return db.RollBack(PaymentOutcome.No(PaymentRefusal.NotNow)); // the line that it answers is settled with it, by the reconciliation
        if (PaymentLadder.IsComplete(payment))
        {
            var free = await FundMoney.FreeAsync(db, payment.Fund, token);
            if (free < payment.AmountFen) return db.RollBack(PaymentOutcome.No(PaymentRefusal.NotEnough, payment.Fund.Code, payment.AmountFen - free));
            (payment.State, payment.ApprovedAt) = (PaymentState.Approved, now);
            if (FundMoney.Owed(payment, now, by.Actor) is { } owed && await journal.PostAsync(db, owed, token) is { Outcome: not PostOutcome.Posted } strange)
                throw new InvalidOperationException($"{payment.Number} waits, but what it owes stands in the ledger: {strange.Outcome}.");
            await PaymentNews.TellAskerAsync(db, payment, InboxKinds.PaymentApproved, by.Actor, now, token);
            await PaymentNews.TellFinanceAsync(db, payment, InboxKinds.PaymentApproved, by.Actor, now, token);
        }
        await db.SaveChangesAsync(token);
        return new PaymentOutcome.Done(payment.Id);
    }, ct);
}

/// <summary>Refuses a payment, or stops an approved one before it is paid, with a reason: any approver or somebody of finance but who asked.</summary>
public sealed class RefusePayment(MarketWrites writes, ReverseTransaction reverse, TimeProvider clock)
{
    /// <summary>Refuses it.</summary>
    public Task<PaymentOutcome> ExecuteAsync(int paymentId, string? reason, PaymentActor by, CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        ArgumentNullException.ThrowIfNull(by);
        if (Typed.Words(reason, Payment.MostWords) is not { } words) return PaymentOutcome.No(PaymentRefusal.BadWords);
        var (payment, person, why) = await PaymentNews.OpenAsync(db, paymentId, by, token);
        if (payment is null || person is null) return why!;
        if (payment.AskedBy == by.Actor.Code) return PaymentOutcome.No(PaymentRefusal.Own);
        if (person is { IsApprover: false, IsFinance: false }) return PaymentOutcome.No(PaymentRefusal.NotAllowed);
        if (payment.State is not (PaymentState.Asked or PaymentState.Approved)) return PaymentOutcome.No(PaymentRefusal.NotNow);
        var now = clock.GetUtcNow().UtcDateTime;
        await FundMoney.ForgetOwedAsync(db, reverse, payment, by.Actor, words, token);
        PaymentNews.End(payment, PaymentState.Refused, by.Actor, words, now);
        db.Note(now, by.Actor, "payment.refused", payment.Number);
        await PaymentNews.TellAskerAsync(db, payment, InboxKinds.PaymentRefused, by.Actor, now, token);
        await db.SaveChangesAsync(token);
        return new PaymentOutcome.Done(payment.Id);
    }, ct);
}

/// <summary>Who asked takes it back before it is paid.</summary>
public sealed class WithdrawPayment(MarketWrites writes, ReverseTransaction reverse, TimeProvider clock)
{
    /// <summary>Takes it back.</summary>
    public Task<PaymentOutcome> ExecuteAsync(int paymentId, PaymentActor by, CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        ArgumentNullException.ThrowIfNull(by);
        var (payment, _, why) = await PaymentNews.OpenAsync(db, paymentId, by, token);
        if (payment is null) return why!;
        if (payment.AskedBy != by.Actor.Code) return PaymentOutcome.No(PaymentRefusal.NotAllowed);
        if (payment.State is not (PaymentState.Asked or PaymentState.Approved)) return PaymentOutcome.No(PaymentRefusal.NotNow);
        var now = clock.GetUtcNow().UtcDateTime;
        await FundMoney.ForgetOwedAsync(db, reverse, payment, by.Actor, "withdrawn", token);
        PaymentNews.End(payment, PaymentState.Withdrawn, by.Actor, null, now);
        db.Note(now, by.Actor, "payment.withdrawn", payment.Number);
        await db.SaveChangesAsync(token);
        return new PaymentOutcome.Done(payment.Id);
    }, ct);
}

/// <summary>
/// Finance pays an approved payment, once, with the reference that the bank's statement will carry. The ledger's floor is the last
/// guard: cash never goes below zero.
/// </summary>
public sealed class PayPayment(MarketWrites writes, Journal journal, TimeProvider clock)
{
    /// <summary>What was paid how.</summary>
    public sealed record Input
    {
        /// <summary>The payment.</summary>
        public required int PaymentId { get; init; }

        /// <summary>The bank's reference: 1 to 40 of <c>A-Z a-z 0-9 . _ -</c>, at no other movement.</summary>
        public required string Reference { get; init; }

        /// <summary>The station day the bank paid it.</summary>
        public required DateOnly Day { get; init; }

        /// <summary>Who pays.</summary>
        public required PaymentActor By { get; init; }
    }

    /// <summary>Pays it.</summary>
    public Task<PaymentOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync((db, token) => RunAsync(db, input, token), ct);
    }

    private async Task<PaymentOutcome> RunAsync(MarketDb db, Input input, CancellationToken ct)
    {
        var (by, reference) = (input.By, input.Reference.Trim());
        await db.TakeTurnAsync(); // references are unique over all stations
        var (payment, person, why) = await PaymentNews.OpenAsync(db, input.PaymentId, by, ct);
        if (payment is null || person is null) return why!;
        if (!person.IsFinance) return PaymentOutcome.No(PaymentRefusal.NotAllowed);
        if (payment.State != PaymentState.Approved) return PaymentOutcome.No(PaymentRefusal.NotNow);
        var now = clock.GetUtcNow().UtcDateTime;
        if (input.Day > StationTime.Day(now) || input.Day < StationTime.Day(payment.ApprovedAt!.Value)) return PaymentOutcome.No(PaymentRefusal.BadDay);
        if (await FundReferences.WrongAsync(db, reference, ct)) return PaymentOutcome.No(PaymentRefusal.BadReference, reference);
        var (_, refused) = await PaymentWord.PaidAsync(db, journal, payment, (reference, input.Day), by.Actor, now, ct);
        return refused ?? new PaymentOutcome.Done(payment.Id);
    }
}
