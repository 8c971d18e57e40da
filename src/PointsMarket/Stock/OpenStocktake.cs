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

        /// <summary>Any day of the month it is for, not a month to come; null for the one that fits today.</summary>
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
        var month = input.Month is { } asked ? new DateOnly(asked.Year, asked.Month, 1) : StocktakeDoing.MonthOf(StationTime.Day(now));
        if (month > StationTime.Day(now)) return new MonthNotYet();
        if (!await db.Outlets.AnyAsync(o => o.Id == input.OutletId && o.Area.Path.StartsWith(input.AreaPath))) return new NotFound();
        if (await StocktakeDoing.InTheWayAsync(db, input.OutletId, null) is { } other) return new OneWaits(other);
        var sheet = await MakeAsync(db, input.Key, input.OutletId, month, input.Actor, now);
        await db.SaveChangesAsync();
        db.Note(now, input.Actor, "stocktake.opened", sheet.Number);
        await db.SaveChangesAsync();
        return new Opened(sheet.Id);
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
