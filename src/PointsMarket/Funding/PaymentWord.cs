using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Funding;

/// <summary>
/// A word on a payment, and its being paid: the same for money that is still to leave the bank and for money that has left it, of
/// which only the recording is asked for (<see cref="Payment.AtBank"/>).
/// </summary>
internal static class PaymentWord
{
    /// <summary>Gives one's word under the lock of the book; else why not. What the last one leads to (<see cref="PaymentLadder.IsComplete"/>) and saving are the caller's.</summary>
    public static async Task<(Payment? Payment, PaymentOutcome? Why)> GiveAsync(MarketDb db, int paymentId, PaymentActor by, DateTime now, CancellationToken ct)
    {
        var (payment, person, why) = await PaymentNews.OpenAsync(db, paymentId, by, ct);
        if (payment is null || person is null) return (null, why);
        if (payment.AskedBy == by.Actor.Code) return (null, PaymentOutcome.No(PaymentRefusal.Own));
        if (person.MemberId is { } me && payment.Lines.Exists(l => l.MemberId == me)) return (null, PaymentOutcome.No(PaymentRefusal.OwnMatter));
        if (payment.Approvals.Exists(a => a.By == by.Actor.Code)) return (null, PaymentOutcome.No(PaymentRefusal.ApprovedAlready));
        if (payment.State != PaymentState.Asked) return (null, PaymentOutcome.No(PaymentRefusal.NotNow));
        if (PaymentLadder.PlaceFor(payment, person.IsApprover, person.IsFinance) is not { } forFinance) return (null, PaymentOutcome.No(PaymentRefusal.NotAllowed));
        payment.Approvals.Add(new PaymentApproval { By = by.Actor.Code, ForFinance = forFinance, At = now });
        db.Note(now, by.Actor, "payment.approved", payment.Number, FormattableString.Invariant($"{payment.Approvals.Count} of {payment.ApproversNeeded + (payment.FinanceNeeded ? 1 : 0)}"));
        return (payment, null);
    }

    /// <summary>
    /// Records that it was paid, with the bank's reference and day, and saves: the number of its transaction, or why not, and then
    /// nothing was posted. References are unique over all stations, so the caller has taken its turn.
    /// </summary>
    public static async Task<(long Sequence, PaymentOutcome? Why)> PaidAsync(MarketDb db, Journal journal, Payment payment, (string Reference, DateOnly Day) bank, Actor by, DateTime now, CancellationToken ct)
    {
        var posted = await journal.PostAsync(db, FundMoney.Paid(payment, bank.Reference, StationTime.StartOf(bank.Day), by), ct);
        if (FundReferences.Refusal(posted, payment.Fund.Code) is { } refused) return (0, refused);
        db.FundMovements.Add(new FundMovement
        {
            Reference = bank.Reference, BookId = payment.BookId, Date = bank.Day, Fund = payment.Fund.Code, Kind = FundPurposes.KindOf(payment.Purpose), AmountFen = payment.AmountFen,
            Note = Typed.Cut(payment.Words, 200), Purpose = payment.Purpose, PaymentId = payment.Id,
        });
        (payment.State, payment.EndedAt, payment.EndedBy) = (PaymentState.Paid, now, by.Code);
        db.Note(now, by, "payment.paid", payment.Number, bank.Reference);
        await PaymentNews.TellAskerAsync(db, payment, InboxKinds.PaymentPaid, by, now, ct);
        await db.SaveChangesAsync(ct);
        return (posted.Sequence, null);
    }
}
