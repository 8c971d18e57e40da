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

namespace PointsMarket.Web.Pages.Sponsor.Pledges;

/// <summary>A pledge: an article of the wish list, or something in free words.</summary>
public sealed class NewModel(MarketDb db, MakePledge make, CurrentUser user, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    private const int UsualDaysAhead = 7;

    public sealed class PledgeInput
    {
        public Guid Key { get; set; }

        [Display(Name = "Sponsor.Pledge.Outlet"), Required]
        public int? OutletId { get; set; }

        [Display(Name = "Sponsor.Pledge.Goods")]
        public int? GoodsId { get; set; }

        [Display(Name = "Sponsor.Pledge.Quantity"), Range(1, CountIn.MostPieces)]
        public int? Quantity { get; set; }

        [Display(Name = "Sponsor.Pledge.Words"), StringLength(MakePledge.MostWords)]
        public string? Words { get; set; }

        [Display(Name = "Sponsor.Pledge.Yuan"), Range(0d, MakePledge.MostFen / 100d)]
        public decimal? Yuan { get; set; }

        [Display(Name = "Sponsor.Pledge.Day"), Required]
        public DateOnly? Day { get; set; }
    }

    [BindProperty]
    public PledgeInput Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Outlets { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Goods { get; private set; } = [];

    public async Task OnGetAsync(int? outlet, string? sku, CancellationToken ct)
    {
        Input = new PledgeInput
        {
            Key = Guid.NewGuid(), OutletId = outlet, Day = StationTime.Day(clock.GetUtcNow().UtcDateTime).AddDays(UsualDaysAhead),
            GoodsId = await db.Goods.Where(g => g.Sku == sku && g.Offered).Select(g => (int?)g.Id).SingleOrDefaultAsync(ct),
        };
        await LoadAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (user.SponsorId is not { } firm) return NotFound();
        if (ModelState.IsValid)
        {
            var outcome = await make.ExecuteAsync(new MakePledge.Input
            {
                Key = Input.Key, SponsorId = firm, OutletId = Input.OutletId!.Value, GoodsId = Input.GoodsId, Words = Input.Words, Quantity = Input.Quantity,
                ValueFen = Input.Yuan is { } yuan ? (long)decimal.Round(yuan * 100, MidpointRounding.AwayFromZero) : null, Day = Input.Day!.Value, Actor = user.Actor,
            }, ct);
            if (outcome is PledgeMade.Done done)
            {
                TempData.Say("Sponsor.Pledge.Made", done.Reference);
                return LocalRedirect($"/sponsor/pledges/{done.Reference}"); // not by route: that would make it lower case
            }

            var why = ((PledgeMade.Refused)outcome).Why;
            ModelState.AddModelError(why switch
            {
                PledgeProblem.WhatMissing => "Input.Words",
                PledgeProblem.NotACount => "Input.Quantity",
                PledgeProblem.BadValue => "Input.Yuan",
                PledgeProblem.BadDay => "Input.Day",
                PledgeProblem.NoSuchOutlet => "Input.OutletId",
                PledgeProblem.NoSuchGoods => "Input.GoodsId",
                _ => "",
            }, texts[$"Sponsor.Problem.{why}"]);
        }

        await LoadAsync(ct);
        return Page();
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var outlets = await db.Outlets.AsNoTracking().OrderBy(o => o.Code).Select(o => new { o.Id, o.Name }).ToListAsync(ct);
        Outlets = [.. outlets.Select(o => new SelectListItem(o.Name, o.Id.ToString(CultureInfo.InvariantCulture)))];
        var goods = await db.Goods.AsNoTracking().Where(g => g.Offered).OrderBy(g => g.Sku).ToListAsync(ct);
        Goods = [new SelectListItem(texts["Sponsor.Pledge.OtherThing"], ""), .. goods.Select(g => new SelectListItem(GoodsNames.Unit(g.Unit) is { } unit ? $"{g.NameZh} ({unit})" : g.NameEn, g.Id.ToString(CultureInfo.InvariantCulture)))];
    }
}
