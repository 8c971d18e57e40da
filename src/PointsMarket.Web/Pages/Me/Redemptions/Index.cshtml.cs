using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Kiosk;
using PointsMarket.Web.Me;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Me.Redemptions;

/// <summary>The member's redemptions: what waits, and what was.</summary>
public sealed class IndexModel(CurrentUser user, MarketDb db) : MePage(user, db)
{
    public IReadOnlyList<Slip> Open { get; private set; } = [];

    public IReadOnlyList<Slip> Past { get; private set; } = [];

    public Pager Pager { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var list = ListQuery.From(Request);
        var mine = Db.Redemptions.Where(r => r.MemberId == Mine.MemberId);
        var past = mine.Where(r => r.State != RedemptionState.Held);
        Open = await mine.Where(r => r.State == RedemptionState.Held).OrderBy(r => r.ExpiresAt).Select(Slip.Of).ToListAsync(ct);
        Pager = new Pager(list, await past.CountAsync(ct));
        Past = await past.OrderByDescending(r => r.HappenedAt).ThenByDescending(r => r.Id).Skip(list.Skip).Take(list.Size).Select(Slip.Of).ToListAsync(ct);
    }
}
