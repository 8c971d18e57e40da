using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Web.Effects;

namespace PointsMarket.Web.Pages.Public;

/// <summary>What came of it all, for everybody: counts beside last year's, never people, and no tips (DESIGN 8).</summary>
public sealed class EffectsModel(EffectsPages pages) : PageModel
{
    public IReadOnlyList<EffectsPlace> Stations { get; private set; } = [];

    /// <summary>Null before there is a station.</summary>
    public EffectsView? View { get; private set; }

    public async Task OnGetAsync(string? period, string? station, CancellationToken ct)
    {
        Stations = await pages.StationsAsync(ct);
        if (Stations.Count == 0) return;
        var place = Stations.FirstOrDefault(s => s.Code == station) ?? Stations[0];
        var kept = Stations.Count > 1 ? new[] { KeyValuePair.Create("station", place.Code) } : [];
        View = new EffectsView(place, await pages.ReadKeptAsync(place, pages.PeriodOf(period), ct), "/effects", kept);
    }
}
