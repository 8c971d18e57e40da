using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Roster;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Shifts;

/// <summary>A new duty, or one to change.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class EditModel(MarketDb db, SaveDuty save, CurrentUser user, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class DutyInput
    {
        [Display(Name = "Duties.Desk.Kind"), Required]
        public DutyKind? Kind { get; set; }

        [Display(Name = "Duties.Edit.Place"), Required, StringLength(Duty.MostPlace)]
        public string? Place { get; set; }

        [Display(Name = "Duties.Desk.Area"), Required]
        public int? AreaId { get; set; }

        [Display(Name = "Duties.Plan.Days")]
        public List<Weekdays> Days { get; set; } = [];

        [Display(Name = "Duties.Edit.Starts"), Required]
        public TimeOnly? StartsAt { get; set; }

        [Display(Name = "Duties.Edit.Ends"), Required]
        public TimeOnly? EndsAt { get; set; }

        [Display(Name = "Duties.Edit.First"), Required]
        public DateOnly? FirstDay { get; set; }

        [Display(Name = "Duties.Edit.Last")]
        public DateOnly? LastDay { get; set; }

        [Display(Name = "Desk.MemberKind.GridManager"), Required, Range(0, PointsMarket.Duties.Crew.MostSeats)]
        public int? Managers { get; set; }

        [Display(Name = "Desk.MemberKind.Coordinator"), Required, Range(0, PointsMarket.Duties.Crew.MostSeats)]
        public int? Coordinators { get; set; }

        [Display(Name = "Desk.MemberKind.GridMember"), Required, Range(0, PointsMarket.Duties.Crew.MostSeats)]
        public int? GridMembers { get; set; }

        [Display(Name = "Desk.MemberKind.Volunteer"), Required, Range(0, PointsMarket.Duties.Crew.MostSeats)]
        public int? Volunteers { get; set; }

        [Display(Name = "Duties.Shift.Anybody"), Required, Range(0, PointsMarket.Duties.Crew.MostSeats)]
        public int? Anybody { get; set; }

        [Display(Name = "Duties.Edit.DrawDays"), Required, Range(1, SaveDuty.MostDrawDays)]
        public int? DrawDays { get; set; }
    }

    [BindProperty]
    public DutyInput Input { get; set; } = new();

    /// <summary>The duty; null for a new one.</summary>
    public int? DutyId { get; private set; }

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    public IEnumerable<SelectListItem> Kinds => Enum.GetValues<DutyKind>().Select(k => new SelectListItem(texts[$"Duties.Kind.{k}"], k.ToString()));

    public async Task<IActionResult> OnGetAsync(int? id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        var path = user.AreaPath;
        if (id is not null && await db.Duties.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.Area.Path.StartsWith(path), ct) is { } d)
        {
            Input = new DutyInput
            {
                Kind = d.Kind, Place = d.Place, AreaId = d.AreaId, Days = [.. DutyWords.Week.Where(w => d.Weekdays.HasFlag(w))], StartsAt = d.StartsAt, EndsAt = d.EndsAt,
                FirstDay = d.FirstDay, LastDay = d.LastDay, Managers = d.Crew.Count(MemberKind.GridManager), Coordinators = d.Crew.Count(MemberKind.Coordinator),
                GridMembers = d.Crew.Count(MemberKind.GridMember), Volunteers = d.Crew.Count(MemberKind.Volunteer), Anybody = d.Crew.Count(null), DrawDays = d.DrawDays,
            };
        }
        else
        {
            Input = new DutyInput
            {
                Kind = DutyKind.Patrol, StartsAt = new(19, 0), EndsAt = new(21, 0), FirstDay = StationTime.Day(clock.GetUtcNow().UtcDateTime).AddDays(1),
                Managers = 1, Coordinators = 1, GridMembers = 0, Volunteers = 1, Anybody = 0, DrawDays = 2,
            };
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await save.ExecuteAsync(new SaveDuty.Input
        {
            DutyId = id, Kind = Input.Kind!.Value, Place = Input.Place!, AreaId = Input.AreaId!.Value, Weekdays = Input.Days.Aggregate(Weekdays.None, (a, d) => a | d),
            StartsAt = Input.StartsAt!.Value, EndsAt = Input.EndsAt!.Value, FirstDay = Input.FirstDay!.Value, LastDay = Input.LastDay, DrawDays = Input.DrawDays!.Value,
            Crew = [(MemberKind.GridManager, Input.Managers!.Value), (MemberKind.Coordinator, Input.Coordinators!.Value), (MemberKind.GridMember, Input.GridMembers!.Value), (MemberKind.Volunteer, Input.Volunteers!.Value), (null, Input.Anybody!.Value)],
            Actor = user.Actor, AreaPath = user.AreaPath,
        }, ct);
        if (outcome is SaveDuty.Saved saved)
        {
            if (saved.Kept > 0) TempData.Warn("Duties.Edit.SavedKept", Text(saved.Made), Text(saved.Changed), Text(saved.Removed), Text(saved.Kept));
            else TempData.Say("Duties.Edit.Saved", Text(saved.Made), Text(saved.Changed), Text(saved.Removed));
            return Redirect("/desk/duties/plan");
        }

        var problem = ((SaveDuty.Refused)outcome).Problem;
        ModelState.AddModelError(FieldOf(problem), texts[$"Duties.Edit.Bad{problem}"]);
        return Page();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string FieldOf(DutyProblem problem) => problem switch
    {
        DutyProblem.Place => "Input.Place",
        DutyProblem.Area => "Input.AreaId",
        DutyProblem.NoDays => "Input.Days",
        DutyProblem.Times => "Input.EndsAt",
        DutyProblem.Dates => "Input.LastDay",
        DutyProblem.Crew => "Input.Anybody",
        _ => "Input.DrawDays",
    };

    private async Task<bool> LoadAsync(int? id, CancellationToken ct)
    {
        DutyId = id;
        var path = user.AreaPath;
        var areas = await db.Areas.Where(a => a.Path.StartsWith(path) && (a.Kind == AreaKind.Village || a.Kind == AreaKind.Grid)).OrderBy(a => a.Path)
            .Select(a => new { a.Id, a.Name, a.Kind }).ToListAsync(ct);
        Areas = [.. areas.Select(a => new SelectListItem(a.Kind == AreaKind.Grid ? "\u3000" + a.Name : a.Name, Text(a.Id)))];
        return id is null || await db.Duties.AnyAsync(d => d.Id == id && d.Area.Path.StartsWith(path), ct);
    }
}
