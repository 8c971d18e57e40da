using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Roster;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Desk.Shifts;

/// <summary>An approver confirms who was there, all in one action, and the points follow.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class AttendanceModel(MarketDb db, DeskShifts shifts, CurrentUser user, ConfirmAttendance confirm) : PageModel
{
    public ShiftRow Shift { get; private set; } = null!;

    public IReadOnlyList<DeskShifts.Person> Crew { get; private set; } = [];

    /// <summary>What the rule of that day gives each, before any cap.</summary>
    public int Points { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct)
    {
        if (await shifts.FindAsync(id, ct) is not { } shift) return NotFound();
        Shift = shift;
        Crew = [.. (await shifts.PeopleAsync(id, ct)).Where(p => p.State == SignUpState.Seated)];
        Points = new ReportPoints(await db.ScoringRules.AsNoTracking().ToListAsync(ct)).RuleOn(DutyKinds.Category(shift.Kind), shift.Day)?.Points ?? 0;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken ct)
    {
        switch (await confirm.ExecuteAsync(new ConfirmAttendance.Input { ShiftId = id, Actor = user.Actor, ActorMemberId = user.MemberId, AreaPath = user.AreaPath }, ct))
        {
            case ConfirmAttendance.Confirmed { WithoutReport: > 0 } done:
                TempData.Warn("Duties.Attend.DoneSome", Text(done.Present), Text(done.Absent), Ui.Points(done.Points), Text(done.WithoutReport));
                break;
            case ConfirmAttendance.Confirmed done:
                TempData.Say("Duties.Attend.Done", Text(done.Present), Text(done.Absent), Ui.Points(done.Points));
                break;
            case ConfirmAttendance.Refused(AttendanceProblem.NotFound):
                return NotFound();
            case ConfirmAttendance.Refused(var problem):
                TempData.Refuse($"Duties.Attend.{problem}");
                break;
        }

        return Redirect(FormattableString.Invariant($"/desk/duties/{id}"));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
