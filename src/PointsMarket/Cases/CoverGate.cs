using System.Globalization;
using PointsMarket.Data;
using PointsMarket.Reconciliations;

namespace PointsMarket.Cases;

/// <summary>While too little stands behind the points, no new reward is promised (DESIGN 6.5).</summary>
internal static class CoverGate
{
    /// <summary>The refusal for a reward that is promised now; null when it may be.</summary>
    public static async Task<CaseOutcome?> RefusalAsync(MarketDb db, int bookId, DateOnly today, CancellationToken ct) =>
        await CoverBook.StopAsync(db, bookId, today, ct) is { } stopped
            ? CaseOutcome.No(CaseRefusal.CoverStopped, string.Create(CultureInfo.InvariantCulture, $"{(stopped.Cover.Ratio ?? 0) / 100m:0.00}%"))
            : null;
}
