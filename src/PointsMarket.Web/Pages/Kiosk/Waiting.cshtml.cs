using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Web.Kiosk;

namespace PointsMarket.Web.Pages.Kiosk;

/// <summary>What still waits at the counter for the person in front: for a lost slip, or when the line broke before it was shown.</summary>
public sealed class WaitingModel(KioskScreen screen, MarketDb db) : KioskVisitPage(screen)
{
    public IReadOnlyList<Slip> Slips { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) =>
        Slips = await Visit.Redemptions(db).Where(r => r.State == RedemptionState.Held)
            .OrderByDescending(r => r.HappenedAt).Take(10).Select(Slip.Of).ToListAsync(ct);
}
