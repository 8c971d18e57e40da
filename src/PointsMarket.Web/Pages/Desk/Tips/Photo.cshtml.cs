using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Data;
using PointsMarket.Tips;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reports;

namespace PointsMarket.Web.Pages.Desk.Tips;

/// <summary>A photo of a tip, for the account that has opened the tip today.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class PhotoModel(MarketDb db, CurrentUser user, ReadTipPhoto read) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string reference, int number, CancellationToken ct) =>
        await read.ExecuteAsync(db, new TipAtDesk { Reference = reference, UserId = user.Id, AreaPath = user.AreaPath }, number, ct) is var (content, kind)
            ? PhotoResult.Of(content, Response, kind)
            : NotFound();
}
