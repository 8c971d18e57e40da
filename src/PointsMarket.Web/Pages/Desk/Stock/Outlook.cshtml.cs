using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Settings;
using PointsMarket.Stock;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Stock;

/// <summary>What runs out and what expires, and how much each outlet wishes to have.</summary>
public sealed class OutlookModel(MarketDb db, StockOutlook outlook, SetThreshold set, ReportDifference report, CurrentUser user, Choices choices, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class WishInput
    {
        public int OutletId { get; set; }

        public int GoodsId { get; set; }

        [Range(0, SetThreshold.MostPieces)]
        public int? Pieces { get; set; }
    }

    public sealed class GoInput
    {
        public Guid Key { get; set; }

        public List<int> Lots { get; set; } = [];

        [Display(Name = "Stock.Expiring.Reason"), StringLength(SignStocktake.MostWords)]
        public string? Reason { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public int? Outlet { get; set; }

    /// <summary>low or all; nothing is low.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; } = "low";

    [BindProperty]
    public GoInput Input { get; set; } = new();

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<Choices.OutletChoice> Outlets { get; private set; } = [];

    public IReadOnlyList<StockLine> Lines { get; private set; } = [];

    public IReadOnlyList<ExpiringLot> Expiring { get; private set; } = [];

    public int SoonDays { get; private set; }

    public long LowDays { get; private set; }

    public async Task OnGetAsync()
    {
        Input.Key = Guid.NewGuid();
        await LoadAsync();
    }

    public async Task<IActionResult> OnGetCsvAsync()
    {
        await LoadAsync();
        return new Csv<StockLine>("stock.csv", Lines.ToAsyncEnumerable(),
            (texts["Desk.Counter.Outlet"], l => l.OutletName), (texts["Desk.Goods.Sku"], l => l.Goods.Sku), (texts["Desk.Goods.Article"], l => GoodsText.Name(l.Goods.NameZh, l.Goods.NameEn)), (texts["Desk.Goods.Unit"], l => l.Goods.Unit),
            (texts["Desk.Goods.Shelf"], l => l.Shelf), (texts["Stock.Outlook.Expired"], l => l.Expired), (texts["Stock.Outlook.Soon"], l => l.ExpiresSoon), (texts["Desk.Goods.Reserved"], l => l.Reserved), (texts["Stock.Outlook.Coming"], l => l.Coming), (texts["Stock.Outlook.Promised"], l => l.Promised),
            (texts["Stock.Outlook.HandedOut"], l => l.HandedOut), (texts["Stock.Outlook.DaysLeft"], l => l.DaysLeft), (texts["Stock.Outlook.Wish"], l => l.Wish), (texts["Stock.Outlook.Short"], l => l.Short));
    }

    public async Task<IActionResult> OnPostWishAsync([Bind(Prefix = "Wish")] WishInput wish)
    {
        ArgumentNullException.ThrowIfNull(wish);
        var outcome = ModelState.IsValid
            ? await set.ExecuteAsync(new SetThreshold.Input { OutletId = wish.OutletId, GoodsId = wish.GoodsId, Pieces = wish.Pieces, Actor = user.Actor, AreaPath = user.AreaPath })
            : SetThreshold.Outcome.NotACount;
        if (outcome == SetThreshold.Outcome.NotFound) return NotFound();
        if (outcome == SetThreshold.Outcome.Done) TempData.Say("Stock.Outlook.WishSaved");
        else TempData.Refuse("Desk.Valid.Bounds");
        return RedirectToPage(new { Outlet, Show });
    }

    /// <summary>The chosen lots are to go: one signature now, the second from somebody else.</summary>
    public async Task<IActionResult> OnPostGoAsync()
    {
        if (Outlet is not { } outlet) return NotFound();
        if (Input.Lots.Count == 0) ModelState.AddModelError("", texts["Stock.Expiring.ChooseOne"]);
        if (ModelState.IsValid)
        {
            switch (await report.ExecuteAsync(new ReportDifference.Input { Key = Input.Key, OutletId = outlet, Lots = Input.Lots, Reason = Input.Reason ?? "", Actor = user.Actor, AreaPath = user.AreaPath }))
            {
                case ReportDifference.Waits waits:
                    TempData.Say("Stocktakes.Said.Reported", PointsMarket.Stock.Stocktake.NumberOf(waits.StocktakeId));
                    return RedirectToPage("/Desk/Stocktakes/Show", new { id = waits.StocktakeId });
                case ReportDifference.OneWaits other:
                    TempData.Refuse("Stocktakes.Said.OneWaits", PointsMarket.Stock.Stocktake.NumberOf(other.StocktakeId));
                    return RedirectToPage("/Desk/Stocktakes/Show", new { id = other.StocktakeId });
                case ReportDifference.ReasonMissing:
                    ModelState.AddModelError("Input.Reason", texts["Stocktakes.Outcome.ReasonMissing"]);
                    break;
                default:
                    TempData.Refuse("Stock.Expiring.Gone");
                    return RedirectToPage(new { Outlet, Show });
            }
        }
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        List = ListQuery.From(Request, "outlet", "shelf", "days", "-short");
        Outlets = await choices.OutletsAsync();
        if (Outlets.All(o => o.Id != Outlet)) Outlet = null;
        if (Show != "all") Show = "low";
        SoonDays = (int)await SettingBook.ValueAsync(db, SettingList.ExpiringSoonDays, StationTime.Day(clock.GetUtcNow().UtcDateTime));
        LowDays = await SettingBook.ValueAsync(db, SettingList.StockLowDays, StationTime.Day(clock.GetUtcNow().UtcDateTime));
        Expiring = await outlook.ExpiringAsync(db, user.AreaPath, Outlet, SoonDays);
        var lines = (await outlook.LinesAsync(db, user.AreaPath, Outlet, SoonDays)).AsEnumerable();
        if (Show == "low") lines = lines.Where(l => l.Low);
        if (List.Q.Length > 0) lines = lines.Where(l => Has(l.Goods.Sku) || Has(l.Goods.NameZh) || Has(l.Goods.NameEn));
        if (Request.Query.ContainsKey("sort"))
        {
            Func<StockLine, long> by = List.Sort switch { "shelf" => l => l.Good, "days" => l => l.DaysLeft ?? long.MaxValue, _ => l => l.Short };
            lines = List.Descending ? lines.OrderByDescending(by) : lines.OrderBy(by);
        }
        Lines = [.. lines];
    }

    private bool Has(string text) => text.Contains(List.Q, StringComparison.OrdinalIgnoreCase);
}
