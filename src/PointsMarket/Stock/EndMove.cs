using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Stock;

/// <summary>
/// Ends a move: the other outlet has counted it (<c>transit</c> → <c>shelf:{B}</c>, and what is missing → <c>written-off</c> with a
/// reason), or it is called back to where it came from. It ends once; doing the same again gives the same answer.
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

        /// <summary>It ended otherwise before.</summary>
        EndedOtherwise,

        /// <summary>A count is missing, below 0, or more than was sent.</summary>
        NotACount,

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
        var to = input.Received is null ? StockMoveState.Cancelled : StockMoveState.Received;
        if (move.State != StockMoveState.Sent) return move.State == to ? Outcome.Done : Outcome.EndedOtherwise;
        if (input.Received is { } counts && !move.Lines.TrueForAll(l => counts.TryGetValue(l.GoodsId, out var n) && n >= 0 && n <= l.Sent)) return Outcome.NotACount;
        var reason = input.Reason?.Trim() is { Length: >= 2 and <= SendStock.MostWords } words ? words : null;
        if (reason is null && move.Lines.Exists(l => input.Received is null || input.Received[l.GoodsId] < l.Sent)) return Outcome.ReasonMissing;

        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var line in move.Lines) line.Received = input.Received?[line.GoodsId];
        var posted = await lots.PostAsync(db, new TransactionRequest
        {
            BookId = move.FromOutlet.Area.BookId, Key = $"move:{move.Reference}:end", Kind = to == StockMoveState.Received ? TransactionKinds.StockReceive : TransactionKinds.StockRecall,
            Subject = move.Reference, HappenedAt = now, Actor = input.Actor, Reason = reason, Related = new RelatedTo(Relation.Ends, move.SendSequence), Postings = Postings(move),
        });
        if (posted.Outcome != PostOutcome.Posted) return db.RollBack(Outcome.EndedOtherwise);
        (move.State, move.EndedAt, move.EndedBy, move.EndSequence, move.Reason) = (to, now, input.Actor.Code, posted.Sequence, reason);
        db.Note(now, input.Actor, to == StockMoveState.Received ? "stock.received" : "stock.recalled", move.Reference, string.Join(", ", move.Lines.Select(l => FormattableString.Invariant($"{l.Goods.Sku} {l.Received ?? l.Sent}/{l.Sent}"))));
        await db.SaveChangesAsync();
        return Outcome.Done;
    }

    /// <summary>What is missing is taken from the lots that expire first, so it comes first.</summary>
    private static List<Posting> Postings(StockMove move)
    {
        var transit = AccountCode.Transit(move.Reference);
        var shelf = AccountCode.Shelf(move.Lines[0].Received is null ? move.FromOutlet.Code : move.ToOutlet.Code);
        var postings = new List<Posting>();
        foreach (var line in move.Lines.OrderBy(l => l.GoodsId))
        {
            var arrived = line.Received ?? line.Sent;
            if (line.Sent > arrived) postings.Add(new Posting(transit, AccountCode.WrittenOff, line.Goods.Asset, line.Sent - arrived));
            if (arrived > 0) postings.Add(new Posting(transit, shelf, line.Goods.Asset, arrived));
        }
        return postings;
    }
}
