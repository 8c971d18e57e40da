using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Web.Pages.Sponsor;

/// <summary>A firm's own letters of thanks.</summary>
public sealed class CertificatesModel(MarketDb db, CurrentUser user) : PageModel
{
    public IReadOnlyList<CertificateFace> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (user.SponsorId is not { } id) return NotFound();
        Rows = await db.Certificates.Where(c => c.SponsorId == id).OrderByDescending(c => c.Year).ThenByDescending(c => c.Serial).Take(100).Select(CertificateFace.Of).ToListAsync(ct);
        return Page();
    }
}
