using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Sponsors;

/// <summary>
/// A delivery is counted in, all its lines or none: what is accepted goes <c>sponsor:{code}</c> or <c>purchase</c> → <c>shelf:{outlet}</c>
/// as a lot of its own, what is refused is put down with its reason and never enters the ledger. The reference is the idempotency key:
/// the same delivery sent twice is counted once.
/// </summary>
public sealed class CountIn(MarketWrites writes, LotBook lots, TimeProvider clock)
{
    /// <summary>The most pieces of one line, and the most lines; more is a slip of the finger.</summary>
    public const int MostPieces = 100_000, MostLines = 30, MostWords = 200;

    /// <summary>One article of what came.</summary>
    public sealed record Line
    {
        /// <summary>The article.</summary>
        public required int GoodsId { get; init; }

        /// <summary>Pieces announced; null when none were.</summary>
        public int? Announced { get; init; }

        /// <summary>Pieces taken in, up to <see cref="MostPieces"/>.</summary>
        public required int Accepted { get; init; }

        /// <summary>Pieces refused, up to <see cref="MostPieces"/>.</summary>
        public int Refused { get; init; }

        /// <summary>Why, when any are refused.</summary>
        public string? RefusedReason { get; init; }

        /// <summary>The day the pieces expire, after <see cref="Input.Date"/>; null when they do not.</summary>
        public DateOnly? Expires { get; init; }

        /// <summary>The numbers of supermarket cards, normal (<see cref="CardSerials"/>), as many as are taken in; none for other things.</summary>
        public IReadOnlyList<string> Serials { get; init; } = [];
    }

    /// <summary>What came.</summary>
    public sealed record Input
    {
        /// <summary>The number on the delivery note, or one made by the form; as <see cref="LedgerNames"/> allows.</summary>
        public required string Reference { get; init; }

        /// <summary>The station day it came; not after today.</summary>
        public required DateOnly Date { get; init; }

        /// <summary>Who gave it; null when it was bought.</summary>
        public required int? SponsorId { get; init; }

        /// <summary>Where it lies.</summary>
        public required int OutletId { get; init; }

        /// <summary>1 to <see cref="MostLines"/> lines.</summary>
        public required IReadOnlyList<Line> Lines { get; init; }

        /// <summary>The announcement it answers; null for what nobody announced.</summary>
        public int? AnnouncementId { get; init; }

        /// <summary>Who counted.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>Why a delivery is not counted in.</summary>
    public enum Problem
    {
        /// <summary>Another delivery has this reference.</summary>
        ReferenceTaken,

        /// <summary>It was counted in with other numbers of cards; nothing of these is taken.</summary>
        OtherNumbers,

        /// <summary>It was counted in and taken back: it comes again under another reference.</summary>
        TakenBack,

        /// <summary>Not a reference that can stand in the ledger.</summary>
        ReferenceNotValid,

        /// <summary>No line, or more than <see cref="MostLines"/>.</summary>
        NoLines,

        /// <summary>Fewer than 0 pieces, too many, or none at all in a line.</summary>
        NotACount,

        /// <summary>Pieces are refused without a reason of at most <see cref="MostWords"/> characters.</summary>
        ReasonMissing,

        /// <summary>The day is still to come.</summary>
        DateNotYet,

        /// <summary>The day lies in a month that is closed.</summary>
        MonthClosed,

        /// <summary>It would have expired when it came: it is refused, not accepted.</summary>
        ExpiredAlready,

        /// <summary>There is no such outlet in the actor's area.</summary>
        NoSuchOutlet,

        /// <summary>There is no such article.</summary>
        NoSuchGoods,

        /// <summary>There is no such sponsor.</summary>
        NoSuchSponsor,

        /// <summary>The numbers of cards do not fit; <see cref="Refused.Cards"/> says why.</summary>
        CardNumbers,

        /// <summary>What was announced is counted in or called off, or was to come elsewhere.</summary>
        AnnouncementOver,
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Counted in, now or from before.</summary>
    public sealed record Counted(int DeliveryId) : Outcome;

    /// <summary>Not counted in, nothing of it; the line that is wrong, or null when it is none of them.</summary>
    public sealed record Refused(Problem Why, int? Line = null, CardRefusal? Cards = null) : Outcome;

