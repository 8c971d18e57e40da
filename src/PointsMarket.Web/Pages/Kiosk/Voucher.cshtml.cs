using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PointsMarket.Market;
using PointsMarket.Web.Kiosk;
using PointsMarket.Web.Setup;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Kiosk;

/// <summary>"I have a voucher": the number is typed or scanned, and nobody is asked who they are.</summary>
[EnableRateLimiting(KioskSetup.Tries)]
public sealed class VoucherModel(KioskScreen screen, PresentVoucher present) : KioskPage(screen)
{
    public sealed class InputModel
    {
        [StringLength(40)]
        public string? Code { get; set; }
    }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid || string.IsNullOrWhiteSpace(Input.Code)) return Refuse("Kiosk.Voucher.Empty");
        switch (await present.ExecuteAsync(Place.DeviceId, Input.Code, ct))
        {
            case PresentVoucher.Welcome welcome:
                TempData.Clear();
                Screen.Begin(welcome.Token);
                return Go("/kiosk/shop");
            case PresentVoucher.Mistyped:
                return Refuse("Kiosk.Voucher.Mistyped");
            case PresentVoucher.Wait wait:
                return Refuse("Kiosk.Voucher.Wait", Math.Ceiling(wait.For.TotalSeconds).ToString(CultureInfo.InvariantCulture));
            default:
                return Refuse("Kiosk.Voucher.Unknown");
        }
    }

    // The number is not shown again: whoever stands behind could take it along.
    private IActionResult Refuse(string key, params string[] args)
    {
        TempData.Refuse(key, args);
        return Go("/kiosk/voucher");
    }
}
