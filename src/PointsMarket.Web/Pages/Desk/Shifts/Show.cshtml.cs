using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Roster;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Shifts;

/// <summary>One shift at the desk: its crew and reserve, the draw, who is there, and what comes next.</summary>
public sealed class ShowModel(
    MarketDb db, DeskShifts shifts, CurrentUser user, AskForSeat ask, LeaveShift leave, TickCrew tick, TimeProvider clock, IStringLocalizer<Texts> texts, IAuthorizationService authorization) : PageModel
{
    public sealed class AddInput
    {
        [Display(Name = "Duties.Desk.Who"), Required, StringLength(40)]
        public string? Who { get; set; }
    }

    [BindProperty]
    public AddInput Input { get; set; } = new();

    public DateTime Now { get; private set; }

    public ShiftRow Shift { get; private set; } = null!;

    public IReadOnlyList<DeskShifts.Person> People { get; private set; } = [];

    public IEnumerable<DeskShifts.Person> Crew => People.Where(p => p.State == SignUpState.Seated);

    public IEnumerable<DeskShifts.Person> Others => People.Where(p => p.State != SignUpState.Seated);

    public string Fingerprint { get; private set; } = "";

    /// <summary>Once it is drawn.</summary>
    public string? Seed { get; private set; }

    public DateTime? DrawnAt { get; private set; }

    public bool MayApprove { get; private set; }

    public bool MayTick => Shift.State is ShiftState.Open or ShiftState.Drawn && Now >= Shift.StartsAt - CheckIn.Early && Crew.Any();

    public ShiftPhase Phase => Shift.Phase(Now);

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    /// <summary>Puts in a member without a phone, by code or number.</summary>
    public async Task<IActionResult> OnPostAddAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var (path, number) = (user.AreaPath, Input.Who!.Trim());
        var code = number.ToUpperInvariant();
        var member = await db.Members.Where(m => m.Area.Path.StartsWith(path) && (m.Code == code || m.Number == number)).Select(m => (int?)m.Id).FirstOrDefaultAsync(ct);
        var outcome = member is null ? new AskForSeat.Refused(SeatProblem.NoSuchMember)
            : await ask.ExecuteAsync(new AskForSeat.Input { ShiftId = id, MemberId = member.Value, Actor = user.Actor, ForAnotherIn = path }, ct);
        if (outcome is AskForSeat.Noted(var state))
        {
            TempData.Say($"Duties.Desk.Added{state}", code);
            return Again(id);
        }

        var refused = (AskForSeat.Refused)outcome;
        ModelState.AddModelError("Input.Who", texts[$"Duties.For.{refused.Problem}"]);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(int id, int member, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        var outcome = await leave.ExecuteAsync(new AskForSeat.Input { ShiftId = id, MemberId = member, Actor = user.Actor, ForAnotherIn = user.AreaPath }, ct);
        if (outcome == LeaveShift.Outcome.Left) TempData.Say("Duties.Desk.Removed");
        else TempData.Refuse($"Duties.Said.{outcome}");
        return Again(id);
    }

    public async Task<IActionResult> OnPostTickAsync(int id, int[] present, CancellationToken ct)
    {
        var outcome = await tick.ExecuteAsync(new TickCrew.Input { ShiftId = id, Present = [.. present.Take(PointsMarket.Duties.Crew.MostSeats)], Actor = user.Actor, AreaPath = user.AreaPath }, ct);
        if (outcome == TickCrew.Outcome.NotFound) return NotFound();
        if (outcome == TickCrew.Outcome.Ticked) TempData.Say("Duties.Tick.Ticked");
        else TempData.Refuse($"Duties.Tick.{outcome}");
        return Again(id);
    }

    private RedirectResult Again(int id) => Redirect(FormattableString.Invariant($"/desk/duties/{id}"));

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        Now = clock.GetUtcNow().UtcDateTime;
        Shift = (await shifts.FindAsync(id, ct))!;
        if (Shift is null) return false;
        People = await shifts.PeopleAsync(id, ct);
        MayApprove = (await authorization.AuthorizeAsync(User, Access.Approve)).Succeeded;
        var draw = await shifts.Mine().Where(s => s.Id == id).Select(s => new { s.Seed, s.DrawnAt }).SingleAsync(ct);
        (Fingerprint, DrawnAt, Seed) = (Lots.Fingerprint(draw.Seed), draw.DrawnAt, draw.DrawnAt is null ? null : draw.Seed);
        return true;
    }
}
