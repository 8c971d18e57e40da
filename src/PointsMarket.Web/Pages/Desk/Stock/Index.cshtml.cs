using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PointsMarket.Market;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Stock;

/// <summary>Goods, and how many of them lie where.</summary>
public sealed class IndexModel(Choices choices, StockReads stock, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int? Outlet { get; set; }

    /// <summary>offered, low or all.</summary>
    [BindProperty(SupportsGet = true)]
    public string Show { get; set; } = "offered";

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<Choices.OutletChoice> Outlets { get; private set; } = [];

    public IReadOnlyList<StockReads.Row> Rows { get; private set; } = [];

    /// <summary>Under how many days' worth an article runs low.</summary>
    public long LowDays { get; private set; }

    public async Task OnGetAsync() => await LoadAsync();

    public async Task<IActionResult> OnGetCsvAsync()
    {
        await LoadAsync();
        return new Csv<StockReads.Row>("goods.csv", Rows.ToAsyncEnumerable(),
            (texts["Desk.Goods.Sku"], r => r.Goods.Sku), (texts["Desk.Goods.NameZh"], r => r.Goods.NameZh), (texts["Desk.Goods.NameEn"], r => r.Goods.NameEn), (texts["Desk.Goods.Unit"], r => r.Goods.Unit),
            (texts["Desk.Goods.Points"], r => r.Goods.Points), (texts["Desk.Goods.Limit"], r => r.Goods.LimitPerMemberMonth), (texts["Desk.Goods.Shelf"], r => r.Shelf),
            (texts["Desk.Goods.Reserved"], r => r.Reserved), (texts["Desk.Goods.Month"], r => r.Month));
    }

    private async Task LoadAsync()
    {
        LowDays = await stock.LowDaysAsync();
        List = ListQuery.From(Request, "section", "shelf", "days", "-points", "-month", "sku");
        Outlets = await choices.OutletsAsync();
        if (Outlets.All(o => o.Id != Outlet)) Outlet = null;
        var rows = (await stock.ReadAsync(Outlet is { } one ? [.. Outlets.Where(o => o.Id == one)] : Outlets)).AsEnumerable();
        rows = Show switch { "all" => rows, "low" => rows.Where(r => r.Low), _ => rows.Where(r => r.Goods.Offered) };
        if (List.Q.Length > 0) rows = rows.Where(r => Has(r.Goods.Sku) || Has(r.Goods.NameZh) || Has(r.Goods.NameEn));
        if (Request.Query.ContainsKey("sort"))
        {
            Func<StockReads.Row, object> by = List.Sort switch { "days" => r => r.Days ?? long.MaxValue, "points" => r => r.Goods.Points, "month" => r => r.Month, "sku" => r => r.Goods.Sku, _ => r => r.Shelf };
            rows = List.Descending ? rows.OrderByDescending(by) : rows.OrderBy(by);
        }

        Rows = [.. rows];
    }

    private bool Has(string text) => text.Contains(List.Q, StringComparison.OrdinalIgnoreCase);
}
