using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Stock;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Sponsor;

/// <summary>What is short, by outlet and in days of stock: the list that firms answer.</summary>
public sealed class WishesModel(MarketDb db, StockOutlook outlook, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int? Outlet { get; set; }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<(int Id, string Name)> Outlets { get; private set; } = [];

    public IReadOnlyList<StockLine> Rows { get; private set; } = [];

    /// <summary>What is wished for and not there, the most pressing first.</summary>
    public static IEnumerable<StockLine> Wished(IEnumerable<StockLine> lines) => lines.Where(l => l.Goods.Offered && l.Short > 0).OrderBy(Pressing).ThenByDescending(l => l.Short);

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return new Csv<StockLine>("wishes.csv", Rows.ToAsyncEnumerable(), (texts["Desk.Counter.Outlet"], l => l.OutletName), (texts["Desk.Goods.Sku"], l => l.Goods.Sku),
            (texts["Desk.Goods.Article"], l => GoodsText.Name(l.Goods.NameZh, l.Goods.NameEn)), (texts["Desk.Goods.Unit"], l => l.Goods.Unit), (texts["Sponsor.Wish.There"], l => l.Good),
            (texts["Desk.Goods.Lasts"], l => l.DaysLeft), (texts["Sponsor.Wish.Wished"], l => l.Wish), (texts["Sponsor.Wish.Short"], l => l.Short));
    }

    /// <summary>Sold out first, then by the days it lasts.</summary>
    private static long Pressing(StockLine line) => line.Good == 0 ? -1 : line.DaysLeft ?? long.MaxValue;

    private async Task LoadAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request, "days", "short", "sku");
        var lines = await outlook.LinesAsync(db, "", ct: ct);
        Outlets = [.. lines.Select(l => (l.OutletId, l.OutletName)).Distinct()];
        if (Outlets.All(o => o.Id != Outlet)) Outlet = null;
        var rows = Wished(lines).Where(l => Outlet is null || l.OutletId == Outlet);
        if (List.Q.Length > 0) rows = rows.Where(l => Has(l.Goods.Sku) || Has(l.Goods.NameZh) || Has(l.Goods.NameEn) || Has(l.OutletName));
        Func<StockLine, IComparable> by = List.Sort switch { "short" => l => l.Short, "sku" => l => l.Goods.Sku, _ => l => Pressing(l) };
        if (Request.Query.ContainsKey("sort")) rows = List.Descending ? rows.OrderByDescending(by) : rows.OrderBy(by);
        Rows = [.. rows];
    }

    private bool Has(string text) => text.Contains(List.Q, StringComparison.OrdinalIgnoreCase);
}
