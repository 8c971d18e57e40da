using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Me;
using PointsMarket.Web.Roster;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Me.Shifts;

/// <summary>
/// "I am here": by the QR code at the place, which leads here with the digits, or by typing them. Opening the page does nothing; a
/// phone opens links by itself. No position is asked for.
/// </summary>
public sealed class CheckInModel(CurrentUser user, MarketDb db, MyShifts shifts, CheckIn checkIn, TimeProvider clock, IStringLocalizer<Texts> texts) : MePage(user, db)
{
    private readonly CurrentUser user = user;

    public sealed class InputModel
    {
        [Display(Name = "Duties.CheckIn.Code"), Required, StringLength(12)]
        public string? Code { get; set; }
    }

    /// <summary>The shift; without one, the only one of the member's that is on now.</summary>
    [BindProperty(SupportsGet = true)]
    public int? S { get; set; }

    /// <summary>The digits that came with the QR code.</summary>
    [BindProperty(SupportsGet = true)]
    public string? C { get; set; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public DateTime Now { get; private set; }

    /// <summary>Null when the member has no place in that shift, or in any that is on.</summary>
    public ShiftRow? Shift { get; private set; }

    public MyShifts.Part? Part { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        await LoadAsync(ct);
        Input.Code = Digits(C) is { Length: 6 } scanned ? scanned : null;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Shift is null || !ModelState.IsValid) return Page();
        var outcome = await checkIn.ExecuteAsync(new CheckIn.Input { ShiftId = Shift.Id, MemberId = Mine.MemberId, Code = Digits(Input.Code), Actor = user.Actor }, ct);
        if (outcome is CheckIn.In done)
        {
            TempData.Say(done.Before ? "Duties.CheckIn.Before" : done.Late ? "Duties.CheckIn.DoneLate" : "Duties.CheckIn.Done", Ui.Clock(done.At));
            return Redirect(FormattableString.Invariant($"/me/duties/{Shift.Id}"));
        }

        ModelState.AddModelError("Input.Code", texts[$"Duties.CheckIn.{((CheckIn.Refused)outcome).Problem}"]);
        return Page();
    }

    /// <summary>Digits as a phone may send them: spaces and full-width ones are the same to who types them.</summary>
    private static string Digits(string? typed) => new([.. (typed ?? "").Where(char.IsDigit).Select(c => (char)('0' + (int)char.GetNumericValue(c)))]);

    private async Task LoadAsync(CancellationToken ct)
    {
        Now = clock.GetUtcNow().UtcDateTime;
        var (member, from, now) = (Mine.MemberId, Now + CheckIn.Early, Now);
        var seated = shifts.Of(Mine.BookId).Where(s => s.SignUps.Any(u => u.MemberId == member && u.State == SignUpState.Seated));
        seated = S is { } id ? seated.Where(s => s.Id == id) : seated.Where(s => s.StartsAt <= from && s.EndsAt >= now && s.State != ShiftState.Cancelled);
        Shift = await ShiftRow.Read(seated.OrderBy(s => s.StartsAt)).FirstOrDefaultAsync(ct);
        if (Shift is not null) Part = (await shifts.PartsAsync(member, [Shift.Id], ct)).GetValueOrDefault(Shift.Id);
    }
}
