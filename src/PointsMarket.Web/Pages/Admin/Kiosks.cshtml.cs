using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Admin;

/// <summary>The touch screens: pair one with a code that is shown once, take one out of use.</summary>
public sealed class KiosksModel(MarketDb db, OfferPairing offer, RetireKiosk retire, CurrentUser user, Choices choices, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Row(int Id, string Name, int OutletId, string Outlet, DateTime? PairedAt, DateTime? PairingUntil, DateTime? RetiredAt);

    /// <summary>What a new pairing shows, once.</summary>
    public sealed record Pairing(string Name, string Code, DateTime Until);

    public sealed class KioskInput
    {
        [Display(Name = "Admin.Kiosks.Name"), Required, StringLength(60)]
        public string Name { get; set; } = "";

        [Display(Name = "Desk.Counter.Outlet"), Required]
        public int? OutletId { get; set; }
    }

    [BindProperty]
    public KioskInput Input { get; set; } = new();

    [TempData]
    public string? Offered { get; set; }

    public Pairing? New { get; private set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Outlets { get; private set; } = [];

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task OnGetAsync()
    {
        New = Offered is { } json ? JsonSerializer.Deserialize<Pairing>(json) : null;
        await LoadAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (ModelState.IsValid)
        {
            if (await OfferAsync(Input.OutletId!.Value, Input.Name.Trim(), null)) return RedirectToPage();
            ModelState.AddModelError("Input.OutletId", texts["Desk.Valid.Outlet"]);
        }

        await LoadAsync();
        return Page();
    }

    /// <summary>A new code for a kiosk that is there: its browser was replaced.</summary>
    public async Task<IActionResult> OnPostAgainAsync(int id)
    {
        var path = user.AreaPath;
        var kiosk = await db.KioskDevices.Where(k => k.Id == id && k.RetiredAt == null && k.Outlet.Area.Path.StartsWith(path)).Select(k => new { k.OutletId, k.Name }).SingleOrDefaultAsync();
        return kiosk is not null && await OfferAsync(kiosk.OutletId, kiosk.Name, id) ? RedirectToPage() : NotFound();
    }

    public async Task<IActionResult> OnPostRetireAsync(int id)
    {
        if (!await retire.ExecuteAsync(id, user.Actor, user.AreaPath)) return NotFound();
        TempData.Say("Admin.Kiosks.Retired");
        return RedirectToPage();
    }

    private async Task<bool> OfferAsync(int outletId, string name, int? deviceId)
    {
        var offered = await offer.ExecuteAsync(new OfferPairing.Input { OutletId = outletId, Name = name, DeviceId = deviceId, Actor = user.Actor, AreaPath = user.AreaPath });
        if (offered is null) return false;
        Offered = JsonSerializer.Serialize(new Pairing(name, offered.Code, offered.Until)); // in an encrypted cookie until the next page has shown it
        return true;
    }

    private async Task LoadAsync()
    {
        var path = user.AreaPath;
        Outlets = [.. (await choices.OutletsAsync()).Select(o => new SelectListItem(o.Name, o.Id.ToString(CultureInfo.InvariantCulture)))];
        Rows = await db.KioskDevices.Where(k => k.Outlet.Area.Path.StartsWith(path)).OrderBy(k => k.RetiredAt != null).ThenBy(k => k.Outlet.Code).ThenBy(k => k.Name)
            .Select(k => new Row(k.Id, k.Name, k.OutletId, k.Outlet.Name, k.PairedAt, k.PairingUntil, k.RetiredAt)).ToListAsync();
    }
}
