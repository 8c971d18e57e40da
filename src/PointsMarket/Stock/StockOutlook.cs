using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Settings;
using PointsMarket.Sponsors;

namespace PointsMarket.Stock;

/// <summary>An article at an outlet: what there is, how fast it goes, and what is missing.</summary>
public sealed record StockLine
{
    /// <summary>The outlet's key.</summary>
    public required int OutletId { get; init; }

    /// <summary>The outlet's code.</summary>
    public required string OutletCode { get; init; }

    /// <summary>The outlet's name.</summary>
    public required string OutletName { get; init; }

    /// <summary>The article; not tracked.</summary>
    public required Goods Goods { get; init; }

    /// <summary>Pieces on the shelf, those that have expired too.</summary>
    public required long Shelf { get; init; }

    /// <summary>Those of them that have expired, and wait to be written off.</summary>
    public required long Expired { get; init; }

    /// <summary>Those of them that expire within the asked days, without the expired ones.</summary>
    public required long ExpiresSoon { get; init; }

    /// <summary>The day the first of the pieces that have not expired expires; null when none does.</summary>
    public required DateOnly? NextExpires { get; init; }

    /// <summary>Pieces set aside for slips.</summary>
    public required long Reserved { get; init; }

    /// <summary>Pieces on their way to this outlet.</summary>
    public required long Coming { get; init; }

    /// <summary>Pieces that firms are to bring: announced, or accepted as a pledge and not announced yet; not those that are long overdue.</summary>
    public required long Promised { get; init; }

    /// <summary>Pieces handed out in the last <see cref="StockOutlook.PaceDays"/> days.</summary>
    public required long HandedOut { get; init; }

    /// <summary>What the outlet wishes to have, as somebody set it; null when nobody did.</summary>
    public required int? Threshold { get; init; }

    /// <summary>Under how many days' worth it runs low.</summary>
    public required long LowDays { get; init; }

    /// <summary>What can be handed out.</summary>
    public long Good => Shelf - Expired;

    /// <summary>For how many days that lasts at the pace of the last weeks; null when nothing was handed out.</summary>
    public long? DaysLeft => HandedOut == 0 ? null : Good * StockOutlook.PaceDays / HandedOut;

    /// <summary>What the outlet wishes to have: the threshold, or without one what went in <see cref="StockOutlook.PaceDays"/> days; nothing for what is not offered.</summary>
    public long Wish => !Goods.Offered ? 0 : Threshold ?? HandedOut;

    /// <summary>Pieces missing to that, those on their way and those promised counted as there: no firm is asked for what another one brings.</summary>
    public long Short => Math.Max(0, Wish - Good - Coming - Promised);

    /// <summary>True when it is sold out, or will be within <see cref="LowDays"/> days, or falls short of the threshold.</summary>
    public bool Low => Goods.Offered && (Good == 0 || DaysLeft < LowDays || Good + Coming < Threshold);
}

/// <summary>A lot on a shelf that expires soon, or has.</summary>
public sealed record ExpiringLot
{
    /// <summary>The lot.</summary>
    public required int LotId { get; init; }

    /// <summary>The outlet's key.</summary>
    public required int OutletId { get; init; }

    /// <summary>The outlet's name.</summary>
    public required string OutletName { get; init; }

    /// <summary>The article; not tracked.</summary>
    public required Goods Goods { get; init; }

    /// <summary>The station day it came.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The day it expires.</summary>
    public required DateOnly Expires { get; init; }

    /// <summary>Pieces on that shelf.</summary>
    public required long Quantity { get; init; }

    /// <summary>True when it is not handed out any more.</summary>
    public required bool HasExpired { get; init; }
}

/// <summary>What runs out and what expires, by outlet. The shelves are the ledger's, the days those of the lots.</summary>
public sealed class StockOutlook(TimeProvider clock)
{
    /// <summary>Over how many days the pace of handing out is measured, and how far ahead expiry is looked for unless the station has set it otherwise.</summary>
    public const int PaceDays = 30, SoonDays = 30;

    /// <summary>How many days after its day a promise is still counted on; after that others are asked.</summary>
    public const int LateDays = 30;

