using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Cards;

/// <summary>
/// Supermarket cards: which pieces have their number, and each card by its last four. A whole number is only ever sent in a form,
/// never in an address.
/// </summary>
public sealed class IndexModel(MarketDb db, CurrentUser user, Choices choices, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Shelf(int OutletId, string Outlet, string Sku, string Name, long Pieces, int Numbered, long Missing, long Over);

    public sealed record Row(int Id, string Serial, string Sku, string NameZh, string NameEn, string Outlet, string? Batch, string? Slip, CardState State);

    [BindProperty(SupportsGet = true)]
    public CardState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Outlet { get; set; }

    /// <summary>What is looked for: a whole number, by post.</summary>
    [BindProperty, Display(Name = "Cards.Find.Serial"), StringLength(60)]
    public string? Serial { get; set; }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<Shelf> Stock { get; private set; } = [];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyList<Choices.OutletChoice> Outlets { get; private set; } = [];

    public int Total { get; private set; }

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    /// <summary>Finds one card and opens its page, which is addressed by the row's key.</summary>
    public async Task<IActionResult> OnPostFindAsync(CancellationToken ct)
    {
        var (serial, path) = (CardSerials.Normal(Serial), user.AreaPath);
        var found = CardSerials.IsValid(serial)
            ? await db.SupermarketCards.Where(c => c.Serial == serial && c.Outlet.Area.Path.StartsWith(path)).OrderBy(c => c.Id).Select(c => (int?)c.Id).FirstOrDefaultAsync(ct)
            : null;
        if (found is { } id) return RedirectToPage("Show", new { id });
        ModelState.AddModelError(nameof(Serial), texts[CardSerials.IsValid(serial) ? "Cards.Find.Unknown" : "Cards.Find.NotValid"]);
        await LoadAsync(ct);
        return Page();
    }

    public IActionResult OnGetCsv() => new Csv<Row>("cards.csv", Read(Sorted(Found())).AsAsyncEnumerable(),
        (texts["Cards.List.Serial"], r => CardSerials.Masked(r.Serial)), (texts["Desk.Goods.Sku"], r => r.Sku), (texts["Cards.List.Article"], r => GoodsText.Name(r.NameZh, r.NameEn)),
        (texts["Desk.Counter.Outlet"], r => r.Outlet), (texts["Cards.List.Batch"], r => r.Batch), (texts["Cards.List.Slip"], r => r.Slip), (texts["Cards.List.State"], r => texts[$"Cards.State.{r.State}"].Value));

    private async Task LoadAsync(CancellationToken ct)
    {
        Outlets = await choices.OutletsAsync(ct);
        if (Outlets.All(o => o.Id != Outlet)) Outlet = null;
        var found = Found();
        Total = await found.CountAsync(ct);
        Rows = await Read(Sorted(found)).Skip(List.Skip).Take(List.Size).ToListAsync(ct);
        var names = Outlets.ToDictionary(o => o.Id, o => o.Name);
        var goods = await db.Goods.AsNoTracking().Where(g => g.Kind == GoodsKind.Card).ToDictionaryAsync(g => g.Id, ct);
        var stock = await CardStock.ReadAsync(db, [.. Outlets.Select(o => o.BookId).Distinct()], ct);
        Stock = [.. stock.Where(s => names.ContainsKey(s.OutletId)).Select(s => new Shelf(
            s.OutletId, names[s.OutletId], goods[s.GoodsId].Sku, GoodsText.Name(goods[s.GoodsId].NameZh, goods[s.GoodsId].NameEn), s.Pieces, s.Numbered, s.Missing, s.Over))];
    }

    private IQueryable<SupermarketCard> Found()
    {
        List = ListQuery.From(Request, "-id", "sku", "batch", "state");
        var path = user.AreaPath;
        var found = db.SupermarketCards.Where(c => c.Outlet.Area.Path.StartsWith(path));
        if (State is { } state) found = found.Where(c => c.State == state);
        if (Outlet is { } outlet) found = found.Where(c => c.OutletId == outlet);
        var q = List.Q.ToUpperInvariant();
        // Only what may stand in an address is looked for here: a batch, a slip, an article.
        return q.Length == 0 ? found : found.Where(c => c.Goods.Sku == q || (c.Batch != null && c.Batch.StartsWith(List.Q)) || db.Redemptions.Any(r => r.Id == c.RedemptionId && r.Reference == q));
    }

    private IQueryable<SupermarketCard> Sorted(IQueryable<SupermarketCard> found) => (List.Sort, List.Descending) switch
    {
        ("sku", false) => found.OrderBy(c => c.Goods.Sku).ThenBy(c => c.Id),
        ("sku", true) => found.OrderByDescending(c => c.Goods.Sku).ThenBy(c => c.Id),
        ("batch", false) => found.OrderBy(c => c.Batch).ThenBy(c => c.Id),
        ("batch", true) => found.OrderByDescending(c => c.Batch).ThenBy(c => c.Id),
        ("state", false) => found.OrderBy(c => c.State).ThenBy(c => c.Id),
        ("state", true) => found.OrderByDescending(c => c.State).ThenBy(c => c.Id),
        _ => found.OrderByDescending(c => c.Id),
    };

    private IQueryable<Row> Read(IQueryable<SupermarketCard> found) => found.Select(c => new Row(
        c.Id, c.Serial, c.Goods.Sku, c.Goods.NameZh, c.Goods.NameEn, c.Outlet.Name, c.Batch, db.Redemptions.Where(r => r.Id == c.RedemptionId).Select(r => r.Reference).FirstOrDefault(), c.State));
}
