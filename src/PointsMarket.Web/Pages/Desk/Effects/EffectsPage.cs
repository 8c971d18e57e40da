using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Effects;

namespace PointsMarket.Web.Pages.Desk.Effects;

/// <summary>What the desk's pages about effects share: an area of the actor's, and a period, from the address.</summary>
public abstract class EffectsPage(EffectsPages pages, CurrentUser user, string home) : PageModel
{
    public IReadOnlyList<EffectsPlace> Places { get; private set; } = [];

    /// <summary>Null where the actor has no area.</summary>
    public EffectsView? View { get; private set; }

    /// <summary>False when there is nothing to show, or the area of the address is not the actor's.</summary>
    protected async Task<bool> LoadAsync(string? period, string? area, CancellationToken ct)
    {
        Places = await pages.PlacesAsync(user.AreaPath, ct);
        if (Places.Count == 0) return string.IsNullOrEmpty(area);
        var place = string.IsNullOrEmpty(area) ? Places[0] : Places.FirstOrDefault(p => p.Code == area);
        if (place is null) return false;
        View = new EffectsView(place, await pages.ReadAsync(place, pages.PeriodOf(period), ct), home, [KeyValuePair.Create("area", place.Code)]);
        return true;
    }
}
