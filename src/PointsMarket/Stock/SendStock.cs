using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Stock;

/// <summary>
/// Sends goods from one outlet to another of the same station: <c>shelf:{A}</c> → <c>transit:{reference}</c>. What expires first goes
/// first, what has expired stays. They are on no shelf until the other outlet has counted them (<see cref="EndMove"/>). Numbered cards
/// travel with their numbers.
/// </summary>
public sealed class SendStock(MarketWrites writes, LotBook lots, TimeProvider clock)
{
    /// <summary>The most pieces of one article, the most articles, the most characters of the note.</summary>
    public const int MostPieces = 100_000, MostLines = 30, MostWords = 200;

    /// <summary>One article to send.</summary>
    public sealed record Line(int GoodsId, int Pieces)
    {
        /// <summary>The numbers of supermarket cards, normal, as many as pieces; none where no card of the article has one in the station's book.</summary>
        public IReadOnlyList<string> Serials { get; init; } = [];
    }

    /// <summary>What is sent.</summary>
    public sealed record Input
    {
        /// <summary>The form's key: sending it twice sends once.</summary>
        public required Guid Key { get; init; }

        /// <summary>Where it lies, in the actor's area.</summary>
        public required int FromOutletId { get; init; }

        /// <summary>Where it goes, in the same station.</summary>
        public required int ToOutletId { get; init; }

        /// <summary>1 to <see cref="MostLines"/> different articles.</summary>
        public required IReadOnlyList<Line> Lines { get; init; }

        /// <summary>A word to who receives it; may be null.</summary>
        public string? Note { get; init; }

        /// <summary>Who sends.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>Why nothing is sent.</summary>
    public enum Problem
    {
        /// <summary>There is no such outlet in the actor's area, or none to receive it in that station.</summary>
        NoSuchOutlet,

        /// <summary>From an outlet to itself.</summary>
        SameOutlet,

        /// <summary>No article, too many, or one twice.</summary>
        NoLines,

        /// <summary>Less than 1 piece, or too many.</summary>
        NotACount,

        /// <summary>There is no such article.</summary>
        NoSuchGoods,

        /// <summary>The shelf does not have so many that have not expired.</summary>
        NotEnough,

        /// <summary>The note is too long.</summary>
        NoteTooLong,

        /// <summary>The numbers of cards do not fit; <see cref="Refused.Cards"/> says why.</summary>
        CardNumbers,
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>On the way, now or from before.</summary>
    public sealed record Sent(int MoveId, string Reference) : Outcome;

    /// <summary>Nothing is sent; the line that is wrong or null, and how many pieces there are when they are not enough.</summary>
    public sealed record Refused(Problem Why, int? Line = null, long? Left = null, CardRefusal? Cards = null) : Outcome;

    /// <summary>Sends it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var bad = input.Lines.ToList().FindIndex(l => l.Pieces is < 1 or > MostPieces);
        var wrong =
            input.FromOutletId == input.ToOutletId ? new Refused(Problem.SameOutlet)
            : input.Note?.Length > MostWords ? new Refused(Problem.NoteTooLong)
            : input.Lines.Count is 0 or > MostLines || input.Lines.DistinctBy(l => l.GoodsId).Count() < input.Lines.Count ? new Refused(Problem.NoLines)
            : bad >= 0 ? new Refused(Problem.NotACount, bad)
            : null;
        return wrong is null ? writes.RunAsync(db => RunAsync(db, input), ct) : Task.FromResult<Outcome>(wrong);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        await db.TakeTurnAsync();
        if (await db.StockMoves.Where(m => m.Key == input.Key).Select(m => new { m.Id, m.Reference }).SingleOrDefaultAsync() is { } before) return new Sent(before.Id, before.Reference);
        var from = await db.Outlets.Where(o => o.Id == input.FromOutletId && o.Area.Path.StartsWith(input.AreaPath)).Select(o => new { o.Code, o.Area.BookId }).SingleOrDefaultAsync();
        if (from is null || !await db.Outlets.AnyAsync(o => o.Id == input.ToOutletId && o.Area.BookId == from.BookId)) return new Refused(Problem.NoSuchOutlet);
        var ids = input.Lines.Select(l => l.GoodsId).ToList();
        var goods = await db.Goods.AsNoTracking().Where(g => ids.Contains(g.Id)).ToDictionaryAsync(g => g.Id);
        if (input.Lines.ToList().FindIndex(l => !goods.ContainsKey(l.GoodsId)) is var unknown and >= 0) return new Refused(Problem.NoSuchGoods, unknown);

        var now = clock.GetUtcNow().UtcDateTime;
        var today = StationTime.Day(now);
        var reference = await References.NewAsync('M', today, 6, r => db.StockMoves.AnyAsync(m => m.Reference == r));
        var posted = await lots.PostAsync(db, new TransactionRequest
        {
            BookId = from.BookId, Key = $"move:{reference}:send", Kind = TransactionKinds.StockSend, Subject = reference, HappenedAt = now, Actor = input.Actor,
            Postings = [.. input.Lines.Select(l => new Posting(AccountCode.Shelf(from.Code), AccountCode.Transit(reference), goods[l.GoodsId].Asset, l.Pieces))],
        }, new LotTerms { Fresh = today });
        if (posted.Short is { } shortage)
        {
            var line = input.Lines.ToList().FindIndex(l => goods[l.GoodsId].Asset == shortage.Asset);
            return db.RollBack(new Refused(Problem.NotEnough, line, input.Lines[line].Pieces - shortage.Missing));
        }
        if (await SendCardsAsync(db, input, from.BookId, goods, reference, now) is { } wrong)
            return db.RollBack(new Refused(Problem.CardNumbers, input.Lines.ToList().FindIndex(l => l.GoodsId == wrong.GoodsId), null, wrong));
        var move = new StockMove
        {
            Key = input.Key, Reference = reference, FromOutletId = input.FromOutletId, ToOutletId = input.ToOutletId, State = StockMoveState.Sent,
            Note = string.IsNullOrWhiteSpace(input.Note) ? null : input.Note.Trim(), SentAt = now, SentBy = input.Actor.Code, SendSequence = posted.Sequence,
        };
        move.Lines.AddRange(input.Lines.Select(l => new StockMoveLine { GoodsId = l.GoodsId, Sent = l.Pieces }));
        db.StockMoves.Add(move);
        db.Note(now, input.Actor, "stock.sent", reference, string.Join(", ", input.Lines.Select(l => FormattableString.Invariant($"{goods[l.GoodsId].Sku} {l.Pieces}"))));
        await db.SaveChangesAsync();
        return new Sent(move.Id, reference);
    }

    /// <summary>Puts the numbers of cards on the way; null when all is well, also when none is needed.</summary>
    private static async Task<CardRefusal?> SendCardsAsync(MarketDb db, Input input, int book, Dictionary<int, Market.Goods> goods, string reference, DateTime now)
    {
        if (!input.Lines.Any(l => goods[l.GoodsId].Kind == GoodsKind.Card || l.Serials.Count > 0)) return null;
        var numbered = await CardMoves.NumberedAsync(db, book);
        // Numbers that were named are looked at too where none is asked for: there is no such card.
        var asked = input.Lines.Where(l => numbered.Contains(l.GoodsId) || l.Serials.Count > 0).ToDictionary(l => l.GoodsId, l => l.Pieces);
        return await CardMoves.SendAsync(db, input.FromOutletId, asked, [.. input.Lines.Select(l => new ScannedCards(l.GoodsId, l.Serials))], reference, input.Actor, now);
    }
}
