using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Tasks;
using PointsMarket.Web.Board;
using PointsMarket.Web.Reports;

namespace PointsMarket.Web.Pages.Me.Claims;

/// <summary>A PDF or text of a note on a claim of one's own, as a download.</summary>
public sealed class FileModel(CaseReads reads, PhotoFolder folder) : PageModel
{
    public Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => EvidenceFile.OfAsync(folder, Response, CaseReads.File(reads.NotesForMember(), id), ct);
}
