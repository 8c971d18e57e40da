using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Market;

/// <summary>Keeps the answer to "were you satisfied?" at the end of the kiosk.</summary>
public sealed class RateRedemption(MarketWrites writes)
{
    /// <summary>False when the answer is not 1–3 or the slip is not of this visit's owner. A later answer replaces an earlier one.</summary>
    public async Task<bool> ExecuteAsync(int redemptionId, KioskSessions.Live visit, int satisfaction, CancellationToken ct = default) =>
        satisfaction is >= 1 and <= 3 && await writes.RunAsync(db => visit.Redemptions(db)
            .Where(r => r.Id == redemptionId)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.Satisfaction, satisfaction)), ct) == 1;
}
