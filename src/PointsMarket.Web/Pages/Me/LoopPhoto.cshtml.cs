using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Data;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reports;

namespace PointsMarket.Web.Pages.Me;

/// <summary>A photo of a loop that the member found or has.</summary>
public sealed class LoopPhotoModel(CurrentUser user, MarketDb db, PhotoFolder folder) : PageModel
{
    public Task<IActionResult> OnGetAsync(int id, CancellationToken ct)
    {
        var member = user.MemberId;
        return PhotoResult.OfAsync(
            folder, Response, db.LoopPhotos.Where(p => p.Id == id && (p.Step.Loop.FoundById == member || p.Step.Loop.OwnerMemberId == member)).Select(p => new PhotoResult.Stored(p.FileName, p.Kind)), ct);
    }
}
