using Microsoft.AspNetCore.Authorization;
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

namespace PointsMarket.Web.Pages.Desk.Sponsors;

/// <summary>The firms, and the pledges that wait for an answer.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class IndexModel(MarketDb db, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Row(int Id, string Code, string Name, int People, int Deliveries, DateOnly? Last, int Open);

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<PledgeRow> Waiting { get; private set; } = [];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var path = user.AreaPath;
        Waiting = await PledgeRow.Of(db, db.Pledges.Where(p => p.State == PledgeState.Waiting && p.Outlet.Area.Path.StartsWith(path)).OrderBy(p => p.Day).ThenBy(p => p.Id)).ToListAsync(ct);
        var found = Found();
        Total = await found.CountAsync(ct);
        Rows = await Read(Sorted(found)).Skip(List.Skip).Take(List.Size).ToListAsync(ct);
    }

    public IActionResult OnGetCsv() => new Csv<Row>("sponsors.csv", Read(Sorted(Found())).AsAsyncEnumerable(),
        (texts["Sponsor.Desk.Code"], r => r.Code), (texts["Sponsor.Desk.Name"], r => r.Name), (texts["Sponsor.Desk.People"], r => r.People), (texts["Sponsor.Home.Deliveries"], r => r.Deliveries),
        (texts["Sponsor.Desk.Last"], r => $"{r.Last:yyyy-MM-dd}"), (texts["Sponsor.Desk.Open"], r => r.Open));

    private IQueryable<PointsMarket.Sponsors.Sponsor> Found()
    {
        List = ListQuery.From(Request, "code", "name", "-deliveries");
        var q = List.Q;
        return q.Length == 0 ? db.Sponsors : db.Sponsors.Where(s => s.Name.Contains(q) || s.Code == q);
    }

    private IQueryable<PointsMarket.Sponsors.Sponsor> Sorted(IQueryable<PointsMarket.Sponsors.Sponsor> firms) => (List.Sort, List.Descending) switch
    {
        ("name", false) => firms.OrderBy(s => s.Name).ThenBy(s => s.Id),
        ("name", true) => firms.OrderByDescending(s => s.Name).ThenBy(s => s.Id),
        ("deliveries", false) => firms.OrderBy(s => db.Deliveries.Count(d => d.SponsorId == s.Id)).ThenBy(s => s.Id),
        ("deliveries", true) => firms.OrderByDescending(s => db.Deliveries.Count(d => d.SponsorId == s.Id)).ThenBy(s => s.Id),
        (_, true) => firms.OrderByDescending(s => s.Code),
        _ => firms.OrderBy(s => s.Code),
    };

    private IQueryable<Row> Read(IQueryable<PointsMarket.Sponsors.Sponsor> firms)
    {
        var path = user.AreaPath;
        return firms.Select(s => new Row(s.Id, s.Code, s.Name, db.Users.Count(u => u.SponsorId == s.Id),
            db.Deliveries.Count(d => d.SponsorId == s.Id && d.Outlet.Area.Path.StartsWith(path)), db.Deliveries.Where(d => d.SponsorId == s.Id && d.Outlet.Area.Path.StartsWith(path)).Max(d => (DateOnly?)d.Date),
            db.Pledges.Count(p => p.SponsorId == s.Id && p.Outlet.Area.Path.StartsWith(path) && (p.State == PledgeState.Waiting || p.State == PledgeState.Accepted))));
    }
}
