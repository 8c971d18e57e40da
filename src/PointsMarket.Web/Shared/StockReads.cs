using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Settings;
using PointsMarket.Stock;

namespace PointsMarket.Web.Shared;

/// <summary>What lies where: the shelf from the ledger, what is set aside and handed out from the slips.</summary>
public sealed class StockReads(MarketDb db, TimeProvider clock)
{
    /// <summary>Over how many days the pace of handing out is measured.</summary>
    public const int PaceDays = StockOutlook.PaceDays;

    /// <summary>Under how many days' worth an article runs low today.</summary>
    public Task<long> LowDaysAsync(CancellationToken ct = default) => SettingBook.ValueAsync(db, SettingList.StockLowDays, StationTime.Day(clock.GetUtcNow().UtcDateTime), ct);

    /// <summary>An article over the asked outlets.</summary>
    public sealed record Row
    {
        public required Goods Goods { get; init; }
        public required long Shelf { get; init; }
        public required long Reserved { get; init; }

        /// <summary>Handed out in the station's calendar month.</summary>
        public required long Month { get; init; }

        /// <summary>Handed out in the last <see cref="PaceDays"/> days.</summary>
        public required long Pace { get; init; }

        /// <summary>Under how many days' worth it runs low.</summary>
        public required long LowDays { get; init; }

        /// <summary>For how many days the shelf lasts at that pace; null when nothing was handed out.</summary>
        public long? Days => Pace == 0 ? null : Shelf * PaceDays / Pace;

        public bool SoldOut => Goods.Offered && Shelf == 0;

        public bool Low => Goods.Offered && (Shelf == 0 || Days < LowDays);
    }

    /// <summary>All articles, offered ones first, by shelf of the kiosk and sku.</summary>
    public async Task<IReadOnlyList<Row>> ReadAsync(IReadOnlyCollection<Choices.OutletChoice> outlets, CancellationToken ct = default)
    {
        var (books, shelves, ids) = (outlets.Select(o => o.BookId).Distinct().ToList(), outlets.Select(o => AccountCode.Shelf(o.Code).Value).ToList(), outlets.Select(o => o.Id).ToList());
        var now = clock.GetUtcNow().UtcDateTime;
        var month = StationTime.Month(StationTime.Day(now)).From;
        var since = now.AddDays(-PaceDays);
        var shelf = await db.LedgerAccounts.Where(a => books.Contains(a.BookId) && shelves.Contains(a.Code)).GroupBy(a => a.Asset).ToDictionaryAsync(g => g.Key, g => g.Sum(a => a.Balance), ct);
        var slips = db.Redemptions.Where(r => ids.Contains(r.OutletId));
        var reserved = await Pieces(slips.Where(r => r.State == RedemptionState.Held), ct);
        var out28 = await Pieces(slips.Where(r => r.State == RedemptionState.HandedOver && r.EndedAt >= since), ct);
        var outMonth = await Pieces(slips.Where(r => r.State == RedemptionState.HandedOver && r.EndedAt >= month), ct);
        var goods = await db.Goods.AsNoTracking().ToListAsync(ct);
        var low = await LowDaysAsync(ct);
        return [.. goods.OrderByDescending(g => g.Offered).ThenBy(g => SaveGoods.Sections.ToList().IndexOf(g.Section)).ThenBy(g => g.Sku, StringComparer.Ordinal).Select(g => new Row
        {
            Goods = g, Shelf = shelf.GetValueOrDefault(g.Asset.Code), Reserved = reserved.GetValueOrDefault(g.Id), Month = outMonth.GetValueOrDefault(g.Id), Pace = out28.GetValueOrDefault(g.Id), LowDays = low,
        })];
    }

    private static Task<Dictionary<int, long>> Pieces(IQueryable<Redemption> slips, CancellationToken ct) =>
        slips.SelectMany(r => r.Lines).GroupBy(l => l.GoodsId).ToDictionaryAsync(g => g.Key, g => g.Sum(l => (long)l.Quantity), ct);
}
