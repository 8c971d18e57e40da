using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Stock;

/// <summary>The shelf was counted and is not what the book says.</summary>
public sealed class CorrectModel(MarketDb db, CorrectStock correct, CurrentUser user, Choices choices, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class CountInput
    {
        public Guid Key { get; set; }

        public long Shown { get; set; }

        [Display(Name = "Desk.Correct.Counted"), Required, Range(0, CorrectStock.MostPieces)]
        public int? Counted { get; set; }

        [Display(Name = "Desk.Correct.Reason"), Required, StringLength(200, MinimumLength = 2)]
        public string Reason { get; set; } = "";
    }

    [BindProperty]
    public CountInput Input { get; set; } = new();

    public Goods Goods { get; private set; } = null!;

    public Choices.OutletChoice At { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string sku, int outlet)
    {
        if (!await LoadAsync(sku, outlet)) return NotFound();
        Input = new CountInput { Key = Guid.NewGuid(), Shown = await db.BalanceAsync(At.BookId, AccountCode.Shelf(At.Code), Goods.Asset) };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string sku, int outlet)
    {
        if (!await LoadAsync(sku, outlet)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await correct.ExecuteAsync(new CorrectStock.Input
        {
            Key = Input.Key, OutletId = At.Id, GoodsId = Goods.Id, Shown = Input.Shown, Counted = Input.Counted!.Value, Reason = Input.Reason.Trim(), Actor = user.Actor, AreaPath = user.AreaPath,
        });
        switch (outcome)
        {
            case CorrectStock.Corrected:
                TempData.Say("Desk.Correct.Done");
                return RedirectToPage("History", new { sku, outlet });
            case CorrectStock.NothingToCorrect:
                TempData.Say("Desk.Correct.Same");
                return RedirectToPage("History", new { sku, outlet });
            case CorrectStock.ShelfChanged changed:
                ModelState.AddModelError("", texts["Desk.Correct.Moved", changed.Now]);
                ModelState.Remove("Input.Shown"); // the form shows what the book says now; what was typed stays
                Input.Shown = changed.Now;
                break;
            case CorrectStock.NotACount:
                ModelState.AddModelError("Input.Counted", texts["Desk.Valid.Bounds"]);
                break;
            default:
                return NotFound();
        }

        return Page();
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
