using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Stock;

/// <summary>Says how many pieces of an article an outlet wishes to have.</summary>
public sealed class SetThreshold(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The most pieces.</summary>
    public const int MostPieces = 100_000;

    /// <summary>The wish.</summary>
    public sealed record Input
    {
        /// <summary>The outlet.</summary>
        public required int OutletId { get; init; }

        /// <summary>The article.</summary>
        public required int GoodsId { get; init; }

        /// <summary>Pieces, 0 to <see cref="MostPieces"/>; null leaves it to the pace of the last weeks.</summary>
        public required int? Pieces { get; init; }

        /// <summary>Who says so.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Set, or as it was.</summary>
        Done,

        /// <summary>Below 0 or too many.</summary>
        NotACount,

        /// <summary>There is no such outlet in the actor's area, or no such article.</summary>
        NotFound,
    }

    /// <summary>Sets it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Pieces is < 0 or > MostPieces ? Task.FromResult(Outcome.NotACount) : writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        var outlet = await db.Outlets.Where(o => o.Id == input.OutletId && o.Area.Path.StartsWith(input.AreaPath)).Select(o => o.Code).SingleOrDefaultAsync();
        var sku = await db.Goods.Where(g => g.Id == input.GoodsId).Select(g => g.Sku).SingleOrDefaultAsync();
        if (outlet is null || sku is null) return Outcome.NotFound;
        await db.TakeTurnAsync();
        var old = await db.StockThresholds.SingleOrDefaultAsync(t => t.OutletId == input.OutletId && t.GoodsId == input.GoodsId);
        if (old?.Pieces == input.Pieces) return Outcome.Done;
        db.Note(clock.GetUtcNow().UtcDateTime, input.Actor, "stock.threshold-set", outlet, FormattableString.Invariant($"{sku} {old?.Pieces.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"} → {input.Pieces?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"}"));
        if (input.Pieces is not { } pieces) db.StockThresholds.Remove(old!);
        else if (old is null) db.StockThresholds.Add(new StockThreshold { OutletId = input.OutletId, GoodsId = input.GoodsId, Pieces = pieces });
        else old.Pieces = pieces;
        await db.SaveChangesAsync();
        return Outcome.Done;
    }
}
