using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Funding;

/// <summary>
/// What becomes of money whose reason is gone, because a certificate was revoked or a case reopened. A payment that is not paid yet is
/// stopped whole: its approvers gave their word on exactly these lines, so what others are still owed is asked for anew. Of a paid one
/// the lines are marked to be claimed back, and finance is told; the money itself comes back by <see cref="AskForReversal"/> only.
/// </summary>
public static class StopMoney
{
    /// <summary>What became of it.</summary>
    public enum Result
    {
        /// <summary>There is no payment, or it had come to nothing before.</summary>
        Nothing,

        /// <summary>It was stopped before it was paid.</summary>
        Stopped,

        /// <summary>It is paid: marked to be claimed back.</summary>
        ToClaimBack,
    }

    /// <summary>Does it inside the door. <paramref name="memberId"/> null means everybody's lines.</summary>
    public static async Task<Result> RunAsync(MarketDb db, ReverseTransaction reverse, int paymentId, int? memberId, string reason, Actor actor, DateTime now, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var book = await db.Payments.Where(p => p.Id == paymentId).Select(p => (int?)p.BookId).SingleOrDefaultAsync(ct);
        if (book is null) return Result.Nothing;
        await FundMoney.LockAsync(db, book.Value, ct);
        var payment = await db.Payments.AsTracking().Include(p => p.Fund).Include(p => p.Lines).ThenInclude(l => l.Member).SingleAsync(p => p.Id == paymentId, ct);
        var words = Typed.Cut(reason, PaymentReversal.MostWords);
        if (payment.State is PaymentState.Asked or PaymentState.Approved)
        {
            await FundMoney.ForgetOwedAsync(db, reverse, payment, actor, words, ct);
            PaymentNews.End(payment, PaymentState.Refused, actor, words, now);
            db.Note(now, actor, "payment.stopped", payment.Number);
            await PaymentNews.TellAskerAsync(db, payment, InboxKinds.PaymentRefused, actor, now, ct);
            return Result.Stopped;
        }
        var lines = payment.State == PaymentState.Paid ? payment.Lines.FindAll(l => l.ReversalId is null && l.MemberId is not null && (memberId is null || l.MemberId == memberId)) : [];
        if (lines.Count == 0) return Result.Nothing;
        foreach (var line in lines) line.ClaimBack = words;
        db.Note(now, actor, "payment.claim-back", payment.Number);
        await PaymentNews.TellFinanceAsync(db, payment, InboxKinds.PaymentClaimBack, actor, now, ct);
        return Result.ToClaimBack;
    }
}