    /// <summary>Counts it in.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var wrong = Check(input, StationTime.Day(clock.GetUtcNow().UtcDateTime));
        return wrong is null ? writes.RunAsync(db => RunAsync(db, input), ct) : Task.FromResult<Outcome>(wrong);
    }

    private static Refused? Check(Input input, DateOnly today)
    {
        if (!LedgerNames.IsValid(input.Reference)) return new Refused(Problem.ReferenceNotValid);
        if (input.Date > today) return new Refused(Problem.DateNotYet);
        if (input.Lines.Count is 0 or > MostLines) return new Refused(Problem.NoLines);
        for (var i = 0; i < input.Lines.Count; i++)
        {
            var line = input.Lines[i];
            if (line.Accepted is < 0 or > MostPieces || line.Refused is < 0 or > MostPieces || line.Announced is < 0 or > MostPieces || line.Accepted + line.Refused == 0)
                return new Refused(Problem.NotACount, i);
            if (line.Refused > 0 && Words(line) is null or { Length: > MostWords }) return new Refused(Problem.ReasonMissing, i);
            if (line.Accepted > 0 && line.Expires <= input.Date) return new Refused(Problem.ExpiredAlready, i);
        }
        return null;
    }

    private static string? Words(Line line) => line.Refused > 0 && Typed.Text(line.RefusedReason) is { Length: > 0 } words ? words : null;

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        var outlet = await db.Outlets.Where(o => o.Id == input.OutletId && o.Area.Path.StartsWith(input.AreaPath)).Select(o => new { o.Code, o.Area.BookId }).SingleOrDefaultAsync();
        if (outlet is null) return new Refused(Problem.NoSuchOutlet);
        var ids = input.Lines.Select(l => l.GoodsId).Distinct().ToList();
        var goods = await db.Goods.AsNoTracking().Where(g => ids.Contains(g.Id)).ToDictionaryAsync(g => g.Id);
        for (var i = 0; i < input.Lines.Count; i++)
        {
            if (!goods.ContainsKey(input.Lines[i].GoodsId)) return new Refused(Problem.NoSuchGoods, i);
        }
        var source = AccountCode.Purchase;
        if (input.SponsorId is { } id)
        {
            var sponsor = await db.Sponsors.Where(s => s.Id == id).Select(s => s.Code).SingleOrDefaultAsync();
            if (sponsor is null) return new Refused(Problem.NoSuchSponsor);
            source = AccountCode.Sponsor(sponsor);
        }

        // The reference is unique over all stations, and a delivery that was refused whole has no key in a book.
        await db.TakeTurnAsync();
        if (await db.Deliveries.AsNoTracking().Include(d => d.Lines).SingleOrDefaultAsync(d => d.Reference == input.Reference) is { } before)
            return await AgainAsync(db, before, input);
        var delivery = Make(input, goods, clock.GetUtcNow().UtcDateTime);
        var taken = delivery.Lines.Where(l => l.Accepted > 0).ToList();
        if (taken.Count > 0 && await PostAsync(db, input, outlet.BookId, taken, l => new Posting(source, AccountCode.Shelf(outlet.Code), goods[l.GoodsId].Asset, l.Accepted)) is { } refused) return refused;
        if (await TakeCardsAsync(db, input, goods, delivery.CountedAt!.Value) is { } wrong) return db.RollBack(wrong);
        db.Deliveries.Add(delivery);
        db.Note(delivery.CountedAt!.Value, input.Actor, "delivery.counted-in", input.Reference, string.Join(", ", delivery.Lines.Select(l => Detail(l, goods[l.GoodsId].Sku))) + $" → {outlet.Code}");
        await db.SaveChangesAsync();
        if (delivery.AnnouncementId is null) return new Counted(delivery.Id);
        if (!await AnnouncementsCountedIn.SettleAsync(db, delivery, input.Actor, delivery.CountedAt.Value)) return db.RollBack(new Refused(Problem.AnnouncementOver));
        await db.SaveChangesAsync();
        return new Counted(delivery.Id);
    }

