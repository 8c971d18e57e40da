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
        var (payment, person, why) = await PaymentNews.OpenAsync(db, paymentId, by, token);
        if (payment is null || person is null) return why!;
        if (payment.AskedBy == by.Actor.Code) return PaymentOutcome.No(PaymentRefusal.Own);
        if (person.MemberId is { } me && payment.Lines.Exists(l => l.MemberId == me)) return PaymentOutcome.No(PaymentRefusal.OwnMatter);
        if (payment.Approvals.Exists(a => a.By == by.Actor.Code)) return PaymentOutcome.No(PaymentRefusal.ApprovedAlready);
        if (payment.State != PaymentState.Asked) return PaymentOutcome.No(PaymentRefusal.NotNow);
        if (PaymentLadder.PlaceFor(payment, person.IsApprover, person.IsFinance) is not { } forFinance) return PaymentOutcome.No(PaymentRefusal.NotAllowed);
        var now = clock.GetUtcNow().UtcDateTime;
        payment.Approvals.Add(new PaymentApproval { By = by.Actor.Code, ForFinance = forFinance, At = now });
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
        db.Note(now, by.Actor, "payment.approved", payment.Number, FormattableString.Invariant($"{payment.Approvals.Count} of {payment.ApproversNeeded + (payment.FinanceNeeded ? 1 : 0)}"));
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
        var posted = await journal.PostAsync(db, FundMoney.Paid(payment, reference, StationTime.StartOf(input.Day), by.Actor), ct);
        if (FundReferences.Refusal(posted, payment.Fund.Code) is { } refused) return refused;
        db.FundMovements.Add(new FundMovement
        {
            Reference = reference, BookId = payment.BookId, Date = input.Day, Fund = payment.Fund.Code, Kind = FundPurposes.KindOf(payment.Purpose), AmountFen = payment.AmountFen,
            Note = Typed.Cut(payment.Words, 200), Purpose = payment.Purpose, PaymentId = payment.Id,
        });
        (payment.State, payment.EndedAt, payment.EndedBy) = (PaymentState.Paid, now, by.Actor.Code);
        db.Note(now, by.Actor, "payment.paid", payment.Number, reference);
        await PaymentNews.TellAskerAsync(db, payment, InboxKinds.PaymentPaid, by.Actor, now, ct);
        await db.SaveChangesAsync(ct);
        return new PaymentOutcome.Done(payment.Id);
    }
}
