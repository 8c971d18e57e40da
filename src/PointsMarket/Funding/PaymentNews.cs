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
        var payment = await db.Payments.Include(p => p.Fund).Include(p => p.Lines).ThenInclude(l => l.Member).Include(p => p.Approvals).Include(p => p.Reversals).ThenInclude(r => r.Approvals).AsSplitQuery()
            .SingleOrDefaultAsync(p => p.Id == paymentId && p.BookId == person.BookId, ct);
        return payment is null ? (null, null, PaymentOutcome.No(PaymentRefusal.NotFound)) : (payment, person, null);
    }

    /// <summary>The path of the station whose money it is.</summary>
    public static Task<string> StationAsync(MarketDb db, Payment payment, CancellationToken ct) =>
        db.Areas.Where(a => a.Kind == AreaKind.Station && a.BookId == payment.BookId).Select(a => a.Path).FirstAsync(ct);

    /// <summary>Tells who asked for it, unless they did it themselves or have no account.</summary>
    public static Task TellAskerAsync(MarketDb db, Payment payment, string kind, Actor by, DateTime now, CancellationToken ct) => TellAsync(db, payment, payment.AskedBy, kind, by, now, ct);

    /// <summary>Tells an actor, unless they did it themselves or have no account.</summary>
    public static async Task TellAsync(MarketDb db, Payment payment, string whom, string kind, Actor by, DateTime now, CancellationToken ct)
    {
        if (whom != by.Code) await Inbox.TellActorAsync(db, whom, kind, payment.Number, Page(payment), now, ct);
    }

    /// <summary>Tells finance.</summary>
    public static async Task TellFinanceAsync(MarketDb db, Payment payment, string kind, Actor by, DateTime now, CancellationToken ct) =>
        await Inbox.TellStaffAsync(db, [Roles.Finance], await StationAsync(db, payment, ct), kind, payment.Number, Page(payment), now, SecondPair.AccountOf(by.Code), ct);

    /// <summary>Ends a payment that will not be paid, or not any more: what it is for may be asked for again.</summary>
    public static void End(Payment payment, PaymentState state, Actor by, string? reason, DateTime now) =>
        (payment.State, payment.Key, payment.EndedAt, payment.EndedBy, payment.Reason) = (state, null, now, by.Code, reason);
}
