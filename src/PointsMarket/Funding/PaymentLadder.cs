using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Settings;

namespace PointsMarket.Funding;

/// <summary>
/// Whose word a payment needs (issue 4): up to <see cref="SettingList.OneApproverUpTo"/> one approver, up to
/// <see cref="SettingList.TwoApproversUpTo"/> two, above it somebody of finance as well. All are different people, and none of them
/// asked or is paid. Approvers are the approvers and administrators of the whole station. Who has both roles fills an approver's
/// place first.
/// </summary>
public static class PaymentLadder
{
    /// <summary>The roles that fill an approver's place.</summary>
    public static IReadOnlyList<string> Approvers { get; } = [Roles.Approver, Roles.Administrator];

    /// <summary>How many approvers, and whether finance too, for an amount and the limits of its day.</summary>
    public static (int Approvers, bool Finance) For(long amountFen, long oneUpTo, long twoUpTo) => (amountFen <= oneUpTo ? 1 : 2, amountFen > Math.Max(oneUpTo, twoUpTo));

    /// <summary>The same by the settings of a day.</summary>
    public static async Task<(int Approvers, bool Finance)> ForAsync(MarketDb db, long amountFen, DateOnly day, CancellationToken ct = default)
    {
        var (one, two) = await LimitsAsync(db, day, ct);
        return For(amountFen, one, two);
    }

    /// <summary>The two limits of a day, in fen.</summary>
    public static async Task<(long One, long Two)> LimitsAsync(MarketDb db, DateOnly day, CancellationToken ct = default)
    {
        var limits = await SettingBook.ValuesAsync(db, [SettingList.OneApproverUpTo, SettingList.TwoApproversUpTo], day, ct);
        return (limits[SettingList.OneApproverUpTo], limits[SettingList.TwoApproversUpTo]);
    }

    /// <summary>The place somebody with these roles would fill: false an approver's, true finance's, null none.</summary>
    public static bool? PlaceFor(Payment payment, bool approver, bool finance)
    {
        ArgumentNullException.ThrowIfNull(payment);
        if (approver && payment.Approvals.Count(a => !a.ForFinance) < payment.ApproversNeeded) return false;
        return finance && payment.FinanceNeeded && !payment.Approvals.Exists(a => a.ForFinance) ? true : null;
    }

    /// <summary>True when everybody it needs has approved.</summary>
    public static bool IsComplete(Payment payment)
    {
        ArgumentNullException.ThrowIfNull(payment);
        return payment.Approvals.Count(a => !a.ForFinance) >= payment.ApproversNeeded && (!payment.FinanceNeeded || payment.Approvals.Exists(a => a.ForFinance));
    }
}

/// <summary>Somebody who acts on payments of a station: the book, and what they may do there.</summary>
internal sealed record PaymentPerson(int BookId, bool IsApprover, bool IsFinance, int? MemberId)
{
    /// <summary>The person, or null when the area is no station's or the account is none of its.</summary>
    public static async Task<PaymentPerson?> FindAsync(MarketDb db, PaymentActor by, CancellationToken ct)
    {
        if (await StationMonth.BookAsync(db, by.AreaPath, ct) is not { } book) return null;
        var user = await db.Users.Where(u => u.Id == by.UserId && u.Area != null && u.Area.Path == by.AreaPath).Select(u => new { u.MemberId }).SingleOrDefaultAsync(ct);
        if (user is null) return null;
        var roles = await db.UserRoles.Where(r => r.UserId == by.UserId).Join(db.Roles, r => r.RoleId, r => r.Id, (_, r) => r.Name!).ToListAsync(ct);
        return new PaymentPerson(book, roles.Any(PaymentLadder.Approvers.Contains), roles.Contains(Roles.Finance), user.MemberId);
    }
}
