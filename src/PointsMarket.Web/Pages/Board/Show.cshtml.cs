using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Cases;
using PointsMarket.Data;

namespace PointsMarket.Web.Pages.Board;

/// <summary>One case in public words. A draft and a withdrawn one are nobody's business.</summary>
public sealed class ShowModel(MarketDb db, TimeProvider clock) : PageModel
{
    public sealed record View(string Number, string Title, string? Wanted, string Kind, string Area, string? OfferedTo, int Reward, long MoneyFen, int Days, DateOnly? ClaimBy, CaseState State, DateTime OpenedAt, DateTime? ClosedAt, int InLine);

    public View Case { get; private set; } = null!;

    public bool MayAsk { get; private set; }

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct)
    {
        Case = (await db.Cases.Where(c => c.Number == number && c.State != CaseState.Draft && c.State != CaseState.Withdrawn).Select(c => new View(
            c.Number, c.Title, c.Wanted, c.Kind, c.Area.Name, c.OfferedTo == null ? null : c.OfferedTo.Name, c.Reward, c.MoneyFen, c.Days, c.ClaimBy, c.State, c.OpenedAt, c.ClosedAt,
            db.Claims.Count(x => x.CaseId == c.Id && (x.State == ClaimState.Asked || x.State == ClaimState.Waiting)))).SingleOrDefaultAsync(ct))!;
        if (Case is null) return NotFound();
        MayAsk = CaseLife.May(Case.State, CaseChange.Asked) && !(Case.ClaimBy < StationTime.Day(clock.GetUtcNow().UtcDateTime));
        return Page();
    }
}