    /// <summary>
    /// Every article at every outlet whose area's path begins with <paramref name="areaPath"/>, by outlet, section and sku. Articles no
    /// longer offered are left out where nothing of them is left.
    /// </summary>
    public async Task<IReadOnlyList<StockLine>> LinesAsync(MarketDb db, string areaPath, int? outletId = null, int soonDays = SoonDays, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var now = clock.GetUtcNow().UtcDateTime;
        var (today, since) = (StationTime.Day(now), now.AddDays(-PaceDays));
        var outlets = await Outlets(db, areaPath, outletId).OrderBy(o => o.Code).Select(o => new { o.Id, o.Code, o.Name, o.Area.BookId }).ToListAsync(ct);
        var (ids, places) = (outlets.ConvertAll(o => o.Id), outlets.ConvertAll(o => AccountCode.Shelf(o.Code).Value));
        var shelves = await db.LedgerAccounts.Where(a => places.Contains(a.Code)).ToDictionaryAsync(a => (a.BookId, a.Code, a.Asset), a => a.Balance, ct);
        var dated = (await db.LotStocks.Where(s => places.Contains(s.Place) && s.Lot.Expires != null)
            .Select(s => new { s.BookId, s.Place, s.Lot.GoodsId, s.Lot.UseBy, s.Quantity }).ToListAsync(ct)).ToLookup(s => (s.BookId, s.Place, s.GoodsId));
        var slips = db.Redemptions.Where(r => ids.Contains(r.OutletId));
        var reserved = await PiecesAsync(slips.Where(r => r.State == RedemptionState.Held), ct);
        var out30 = await PiecesAsync(slips.Where(r => r.State == RedemptionState.HandedOver && r.EndedAt >= since), ct);
        var coming = await db.StockMoves.Where(m => m.State == StockMoveState.Sent && ids.Contains(m.ToOutletId)).SelectMany(m => m.Lines, (m, l) => new { m.ToOutletId, l.GoodsId, l.Sent })
            .GroupBy(l => new { l.ToOutletId, l.GoodsId }).Select(g => new { g.Key.ToOutletId, g.Key.GoodsId, Sum = g.Sum(l => (long)l.Sent) }).ToDictionaryAsync(g => (g.ToOutletId, g.GoodsId), g => g.Sum, ct);
        var promised = await PromisedAsync(db, ids, today, ct);
        var thresholds = await db.StockThresholds.Where(t => ids.Contains(t.OutletId)).ToDictionaryAsync(t => (t.OutletId, t.GoodsId), t => t.Pieces, ct);
        var goods = (await db.Goods.AsNoTracking().ToListAsync(ct)).OrderByDescending(g => g.Offered).ThenBy(g => SaveGoods.Sections.ToList().IndexOf(g.Section)).ThenBy(g => g.Sku, StringComparer.Ordinal).ToList();
        var low = await SettingBook.ValueAsync(db, SettingList.StockLowDays, today, ct);
        var lines = from o in outlets
                    from g in goods
                    let shelf = AccountCode.Shelf(o.Code).Value
                    let lots = dated[(o.BookId, shelf, g.Id)]
                    select new StockLine
                    {
                        OutletId = o.Id, OutletCode = o.Code, OutletName = o.Name, Goods = g, Shelf = shelves.GetValueOrDefault((o.BookId, shelf, g.Asset.Code)),
                        Expired = lots.Where(l => l.UseBy <= today).Sum(l => l.Quantity), ExpiresSoon = lots.Where(l => l.UseBy > today && l.UseBy <= today.AddDays(soonDays)).Sum(l => l.Quantity),
                        NextExpires = lots.Where(l => l.UseBy > today).Min(l => (DateOnly?)l.UseBy), Reserved = reserved.GetValueOrDefault((o.Id, g.Id)), Coming = coming.GetValueOrDefault((o.Id, g.Id)), Promised = promised.GetValueOrDefault((o.Id, g.Id)),
                        HandedOut = out30.GetValueOrDefault((o.Id, g.Id)), Threshold = thresholds.TryGetValue((o.Id, g.Id), out var pieces) ? pieces : null, LowDays = low,
                    };
        return [.. lines.Where(l => l.Goods.Offered || l.Shelf != 0 || l.Reserved != 0 || l.Coming != 0 || l.Promised != 0)];
    }

