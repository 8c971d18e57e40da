using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Kiosk;
using PointsMarket.Web.Me;

namespace PointsMarket.Web.Pages.Me.Redemptions;

/// <summary>One redemption of the member's own; another's is as if it were not there.</summary>
public sealed class DetailModel(CurrentUser user, MarketDb db) : MePage(user, db)
{
    public Slip Slip { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (await Db.Redemptions.Where(r => r.MemberId == Mine.MemberId && r.Reference == reference).Select(Slip.Of).SingleOrDefaultAsync(ct) is not { } slip)
            return NotFound();
        Slip = slip;
        return Page();
    }
}
