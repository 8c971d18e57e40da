using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Stock;

/// <summary>
/// Somebody counted one article, or lots that have expired lie on the shelf: it is put down as a stocktake of its own with the first
/// signature, and waits for somebody else's. Nothing moves until then.
/// </summary>
public sealed class ReportDifference(MarketWrites writes, TimeProvider clock)
{
    /// <summary>What is reported.</summary>
    public sealed record Input
    {
        /// <summary>The form's key: sending it twice reports once.</summary>
        public required Guid Key { get; init; }

        /// <summary>The outlet.</summary>
        public required int OutletId { get; init; }

        /// <summary>The article that was counted, and how many pieces of it lie on the shelf without those set aside for slips; null for lots.</summary>
        public (int GoodsId, int Counted)? Article { get; init; }

        /// <summary>The lots on that shelf that are to go, all their pieces; empty for an article.</summary>
        public IReadOnlyList<int> Lots { get; init; } = [];

        /// <summary>Why, 2 to <see cref="SignStocktake.MostWords"/> characters.</summary>
        public required string Reason { get; init; }

        /// <summary>Who reports, and signs first.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Waits for the second signature, now or from before.</summary>
    public sealed record Waits(int StocktakeId) : Outcome;

    /// <summary>This one, of the same article or the whole shelf, is signed or withdrawn first.</summary>
    public sealed record OneWaits(int StocktakeId) : Outcome;

    /// <summary>The book says the same.</summary>
    public sealed record NoDifference : Outcome;

    /// <summary>Below 0 or over <see cref="StocktakeCounts.MostPieces"/>.</summary>
    public sealed record NotACount : Outcome;

    /// <summary>No reason, or one too long.</summary>
    public sealed record ReasonMissing : Outcome;

    /// <summary>There is no such outlet in the actor's area, no such article, or a lot does not lie there.</summary>
    public sealed record NotFound : Outcome;

    /// <summary>Reports it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Article is { Counted: < 0 or > StocktakeCounts.MostPieces }) return Task.FromResult<Outcome>(new NotACount());
        return input.Reason.Trim().Length is < 2 or > SignStocktake.MostWords ? Task.FromResult<Outcome>(new ReasonMissing()) : writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        await db.TakeTurnAsync();
        if (await db.Stocktakes.Where(s => s.Key == input.Key).Select(s => (int?)s.Id).SingleOrDefaultAsync() is { } before) return new Waits(before);
        var outlet = await db.Outlets.Where(o => o.Id == input.OutletId && o.Area.Path.StartsWith(input.AreaPath)).Select(o => new { o.Code, o.Area.BookId }).SingleOrDefaultAsync();
        if (outlet is null) return new NotFound();
        var now = clock.GetUtcNow().UtcDateTime;
        var lines = input.Article is { } article ? await ArticleAsync(db, outlet.BookId, outlet.Code, article, input.Actor, now) : await LotsAsync(db, outlet.BookId, outlet.Code, input, now);
        if (lines is null) return new NotFound();
        if (lines.TrueForAll(l => l.Difference == 0)) return new NoDifference();
        if (await StocktakeDoing.InTheWayAsync(db, input.OutletId, [.. lines.Select(l => l.GoodsId)]) is { } other) return new OneWaits(other);
        var today = StationTime.Day(now);
        var report = new Stocktake
        {
            Key = input.Key, BookId = outlet.BookId, OutletId = input.OutletId, Kind = input.Article is null ? StocktakeKind.WriteOff : StocktakeKind.Single, State = StocktakeState.Signing,
            Month = new DateOnly(today.Year, today.Month, 1), OpenedAt = now, OpenedBy = input.Actor.Code, Reason = input.Reason.Trim(), FirstAt = now, FirstBy = input.Actor.Code,
        };
        report.Lines.AddRange(lines);
        db.Stocktakes.Add(report);
        await db.SaveChangesAsync(); // its number is its key
        db.Note(now, input.Actor, "stocktake.reported", report.Number, $"{outlet.Code} {report.Reason}");
        await StocktakeNews.TellAsync(db, report, input.Actor, now);
        await db.SaveChangesAsync();
        return new Waits(report.Id);
    }

    private static async Task<List<StocktakeLine>?> ArticleAsync(MarketDb db, int book, string outlet, (int GoodsId, int Counted) article, Actor actor, DateTime now)
    {
        if (await db.Goods.AsNoTracking().SingleOrDefaultAsync(g => g.Id == article.GoodsId) is not { } goods) return null;
        var shelf = await StocktakeDoing.ShelfAsync(db, book, outlet);
        return [new StocktakeLine { GoodsId = goods.Id, Counted = article.Counted, Book = shelf.GetValueOrDefault(goods.Asset.Code), CountedAt = now, CountedBy = actor.Code }];
    }

    private static async Task<List<StocktakeLine>?> LotsAsync(MarketDb db, int book, string outlet, Input input, DateTime now)
    {
        var place = AccountCode.Shelf(outlet).Value;
        var there = await db.LotStocks.Where(s => s.BookId == book && s.Place == place && input.Lots.Contains(s.LotId)).OrderBy(s => s.Lot.UseBy).ThenBy(s => s.LotId)
            .Select(s => new { s.LotId, s.Lot.GoodsId, s.Quantity }).ToListAsync();
        if (there.Count == 0 || there.Count < input.Lots.Distinct().Count()) return null;
        return [.. there.Select((l, i) => new StocktakeLine { Position = i, GoodsId = l.GoodsId, LotId = l.LotId, Counted = 0, Book = l.Quantity, CountedAt = now, CountedBy = input.Actor.Code })];
    }
}
