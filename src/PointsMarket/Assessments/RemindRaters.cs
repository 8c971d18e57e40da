using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Notices;

namespace PointsMarket.Assessments;

/// <summary>
/// Reminds raters who are asked and have not rated everybody: once in the last days of the month, and once more in the first days of
/// the next while the month has no draft. Run again, on two nodes, or with the clock set back, it reminds nobody twice.
/// </summary>
public sealed class RemindRaters(MarketContexts contexts, MarketWrites writes, TimeProvider clock)
{
    /// <summary>How many days before the month's end, and after it, somebody is reminded.</summary>
    public const int DaysBefore = 4, DaysAfter = 3;

    /// <summary>Reminds who is to be reminded now; how many were.</summary>
    public async Task<int> ExecuteAsync(CancellationToken ct = default)
    {
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        var month = new DateOnly(today.Year, today.Month, 1);
        var late = today.Day <= DaysAfter;
        if (!late && today.AddDays(DaysBefore).Month == today.Month) return 0;
        var about = late ? month.AddMonths(-1) : month;
        var kind = late ? InboxKinds.RatingLate : InboxKinds.RatingDue;
        var all = 0;
        List<string> stations;
        await using (var db = contexts.Read()) stations = await db.Areas.Where(a => a.Kind == AreaKind.Station).Select(a => a.Path).ToListAsync(ct);
        foreach (var path in stations) all += await writes.RunAsync((db, token) => RunAsync(db, path, about, kind, token), ct);
        return all;
    }

    private async Task<int> RunAsync(MarketDb db, string path, DateOnly month, string kind, CancellationToken ct)
    {
        await db.TakeTurnAsync();
        var now = clock.GetUtcNow().UtcDateTime;
        var today = StationTime.Day(now);
        if (!(await WhoRates.OpenMonthsAsync(db, path, today, ct)).Contains(month)) return 0;
        var subject = StationMonth.Text(month);
        var open = (await OpenRatings.ReadAsync(db, path, month, today, ct)).Where(s => s.Open > 0).ToList();
        var told = await db.InboxMessages.Where(m => m.Kind == kind && m.Subject == subject).Select(m => new { m.MemberId, m.UserId }).ToListAsync(ct);
        var (members, users) = (told.Select(t => t.MemberId).ToHashSet(), told.Select(t => t.UserId).ToHashSet());
        var reminded = 0;
        foreach (var standing in open)
        {
            if (standing.Rater is { MemberId: { } member } && !members.Contains(member)) Inbox.TellMember(db, member, kind, subject, $"/me/evaluations?month={subject}", now);
            else if (standing.Rater is { MemberId: null, UserId: { } user } && !users.Contains(user)) Inbox.TellAccount(db, user, kind, subject, $"/desk/evaluations?month={subject}", now);
            else continue;
            reminded++;
        }

        await db.SaveChangesAsync(ct);
        return reminded;
    }
}
