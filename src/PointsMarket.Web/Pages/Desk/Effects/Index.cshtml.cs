using Microsoft.AspNetCore.Mvc;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Effects;

namespace PointsMarket.Web.Pages.Desk.Effects;

/// <summary>What came of it all, in the actor's area or a part of it.</summary>
public sealed class IndexModel(EffectsPages pages, CurrentUser user) : EffectsPage(pages, user, "/desk/effects")
{
    public bool MayImport => Access.RolesFor(Access.Approve).Any(User.IsInRole);

    public async Task<IActionResult> OnGetAsync(string? period, string? area, CancellationToken ct) => await LoadAsync(period, area, ct) ? Page() : NotFound();
}
