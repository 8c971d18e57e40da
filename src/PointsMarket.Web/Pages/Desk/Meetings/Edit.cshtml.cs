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
using PointsMarket.Meetings;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Meetings;

/// <summary>Writes minutes down; <c>?id=3</c> changes those that are there. Attendants read them.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class EditModel(MarketDb db, SaveMeeting save, CurrentUser user, Choices choices, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class MinutesInput
    {
        [Display(Name = "Meetings.Edit.Title"), Required, StringLength(Meeting.MostTitle)]
        public string? Title { get; set; }

        [Display(Name = "Meetings.List.HeldOn"), Required]
        public DateOnly? HeldOn { get; set; }

        [Display(Name = "Meetings.Edit.Area"), Required]
        public int? AreaId { get; set; }

        [Display(Name = "Meetings.Edit.Notes"), Required, StringLength(Meeting.MostNotes)]
        public string? Notes { get; set; }
    }

    [BindProperty]
    public MinutesInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public int? Id { get; set; }

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Areas = await choices.AreasAsync(ct);
        var path = user.AreaPath;
        if (Id is not { } id)
        {
            Input = new MinutesInput
            {
                HeldOn = StationTime.Day(clock.GetUtcNow().UtcDateTime), Title = texts["Meetings.Edit.Weekly"],
                AreaId = Areas.Count > 0 ? int.Parse(Areas[0].Value, CultureInfo.InvariantCulture) : null,
            };
            return Page();
        }

        if (await db.Meetings.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.Area.Path.StartsWith(path), ct) is not { } found) return NotFound();
        Input = new MinutesInput { Title = found.Title, HeldOn = found.HeldOn, AreaId = found.AreaId, Notes = found.Notes };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Areas = await choices.AreasAsync(ct);
        if (!ModelState.IsValid) return Page();
        var (outcome, meeting) = await save.ExecuteAsync(new SaveMeeting.Input
        {
            MeetingId = Id, AreaId = Input.AreaId!.Value, HeldOn = Input.HeldOn!.Value, Title = Input.Title!, Notes = Input.Notes!, Actor = user.Actor, AreaPath = user.AreaPath,
        }, ct);
        switch (outcome)
        {
            case MeetingOutcome.Done:
                TempData.Say("Meetings.Said.Saved");
                return Redirect($"/desk/meetings/{meeting}");
            case MeetingOutcome.NotFound: return NotFound();
            case MeetingOutcome.BadDay:
                ModelState.AddModelError("Input.HeldOn", texts["Meetings.Said.BadDay"]);
                break;
            default:
                ModelState.AddModelError("Input.Notes", texts["Meetings.Said.BadWords"]);
                break;
        }

        return Page();
    }
}
