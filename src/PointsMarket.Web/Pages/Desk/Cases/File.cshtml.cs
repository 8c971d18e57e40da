using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Board;
using PointsMarket.Web.Reports;

namespace PointsMarket.Web.Pages.Desk.Cases;

/// <summary>A PDF or text of a note on a case in the user's area, as a download.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class FileModel(CaseReads reads, PhotoFolder folder) : PageModel
{
    public Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => EvidenceFile.OfAsync(folder, Response, CaseReads.File(reads.NotesForDesk(), id), ct);
}
