using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>
/// Gives pieces that lie at an outlet without numbers theirs: stock from before numbers were kept, and cards that came from another
/// outlet, whose numbers move along. All of them at once, because from then on each card there leaves with its number.
/// </summary>
public sealed class EnterCards(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Which cards.</summary>
    public sealed record Input
    {
        /// <summary>The outlet.</summary>
        public required int OutletId { get; init; }

        /// <summary>The article, a card.</summary>
        public required int GoodsId { get; init; }

        /// <summary>The numbers, normal.</summary>
        public required IReadOnlyList<string> Serials { get; init; }

        /// <summary>Who does it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>So many have a number now.</summary>
    public sealed record Entered(int Count) : Outcome;

    /// <summary>Refused, and nothing changed.</summary>
    public sealed record Refused(CardRefusal Why) : Outcome;

    /// <summary>Every card there has its number.</summary>
    public sealed record NothingMissing : Outcome;

    /// <summary>There is no such outlet in the actor's area, or no such card.</summary>
    public sealed record NotFound : Outcome;

    /// <summary>Enters them.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return CardShelf.WrongIn(input.GoodsId, input.Serials) is { } wrong ? Task.FromResult<Outcome>(new Refused(wrong)) : writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        var outlet = await db.Outlets.Where(o => o.Id == input.OutletId && o.Area.Path.StartsWith(input.AreaPath)).Select(o => new { o.Code, o.Area.BookId }).SingleOrDefaultAsync();
        var sku = await db.Goods.Where(g => g.Id == input.GoodsId && g.Kind == GoodsKind.Card).Select(g => g.Sku).SingleOrDefaultAsync();
        if (outlet is null || sku is null) return new NotFound();
        await CardShelf.LockAsync(db, outlet.BookId);
        var missing = (await CardStock.ReadAsync(db, [outlet.BookId])).Where(r => r.OutletId == input.OutletId && r.GoodsId == input.GoodsId).Sum(r => r.Missing);
        if (missing <= 0) return new NothingMissing();
        if (input.Serials.Count != missing) return new Refused(new CardRefusal(CardProblem.Count, input.GoodsId, null, (int)missing));

        var now = clock.GetUtcNow().UtcDateTime;
        var (moved, wrong) = await MovedAsync(db, input, outlet.BookId);
        if (wrong is not null) return new Refused(wrong);
        foreach (var card in moved)
        {
            card.OutletId = input.OutletId;
            card.Events.Add(CardShelf.Event(CardStep.Moved, input.Actor, now, words: outlet.Code));
        }
        var fresh = input.Serials.Except(moved.Select(c => c.Serial), StringComparer.Ordinal).ToList();
        if (await CardShelf.ReceiveAsync(db, input.GoodsId, input.OutletId, fresh, null, input.Actor, now) is { } refused) return db.RollBack(new Refused(refused));
        db.Note(now, input.Actor, "cards.entered", outlet.Code, $"{sku} {input.Serials.Count}");
        await db.SaveChangesAsync();
        return new Entered(input.Serials.Count);
    }

    /// <summary>Those of the numbers that lie at another outlet of the book, as long as that one has fewer pieces than numbers.</summary>
    private static async Task<(IReadOnlyList<SupermarketCard> Cards, CardRefusal? Wrong)> MovedAsync(MarketDb db, Input input, int bookId)
    {
        var cards = new List<SupermarketCard>();
        foreach (var some in input.Serials.Chunk(500))
        {
            cards.AddRange(await SupermarketCard.OnHand(db).AsTracking()
                .Where(c => c.GoodsId == input.GoodsId && c.OutletId != input.OutletId && c.Outlet.Area.BookId == bookId && some.Contains(c.Serial)).ToListAsync());
        }
        if (cards.Count == 0) return ([], null);
        var over = (await CardStock.ReadAsync(db, [bookId])).Where(r => r.GoodsId == input.GoodsId).ToDictionary(r => r.OutletId, r => r.Over);
        var taken = cards.GroupBy(c => c.OutletId).FirstOrDefault(g => g.Count() > over.GetValueOrDefault(g.Key));
        return taken is null ? (cards, null) : ([], new CardRefusal(CardProblem.Elsewhere, input.GoodsId, taken.First().Serial));
    }
}
