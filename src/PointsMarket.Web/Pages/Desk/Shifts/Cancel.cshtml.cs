using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Duties;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Roster;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Desk.Shifts;

/// <summary>Calls one shift off, with the reason that everybody in it reads.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class CancelModel(DeskShifts shifts, CurrentUser user, CancelShift cancel) : PageModel
{
    public sealed class InputModel
    {
        [Display(Name = "Duties.Cancel.Reason"), Required, StringLength(PointsMarket.Duties.Shift.MostReason)]
        public string? Reason { get; set; }
    }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public ShiftRow Shift { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        switch (await cancel.ExecuteAsync(new CancelShift.Input { ShiftId = id, Reason = Input.Reason!, Actor = user.Actor, AreaPath = user.AreaPath }, ct))
        {
            case CancelShift.Cancelled(var told):
                TempData.Say("Duties.Cancel.Done", told.ToString(CultureInfo.InvariantCulture));
                break;
            default:
                TempData.Refuse("Duties.Cancel.TooLate");
                break;
        }

        return Redirect(FormattableString.Invariant($"/desk/duties/{id}"));
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        Shift = (await shifts.FindAsync(id, ct))!;
        return Shift is not null;
    }
}
