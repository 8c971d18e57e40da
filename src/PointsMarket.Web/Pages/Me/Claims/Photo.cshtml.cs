using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Tasks;
using PointsMarket.Web.Board;
using PointsMarket.Web.Reports;

namespace PointsMarket.Web.Pages.Me.Claims;

/// <summary>A photo of a note on a claim of one's own.</summary>
public sealed class PhotoModel(CaseReads reads, PhotoFolder folder) : PageModel
{
    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct)
    {
        var photo = await reads.PhotoForMemberAsync(id, ct);
        return PhotoResult.Of(folder, Response, photo?.Name, photo?.Kind ?? default);
    }
}