    /// <summary>Puts down the number of every card that is taken in; null when done.</summary>
    private static async Task<Refused?> TakeCardsAsync(MarketDb db, Input input, Dictionary<int, Goods> goods, DateTime now)
    {
        var seen = new HashSet<(int, string)>();
        for (var i = 0; i < input.Lines.Count; i++)
        {
            var line = input.Lines[i];
            var cards = goods[line.GoodsId].Kind == GoodsKind.Card ? line.Accepted : 0;
            var wrong = line.Serials.Count != cards ? new CardRefusal(CardProblem.Count, line.GoodsId, null, cards)
                : cards == 0 ? null
                : line.Serials.FirstOrDefault(s => !seen.Add((line.GoodsId, s))) is { } twice ? new CardRefusal(CardProblem.Twice, line.GoodsId, twice)
                : await CardShelf.ReceiveAsync(db, line.GoodsId, input.OutletId, line.Serials, input.Reference, input.Actor, now);
            if (wrong is not null) return new Refused(Problem.CardNumbers, i, wrong);
        }
        return null;
    }

    /// <summary>Posts what was taken in, and ties each line to its lot; null when done.</summary>
    private async Task<Refused?> PostAsync(MarketDb db, Input input, int book, List<DeliveryLine> taken, Func<DeliveryLine, Posting> posting)
    {
        var posted = await lots.PostAsync(db, new TransactionRequest
        {
            BookId = book, Key = $"delivery:{input.Reference}", Kind = TransactionKinds.Delivery, Subject = input.Reference,
            HappenedAt = StationTime.StartOf(input.Date), Actor = input.Actor, Postings = [.. taken.Select(posting)],
        }, new LotTerms { Expires = [.. taken.Select(l => l.Expires)] });
        if (posted.Outcome == PostOutcome.PeriodClosed) return db.RollBack(new Refused(Problem.MonthClosed));
        if (posted.Outcome != PostOutcome.Posted) return db.RollBack(new Refused(Problem.ReferenceTaken));
        var made = await db.LotsOfAsync(book, posted.Sequence, default);
        for (var i = 0; i < taken.Count; i++) taken[i].LotId = made[i];
        return null;
    }

    private static Delivery Make(Input input, Dictionary<int, Goods> goods, DateTime now)
    {
        var delivery = new Delivery
        {
            Reference = input.Reference, Date = input.Date, SponsorId = input.SponsorId, OutletId = input.OutletId, AnnouncementId = input.AnnouncementId, CountedAt = now, CountedBy = input.Actor.Code,
        };
        delivery.Lines.AddRange(input.Lines.Select((l, i) => new DeliveryLine
        {
            Position = i, GoodsId = l.GoodsId, Announced = l.Announced, Accepted = l.Accepted, Refused = l.Refused, RefusedReason = Words(l), Expires = l.Expires, ValueFen = goods[l.GoodsId].ValueFen,
        }));
        return delivery;
    }

    /// <summary>The reference came before: sent twice, or something else under its name.</summary>
    private static async Task<Outcome> AgainAsync(MarketDb db, Delivery before, Input input)
    {
        if (await Delivery.TakenBack(db).AnyAsync(d => d.Id == before.Id)) return new Refused(Problem.TakenBack);
        if (!Same(before, input)) return new Refused(Problem.ReferenceTaken);
        var kept = (await db.SupermarketCards.Where(c => c.Batch == input.Reference).Select(c => new { c.GoodsId, c.Serial }).ToListAsync()).Select(c => (c.GoodsId, c.Serial)).ToHashSet();
        return kept.SetEquals(input.Lines.SelectMany(l => l.Serials.Select(s => (l.GoodsId, s)))) ? new Counted(before.Id) : new Refused(Problem.OtherNumbers);
    }

    private static bool Same(Delivery before, Input input) =>
        (before.Date, before.SponsorId, before.OutletId, before.AnnouncementId) == (input.Date, input.SponsorId, input.OutletId, input.AnnouncementId)
        && before.Lines.OrderBy(l => l.Position).Select(l => (l.GoodsId, l.Announced, l.Accepted, l.Refused, l.RefusedReason, l.Expires))
            .SequenceEqual(input.Lines.Select(l => (l.GoodsId, l.Announced, l.Accepted, l.Refused, Words(l), l.Expires)));

    private static string Detail(DeliveryLine line, string sku) => line.Refused == 0 ? FormattableString.Invariant($"{sku} {line.Accepted}") : FormattableString.Invariant($"{sku} {line.Accepted} (-{line.Refused})");
}
