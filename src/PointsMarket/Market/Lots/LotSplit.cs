using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>
/// One transaction's postings being divided over lots: what lies at the places they take from is read once, changed in memory, and
/// written in one go. Only under the book's lock.
/// </summary>
internal sealed class LotSplit
{
    private const string Add = """INSERT INTO "LotStocks" ("BookId", "Place", "LotId", "Quantity") VALUES (@p0, @p1, @p2, @p3)""";
    private const string Change = """UPDATE "LotStocks" SET "Quantity" = @p0 WHERE "BookId" = @p1 AND "Place" = @p2 AND "LotId" = @p3 AND "Quantity" = @p4""";
    private const string Remove = """DELETE FROM "LotStocks" WHERE "BookId" = @p0 AND "Place" = @p1 AND "LotId" = @p2 AND "Quantity" = @p3""";
    private const string Move = """INSERT INTO "LotMovements" ("BookId", "Sequence", "Posting", "LotId", "Quantity") VALUES (@p0, @p1, @p2, @p3, @p4)""";

    private readonly MarketDb db;
    private readonly Dictionary<string, int> goods = new(StringComparer.Ordinal);
    private readonly List<Held> held = [];
    private readonly Dictionary<(int Posting, int Lot), (Posting Posting, long Quantity)> moves = [];

    private LotSplit(MarketDb db, int book) => (this.db, BookId) = (db, book);

    /// <summary>Pieces of a lot at a place, as changed so far.</summary>
    private sealed class Held
    {
        public required string Place { get; init; }
        public required int LotId { get; init; }
        public required string Sku { get; init; }
        public required DateOnly Day { get; init; }
        public required DateOnly UseBy { get; init; }
        public long Quantity { get; set; }
    }

    public int BookId { get; }

    /// <summary>Reads what lies where the postings take from, and where found pieces may join.</summary>
    public static async Task<LotSplit> BeginAsync(MarketDb db, int book, IReadOnlyList<Posting> postings, CancellationToken ct)
    {
        var split = new LotSplit(db, book);
        var skus = postings.Select(p => p.Asset.Sku).Distinct().ToList();
        foreach (var g in await db.Goods.Where(g => skus.Contains(g.Sku)).Select(g => new { g.Id, g.Sku }).ToListAsync(ct)) split.goods[g.Sku] = g.Id;
        var places = postings.Select(p => p.Source.Class == "found" ? p.Destination : p.Source).Where(a => a.IsGuarded).Select(a => a.Value).Distinct().ToList();
        if (places.Count == 0) return split;
        var ids = split.goods.Values.ToList();
        split.held.AddRange(await db.LotStocks.Where(s => s.BookId == book && places.Contains(s.Place) && ids.Contains(s.Lot.GoodsId))
            .Select(s => new Held { Place = s.Place, LotId = s.LotId, Sku = s.Lot.Goods.Sku, Day = s.Lot.Day, UseBy = s.Lot.UseBy, Quantity = s.Quantity }).ToListAsync(ct));
        return split;
    }

    /// <summary>The article of an asset. Throws where there is none: nothing can lie anywhere that is no article.</summary>
    public int GoodsIdOf(Asset asset) => goods.TryGetValue(asset.Sku, out var id) ? id : throw new InvalidOperationException($"There is no article {asset.Sku}.");

    /// <summary>Takes pieces of one lot; how many are not there.</summary>
    public long Take(Posting posting, int index, int lot, long quantity)
    {
        if (posting.Source.IsGuarded)
        {
            var at = held.Find(h => h.Place == posting.Source.Value && h.LotId == lot);
            if (at is null || at.Quantity < quantity) return quantity - (at?.Quantity ?? 0);
            at.Quantity -= quantity;
        }
        Note(posting, index, lot, quantity);
        return 0;
    }

    /// <summary>Brings all pieces of a posting as, or to, one lot.</summary>
    public long Bring(Posting posting, int index, int lot)
    {
        Note(posting, index, lot, posting.Amount);
        return 0;
    }

    /// <summary>Takes the pieces from the lots that are first; how many are not there, or may not be taken.</summary>
    public long TakeFirst(Posting posting, int index, LotTerms terms)
    {
        var left = posting.Amount;
        var lots = held.Where(h => h.Place == posting.Source.Value && h.Sku == posting.Asset.Sku && h.Quantity > 0 && !(h.UseBy <= terms.Fresh));
        foreach (var lot in lots.OrderBy(h => h.Day > terms.AsOf).ThenBy(h => h.UseBy <= terms.AsOf).ThenBy(h => h.UseBy).ThenBy(h => h.LotId).ToList())
        {
            var taken = Math.Min(left, lot.Quantity);
            lot.Quantity -= taken;
            left -= taken;
            Note(posting, index, lot.LotId, taken);
            if (left == 0) break;
        }
        return left;
    }

    /// <summary>The lot of the article at a place that found pieces join: the first to expire of those that have not, else the first of all.</summary>
    public int? FirstAt(AccountCode place, Asset asset, DateOnly day) => held.Where(h => h.Place == place.Value && h.Sku == asset.Sku && h.Quantity > 0)
        .OrderBy(h => h.UseBy <= day).ThenBy(h => h.UseBy).ThenBy(h => h.LotId).Select(h => (int?)h.LotId).FirstOrDefault();

    /// <summary>Writes where everything is now, and how it got there.</summary>
    public async Task WriteAsync(long sequence, CancellationToken ct)
    {
        var change = new Dictionary<(string Place, int Lot), long>();
        foreach (var ((_, lot), (posting, quantity)) in moves)
        {
            change[(posting.Source.Value, lot)] = change.GetValueOrDefault((posting.Source.Value, lot)) - quantity;
            change[(posting.Destination.Value, lot)] = change.GetValueOrDefault((posting.Destination.Value, lot)) + quantity;
        }
        var (places, lots) = (change.Keys.Select(k => k.Place).Distinct().ToList(), change.Keys.Select(k => k.Lot).Distinct().ToList());
        var before = await db.LotStocks.Where(s => s.BookId == BookId && lots.Contains(s.LotId) && places.Contains(s.Place))
            .Select(s => new { s.Place, s.LotId, s.Quantity }).ToDictionaryAsync(s => (s.Place, s.LotId), s => s.Quantity, ct);
        var writes = new List<(string, object?[])>();
        foreach (var (key, by) in change.Where(c => c.Value != 0))
        {
            if (!before.TryGetValue(key, out var old)) writes.Add((Add, [BookId, key.Place, key.Lot, by]));
            else if (old + by == 0) writes.Add((Remove, [BookId, key.Place, key.Lot, old]));
            else writes.Add((Change, [old + by, BookId, key.Place, key.Lot, old]));
        }
        foreach (var ((posting, lot), (_, quantity)) in moves) writes.Add((Move, [BookId, sequence, posting, lot, quantity]));
        await new LedgerSql(db).WriteAsync(writes, ct);
    }

    private void Note(Posting posting, int index, int lot, long quantity) =>
        moves[(index, lot)] = (posting, moves.GetValueOrDefault((index, lot)).Quantity + quantity);
}
