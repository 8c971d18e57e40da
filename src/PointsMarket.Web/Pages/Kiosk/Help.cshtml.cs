using Microsoft.Extensions.Options;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Settings;
using PointsMarket.Web.Kiosk;

namespace PointsMarket.Web.Pages.Kiosk;

/// <summary>How it works, in pictures and words, and whom to ask.</summary>
public sealed class HelpModel(KioskScreen screen, MarketDb db, TimeProvider clock, IOptions<KioskSettings> settings) : KioskPage(screen)
{
    /// <summary>The attendant's telephone, or null.</summary>
    public string? Phone => string.IsNullOrWhiteSpace(settings.Value.HelpPhone) ? null : settings.Value.HelpPhone;

    /// <summary>Where the person goes on: the shop during a visit, else the start.</summary>
    public string Back { get; private set; } = "/kiosk";

    /// <summary>How long a slip waits at the counter.</summary>
    public long Days { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Days = await SettingBook.ValueAsync(db, SettingList.SlipDays, StationTime.Day(clock.GetUtcNow().UtcDateTime), ct);
        if (await Screen.VisitAsync(Place, ct) is not null) Back = "/kiosk/shop";
    }
}
