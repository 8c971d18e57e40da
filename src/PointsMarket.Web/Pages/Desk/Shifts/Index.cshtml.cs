using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
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

/// <summary>A week of shifts, day by day, with how full they are.</summary>
public sealed class IndexModel(MarketDb db, DeskShifts shifts, Choices choices, TimeProvider clock, IStringLocalizer<Texts> texts, IAuthorizationService authorization) : PageModel
{
    /// <summary>Any day of the week shown; this week's unless the address says another.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Week { get; set; }

    [BindProperty(SupportsGet = true)]
    public DutyKind? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public ShiftPhase? Phase { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Area { get; set; }

    public ListQuery List { get; private set; } = null!;

    public DateTime Now { get; private set; }

    public DateOnly Today { get; private set; }

    public DateOnly Monday { get; private set; }

    /// <summary>The seven days, each with its shifts.</summary>
    public IReadOnlyList<(DateOnly Day, IReadOnlyList<ShiftRow> Shifts)> Days { get; private set; } = [];

    public IReadOnlyList<ShiftRow> Rows { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    public bool Filtered => Kind is not null || Phase is not null || Area is not null || List.Q.Length > 0;

    /// <summary>Over, and nobody has confirmed who was there; of all weeks.</summary>
    public int ToConfirm { get; private set; }

    /// <summary>The oldest of those.</summary>
    public ShiftRow? Oldest { get; private set; }

    /// <summary>Those on which people check in now; of all weeks.</summary>
    public IReadOnlyList<ShiftRow> Running { get; private set; } = [];

    public bool MayPlan { get; private set; }

    public string LinkToWeek(DateOnly monday) => "/desk/duties" + List.Link("week", $"{monday:yyyy-MM-dd}");

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Days = [.. Enumerable.Range(0, 7).Select(Monday.AddDays).Select(day => (day, (IReadOnlyList<ShiftRow>)[.. Rows.Where(r => r.Day == day)]))];
        Areas = await choices.AreasAsync(ct);
        MayPlan = (await authorization.AuthorizeAsync(User, Access.Approve)).Succeeded;
        var now = Now;
        var waiting = shifts.Mine().Where(s => s.EndsAt <= now && (s.State == ShiftState.Open || s.State == ShiftState.Drawn));
        ToConfirm = await waiting.CountAsync(ct);
        Oldest = await ShiftRow.Read(waiting.OrderBy(s => s.EndsAt).ThenBy(s => s.Id)).FirstOrDefaultAsync(ct);
        var soon = now + CheckIn.Early;
        Running = await ShiftRow.Read(shifts.Mine().Where(s => s.StartsAt <= soon && s.EndsAt > now && (s.State == ShiftState.Open || s.State == ShiftState.Drawn)).OrderBy(s => s.StartsAt).ThenBy(s => s.Id)).Take(5).ToListAsync(ct);
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return new Csv<ShiftRow>($"shifts-{Monday:yyyy-MM-dd}.csv", Rows.ToAsyncEnumerable(),
            (texts["Duties.Desk.Number"], r => $"S{r.Id}"), (texts["Duties.Desk.Kind"], r => texts[$"Duties.Kind.{r.Kind}"].Value), (texts["Duties.Desk.Place"], r => r.Place),
            (texts["Duties.Desk.Area"], r => r.Area), (texts["Duties.Desk.Starts"], r => $"{Ui.Local(r.StartsAt):yyyy-MM-dd HH:mm}"), (texts["Duties.Desk.Ends"], r => $"{Ui.Local(r.EndsAt):yyyy-MM-dd HH:mm}"),
            (texts["Duties.Desk.Places"], r => r.Places), (texts["Duties.Desk.Asked"], r => r.Asked), (texts["Duties.Desk.Seated"], r => r.Seated),
            (texts["Duties.Desk.Reserve"], r => r.Reserve), (texts["Duties.Desk.Present"], r => r.Present), (texts["Duties.Desk.Phase"], r => texts[$"Duties.Phase.{r.Phase(Now)}"].Value));
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request);
        Now = clock.GetUtcNow().UtcDateTime;
        Today = StationTime.Day(Now);
        Monday = DutyWords.Monday(Week is { Year: >= 2000 and < 2100 } asked ? asked : Today);
        var (from, to, q) = (Monday, Monday.AddDays(7), List.Q);
        var found = shifts.Mine().Where(s => s.Day >= from && s.Day < to);
        if (Kind is { } kind) found = found.Where(s => s.Kind == kind);
        if (Area is { } area)
        {
            var path = await db.Areas.Where(a => a.Id == area).Select(a => a.Path).SingleOrDefaultAsync(ct) ?? PointsMarket.Areas.Area.Nowhere;
            found = found.Where(s => s.Area.Path.StartsWith(path));
        }

        if (q.Length > 0) found = found.Where(s => s.Place.Contains(q));
        var rows = await ShiftRow.Read(found.OrderBy(s => s.StartsAt).ThenBy(s => s.Id)).ToListAsync(ct);
        Rows = Phase is { } phase ? [.. rows.Where(r => r.Phase(Now) == phase)] : rows;
    }
}
