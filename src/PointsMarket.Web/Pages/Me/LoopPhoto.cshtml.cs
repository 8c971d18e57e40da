using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reports;

namespace PointsMarket.Web.Pages.Me;

/// <summary>A photo of a loop that the member found or has.</summary>
public sealed class LoopPhotoModel(CurrentUser user, MarketDb db, PhotoFolder folder) : PageModel
{
    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct)
    {
        var member = user.MemberId;
        var photo = await db.LoopPhotos.Where(p => p.Id == id && (p.Step.Loop.FoundById == member || p.Step.Loop.OwnerMemberId == member))
            .Select(p => new { p.FileName, p.Kind }).SingleOrDefaultAsync(ct);
        return PhotoResult.Of(folder, Response, photo?.FileName, photo?.Kind ?? default);
    }
}
