using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Funding;

/// <summary>Who is told what of a payment, and how one is opened to act on it.</summary>
internal static class PaymentNews
{
    /// <summary>The page of a payment.</summary>
    public static string Page(Payment payment) => $"/finance/payments/{payment.Id.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The payment and who acts, under the lock of the book; else why not.</summary>
    public static async Task<(Payment? Payment, PaymentPerson? Person, PaymentOutcome? Why)> OpenAsync(MarketDb db, int paymentId, PaymentActor by, CancellationToken ct)
    {
        if (await PaymentPerson.FindAsync(db, by, ct) is not { } person) return (null, null, PaymentOutcome.No(PaymentRefusal.NotAllowed));
        await FundMoney.LockAsync(db, person.BookId, ct);
        var payment = await db.Payments.Include(p => p.Fund).Include(p => p.Lines).ThenInclude(l => l.Member).Include(p => p.Approvals).AsSplitQuery()
            .SingleOrDefaultAsync(p => p.Id == paymentId && p.BookId == person.BookId, ct);
        return payment is null ? (null, null, PaymentOutcome.No(PaymentRefusal.NotFound)) : (payment, person, null);
    }

    /// <summary>Tells who asked for it, unless they did it themselves or have no account.</summary>
    public static async Task TellAskerAsync(MarketDb db, Payment payment, string kind, Actor by, DateTime now, CancellationToken ct)
    {
        if (payment.AskedBy != by.Code && SecondPair.AccountOf(payment.AskedBy) is { } asker && await db.Users.AnyAsync(u => u.Id == asker, ct))
            Inbox.TellAccount(db, asker, kind, payment.Number, Page(payment), now);
    }

    /// <summary>Tells finance that it may be paid.</summary>
    public static async Task TellFinanceAsync(MarketDb db, Payment payment, Actor by, DateTime now, CancellationToken ct)
    {
        var station = await db.Areas.Where(a => a.Kind == AreaKind.Station && a.BookId == payment.BookId).Select(a => a.Path).FirstAsync(ct);
        await Inbox.TellStaffAsync(db, [Roles.Finance], station, InboxKinds.PaymentApproved, payment.Number, Page(payment), now, SecondPair.AccountOf(by.Code), ct);
    }

    /// <summary>Ends a payment that will not be paid, or not any more: what it is for may be asked for again.</summary>
    public static void End(Payment payment, PaymentState state, Actor by, string? reason, DateTime now) =>
        (payment.State, payment.Key, payment.EndedAt, payment.EndedBy, payment.Reason) = (state, null, now, by.Code, reason);
}
