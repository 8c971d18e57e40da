using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Web.Kiosk;
using PointsMarket.Web.Setup;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Kiosk;

/// <summary>Ties a screen to an outlet with a code that an administrator reads out.</summary>
[EnableRateLimiting(KioskSetup.Tries)]
public sealed class PairModel(
    KioskScreen screen, MarketDb db, PairKiosk pair, OfferPairing offer, IHostEnvironment environment, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>Where the screen stands already; a new code moves it.</summary>
    public KioskScreen.Place? Place { get; private set; }

    /// <summary>True in Development once there is an outlet: a newcomer can try the kiosk without an administrator.</summary>
    public bool CanTry { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Place = await screen.PlaceAsync(ct);
        CanTry = await FirstOutletAsync(ct) is not null;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var code = Input.Code?.Replace(" ", "", StringComparison.Ordinal) ?? "";
        if (!ModelState.IsValid || code.Length != 6 || !code.All(char.IsAsciiDigit)) return Refused("Kiosk.Pair.SixDigits");
        return await pair.ExecuteAsync(code, ct) is { } token ? Paired(token) : Refused("Kiosk.Pair.Wrong");
    }

    public async Task<IActionResult> OnPostTryAsync(CancellationToken ct)
    {
        if (await FirstOutletAsync(ct) is not { } outlet) return NotFound();
        var name = texts["Kiosk.Pair.TryName"].Value;
        var before = await db.KioskDevices.Where(d => d.OutletId == outlet && d.Name == name && d.RetiredAt == null).Select(d => (int?)d.Id).FirstOrDefaultAsync(ct);
        var offered = await offer.ExecuteAsync(
            new OfferPairing.Input { OutletId = outlet, Name = name, DeviceId = before, Actor = Actor.System("demo"), AreaPath = "" }, ct);
        return Paired((await pair.ExecuteAsync(offered!.Code, ct))!);
    }

    private async Task<int?> FirstOutletAsync(CancellationToken ct) =>
        environment.IsDevelopment() ? await db.Outlets.OrderBy(o => o.Id).Select(o => (int?)o.Id).FirstOrDefaultAsync(ct) : null;

    private LocalRedirectResult Paired(string token)
    {
        screen.Pair(token);
        return LocalRedirect("/kiosk");
    }

    private LocalRedirectResult Refused(string key)
    {
        TempData.Refuse(key);
        return LocalRedirect("/kiosk/pair");
    }

    public sealed class InputModel
    {
        /// <summary>Six digits; spaces are left out.</summary>
        [StringLength(12)]
        public string? Code { get; set; }
    }
}
