using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Data;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reports;

namespace PointsMarket.Web.Pages.Desk.Reports;

/// <summary>A photo of a report in the user's area.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class PhotoModel(CurrentUser user, MarketDb db, PhotoFolder folder) : PageModel
{
    public Task<IActionResult> OnGetAsync(int id, CancellationToken ct)
    {
        var path = user.AreaPath;
        return PhotoResult.OfAsync(folder, Response, db.ReportPhotos.Where(p => p.Id == id && p.Report.Area.Path.StartsWith(path)).Select(p => new PhotoResult.Stored(p.FileName, p.Kind)), ct);
    }
}
