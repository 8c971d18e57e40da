using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Reconciliations;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Funding;
using PointsMarket.Web.Shared;

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

    /// <summary>What the codes in a station's discrepancies are called.</summary>
    public static async Task<FollowUpNames> NamesAsync(MarketDb db, int book, IReadOnlyCollection<FollowUp> items, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(items);
        var funds = await db.Funds.Where(f => f.BookId == book).Select(f => new { f.Code, f.NameZh, f.NameEn }).ToListAsync(ct);
        var outlets = await db.Outlets.Where(o => o.Area.BookId == book).Select(o => new { o.Code, o.Name }).ToListAsync(ct);
        var skus = items.Where(i => !i.IsMoney).Select(i => i.Item).Distinct().ToList();
        var goods = await db.Goods.Where(g => skus.Contains(g.Sku)).Select(g => new { g.Sku, g.NameZh, g.NameEn }).ToListAsync(ct);
        return new FollowUpNames(
            funds.Select(f => ((true, f.Code), FundWords.Name(f.NameZh, f.NameEn))).Concat(outlets.Select(o => ((false, o.Code), o.Name))).ToDictionary(),
            goods.ToDictionary(g => g.Sku, g => GoodsText.Name(g.NameZh, g.NameEn)));
    }

    /// <summary>True while nothing may be recorded into the month.</summary>
    public static Task<bool> IsClosedAsync(MarketDb db, int book, DateOnly month, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var end = StationTime.Month(month).To;
        return db.LedgerBooks.AnyAsync(b => b.Id == book && b.ClosedBefore >= end, ct);
    }
}
