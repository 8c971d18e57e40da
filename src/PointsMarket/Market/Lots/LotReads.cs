using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>A lot's pieces at a place.</summary>
/// <param name="LotId">The lot.</param>
/// <param name="GoodsId">The article.</param>
/// <param name="Day">The station day it came.</param>
/// <param name="Expires">The day it expires; null when it does not.</param>
/// <param name="Quantity">Pieces there.</param>
public sealed record LotAt(int LotId, int GoodsId, DateOnly Day, DateOnly? Expires, long Quantity);

/// <summary>Reading where lots are.</summary>
public static class LotReads
{
    /// <summary>The lots at a place, those that expire first before the others.</summary>
    public static async Task<IReadOnlyList<LotAt>> LotsAtAsync(this MarketDb db, int bookId, AccountCode place, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.LotStocks.Where(s => s.BookId == bookId && s.Place == place.Value).OrderBy(s => s.Lot.UseBy).ThenBy(s => s.LotId)
            .Select(s => new LotAt(s.LotId, s.Lot.GoodsId, s.Lot.Day, s.Lot.Expires, s.Quantity)).ToListAsync(ct);
    }

    /// <summary>Article → pieces at a place that have expired on a day, and are not handed out.</summary>
    public static async Task<IReadOnlyDictionary<int, long>> ExpiredAtAsync(this MarketDb db, int bookId, AccountCode place, DateOnly day, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.LotStocks.Where(s => s.BookId == bookId && s.Place == place.Value && s.Lot.UseBy <= day)
            .GroupBy(s => s.Lot.GoodsId).Select(g => new { g.Key, Sum = g.Sum(s => s.Quantity) }).ToDictionaryAsync(g => g.Key, g => g.Sum, ct);
    }

    /// <summary>Posting → lot, for a transaction that brought goods in.</summary>
    internal static Task<Dictionary<int, int>> LotsOfAsync(this MarketDb db, int bookId, long sequence, CancellationToken ct) =>
        db.LotMovements.Where(m => m.BookId == bookId && m.Sequence == sequence).ToDictionaryAsync(m => m.Posting, m => m.LotId, ct);
}
