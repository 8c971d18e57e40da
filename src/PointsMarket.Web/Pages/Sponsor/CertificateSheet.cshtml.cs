using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Awards;

namespace PointsMarket.Web.Pages.Sponsor;

/// <summary>A firm's own letter of thanks as it will be on paper; the firm comes from the sign-in.</summary>
public sealed class CertificateSheetModel(CurrentUser user, MarketDb db, PrintCertificates print) : SheetPage(user, print)
{
    private readonly int firm = user.SponsorId ?? 0;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => Show(await FaceAsync(id, ct));

    public async Task<IActionResult> OnGetPdfAsync(int id, CancellationToken ct) => await PdfAsync(await FaceAsync(id, ct), ct);

    private Task<CertificateFace?> FaceAsync(int id, CancellationToken ct) => db.Certificates.Where(c => c.Id == id && c.SponsorId == firm).Select(CertificateFace.Of).SingleOrDefaultAsync(ct);
}
