using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Web.Roster;

namespace PointsMarket.Web.Pages.Desk.Shifts;

/// <summary>The code that changes, large, for a screen at the place.</summary>
public sealed class CodeModel(DeskShifts shifts, TimeProvider clock) : PageModel
{
    public CodeView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct)
    {
        if (await shifts.FindAsync(id, ct) is not { } shift) return NotFound();
        var key = await shifts.Mine().Where(s => s.Id == id).Select(s => s.CodeKey).SingleAsync(ct);
        View = CodeView.Show(shift, key, clock.GetUtcNow().UtcDateTime, HttpContext);
        return Page();
    }
}
