using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Me;
using PointsMarket.Web.Roster;

namespace PointsMarket.Web.Pages.Me.Shifts;

/// <summary>The member's own shifts first, then the week's that are to be had.</summary>
public sealed class IndexModel(CurrentUser user, MarketDb db, MyShifts shifts, TimeProvider clock) : MePage(user, db)
{
    /// <summary>Any day of the week shown; this week's unless the address says another of those ahead.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Week { get; set; }

    /// <summary>The whole station's instead of the own village's.</summary>
    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    /// <summary>So many of the own ones are shown at once; the others behind a press.</summary>
    public const int AtOnce = 3;

    public DateTime Now { get; private set; }

    public DateOnly Monday { get; private set; }

    public bool HasEarlier { get; private set; }

    public bool HasLater { get; private set; }

    public IReadOnlyList<ShiftRow> Own { get; private set; } = [];

    public IReadOnlyList<IGrouping<DateOnly, ShiftRow>> Days { get; private set; } = [];

    public IReadOnlyDictionary<int, MyShifts.Part> Parts { get; private set; } = new Dictionary<int, MyShifts.Part>();

    public string Link(DateOnly monday, bool all) => $"/me/duties?week={monday:yyyy-MM-dd}{(all ? "&all=true" : "")}";

    public async Task OnGetAsync(CancellationToken ct)
    {
        Now = clock.GetUtcNow().UtcDateTime;
        var today = StationTime.Day(Now);
        var (first, last) = (DutyWords.Monday(today), DutyWords.Monday(today.AddDays(MakeShifts.DaysAhead - 1)));
        var (now, member) = (Now, Mine.MemberId);
        Own = await ShiftRow.Read(shifts.Of(Mine.BookId)
            .Where(s => s.EndsAt >= now && s.SignUps.Any(u => u.MemberId == member && u.State != SignUpState.Withdrawn)).OrderBy(s => s.StartsAt).ThenBy(s => s.Id)).Take(20).ToListAsync(ct);
        var offered = (All ? shifts.Of(Mine.BookId) : await shifts.NearAsync(member, Mine.BookId, ct))
            .Where(s => s.StartsAt > now && s.State != ShiftState.Cancelled && !s.SignUps.Any(u => u.MemberId == member && u.State != SignUpState.Withdrawn));
        // On a Sunday evening this week has nothing left: the first week that has.
        var start = Week ?? await offered.MinAsync(s => (DateOnly?)s.Day, ct) ?? first;
        Monday = start >= first && start < last.AddDays(7) ? DutyWords.Monday(start) : first;
        (HasEarlier, HasLater) = (Monday > first, Monday < last);
        var (from, to) = (Monday, Monday.AddDays(7));
        var rows = await ShiftRow.Read(offered.Where(s => s.Day >= from && s.Day < to).OrderBy(s => s.StartsAt).ThenBy(s => s.Id)).ToListAsync(ct);
        Days = [.. rows.GroupBy(r => r.Day)];
        Parts = await shifts.PartsAsync(member, [.. Own.Select(r => r.Id)], ct);
    }
}
