using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Stock;

/// <summary>
/// Opens a sheet for an outlet: every article that is offered or should lie there, to be counted blind. One at a time, and none while a
/// single difference of that shelf still waits for its second signature.
/// </summary>
public sealed class OpenStocktake(MarketWrites writes, TimeProvider clock)
{
    /// <summary>How many days into a month a count is still for the month before.</summary>
    public const int DaysAfter = 10;

    /// <summary>Which.</summary>
    public sealed record Input
    {
        /// <summary>The form's key: opening twice opens one.</summary>
        public required Guid Key { get; init; }

        /// <summary>The outlet.</summary>
        public required int OutletId { get; init; }

        /// <summary>Any day of the month it is for, not a month to come nor one that is closed; null for the one that fits today.</summary>
        public DateOnly? Month { get; init; }

        /// <summary>Who opens it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Open, now or from before.</summary>
    public sealed record Opened(int StocktakeId) : Outcome;

    /// <summary>This one is signed or withdrawn first.</summary>
    public sealed record OneWaits(int StocktakeId) : Outcome;

    /// <summary>The month has not begun.</summary>
    public sealed record MonthNotYet : Outcome;

    /// <summary>The month is closed: nothing that is counted for it could be recorded.</summary>
    public sealed record MonthClosed : Outcome;

    /// <summary>There is no such outlet in the actor's area.</summary>
    public sealed record NotFound : Outcome;

    /// <summary>Opens it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        await db.TakeTurnAsync();
        if (await db.Stocktakes.Where(s => s.Key == input.Key).Select(s => (int?)s.Id).SingleOrDefaultAsync() is { } before) return new Opened(before);
        var now = clock.GetUtcNow().UtcDateTime;
        var today = StationTime.Day(now);
        var book = await db.Outlets.Where(o => o.Id == input.OutletId && o.Area.Path.StartsWith(input.AreaPath)).Select(o => (int?)o.Area.BookId).SingleOrDefaultAsync();
        var month = input.Month is { } asked ? new DateOnly(asked.Year, asked.Month, 1) : StocktakeDoing.MonthOf(today);
        if (month > today) return new MonthNotYet();
        if (book is null) return new NotFound();
        if (input.Month is null && await StocktakeDoing.IsClosedAsync(db, book.Value, month)) month = new DateOnly(today.Year, today.Month, 1); // closed within its days: the count is for this one
        if (await StocktakeDoing.IsClosedAsync(db, book.Value, month)) return new MonthClosed();
        if (await StocktakeDoing.InTheWayAsync(db, input.OutletId, null) is { } other) return new OneWaits(other);
        var sheet = await MakeAsync(db, input.Key, input.OutletId, month, input.Actor, now);
        await db.SaveChangesAsync();
        db.Note(now, input.Actor, "stocktake.opened", sheet.Number);
        await db.SaveChangesAsync();
        return new Opened(sheet.Id);
    }

    /// <summary>The months a sheet can be opened for at one of these books' outlets: this one and the one before, unless closed in all of them; the likelier one first.</summary>
    public static async Task<IReadOnlyList<DateOnly>> MonthsAsync(MarketDb db, IReadOnlyCollection<int> books, DateOnly today, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var first = new DateOnly(today.Year, today.Month, 1);
        var end = StationTime.Month(first.AddMonths(-1)).To;
        var open = await db.LedgerBooks.AnyAsync(b => books.Contains(b.Id) && (b.ClosedBefore == null || b.ClosedBefore < end), ct);
        return !open ? [first] : today.Day <= DaysAfter ? [first.AddMonths(-1), first] : [first, first.AddMonths(-1)];
    }

    /// <summary>A sheet with its lines, tracked; the caller saves.</summary>
    internal static async Task<Stocktake> MakeAsync(MarketDb db, Guid key, int outletId, DateOnly month, Actor actor, DateTime now)
    {
        var outlet = await db.Outlets.Where(o => o.Id == outletId).Select(o => new { o.Code, o.Area.BookId }).SingleAsync();
        var shelf = await StocktakeDoing.ShelfAsync(db, outlet.BookId, outlet.Code);
        var sheet = new Stocktake { Key = key, BookId = outlet.BookId, OutletId = outletId, OpenOutletId = outletId, Kind = StocktakeKind.Sheet, State = StocktakeState.Counting, Month = month, OpenedAt = now, OpenedBy = actor.Code };
        var goods = await db.Goods.AsNoTracking().ToListAsync();
        sheet.Lines.AddRange(goods.Where(g => g.Offered || shelf.GetValueOrDefault(g.Asset.Code) != 0)
            .OrderBy(g => Market.SaveGoods.Sections.ToList().IndexOf(g.Section)).ThenBy(g => g.Sku, StringComparer.Ordinal).Select((g, i) => new StocktakeLine { Position = i, GoodsId = g.Id }));
        db.Stocktakes.Add(sheet);
        return sheet;
    }
}
