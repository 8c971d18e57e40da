using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Data;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reports;

namespace PointsMarket.Web.Pages.Me;

/// <summary>A photo of a report of one's own.</summary>
public sealed class ReportPhotoModel(CurrentUser user, MarketDb db, PhotoFolder folder) : PageModel
{
    public Task<IActionResult> OnGetAsync(int id, CancellationToken ct)
    {
        var member = user.MemberId;
        return PhotoResult.OfAsync(folder, Response, db.ReportPhotos.Where(p => p.Id == id && p.Report.MemberId == member).Select(p => new PhotoResult.Stored(p.FileName, p.Kind)), ct);
    }
}
