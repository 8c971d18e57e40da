using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Roster;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Shifts;

/// <summary>The duties that shifts are made from.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class PlanModel(MarketDb db, CurrentUser user, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Row(int Id, DutyKind Kind, string Place, string Area, Weekdays Weekdays, TimeOnly StartsAt, TimeOnly EndsAt, DateOnly FirstDay, DateOnly? LastDay, PointsMarket.Duties.Crew Crew, int DrawDays)
    {
        public string Times => string.Create(CultureInfo.InvariantCulture, $"{StartsAt:HH:mm}–{EndsAt:HH:mm}");
    }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public DateOnly Today { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var found = Found();
        Total = await found.CountAsync(ct);
        Rows = await Read(found).Skip(List.Skip).Take(List.Size).ToListAsync(ct);
    }

    public IActionResult OnGetCsv() => new Csv<Row>("duties.csv", Read(Found()).AsAsyncEnumerable(),
        (texts["Duties.Desk.Kind"], r => texts[$"Duties.Kind.{r.Kind}"].Value), (texts["Duties.Desk.Place"], r => r.Place), (texts["Duties.Desk.Area"], r => r.Area),
        (texts["Duties.Plan.Days"], r => texts.Days(r.Weekdays)), (texts["Duties.Plan.Times"], r => r.Times), (texts["Duties.Edit.First"], r => $"{r.FirstDay:yyyy-MM-dd}"),
        (texts["Duties.Edit.Last"], r => $"{r.LastDay:yyyy-MM-dd}"), (texts["Duties.Plan.Crew"], r => texts.Seats(r.Crew)), (texts["Duties.Edit.DrawDays"], r => r.DrawDays));

    private IQueryable<Duty> Found()
    {
        List = ListQuery.From(Request, "kind", "place", "days");
        Today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        var (path, q) = (user.AreaPath, List.Q);
        var duties = db.Duties.Where(d => d.Area.Path.StartsWith(path));
        if (q.Length > 0) duties = duties.Where(d => d.Place.Contains(q) || d.Area.Name.Contains(q));
        return (List.Sort, List.Descending) switch
        {
            ("place", false) => duties.OrderBy(d => d.Place).ThenBy(d => d.Id),
            ("place", true) => duties.OrderByDescending(d => d.Place).ThenBy(d => d.Id),
            ("days", false) => duties.OrderBy(d => d.FirstDay).ThenBy(d => d.Id),
            ("days", true) => duties.OrderByDescending(d => d.FirstDay).ThenBy(d => d.Id),
            (_, true) => duties.OrderByDescending(d => d.Kind).ThenBy(d => d.Id),
            _ => duties.OrderBy(d => d.Kind).ThenBy(d => d.Id),
        };
    }

    private static IQueryable<Row> Read(IQueryable<Duty> duties) =>
        duties.Select(d => new Row(d.Id, d.Kind, d.Place, d.Area.Name, d.Weekdays, d.StartsAt, d.EndsAt, d.FirstDay, d.LastDay, d.Crew, d.DrawDays));
}
