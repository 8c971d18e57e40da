using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Kiosk;
using PointsMarket.Web.Me;

namespace PointsMarket.Web.Pages.Me;

/// <summary>The member's home: points, code, what waits at the counter, the latest changes.</summary>
public sealed class IndexModel(CurrentUser user, MarketDb db, PointsHistory history, TimeProvider clock) : MePage(user, db)
{
    /// <summary>Sum of this station month's changes.</summary>
    public long ThisMonth { get; private set; }

    public IReadOnlyList<PointsHistory.Change> Latest { get; private set; } = [];

    public IReadOnlyList<Slip> Waiting { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (!HasFile) return;
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        ThisMonth = await history.Entries(Mine, today).SumAsync(e => e.Amount, ct);
        Latest = await history.InWordsAsync(Mine, await history.Entries(Mine).Take(5).ToListAsync(ct), ct);
        Waiting = await Db.Redemptions.Where(r => r.MemberId == Mine.MemberId && r.State == RedemptionState.Held)
            .OrderBy(r => r.ExpiresAt).Take(5).Select(Slip.Of).ToListAsync(ct);
    }
}
