using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Tasks;
using PointsMarket.Web.Board;
using PointsMarket.Web.Reports;

namespace PointsMarket.Web.Pages.Me.Claims;

/// <summary>A photo of a note on a claim of one's own.</summary>
public sealed class PhotoModel(CaseReads reads, PhotoFolder folder) : PageModel
{
    public Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => PhotoResult.OfAsync(folder, Response, CaseReads.Photo(reads.NotesForMember(), id), ct);
}
