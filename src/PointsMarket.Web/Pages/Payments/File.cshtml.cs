using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Tasks;
using PointsMarket.Web.Funding;
using PointsMarket.Web.Reports;

namespace PointsMarket.Web.Pages.Payments;

/// <summary>One file that proves a payment, to those who may see the payment: a photo shown, a document as a download.</summary>
public sealed class FileModel(FundReads reads, PhotoFolder folder) : PageModel
{
    public async Task<IActionResult> OnGetAsync(int id, int number, CancellationToken ct)
    {
        var own = reads.Payments().Where(p => p.Id == id).SelectMany(p => p.Files).Where(f => f.Number == number);
        return await own.AnyAsync(f => f.Photo != null, ct)
            ? await PhotoResult.OfAsync(folder, Response, own.Select(f => new PhotoResult.Stored(f.FileName, f.Photo!.Value)), ct)
            : await EvidenceFile.OfAsync(folder, Response, own.Where(f => f.Kind != null).Select(f => new EvidenceFile.Stored(f.FileName, f.Name, f.Kind!.Value)), ct);
    }
}
