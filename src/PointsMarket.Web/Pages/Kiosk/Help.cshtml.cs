using Microsoft.Extensions.Options;
using PointsMarket.Market;
using PointsMarket.Web.Kiosk;

namespace PointsMarket.Web.Pages.Kiosk;

/// <summary>How it works, in pictures and words, and whom to ask.</summary>
public sealed class HelpModel(KioskScreen screen, IOptions<KioskSettings> settings) : KioskPage(screen)
{
    /// <summary>The attendant's telephone, or null.</summary>
    public string? Phone => string.IsNullOrWhiteSpace(settings.Value.HelpPhone) ? null : settings.Value.HelpPhone;

    /// <summary>Where the person goes on: the shop during a visit, else the start.</summary>
    public string Back { get; private set; } = "/kiosk";

    /// <summary>How long a slip waits at the counter.</summary>
    public static int Days => Redemption.Waits.Days;

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (await Screen.VisitAsync(Place, ct) is not null) Back = "/kiosk/shop";
    }
}
