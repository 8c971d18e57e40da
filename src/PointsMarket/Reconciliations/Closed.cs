using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;

namespace PointsMarket.Reconciliations;

/// <summary>What the operations of a month ask first.</summary>
internal static class Closed
{
    /// <summary>The longest explanation.</summary>
    public const int MostWords = 500;

    /// <summary>Whether nothing may be recorded into the month any more.</summary>
    public static Task<bool> IsAsync(MarketDb db, int book, DateOnly month, CancellationToken ct)
    {
        var end = StationTime.Month(month).To;
        return db.LedgerBooks.AnyAsync(b => b.Id == book && b.ClosedBefore >= end, ct);
    }
}
