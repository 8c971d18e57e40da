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

/// <summary>The crew's leader ticks who is there.</summary>
public sealed class CrewModel(CurrentUser user, MarketDb db, MyShifts shifts, TickCrew tick) : MePage(user, db)
{
    private readonly CurrentUser user = user;

    public sealed record Mate(int MemberId, string Code, string Name, MemberKind Kind, DateTime? At, CheckInWay? Way)
    {
        public string Who => MemberNames.Shown(Kind, Code, Name);
    }

    /// <summary>Those who are ticked.</summary>
    [BindProperty]
    public int[] Present { get; set; } = [];

    public ShiftRow Shift { get; private set; } = null!;

    public IReadOnlyList<Mate> Crew { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        var outcome = await tick.ExecuteAsync(new TickCrew.Input { ShiftId = id, Present = [.. Present.Take(PointsMarket.Duties.Crew.MostSeats)], Actor = user.Actor, LeaderId = Mine.MemberId }, ct);
        if (outcome == TickCrew.Outcome.Ticked) TempData.Say("Duties.Tick.Ticked");
        else TempData.Refuse($"Duties.Tick.{outcome}");
        return Redirect(FormattableString.Invariant($"/me/duties/{id}/crew"));
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        var member = Mine.MemberId;
        var led = shifts.Of(Mine.BookId).Where(s => s.Id == id && s.LeaderId == member);
        Shift = (await ShiftRow.Read(led).SingleOrDefaultAsync(ct))!;
        if (Shift is null) return false;
        Crew = await Db.ShiftSignUps.Where(u => u.ShiftId == id && u.State == SignUpState.Seated).OrderBy(u => u.Seat)
            .Select(u => new Mate(u.MemberId, u.Member.Code, u.Member.Name, u.Member.Kind, u.CheckedInAt, u.Way)).ToListAsync(ct);
        return true;
    }
}
