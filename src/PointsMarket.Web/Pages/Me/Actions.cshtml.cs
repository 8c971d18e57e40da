using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Meetings;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Me;

/// <summary>What meetings gave the member to do; the open ones first.</summary>
public sealed class ActionsModel(MarketDb db, FinishAction finish, CurrentUser user, TimeProvider clock) : PageModel
{
    private const int MostShown = 40;

    public sealed record Row(int Id, string What, string Meeting, DateOnly DueDay, DateTime? DoneAt, string? Result);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public DateOnly Today => StationTime.Day(clock.GetUtcNow().UtcDateTime);

    public async Task OnGetAsync(CancellationToken ct)
    {
        var member = user.MemberId;
        Rows = await db.MeetingActions.Where(a => a.OwnerMemberId == member && member != null).OrderBy(a => a.DoneAt != null).ThenBy(a => a.DoneAt == null ? a.DueDay : DateOnly.MinValue).ThenByDescending(a => a.Id)
            .Take(MostShown).Select(a => new Row(a.Id, a.What, a.Meeting.Title, a.DueDay, a.DoneAt, a.Result)).ToListAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(int id, string? result, CancellationToken ct)
    {
        if (user.MemberId is not { } member) return NotFound();
        var outcome = await finish.ExecuteAsync(new FinishAction.Input { ActionId = id, Result = result, Actor = user.Actor, MemberId = member, AreaPath = Area.Nowhere }, ct);
        if (outcome == MeetingOutcome.NotFound) return NotFound();
        if (outcome == MeetingOutcome.Done) TempData.Say("Meetings.Said.Finished");
        else TempData.Refuse($"Meetings.Said.{outcome}");
        return Redirect("/me/actions");
    }
}
