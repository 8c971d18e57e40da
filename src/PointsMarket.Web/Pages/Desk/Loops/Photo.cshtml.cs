using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reports;

namespace PointsMarket.Web.Pages.Desk.Loops;

/// <summary>A photo of a loop in the user's area.</summary>
public sealed class PhotoModel(CurrentUser user, MarketDb db, PhotoFolder folder) : PageModel
{
    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct)
    {
        var path = user.AreaPath;
        var photo = await db.LoopPhotos.Where(p => p.Id == id && p.Step.Loop.Area.Path.StartsWith(path)).Select(p => new { p.FileName, p.Kind }).SingleOrDefaultAsync(ct);
        return PhotoResult.Of(folder, Response, photo?.FileName, photo?.Kind ?? default);
    }
}
