using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Web.Pages.Desk.Assessments;

/// <summary>What the pages about one month's assessment share: the month in the address, and the assessment of the actor's station.</summary>
public abstract class AssessmentPage(MarketDb db, CurrentUser user, TimeProvider clock) : PageModel
{
    /// <summary>The first day of the month shown; last month unless the address says another.</summary>
    public DateOnly Month { get; private set; }

    public string MonthText => StationMonth.Text(Month);

    /// <summary>Null when the station has none for the month.</summary>
    public Assessment? Found { get; private set; }

    /// <summary>True when the actor's area is the whole station.</summary>
    public bool IsStation { get; private set; }

    public bool IsPublished => Found?.State == AssessmentState.Published;

    /// <summary>True once its lines may be looked at.</summary>
    public bool IsShown => Found is { ShownAt: not null } or { State: not AssessmentState.Draft };

    protected async Task FindAsync(string? month, CancellationToken ct)
    {
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        Month = StationMonth.Parse(month) ?? new DateOnly(today.Year, today.Month, 1).AddMonths(-1);
        var path = user.AreaPath;
        var station = path.IndexOf('/', StringComparison.Ordinal) is var at and > 0 ? path[..(at + 1)] : path;
        IsStation = station == path && await db.Areas.AnyAsync(a => a.Path == path && a.Kind == AreaKind.Station, ct);
        Found = await db.Assessments.AsNoTracking().SingleOrDefaultAsync(a => a.Month == Month && db.Areas.Any(s => s.Path == station && s.BookId == a.BookId), ct);
    }

    /// <summary>The lines of the actor's area, with what holds of each: a correction counts.</summary>
    protected async Task<IReadOnlyList<(AssessmentLine Line, HeldLine Holds)>> HeldAsync(CancellationToken ct)
    {
        if (Found is not { } found || !IsShown) return [];
        var path = user.AreaPath;
        var lines = await db.AssessmentLines.AsNoTracking().Include(l => l.Member).ThenInclude(m => m.Area).Where(l => l.AssessmentId == found.Id && l.Member.Area.Path.StartsWith(path)).ToListAsync(ct);
        var corrections = (await db.AssessmentCorrections.AsNoTracking().Where(c => c.AssessmentId == found.Id && c.State == CorrectionState.Approved).ToListAsync(ct)).ToLookup(c => c.MemberId);
        return [.. lines.Select(l => (l, HeldLine.Of(l, corrections[l.MemberId])))];
    }
}
