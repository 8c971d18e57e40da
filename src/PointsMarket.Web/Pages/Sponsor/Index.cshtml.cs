using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Sponsor;

/// <summary>
/// What a firm gave, and what became of it as far as the books can say: pieces carry no giver's mark, so beside the firm's own
/// numbers stand those of the whole article.
/// </summary>
public sealed class IndexModel(MarketDb db, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>A line of a delivery; the quantity is what was accepted.</summary>
    public sealed record Delivery(string Reference, DateOnly Date, string Outlet, string NameZh, string NameEn, string Unit, int Quantity, DateOnly? Expires, bool TakenBack);

    /// <summary>An article: given by this firm (less what was taken back), and where all pieces of it are, whoever gave them.</summary>
    public sealed record Article(string NameZh, string NameEn, string Unit, string Picture, long Given, long ShelfAll, long ReservedAll, long HandedOutAll, long WrittenOffAll);

    public string Firm { get; private set; } = "";

    public IReadOnlyList<Delivery> Deliveries { get; private set; } = [];

    public IReadOnlyList<Article> Articles { get; private set; } = [];

    public Pager Pager { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        if (user.SponsorId is not { } id) return NotFound();
        var firm = await db.Sponsors.Where(s => s.Id == id).Select(s => new { s.Code, s.Name }).SingleAsync();
        Firm = firm.Name;
        var list = ListQuery.From(Request);
        Pager = new Pager(list, await db.DeliveryLines.CountAsync(l => l.Delivery.SponsorId == id));
        Deliveries = await Read(id).Skip(list.Skip).Take(list.Size).ToListAsync();
        await ArticlesAsync(AccountCode.Sponsor(firm.Code).Value);
        return Page();
    }

    public IActionResult OnGetCsv() => user.SponsorId is not { } id ? NotFound() : new Csv<Delivery>("deliveries.csv", Read(id).AsAsyncEnumerable(),
        (texts["Sponsor.Home.Reference"], d => d.Reference), (texts["Sponsor.Home.Date"], d => $"{d.Date:yyyy-MM-dd}"), (texts["Desk.Counter.Outlet"], d => d.Outlet),
        (texts["Desk.Goods.Article"], d => GoodsText.Name(d.NameZh, d.NameEn)), (texts["Sponsor.Home.Quantity"], d => d.Quantity), (texts["Desk.Goods.Unit"], d => d.Unit),
        (texts["Sponsor.Home.Expires"], d => $"{d.Expires:yyyy-MM-dd}"), (texts["Sponsor.Home.State"], d => texts[d.TakenBack ? "Sponsor.Home.TakenBack" : "Sponsor.Home.Counted"].Value));

    private IQueryable<Delivery> Read(int id) => db.DeliveryLines.Where(l => l.Delivery.SponsorId == id).OrderByDescending(l => l.Delivery.Date).ThenByDescending(l => l.DeliveryId).ThenBy(l => l.Position).Select(l => new Delivery(
        l.Delivery.Reference, l.Delivery.Date, l.Delivery.Outlet.Name, l.Goods.NameZh, l.Goods.NameEn, l.Goods.Unit, l.Accepted, l.Expires,
        db.LedgerTransactions.Any(t => t.BookId == l.Delivery.Outlet.Area.BookId && t.Key == "delivery:" + l.Delivery.Reference
            && db.LedgerTransactions.Any(r => r.BookId == t.BookId && r.RelatedSequence == t.Sequence && r.Relation == Relation.Reverses))));

    private async Task ArticlesAsync(string account)
    {
        var given = await db.LedgerAccounts.Where(a => a.Code == account).GroupBy(a => a.Asset).Select(g => new { Asset = g.Key, Given = -g.Sum(a => a.Balance) }).ToListAsync();
        var assets = given.Select(g => g.Asset).ToList();
        var all = await db.LedgerAccounts.Where(a => assets.Contains(a.Asset)
                && (a.Code.StartsWith("shelf:") || a.Code.StartsWith("reserved:") || a.Code == "handed-out" || a.Code == "written-off"))
            .GroupBy(a => new { a.Asset, Class = a.Code.StartsWith("shelf:") ? "shelf" : a.Code.StartsWith("reserved:") ? "reserved" : a.Code })
            .Select(g => new { g.Key.Asset, g.Key.Class, Sum = g.Sum(a => a.Balance) }).ToListAsync();
        long Of(string asset, string what) => all.Where(x => x.Asset == asset && x.Class == what).Sum(x => x.Sum);
        var goods = await db.Goods.AsNoTracking().ToListAsync();
        Articles = [.. goods.Join(given, g => g.Asset.Code, x => x.Asset, (g, x) => new Article(g.NameZh, g.NameEn, g.Unit, g.Picture, x.Given,
            Of(x.Asset, "shelf"), Of(x.Asset, "reserved"), Of(x.Asset, "handed-out"), Of(x.Asset, "written-off"))).OrderByDescending(a => a.Given)];
    }
}
