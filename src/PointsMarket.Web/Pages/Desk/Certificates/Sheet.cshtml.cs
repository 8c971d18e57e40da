using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Awards;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Awards;

namespace PointsMarket.Web.Pages.Desk.Certificates;

/// <summary>A certificate as it will be on paper, at the desk.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class SheetModel(AwardReads reads, CurrentUser user, PrintCertificates print) : SheetPage(user, print)
{
    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => Show(await FaceAsync(id, ct));

    public async Task<IActionResult> OnGetPdfAsync(int id, CancellationToken ct) => await PdfAsync(await FaceAsync(id, ct), ct);

    private Task<CertificateFace?> FaceAsync(int id, CancellationToken ct) => reads.Certificates().Where(c => c.Id == id).Select(CertificateFace.Of).SingleOrDefaultAsync(ct);
}
