using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Web.Setup;

namespace PointsMarket.Web.Pages.Public;

/// <summary>
/// Whether a certificate is what it says: kind, masked name, day, valid or revoked. Whatever is not the code of one gets the same
/// answer, so that there is nothing to find by trying.
/// </summary>
[EnableRateLimiting(AwardSetup.Checks)]
public sealed class VerifyModel(MarketDb db) : PageModel
{
    /// <summary>What was asked for; null before anything was.</summary>
    public string? Asked { get; private set; }

    public VerifiedCertificate? Found { get; private set; }

    public async Task OnGetAsync(string? code, CancellationToken ct)
    {
        Asked = string.IsNullOrWhiteSpace(code) ? null : code;
        if (Asked is null) return;
        Found = await VerifiedCertificate.ReadAsync(db, Asked, ct);
        if (Found is null) Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
