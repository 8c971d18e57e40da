using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Stock;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Stocktakes;

/// <summary>The counts of the shelves: what is being counted, what waits for signatures, what was signed.</summary>
public sealed class IndexModel(MarketDb db, OpenStocktake open, CurrentUser user, Choices choices, Actors actors, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Row(int Id, StocktakeKind Kind, StocktakeState State, string Outlet, DateOnly Month, DateTime OpenedAt, string OpenedBy, string? FirstBy, string? EndedBy, int Lines, int Counted, int Off)
    {
        public string Number => Stocktake.NumberOf(Id);
    }

    [BindProperty(SupportsGet = true)]
    public int? Outlet { get; set; }

    /// <summary>open, signed or all.</summary>
    [BindProperty(SupportsGet = true)]
    public string Show { get; set; } = "open";

    [BindProperty]
    public Guid Key { get; set; }

    public ListQuery List { get; private set; } = null!;

    public Pager Pager { get; private set; } = null!;

    public IReadOnlyList<Choices.OutletChoice> Outlets { get; private set; } = [];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    /// <summary>The months a sheet can be opened for.</summary>
    public IReadOnlyList<DateOnly> Months { get; private set; } = [];

    public async Task OnGetAsync()
    {
        await LoadAsync();
        Key = Guid.NewGuid();
        Pager = new Pager(List, await Query().CountAsync());
        Rows = await Query().Skip(List.Skip).Take(List.Size).ToListAsync();
        Names = await actors.NamesAsync(Rows.SelectMany(r => new[] { r.OpenedBy, r.FirstBy, r.EndedBy }));
    }

    public async Task<IActionResult> OnGetCsvAsync()
    {
        await LoadAsync();
        return new Csv<Row>("stocktakes.csv", Query().AsAsyncEnumerable(),
            (texts["Stocktakes.List.Number"], r => r.Number), (texts["Stocktakes.List.Kind"], r => texts[$"Stocktakes.Kind.{r.Kind}"].Value), (texts["Desk.Counter.Outlet"], r => r.Outlet),
            (texts["Stocktakes.List.Month"], r => StationMonth.Text(r.Month)), (texts["Stocktakes.List.State"], r => texts[$"Stocktakes.State.{r.State}"].Value),
            (texts["Stocktakes.List.Lines"], r => r.Lines), (texts["Stocktakes.List.Counted"], r => r.Counted), (texts["Stocktakes.List.Off"], r => r.State is StocktakeState.Signing or StocktakeState.Signed ? r.Off : null));
    }

    public async Task<IActionResult> OnPostAsync(int outletId, string? month)
    {
        var outcome = await open.ExecuteAsync(new OpenStocktake.Input { Key = Key, OutletId = outletId, Month = StationMonth.Parse(month), Actor = user.Actor, AreaPath = user.AreaPath });
        switch (outcome)
        {
            case OpenStocktake.Opened opened:
                return RedirectToPage("Show", new { id = opened.StocktakeId });
            case OpenStocktake.OneWaits other:
                TempData.Refuse("Stocktakes.Said.OneWaits", Stocktake.NumberOf(other.StocktakeId));
                return RedirectToPage("Show", new { id = other.StocktakeId });
            case OpenStocktake.MonthNotYet or OpenStocktake.MonthClosed:
                TempData.Refuse(outcome is OpenStocktake.MonthClosed ? "Stocktakes.Said.MonthClosed" : "Stocktakes.Said.MonthNotYet", month ?? "");
                return RedirectToPage(new { outlet = outletId }); // the form stands at the same outlet
            default:
                return NotFound();
        }
    }

    private async Task LoadAsync()
    {
        List = ListQuery.From(Request);
        Outlets = await choices.OutletsAsync();
        if (Outlets.All(o => o.Id != Outlet)) Outlet = null;
        if (Show is not ("signed" or "all")) Show = "open";
        Months = await OpenStocktake.MonthsAsync(db, [.. Outlets.Select(o => o.BookId).Distinct()], StationTime.Day(clock.GetUtcNow().UtcDateTime));
    }

    private IQueryable<Row> Query()
    {
        var path = user.AreaPath;
        var rows = db.Stocktakes.Where(s => s.Outlet.Area.Path.StartsWith(path) && (Outlet == null || s.OutletId == Outlet));
        if (Show == "open") rows = rows.Where(s => s.State != StocktakeState.Signed && s.State != StocktakeState.Withdrawn);
        if (Show == "signed") rows = rows.Where(s => s.State == StocktakeState.Signed);
        if (List.Q.Length > 0 && int.TryParse(List.Q.ToUpperInvariant().Replace("PD", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) rows = rows.Where(s => s.Id == number);
        else if (List.Q.Length > 0) rows = rows.Where(s => s.Lines.Any(l => l.Goods.NameZh.Contains(List.Q) || l.Goods.NameEn.Contains(List.Q) || l.Goods.Sku.Contains(List.Q)));
        return rows.OrderByDescending(s => s.Id).Select(s => new Row(
            s.Id, s.Kind, s.State, s.Outlet.Name, s.Month, s.OpenedAt, s.OpenedBy, s.FirstBy, s.EndedBy, s.Lines.Count, s.Lines.Count(l => l.Counted != null), s.Lines.Count(l => l.Counted != null && l.Counted != l.Book)));
    }
}