    /// <summary>The lots on those shelves that have expired or do so within the days, the first ones first.</summary>
    public async Task<IReadOnlyList<ExpiringLot>> ExpiringAsync(MarketDb db, string areaPath, int? outletId = null, int soonDays = SoonDays, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        var until = today.AddDays(soonDays);
        var outlets = await Outlets(db, areaPath, outletId).Select(o => new { o.Id, o.Code, o.Name, o.Area.BookId }).ToListAsync(ct);
        var at = outlets.ToDictionary(o => (o.BookId, AccountCode.Shelf(o.Code).Value));
        var places = at.Keys.Select(k => k.Value).ToList();
        var lots = await db.LotStocks.AsNoTracking().Include(s => s.Lot.Goods).Where(s => places.Contains(s.Place) && s.Lot.UseBy <= until).OrderBy(s => s.Lot.UseBy).ThenBy(s => s.LotId).ToListAsync(ct);
        return [.. lots.Where(s => at.ContainsKey((s.BookId, s.Place))).Select(s => new ExpiringLot
        {
            LotId = s.LotId, OutletId = at[(s.BookId, s.Place)].Id, OutletName = at[(s.BookId, s.Place)].Name, Goods = s.Lot.Goods, Day = s.Lot.Day, Expires = s.Lot.UseBy,
            Quantity = s.Quantity, HasExpired = s.Lot.UseBy <= today,
        })];
    }

    /// <summary>What firms are to bring: the announced deliveries where they go, and of accepted pledges what neither came nor is announced.</summary>
    private static async Task<Dictionary<(int Outlet, int Goods), long>> PromisedAsync(MarketDb db, List<int> outlets, DateOnly today, CancellationToken ct)
    {
        var since = today.AddDays(-LateDays);
        var announced = await db.Announcements.Where(a => a.State == AnnouncementState.Announced && a.Day >= since && outlets.Contains(a.OutletId)).SelectMany(a => a.Lines, (a, l) => new { a.OutletId, l.GoodsId, l.Quantity })
            .GroupBy(l => new { l.OutletId, l.GoodsId }).Select(g => new { g.Key.OutletId, g.Key.GoodsId, Sum = g.Sum(l => (long)l.Quantity) }).ToListAsync(ct);
        var pledged = await db.Pledges.Where(p => p.State == PledgeState.Accepted && p.Day >= since && outlets.Contains(p.OutletId) && p.GoodsId != null && p.Quantity != null).Select(p => new
        {
            p.OutletId, GoodsId = p.GoodsId!.Value, Quantity = p.Quantity!.Value,
            Came = db.Announcements.Where(a => a.PledgeId == p.Id && a.DeliveryId != null).SelectMany(a => a.Delivery!.Lines).Sum(l => (long)l.Accepted),
            Announced = db.Announcements.Where(a => a.PledgeId == p.Id && a.State == AnnouncementState.Announced).SelectMany(a => a.Lines).Sum(l => (long)l.Quantity),
        }).ToListAsync(ct);
        return announced.Select(a => (a.OutletId, a.GoodsId, a.Sum)).Concat(pledged.Select(p => (p.OutletId, p.GoodsId, Sum: Math.Max(0, p.Quantity - p.Came - p.Announced))))
            .GroupBy(p => (p.OutletId, p.GoodsId)).ToDictionary(g => g.Key, g => g.Sum(p => p.Sum));
    }

    private static IQueryable<Outlet> Outlets(MarketDb db, string areaPath, int? outletId) =>
        db.Outlets.Where(o => o.Area.Path.StartsWith(areaPath) && (outletId == null || o.Id == outletId));

    private static async Task<Dictionary<(int Outlet, int Goods), long>> PiecesAsync(IQueryable<Redemption> slips, CancellationToken ct) =>
        (await slips.SelectMany(r => r.Lines, (r, l) => new { r.OutletId, l.GoodsId, l.Quantity }).GroupBy(l => new { l.OutletId, l.GoodsId })
            .Select(g => new { g.Key.OutletId, g.Key.GoodsId, Sum = g.Sum(l => (long)l.Quantity) }).ToListAsync(ct)).ToDictionary(g => (g.OutletId, g.GoodsId), g => g.Sum);
}
