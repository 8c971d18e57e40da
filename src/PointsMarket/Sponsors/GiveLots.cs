using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Sponsors;

/// <summary>
/// Gives lots to what moved before there were any: goes through the books in their order and divides each transaction of things as it
/// would have been then, deliveries with the day their goods expire. Run at every start and by <c>migrate</c>; where the lots agree
/// with the books it does nothing, and it can stop anywhere and go on the next time.
/// </summary>
public sealed class GiveLots(MarketWrites writes, MarketContexts contexts)
{
    private const int InOneWrite = 200;

    /// <summary>How many transactions were divided now, and how many accounts still differ from their lots; 0 when all is well.</summary>
    public sealed record Result(int Divided, int Off);

    /// <summary>Divides them.</summary>
    public async Task<Result> ExecuteAsync(CancellationToken ct = default)
    {
        await using var db = contexts.Read();
        if ((await CheckLots.AccountsAsync(db, ct)).Count == 0) return new Result(0, 0);
        var divided = 0;
        foreach (var book in await db.LedgerBooks.Select(b => b.Id).ToListAsync(ct))
        {
            for (long after = 0; ;)
            {
                var start = after;
                var (count, last) = await writes.RunAsync((w, token) => DivideAsync(w, book, start, token), ct);
                if (count == 0) break;
                (divided, after) = (divided + count, last);
            }
        }
        return new Result(divided, (await CheckLots.AccountsAsync(db, ct)).Count);
    }

    /// <summary>The next few; none when nothing is left, or when one cannot be divided.</summary>
    private static async Task<(int Count, long Last)> DivideAsync(MarketDb db, int book, long after, CancellationToken ct)
    {
        await db.TakeTurnAsync();
        var known = (await db.Goods.Select(g => g.Sku).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        var missing = await (
            from t in db.LedgerTransactions.AsNoTracking()
            where t.BookId == book && t.Sequence > after && !db.LotMovements.Any(m => m.BookId == book && m.Sequence == t.Sequence)
                && db.LedgerEntries.Any(e => e.BookId == book && e.Sequence == t.Sequence
                    && db.LedgerAccounts.Any(a => a.BookId == book && a.Number == e.Account && (a.Asset.StartsWith("GOODS/") || a.Asset.StartsWith("CARD/"))))
            orderby t.Sequence
            select t).Take(InOneWrite).ToListAsync(ct);
        foreach (var t in missing)
        {
            var postings = await db.PostingsOfAsync(book, t.Sequence, ct);
            if (postings.Any(p => p.Asset.IsThing && !known.Contains(p.Asset.Sku))) continue; // no article that anybody knows
            var lines = t.Kind == TransactionKinds.Delivery
                ? await db.DeliveryLines.Where(l => l.Delivery.Reference == t.Subject && l.Accepted > 0).OrderBy(l => l.Position).ToListAsync(ct)
                : [];
            var request = new TransactionRequest
            {
                BookId = book, Key = t.Key, Kind = t.Kind, Subject = t.Subject, HappenedAt = t.HappenedAt, Actor = Actor.System("lots"), Postings = postings,
                Related = t is { Relation: { } relation, RelatedSequence: { } related } ? new RelatedTo(relation, related) : null,
            };
            var terms = new LotTerms { AsOf = StationTime.Day(t.HappenedAt), Expires = [.. lines.Select(l => l.Expires)] };
            var divided = await LotBook.DivideAsync(db, request, new PostResult(PostOutcome.Posted, t.Sequence), terms, ct);
            if (!divided.Stands) return (0, after); // rolled back: a row was changed past the door
            var made = lines.Count == 0 ? [] : await db.LotsOfAsync(book, t.Sequence, ct);
            for (var i = 0; i < lines.Count; i++) lines[i].LotId = made[i];
            await db.SaveChangesAsync(ct);
        }
        return (missing.Count, missing.Count == 0 ? after : missing[^1].Sequence);
    }
}
