using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Me;
using PointsMarket.Web.Roster;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Me.Shifts;

/// <summary>One shift: sign up, take it back, who is coming, how it was drawn.</summary>
public sealed class ShowModel(CurrentUser user, MarketDb db, MyShifts shifts, AskForSeat ask, LeaveShift leave, TimeProvider clock) : MePage(user, db)
{
    private readonly CurrentUser user = user;

    /// <summary>Somebody of the crew, by a name that a neighbour may see.</summary>
    public sealed record Mate(int MemberId, string Code, string Name, MemberKind Kind, bool There)
    {
        public string Who => MemberNames.Masked(Kind, Code, Name);
    }

    public DateTime Now { get; private set; }

    public ShiftRow Shift { get; private set; } = null!;

    public MyShifts.Part? Part { get; private set; }

    public IReadOnlyList<Mate> Crew { get; private set; } = [];

    /// <summary>The seed, once it is drawn.</summary>
    public string? Seed { get; private set; }

    /// <summary>The seed's fingerprint, from the beginning.</summary>
    public string Fingerprint { get; private set; } = "";

    public bool Leads => Shift.LeaderId == Mine.MemberId && Part?.State == SignUpState.Seated;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct)
    {
        Now = clock.GetUtcNow().UtcDateTime;
        var found = shifts.Of(Mine.BookId).Where(s => s.Id == id);
        if (await ShiftRow.Read(found).SingleOrDefaultAsync(ct) is not { } shift) return NotFound();
        Shift = shift;
        Part = (await shifts.PartsAsync(Mine.MemberId, [id], ct)).GetValueOrDefault(id);
        var seed = await found.Select(s => s.Seed).SingleAsync(ct);
        (Fingerprint, Seed) = (Lots.Fingerprint(seed), shift.State is ShiftState.Open ? null : await found.Where(s => s.DrawnAt != null).Select(s => s.Seed).SingleOrDefaultAsync(ct));
        Crew = await Db.ShiftSignUps.Where(u => u.ShiftId == id && u.State == SignUpState.Seated).OrderBy(u => u.Seat)
            .Select(u => new Mate(u.MemberId, u.Member.Code, u.Member.Name, u.Member.Kind, u.CheckedInAt != null)).ToListAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAskAsync(int id, CancellationToken ct)
    {
        var outcome = await ask.ExecuteAsync(new AskForSeat.Input { ShiftId = id, MemberId = Mine.MemberId, Actor = user.Actor }, ct);
        switch (outcome)
        {
            case AskForSeat.Noted(var state):
                TempData.Say($"Duties.Said.{state}");
                break;
            case AskForSeat.Refused(SeatProblem.NoSuchShift or SeatProblem.NoSuchMember, _):
                return NotFound();
            case AskForSeat.Refused(SeatProblem.Already, _):
                TempData.Warn("Duties.Problem.Already");
                break;
            case AskForSeat.Refused(var problem, _):
                TempData.Refuse($"Duties.Problem.{problem}");
                break;
        }

        return Redirect(FormattableString.Invariant($"/me/duties/{id}"));
    }

    public async Task<IActionResult> OnPostLeaveAsync(int id, CancellationToken ct)
    {
        var outcome = await leave.ExecuteAsync(new AskForSeat.Input { ShiftId = id, MemberId = Mine.MemberId, Actor = user.Actor }, ct);
        if (outcome == LeaveShift.Outcome.Left) TempData.Say("Duties.Said.Left");
        else TempData.Refuse($"Duties.Said.{outcome}");
        return Redirect(FormattableString.Invariant($"/me/duties/{id}"));
    }
}
