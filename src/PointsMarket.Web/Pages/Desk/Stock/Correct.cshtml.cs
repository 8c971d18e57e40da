using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Stock;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Stock;

/// <summary>One article was counted and is not what the book says. The book is not shown, and nothing moves until a second person has signed.</summary>
public sealed class CorrectModel(MarketDb db, ReportDifference report, CurrentUser user, Choices choices, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class CountInput
    {
        public Guid Key { get; set; }

        [Display(Name = "Desk.Correct.Counted"), Required, Range(0, StocktakeCounts.MostPieces)]
        public int? Counted { get; set; }

        [Display(Name = "Desk.Correct.Reason"), Required, StringLength(SignStocktake.MostWords, MinimumLength = 2)]
        public string Reason { get; set; } = "";
    }

    [BindProperty]
    public CountInput Input { get; set; } = new();

    public Goods Goods { get; private set; } = null!;

    public Choices.OutletChoice At { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string sku, int outlet)
    {
        if (!await LoadAsync(sku, outlet)) return NotFound();
        Input.Key = Guid.NewGuid();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string sku, int outlet)
    {
        if (!await LoadAsync(sku, outlet)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await report.ExecuteAsync(new ReportDifference.Input
        {
            Key = Input.Key, OutletId = At.Id, Article = (Goods.Id, Input.Counted!.Value), Reason = Input.Reason, Actor = user.Actor, AreaPath = user.AreaPath,
        });
        switch (outcome)
        {
            case ReportDifference.Waits waits:
                TempData.Say("Stocktakes.Said.Reported", PointsMarket.Stock.Stocktake.NumberOf(waits.StocktakeId));
                return RedirectToPage("/Desk/Stocktakes/Show", new { id = waits.StocktakeId });
            case ReportDifference.OneWaits other:
                TempData.Refuse("Stocktakes.Said.OneWaits", PointsMarket.Stock.Stocktake.NumberOf(other.StocktakeId));
                return RedirectToPage("/Desk/Stocktakes/Show", new { id = other.StocktakeId });
            case ReportDifference.NoDifference:
                TempData.Say("Desk.Correct.Same");
                return RedirectToPage("History", new { sku, outlet });
            case ReportDifference.ReasonMissing:
                ModelState.AddModelError("Input.Reason", texts["Stocktakes.Outcome.ReasonMissing"]);
                return Page();
            case ReportDifference.NotACount:
                ModelState.AddModelError("Input.Counted", texts["Desk.Valid.Bounds"]);
                return Page();
            default:
                return NotFound();
        }
    }

    private async Task<bool> LoadAsync(string sku, int outlet)
    {
        var goods = await db.Goods.AsNoTracking().SingleOrDefaultAsync(g => g.Sku == sku);
        var at = (await choices.OutletsAsync()).FirstOrDefault(o => o.Id == outlet);
        if (goods is null || at is null) return false;
        (Goods, At) = (goods, at);
        return true;
    }
}
