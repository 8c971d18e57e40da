using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Meetings;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Meetings;

/// <summary>One meeting: its minutes, and what follows from it. An attendant reads, and finishes what is theirs.</summary>
public sealed class ShowModel(MarketDb db, GiveAction give, FinishAction finish, CurrentUser user, Actors actors, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record ActionRow(int Id, int Number, string What, string Owner, bool Mine, DateOnly DueDay, DateTime? DoneAt, string? Result);

    /// <summary>The minutes as they were before a change.</summary>
    public sealed record Version(string Writer, DateTime At, DateOnly HeldOn, string Title, string Notes);

    public sealed class ActionInput
    {
        [Display(Name = "Meetings.Open.What"), Required, StringLength(MeetingAction.MostWhat)]
        public string? What { get; set; }

        [Display(Name = "Meetings.Show.OwnerUser")]
        public int? OwnerUserId { get; set; }

        [Display(Name = "Meetings.Show.OwnerCode"), StringLength(40)]
        public string? OwnerCode { get; set; }

        [Display(Name = "Meetings.Open.Due"), Required]
        public DateOnly? DueDay { get; set; }
    }

    [BindProperty]
    public ActionInput Input { get; set; } = new();

    public Meeting Meeting { get; private set; } = null!;

    public string Writer { get; private set; } = "";

    public IReadOnlyList<ActionRow> Actions { get; private set; } = [];

    /// <summary>What the minutes said before, the latest first.</summary>
    public IReadOnlyList<Version> Earlier { get; private set; } = [];

    /// <summary>May change the minutes, give things to do and finish anybody's.</summary>
    public bool Decides => Access.RolesFor(Access.Approve).Any(User.IsInRole);

    public IReadOnlyList<SelectListItem> Owners { get; private set; } = [];

    public DateOnly Today => StationTime.Day(clock.GetUtcNow().UtcDateTime);

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        Input.DueDay = Today.AddDays(7);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!Decides) return Forbid();
        if (!ModelState.IsValid) return Page();
        var outcome = await give.ExecuteAsync(new GiveAction.Input
        {
            MeetingId = id, What = Input.What!, OwnerUserId = Input.OwnerUserId, OwnerCode = Input.OwnerCode, DueDay = Input.DueDay!.Value, Actor = user.Actor, AreaPath = user.AreaPath,
        }, ct);
        switch (outcome)
        {
            case MeetingOutcome.Done:
                TempData.Say("Meetings.Said.Given");
                return Redirect($"/desk/meetings/{id}");
            case MeetingOutcome.NotFound: return NotFound();
            case MeetingOutcome.NoSuchOwner:
                ModelState.AddModelError("Input.OwnerCode", texts["Meetings.Said.NoSuchOwner"]);
                break;
            case MeetingOutcome.BadDue:
                ModelState.AddModelError("Input.DueDay", texts["Meetings.Said.BadDue"]);
                break;
            default:
                ModelState.AddModelError("Input.What", texts["Meetings.Said.BadWords"]);
                break;
        }

        return Page();
    }

    public async Task<IActionResult> OnPostFinishAsync(int id, int number, string? result, CancellationToken ct)
    {
        var path = user.AreaPath;
        var action = await db.MeetingActions.Where(a => a.MeetingId == id && a.Number == number && a.Meeting.Area.Path.StartsWith(path)).Select(a => (int?)a.Id).SingleOrDefaultAsync(ct);
        if (action is null) return NotFound();
        var outcome = await finish.ExecuteAsync(new FinishAction.Input { ActionId = action.Value, Result = result, Actor = user.Actor, UserId = user.Id, AreaPath = Decides ? path : Area.Nowhere }, ct);
        if (outcome == MeetingOutcome.NotFound) return NotFound();
        if (outcome == MeetingOutcome.Done) TempData.Say("Meetings.Said.Finished");
        else TempData.Refuse($"Meetings.Said.{outcome}");
        return Redirect($"/desk/meetings/{id}");
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        var path = user.AreaPath;
        var found = await db.Meetings.AsNoTracking().Include(m => m.Area).Include(m => m.Actions).ThenInclude(a => a.OwnerUser).Include(m => m.Actions).ThenInclude(a => a.OwnerMember).Include(m => m.Earlier).AsSplitQuery()
            .SingleOrDefaultAsync(m => m.Id == id && m.Area.Path.StartsWith(path), ct);
        if (found is null) return false;
        Meeting = found;
        var names = await actors.NamesAsync([found.WrittenBy, .. found.Earlier.Select(e => e.WrittenBy)], ct);
        Writer = names[found.WrittenBy];
        Earlier = [.. found.Earlier.OrderByDescending(e => e.Number).Select(e => new Version(names[e.WrittenBy], e.WrittenAt, e.HeldOn, e.Title, e.Notes))];
        Actions = [.. found.Actions.OrderBy(a => a.DoneAt is not null).ThenBy(a => a.DueDay).ThenBy(a => a.Number).Select(a => new ActionRow(
            a.Id, a.Number, a.What, a.OwnerUser?.DisplayName ?? MemberNames.Shown(a.OwnerMember!.Kind, a.OwnerMember.Code, a.OwnerMember.Name), a.OwnerUserId == user.Id, a.DueDay, a.DoneAt, a.Result))];
        var owners = await MeetingPeople.Owners(db, path).OrderBy(u => u.DisplayName).Select(u => new { u.Id, u.DisplayName }).ToListAsync(ct);
        Owners = [new SelectListItem(texts["Meetings.Show.OwnerMember"], ""), .. owners.Select(u => new SelectListItem(u.DisplayName, u.Id.ToString(CultureInfo.InvariantCulture)))];
        return true;
    }
}
