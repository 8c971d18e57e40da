using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Stock;

/// <summary>Pieces that a signed stocktake says lay on an outlet's shelf at the end of its month.</summary>
/// <param name="Outlet">The outlet's code.</param>
/// <param name="Sku">The article.</param>
/// <param name="Counted">Pieces.</param>
/// <param name="StocktakeId">The stocktake that says so.</param>
public sealed record SignedCount(string Outlet, string Sku, long Counted, int StocktakeId);

/// <summary>The signed stocktakes of a month, as the reconciliation reads them: FORMATS' <c>stocktake-YYYY-MM.csv</c> without the file.</summary>
public static class SignedCounts
{
    /// <summary>
    /// Every article that was counted, by outlet and sku; the last sheet signed for an outlet and month holds. A count made before or
    /// after the month's end is carried there by what moved in between; what was recorded later for a day before the count is not, and
    /// so shows as a difference.
    /// </summary>
    public static async Task<IReadOnlyList<SignedCount>> OfMonthAsync(MarketDb db, int bookId, DateOnly month, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var first = new DateOnly(month.Year, month.Month, 1);
        var sheets = await db.Stocktakes.AsNoTracking().Include(s => s.Outlet).Include(s => s.Lines).ThenInclude(l => l.Goods)
            .Where(s => s.BookId == bookId && s.Month == first && s.Kind == StocktakeKind.Sheet && s.State == StocktakeState.Signed).OrderBy(s => s.EndedAt).ThenBy(s => s.Id).ToListAsync(ct);
        var end = StationTime.Month(first).To;
        var found = new List<SignedCount>();
        foreach (var sheet in sheets.GroupBy(s => s.OutletId).Select(g => g.Last()))
        {
            foreach (var line in sheet.Lines.Where(l => l.Counted is not null))
                found.Add(new SignedCount(sheet.Outlet.Code, line.Goods.Sku, line.Counted!.Value + await MovedAsync(db, sheet, line, end, ct), sheet.Id));
        }
        return [.. found.OrderBy(f => f.Outlet, StringComparer.Ordinal).ThenBy(f => f.Sku, StringComparer.Ordinal)];
    }

    /// <summary>What moved between the count and the month's end: later in the month it is added, after the month's end taken off again.</summary>
    private static async Task<long> MovedAsync(MarketDb db, Stocktake sheet, StocktakeLine line, DateTime end, CancellationToken ct)
    {
        var (shelf, asset, own, at) = (AccountCode.Shelf(sheet.Outlet.Code).Value, line.Goods.Asset.Code, sheet.Sequence ?? 0, line.CountedAt!.Value);
        var day = StationTime.StartOf(StationTime.Day(at));
        var moved = from a in db.LedgerAccounts
                    where a.BookId == sheet.BookId && a.Code == shelf && a.Asset == asset
                    join e in db.LedgerEntries on new { a.BookId, Account = a.Number } equals new { e.BookId, e.Account }
                    join t in db.LedgerTransactions on new { e.BookId, e.Sequence } equals new { t.BookId, t.Sequence }
                    where t.Sequence != own
                    select new { e.Amount, t.HappenedAt, t.RecordedAt };
        var later = await moved.Where(m => m.RecordedAt >= at && m.HappenedAt >= day && m.HappenedAt < end).SumAsync(m => m.Amount, ct);
        var after = await moved.Where(m => m.RecordedAt < at && m.HappenedAt >= end).SumAsync(m => m.Amount, ct);
        return later - after;
    }
}

/// <summary>The shelf at the end of a month, or now while the month lasts.</summary>
internal static class MonthEnd
{
    /// <summary>The last moment of the month, or now.</summary>
    public static DateTime At(DateOnly month, DateTime now) => StationTime.Month(month).To is var end && now >= end ? end.AddMilliseconds(-1) : now;

    /// <summary>What the shelf held then, by asset code.</summary>
    public static async Task<Dictionary<string, long>> ShelfAsync(MarketDb db, int bookId, string outlet, DateOnly month, DateTime now)
    {
        var end = StationTime.Month(month).To;
        if (now < end) return await StocktakeDoing.ShelfAsync(db, bookId, outlet);
        var shelf = AccountCode.Shelf(outlet).Value;
        return await (
            from a in db.LedgerAccounts
            where a.BookId == bookId && a.Code == shelf
            join e in db.LedgerEntries on new { a.BookId, Account = a.Number } equals new { e.BookId, e.Account }
            join t in db.LedgerTransactions on new { e.BookId, e.Sequence } equals new { t.BookId, t.Sequence }
            where t.HappenedAt < end
            group e.Amount by a.Asset).ToDictionaryAsync(g => g.Key, g => g.Sum());
    }
}
