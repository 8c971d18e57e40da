using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Board;
using PointsMarket.Web.Reports;

namespace PointsMarket.Web.Pages.Desk.Cases;

/// <summary>A photo of a note on a case in the user's area.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class PhotoModel(CaseReads reads, PhotoFolder folder) : PageModel
{
    public Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => PhotoResult.OfAsync(folder, Response, CaseReads.Photo(reads.NotesForDesk(), id), ct);
}
