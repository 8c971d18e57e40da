using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Sponsors;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Sponsors;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Sponsor.Deliveries;

/// <summary>What came from the firm, and the letters of thanks.</summary>
public sealed class IndexModel(MarketDb db, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Row(string Reference, DateOnly Date, string Outlet, string NameZh, string NameEn, string Unit, int Accepted, int Refused, string? Why, DateOnly? Expires);

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    public Pager Pager { get; private set; } = null!;

    public IReadOnlyList<ReceiptSheet> Rows { get; private set; } = [];

    public IReadOnlyList<int> Years { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (user.SponsorId is not { } firm) return NotFound();
        var (list, found) = (ListQuery.From(Request), Found(firm));
        Pager = new Pager(list, await found.CountAsync(ct));
        Rows = await ReceiptSheet.Of(db, found.OrderByDescending(d => d.Date).ThenByDescending(d => d.Id)).Skip(list.Skip).Take(list.Size).ToListAsync(ct);
        Years = await ThanksSheet.YearsAsync(db, firm, ct);
        return Page();
    }

    public IActionResult OnGetCsv() => user.SponsorId is not { } firm ? NotFound() : new Csv<Row>("deliveries.csv",
        Found(firm).SelectMany(d => d.Lines, (d, l) => new { d, l }).OrderByDescending(x => x.d.Date).ThenByDescending(x => x.d.Id).ThenBy(x => x.l.Position)
            .Select(x => new Row(x.d.Reference, x.d.Date, x.d.Outlet.Name, x.l.Goods.NameZh, x.l.Goods.NameEn, x.l.Goods.Unit, x.l.Accepted, x.l.Refused, x.l.RefusedReason, x.l.Expires)).AsAsyncEnumerable(),
        (texts["Sponsor.Home.Reference"], r => r.Reference), (texts["Sponsor.Home.Date"], r => $"{r.Date:yyyy-MM-dd}"), (texts["Desk.Counter.Outlet"], r => r.Outlet),
        (texts["Desk.Goods.Article"], r => GoodsText.Name(r.NameZh, r.NameEn)), (texts["Desk.Goods.Unit"], r => r.Unit), (texts["Sponsor.Receipt.Accepted"], r => r.Accepted),
        (texts["Sponsor.Receipt.Refused"], r => r.Refused), (texts["Sponsor.Delivery.Why"], r => r.Why), (texts["Sponsor.Home.Expires"], r => $"{r.Expires:yyyy-MM-dd}"));

    private IQueryable<Delivery> Found(int firm) => db.Deliveries.Where(d => d.SponsorId == firm && (From == null || d.Date >= From) && (To == null || d.Date <= To));
}
