using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Reconciliations;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Web.Reconciling;

/// <summary>What the pages of the reconciliation and of the auditor ask first.</summary>
public static class ReconReads
{
    /// <summary>The book of the station that is the user's whole area; null for anybody whose area is less.</summary>
    public static Task<int?> BookAsync(MarketDb db, CurrentUser user, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(user);
        return StationMonth.BookAsync(db, user.AreaPath, ct);
    }

    /// <summary>Of what is followed, the payments whose recording waits for somebody's word.</summary>
    public static async Task<IReadOnlySet<int>> AskedAsync(MarketDb db, IEnumerable<FollowUp> items, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var ids = items.Where(i => i is { State: FollowUpState.Open, PaymentId: not null }).Select(i => i.PaymentId!.Value).ToList();
        return ids.Count == 0 ? new HashSet<int>() : (await db.Payments.Where(p => ids.Contains(p.Id) && p.State == PaymentState.Asked).Select(p => p.Id).ToListAsync(ct)).ToHashSet();
    }

    /// <summary>True while nothing may be recorded into the month.</summary>
    public static Task<bool> IsClosedAsync(MarketDb db, int book, DateOnly month, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var end = StationTime.Month(month).To;
        return db.LedgerBooks.AnyAsync(b => b.Id == book && b.ClosedBefore >= end, ct);
    }
}
