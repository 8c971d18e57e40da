using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>What a caller knows about the lots of a transaction; without any of it, the lots that expire first are taken.</summary>
public sealed record LotTerms
{
    /// <summary>Nothing is known.</summary>
    public static readonly LotTerms None = new();

    /// <summary>Only lots that have not expired on this day are taken: what people get.</summary>
    public DateOnly? Fresh { get; init; }

    /// <summary>It happened on this day and is told later: lots that lay there then and had not expired come first, but none is refused.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>The day the new lot of each posting expires; for what comes in.</summary>
    public IReadOnlyList<DateOnly?> Expires { get; init; } = [];

    /// <summary>The one lot of each posting, where it is decided.</summary>
    public IReadOnlyList<int?> Lots { get; init; } = [];
}

/// <summary>
/// The way of all things: posts to the journal, and divides every posting of things over lots in the same transaction, under the
/// lock of the book. First expired first out; what is taken back, released or received is exactly the lots that went. Whatever moves
/// goods or cards posts here, never to <see cref="Journal"/> itself.
/// </summary>
public sealed class LotBook(Journal journal)
{
    /// <summary>
    /// Posts the request. Beyond what <see cref="Journal.PostAsync"/> says, <see cref="PostOutcome.BelowFloor"/> also stands for lots
    /// that may not be taken or are no longer there; the operation is rolled back then.
    /// </summary>
    public async Task<PostResult> PostAsync(MarketDb db, TransactionRequest request, LotTerms? terms = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(request);
        var posted = await journal.PostAsync(db, request, ct);
        return posted.Outcome == PostOutcome.Posted ? await DivideAsync(db, request, posted, terms ?? LotTerms.None, ct) : posted;
    }

    /// <summary>Divides a transaction that was posted just now, or one of a time before there were lots. The request is what was posted.</summary>
    internal static async Task<PostResult> DivideAsync(MarketDb db, TransactionRequest request, PostResult posted, LotTerms terms, CancellationToken ct = default)
    {
        var things = request.Postings.Select((p, i) => (Posting: p, Index: i)).Where(t => t.Posting.Asset.IsThing).ToList();
        if (things.Count == 0) return posted;
        var split = await LotSplit.BeginAsync(db, request.BookId, [.. things.Select(t => t.Posting)], ct);
        var earlier = request.Related is { Relation: Relation.Reverses } related ? await EarlierAsync(db, request.BookId, related.Sequence, ct) : null;
        foreach (var (posting, index) in things)
        {
            var missing = await DivideAsync(db, split, request, posting, index, earlier, terms, ct);
            if (missing > 0) return db.RollBack(new PostResult(PostOutcome.BelowFloor, 0, new Shortage(posting.Source, posting.Asset, missing)));
        }
        await split.WriteAsync(posted.Sequence, ct);
        return posted;
    }

    /// <summary>Divides one posting; how many pieces could not be found.</summary>
    private static async Task<long> DivideAsync(
        MarketDb db, LotSplit split, TransactionRequest request, Posting posting, int index, List<EarlierPosting>? earlier, LotTerms terms, CancellationToken ct)
    {
        if (earlier?.Find(e => !e.Used && e.To == posting.Source && e.Asset == posting.Asset && e.Amount == posting.Amount) is { } back)
        {
            back.Used = true;
            return back.Parts.Sum(p => split.Take(posting, index, p.LotId, p.Quantity));
        }
        if (index < terms.Lots.Count && terms.Lots[index] is { } one) return split.Take(posting, index, one, posting.Amount);
        var day = StationTime.Day(request.HappenedAt);
        switch (posting.Source.Class)
        {
            case "purchase" or "sponsor":
                return split.Bring(posting, index, await NewAsync(db, split, posting, day, index < terms.Expires.Count ? terms.Expires[index] : null, LotOrigin.Delivery, ct));
            case "found":
                return split.Bring(posting, index, split.FirstAt(posting.Destination, posting.Asset, day) ?? await NewAsync(db, split, posting, day, null, LotOrigin.Found, ct));
            default:
                return split.TakeFirst(posting, index, terms);
        }
    }

    private static async Task<int> NewAsync(MarketDb db, LotSplit split, Posting posting, DateOnly day, DateOnly? expires, LotOrigin origin, CancellationToken ct)
    {
        var lot = new Lot { BookId = split.BookId, GoodsId = split.GoodsIdOf(posting.Asset), Day = day, Expires = expires, UseBy = expires ?? DateOnly.MaxValue, Origin = origin };
        db.Lots.Add(lot);
        await db.SaveChangesAsync(ct);
        db.Entry(lot).State = EntityState.Detached; // thousands come with an import
        return lot.Id;
    }

    private sealed record EarlierPosting(AccountCode To, Asset Asset, long Amount, IReadOnlyList<LotMovement> Parts)
    {
        public bool Used { get; set; }
    }

    /// <summary>What a transaction moved, posting by posting: taking it back moves the same lots.</summary>
    private static async Task<List<EarlierPosting>> EarlierAsync(MarketDb db, int book, long sequence, CancellationToken ct)
    {
        var postings = await db.PostingsOfAsync(book, sequence, ct);
        var parts = (await db.LotMovements.AsNoTracking().Where(m => m.BookId == book && m.Sequence == sequence).ToListAsync(ct)).ToLookup(m => m.Posting);
        return [.. postings.Select((p, i) => new EarlierPosting(p.Destination, p.Asset, p.Amount, [.. parts[i]])).Where(e => e.Parts.Count > 0)];
    }
}
