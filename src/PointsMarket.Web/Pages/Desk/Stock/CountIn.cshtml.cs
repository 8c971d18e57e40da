using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Sponsors;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Stock;

/// <summary>A delivery is counted in. Its reference is made with the form, so that sending it twice counts once.</summary>
public sealed class CountInModel(MarketDb db, CountIn countIn, CurrentUser user, Choices choices, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class DeliveryInput
    {
        [Display(Name = "Desk.CountIn.Outlet"), Required]
        public int? OutletId { get; set; }

        [Display(Name = "Desk.CountIn.Goods"), Required]
        public int? GoodsId { get; set; }

        [Display(Name = "Desk.CountIn.Quantity"), Required, Range(1, CountIn.MostPieces)]
        public int? Quantity { get; set; }

        [Display(Name = "Desk.CountIn.Sponsor")]
        public int? SponsorId { get; set; }

        [Display(Name = "Desk.CountIn.Date"), Required]
        public DateOnly? Date { get; set; }

        [Display(Name = "Desk.CountIn.Expires")]
        public DateOnly? Expires { get; set; }

        [Display(Name = "Desk.CountIn.Reference"), Required, StringLength(40)]
        public string Reference { get; set; } = "";
    }

    [BindProperty]
    public DeliveryInput Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Outlets { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Goods { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Sponsors { get; private set; } = [];

    public async Task OnGetAsync(int? outlet, string? sku)
    {
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        Input.OutletId = outlet;
        Input.GoodsId = await db.Goods.Where(g => g.Sku == sku).Select(g => (int?)g.Id).SingleOrDefaultAsync();
        Input.Date = today;
        Input.Reference = $"D{today:yyMMdd}-{System.Security.Cryptography.RandomNumberGenerator.GetString("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 6)}";
        await LoadAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (ModelState.IsValid)
        {
            var outcome = await countIn.ExecuteAsync(new CountIn.Input
            {
                Reference = Input.Reference.Trim(), Date = Input.Date!.Value, SponsorId = Input.SponsorId, OutletId = Input.OutletId!.Value, GoodsId = Input.GoodsId!.Value,
                Quantity = Input.Quantity!.Value, Expires = Input.Expires, Actor = user.Actor, AreaPath = user.AreaPath,
            });
            if (outcome == CountIn.Outcome.NoSuchOutlet) return NotFound();
            if (outcome == CountIn.Outcome.Counted)
            {
                TempData.Say("Desk.CountIn.Done", Ui.Points(Input.Quantity.Value), Input.Reference);
                return RedirectToPage("Index", new { outlet = Input.OutletId });
            }

            var field = outcome switch
            {
                CountIn.Outcome.NotACount => nameof(Input.Quantity),
                CountIn.Outcome.DateNotYet or CountIn.Outcome.MonthClosed => nameof(Input.Date),
                CountIn.Outcome.ExpiredAlready => nameof(Input.Expires),
                CountIn.Outcome.NoSuchGoods => nameof(Input.GoodsId),
                CountIn.Outcome.NoSuchSponsor => nameof(Input.SponsorId),
                _ => nameof(Input.Reference),
            };
            ModelState.AddModelError("Input." + field, texts[$"Desk.CountInProblem.{outcome}"]);
        }

        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        Outlets = [.. (await choices.OutletsAsync()).Select(o => new SelectListItem(o.Name, Text(o.Id)))];
        var goods = await db.Goods.AsNoTracking().OrderByDescending(g => g.Offered).ThenBy(g => g.Sku).ToListAsync();
        Goods = [.. goods.Select(g => new SelectListItem($"{GoodsText.Name(g.NameZh, g.NameEn)} ({g.Unit}, {g.Sku})", Text(g.Id)))];
        var sponsors = await db.Sponsors.AsNoTracking().OrderBy(s => s.Code).ToListAsync();
        Sponsors = [new SelectListItem(texts["Desk.CountIn.Bought"], ""), .. sponsors.Select(s => new SelectListItem(s.Name, Text(s.Id)))];
    }

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
}
