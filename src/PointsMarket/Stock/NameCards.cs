using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Market;

namespace PointsMarket.Stock;

/// <summary>
/// Says which cards a difference is about that was counted by pieces (a CSV file, one article, a lot that is to go). Before the first
/// signature anybody may, after it only who gave it: nobody signs for cards they have not seen named.
/// </summary>
public sealed class NameCards(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Which cards.</summary>
    public sealed record Input
    {
        /// <summary>Which stocktake, and who says so.</summary>
        public required StocktakeBy By { get; init; }

        /// <summary>The line.</summary>
        public required int Position { get; init; }

        /// <summary>The numbers, normal.</summary>
        public required IReadOnlyList<string> Serials { get; init; }

        /// <summary>True when they are all that lie there, and the rest is missing.</summary>
        public bool There { get; init; }
    }

    /// <summary>True for a line of cards that differs and was counted by pieces: where numbers are kept, they are asked for.</summary>
    public static bool IsAsked(StocktakeLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line is { Scanned: false, Goods.Kind: GoodsKind.Card } && line.Difference != 0;
    }

    /// <summary>Names them.</summary>
    public Task<StocktakeOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private async Task<StocktakeOutcome> RunAsync(MarketDb db, Input input)
    {
        if (await StocktakeDoing.FindAsync(db, input.By) is not { } s) return StocktakeOutcome.NotFound;
        if (s.State != StocktakeState.Signing || s.Lines.Find(l => l.Position == input.Position) is not { } line || !IsAsked(line)) return StocktakeOutcome.NotNow;
        if (s.FirstBy is { } first && first != input.By.Actor.Code) return StocktakeOutcome.OnlyFirst;
        await CardShelf.LockAsync(db, s.BookId);
        var need = await CardCount.NeedAsync(db, s.BookId, s.OutletId, line.GoodsId, line.Difference);
        if (need == 0) return StocktakeOutcome.NotNow;
        var (named, wrong) = await CardCount.NamedAsync(db, s.OutletId, line.GoodsId, need, input.Serials, input.There);
        if (wrong is not null) return db.RollBack(StocktakeOutcome.CardsNotRight);
        var others = s.Lines.Where(l => l != line && l.GoodsId == line.GoodsId).SelectMany(l => l.Named).Select(c => c.Serial).ToHashSet(StringComparer.Ordinal);
        if (named.Any(n => others.Contains(n.Serial))) return db.RollBack(StocktakeOutcome.CardsNotRight); // another lot's
        StocktakeCounts.Keep(line, named);
        db.Note(clock.GetUtcNow().UtcDateTime, input.By.Actor, "stocktake.cards-named", s.Number, FormattableString.Invariant($"{line.Goods.Sku} {named.Count}"));
        await db.SaveChangesAsync();
        return StocktakeOutcome.Done;
    }
}
