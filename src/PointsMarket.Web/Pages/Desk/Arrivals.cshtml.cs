using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Sponsors;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Sponsors;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk;

/// <summary>Deliveries that firms announced and nobody has counted in yet, the first to come on top.</summary>
public sealed class ArrivalsModel(MarketDb db, CurrentUser user, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public IReadOnlyList<ComingRow> Rows { get; private set; } = [];

    public DateOnly Today { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        Rows = await Found().ToListAsync(ct);
    }

    public IActionResult OnGetCsv() => new Csv<ComingRow>("arrivals.csv", Found().AsAsyncEnumerable(),
        (texts["Sponsor.Home.Reference"], a => a.Reference), (texts["Sponsor.Desk.Name"], a => a.Firm), (texts["Sponsor.Home.Date"], a => $"{a.Day:yyyy-MM-dd}"), (texts["Desk.Counter.Outlet"], a => a.Outlet),
        (texts["Sponsor.Delivery.What"], a => string.Join("; ", a.Lines.Select(l => $"{GoodsText.Name(l.NameZh, l.NameEn)} {l.Quantity}"))));

    private IQueryable<ComingRow> Found()
    {
        var path = user.AreaPath;
        return ComingRow.Of(db.Announcements.Where(a => a.State == AnnouncementState.Announced && a.Outlet.Area.Path.StartsWith(path)).OrderBy(a => a.Day).ThenBy(a => a.Id));
    }
}
