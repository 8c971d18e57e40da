using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Stock;

/// <summary>Who does something with which stocktake.</summary>
public sealed record StocktakeBy
{
    /// <summary>The stocktake.</summary>
    public required int StocktakeId { get; init; }

    /// <summary>Who.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The path of the area the actor may act in.</summary>
    public required string AreaPath { get; init; }
}

/// <summary>What came of it. Everything but <see cref="Done"/> changed nothing.</summary>
public enum StocktakeOutcome
{
    /// <summary>Done, now or from before.</summary>
    Done,

    /// <summary>There is no such stocktake in the actor's area.</summary>
    NotFound,

    /// <summary>It is past that, or not so far yet: see its state.</summary>
    NotNow,

    /// <summary>A count is below 0 or over <see cref="StocktakeCounts.MostPieces"/>.</summary>
    NotACount,

    /// <summary>Lines have not been counted yet.</summary>
    NotAllCounted,

    /// <summary>Lines that differ have not been counted again yet.</summary>
    NotAllRecounted,

    /// <summary>There are differences, and nobody has said why in 2 to 200 characters.</summary>
    ReasonMissing,

    /// <summary>The second signature must be somebody else's.</summary>
    SamePerson,

    /// <summary>The shelf holds fewer than would be written off: it is counted again.</summary>
    ShelfMoved,

    /// <summary>The month it is for is closed.</summary>
    MonthClosed,

    /// <summary>Numbers of cards cannot be taken: <see cref="Market.CardCount"/> says which, and why.</summary>
    CardsNotRight,

    /// <summary>Counted is said to be all, and fewer cards were scanned than are set aside for slips: one of these is cancelled first.</summary>
    CardsPromised,

    /// <summary>The cards that are missing or were found have not been named.</summary>
    NumbersMissing,

    /// <summary>It has a first signature: only who gave that may still say which cards it is about.</summary>
    OnlyFirst,
}

/// <summary>What the operations on stocktakes share.</summary>
internal static class StocktakeDoing
{
    /// <summary>The stocktake with its lines, tracked, under the turn; null when there is none in the area.</summary>
    public static async Task<Stocktake?> FindAsync(MarketDb db, StocktakeBy by)
    {
        await db.TakeTurnAsync();
        return await db.Stocktakes.Include(s => s.Lines).ThenInclude(l => l.Goods).Include(s => s.Lines).ThenInclude(l => l.Cards).Include(s => s.Outlet)
            .SingleOrDefaultAsync(s => s.Id == by.StocktakeId && s.Outlet.Area.Path.StartsWith(by.AreaPath));
    }

    /// <summary>A live count that the new one would contradict: a sheet counts everything, others only their articles.</summary>
    public static async Task<int?> InTheWayAsync(MarketDb db, int outletId, IReadOnlyCollection<int>? goods)
    {
        var live = db.Stocktakes.Where(s => s.OutletId == outletId && s.State != StocktakeState.Signed && s.State != StocktakeState.Withdrawn);
        if (goods is not null) live = live.Where(s => s.Kind == StocktakeKind.Sheet || s.Lines.Any(l => goods.Contains(l.GoodsId)));
        return await live.OrderBy(s => s.Id).Select(s => (int?)s.Id).FirstOrDefaultAsync();
    }

    /// <summary>What the shelf holds of each article in the books now, by asset code.</summary>
    public static Task<Dictionary<string, long>> ShelfAsync(MarketDb db, int bookId, string outlet)
    {
        var shelf = AccountCode.Shelf(outlet).Value;
        return db.LedgerAccounts.Where(a => a.BookId == bookId && a.Code == shelf).ToDictionaryAsync(a => a.Asset, a => a.Balance);
    }

    /// <summary>The first day of the month that a count on this day is for: in its first days, the month before.</summary>
    public static DateOnly MonthOf(DateOnly today)
    {
        var first = new DateOnly(today.Year, today.Month, 1);
        return today.Day <= OpenStocktake.DaysAfter ? first.AddMonths(-1) : first;
    }

    /// <summary>Whether nothing may be recorded into the month any more: what would be counted for it could never be signed.</summary>
    public static Task<bool> IsClosedAsync(MarketDb db, int bookId, DateOnly month)
    {
        var end = StationTime.Month(month).To;
        return db.LedgerBooks.AnyAsync(b => b.Id == bookId && b.ClosedBefore >= end);
    }

    /// <summary>When a stocktake's differences happened: at the end of its month when that is over, else now.</summary>
    public static DateTime HappenedAt(Stocktake s, DateTime now)
    {
        var end = StationTime.Month(s.Month).To;
        return s.Kind == StocktakeKind.Sheet && now >= end ? end.AddMilliseconds(-1) : now;
    }
}
