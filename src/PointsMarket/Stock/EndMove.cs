using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Stock;

/// <summary>
/// Ends a move: the other outlet has counted it (<c>transit</c> → <c>shelf:{B}</c>), or it is called back to where it came from. What is
/// missing stays in transit, with a reason, until a second person has signed (<see cref="SignMove"/>): nobody writes it off alone. Of
/// numbered cards the ones that came are named, and so the missing ones. It ends once; doing the same again gives the same answer.
/// </summary>
public sealed class EndMove(MarketWrites writes, LotBook lots, TimeProvider clock)
{
    /// <summary>What to do.</summary>
    public sealed record Input
    {
        /// <summary>The move.</summary>
        public required int MoveId { get; init; }

        /// <summary>Article → pieces that arrived, one for each article sent; null calls the move back.</summary>
        public required IReadOnlyDictionary<int, int>? Received { get; init; }

        /// <summary>The numbers of cards that arrived, normal, as many as pieces of each article that was sent with numbers.</summary>
        public IReadOnlyList<ScannedCards> Cards { get; init; } = [];

        /// <summary>Why pieces are missing, or why it is called back; needed for these.</summary>
        public string? Reason { get; init; }

        /// <summary>Who does it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in: who receives has the other outlet in it, who calls back the first.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Done, now or from before.</summary>
        Done,

        /// <summary>Counted, and what is missing waits for a second person's signature; now or from before.</summary>
        WaitsForSecond,

        /// <summary>It ended otherwise before.</summary>
        EndedOtherwise,

        /// <summary>A count is missing, below 0, or more than was sent.</summary>
        NotACount,

        /// <summary>The numbers of cards do not fit; <see cref="CardMoves.CheckAsync"/> says why.</summary>
        CardsNotRight,

        /// <summary>A reason of 2 to 200 characters is needed.</summary>
        ReasonMissing,

        /// <summary>There is no such move at an outlet in the actor's area.</summary>
        NotFound,
    }

    /// <summary>Ends it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        await db.TakeTurnAsync();
        var move = await db.StockMoves.Include(m => m.Lines).ThenInclude(l => l.Goods).Include(m => m.FromOutlet.Area).Include(m => m.ToOutlet).SingleOrDefaultAsync(m => m.Id == input.MoveId
            && (input.Received == null ? m.FromOutlet.Area.Path.StartsWith(input.AreaPath) : m.ToOutlet.Area.Path.StartsWith(input.AreaPath)));
        if (move is null) return Outcome.NotFound;
        if (move.State != StockMoveState.Sent) return Again(move, input);
        if (input.Received is { } counts && !move.Lines.TrueForAll(l => counts.TryGetValue(l.GoodsId, out var n) && n >= 0 && n <= l.Sent)) return Outcome.NotACount;
        var lacks = input.Received is { } came && move.Lines.Exists(l => came[l.GoodsId] < l.Sent);
        var reason = input.Reason?.Trim() is { Length: >= 2 and <= SendStock.MostWords } words ? words : null;
        if (reason is null && (lacks || input.Received is null)) return Outcome.ReasonMissing;

        var now = clock.GetUtcNow().UtcDateTime;
        var (to, shelf) = input.Received is null ? (StockMoveState.Cancelled, move.FromOutlet) : (lacks ? StockMoveState.Lacking : StockMoveState.Received, move.ToOutlet);
        foreach (var line in move.Lines) line.Received = input.Received?[line.GoodsId];
        if (Postings(move, shelf.Code) is { Count: > 0 } postings)
        {
            var posted = await lots.PostAsync(db, new TransactionRequest
            {
                BookId = move.FromOutlet.Area.BookId, Key = $"move:{move.Reference}:end", Kind = to == StockMoveState.Cancelled ? TransactionKinds.StockRecall : TransactionKinds.StockReceive,
                Subject = move.Reference, HappenedAt = now, Actor = input.Actor, Reason = reason, Related = new RelatedTo(Relation.Ends, move.SendSequence), Postings = postings,
            });
            if (posted.Outcome != PostOutcome.Posted) return db.RollBack(Outcome.EndedOtherwise);
            move.EndSequence = posted.Sequence;
        }
        if (input.Received is not null && !await CardsFitAsync(db, move, input)) return db.RollBack(Outcome.CardsNotRight);
        await CardMoves.PutDownAsync(db, move.Reference, shelf.Id, shelf.Code, input.Received is null ? null : input.Cards, input.Actor, now);
        (move.State, move.EndedAt, move.EndedBy, move.Reason) = (to, now, input.Actor.Code, reason);
        if (lacks) SecondSignatures.Ask(db, SignatureKind.MoveLacks, move.ToOutletId, move.Reference, input.Actor, reason!, now);
        db.Note(now, input.Actor, to == StockMoveState.Cancelled ? "stock.recalled" : "stock.received", move.Reference, string.Join(", ", move.Lines.Select(l => FormattableString.Invariant($"{l.Goods.Sku} {l.Received ?? l.Sent}/{l.Sent}"))));
        await db.SaveChangesAsync();
        return lacks ? Outcome.WaitsForSecond : Outcome.Done;
    }

    /// <summary>It ended before: the same way is the same answer.</summary>
    private static Outcome Again(StockMove move, Input input) => move.State switch
    {
        StockMoveState.Lacking when input.Received is not null => Outcome.WaitsForSecond,
        StockMoveState.Received when input.Received is not null => Outcome.Done,
        StockMoveState.Cancelled when input.Received is null => Outcome.Done,
        _ => Outcome.EndedOtherwise,
    };

    private static async Task<bool> CardsFitAsync(MarketDb db, StockMove move, Input input)
    {
        foreach (var goods in (await CardMoves.OnTheWayAsync(db, move.Reference)).Keys)
        {
            var serials = input.Cards.Where(c => c.GoodsId == goods).SelectMany(c => c.Serials).ToList();
            if (await CardMoves.CheckAsync(db, move.Reference, goods, input.Received![goods], serials) is not null) return false;
        }
        return true;
    }

    /// <summary>What arrived, or everything that is called back.</summary>
    private static List<Posting> Postings(StockMove move, string outlet) =>
    [
        .. from line in move.Lines.OrderBy(l => l.GoodsId)
           let arrived = line.Received ?? line.Sent
           where arrived > 0
           select new Posting(AccountCode.Transit(move.Reference), AccountCode.Shelf(outlet), line.Goods.Asset, arrived),
    ];
}
