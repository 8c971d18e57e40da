using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Me;
using PointsMarket.Web.Roster;

namespace PointsMarket.Web.Pages.Me.Shifts;

/// <summary>The crew's leader shows the code that changes, on the own phone.</summary>
public sealed class CodeModel(CurrentUser user, MarketDb db, MyShifts shifts, TimeProvider clock) : MePage(user, db)
{
    public CodeView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct)
    {
        var member = Mine.MemberId;
        var led = shifts.Of(Mine.BookId).Where(s => s.Id == id && s.LeaderId == member && s.SignUps.Any(u => u.MemberId == member && u.State == SignUpState.Seated));
        if (await ShiftRow.Read(led).SingleOrDefaultAsync(ct) is not { } shift) return NotFound();
        View = CodeView.Show(shift, await led.Select(s => s.CodeKey).SingleAsync(ct), clock.GetUtcNow().UtcDateTime, HttpContext);
        return Page();
    }
}
