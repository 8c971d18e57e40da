using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Web.Pages.Sponsor;

/// <summary>Who has access for the firm. The station's administrator gives and takes it.</summary>
public sealed class PeopleModel(MarketDb db, CurrentUser user, TimeProvider clock) : PageModel
{
    public sealed record Row(int Id, string Name, string UserName, DateTime Since, DateTimeOffset? LockedUntil, bool Locked);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public int Me => user.Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (user.SponsorId is not { } firm) return NotFound();
        var rows = await db.Users.Where(u => u.SponsorId == firm).OrderBy(u => u.Id).Select(u => new Row(u.Id, u.DisplayName, u.UserName!, u.CreatedAt, u.LockoutEnd, false)).ToListAsync(ct);
        Rows = [.. rows.Select(r => r with { Locked = r.LockedUntil > clock.GetUtcNow() })];
        return Page();
    }
}
