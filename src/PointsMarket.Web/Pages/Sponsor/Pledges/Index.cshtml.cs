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

namespace PointsMarket.Web.Pages.Sponsor.Pledges;

/// <summary>What the firm pledged, and what became of each pledge.</summary>
public sealed class IndexModel(MarketDb db, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public PledgeState? State { get; set; }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<PledgeRow> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (user.SponsorId is not { } id) return NotFound();
        var found = Found(id);
        Total = await found.CountAsync(ct);
        Rows = await PledgeRow.Of(db, found).Skip(List.Skip).Take(List.Size).ToListAsync(ct);
        return Page();
    }

    public IActionResult OnGetCsv() => user.SponsorId is not { } id ? NotFound() : new Csv<PledgeRow>("pledges.csv", PledgeRow.Of(db, Found(id)).AsAsyncEnumerable(),
        (texts["Sponsor.Home.Reference"], p => p.Reference), (texts["Sponsor.Pledge.What"], p => p.What), (texts["Sponsor.Pledge.Quantity"], p => p.Quantity), (texts["Desk.Counter.Outlet"], p => p.Outlet),
        (texts["Sponsor.Pledge.Day"], p => $"{p.Day:yyyy-MM-dd}"), (texts["Sponsor.Pledges.Came"], p => p.Came), (texts["Sponsor.Home.State"], p => texts[$"Sponsor.PledgeState.{p.State}"].Value), (texts["Sponsor.Pledge.Answer"], p => p.Answer));

    private IQueryable<Pledge> Found(int firm)
    {
        List = ListQuery.From(Request, "-reference", "day");
        var found = db.Pledges.Where(p => p.SponsorId == firm);
        if (State is { } state) found = found.Where(p => p.State == state);
        return (List.Sort, List.Descending) switch
        {
            ("day", false) => found.OrderBy(p => p.Day).ThenBy(p => p.Id),
            ("day", true) => found.OrderByDescending(p => p.Day).ThenBy(p => p.Id),
            (_, false) => found.OrderBy(p => p.Id),
            _ => found.OrderByDescending(p => p.Id),
        };
    }
}
