using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Web.Kiosk;

namespace PointsMarket.Web.Pages.Kiosk;

/// <summary>
/// Ends the visit. A plain link and a page's own refresh lead here, so it answers GET: leaving twice is leaving once, and the
/// cookie is not sent along from another site.
/// </summary>
public sealed class LeaveModel(KioskScreen screen) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await screen.LeaveAsync(ct);
        TempData.Clear();
        return LocalRedirect("/kiosk");
    }
}
