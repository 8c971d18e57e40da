using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Settings;

namespace PointsMarket.Assessments;

/// <summary>
/// Drafts every station's months that are over and have no assessment yet: the job of the month's end. After a server was off, every
/// missing month, each once; stopped in the middle, the next run goes on. A month that somebody drafted by hand is left as it is, and
/// nothing is ever published. The first days of a month belong to the raters of the last one (<see cref="SettingList.DraftAfterDays"/>).
/// </summary>
public sealed class DraftMissingMonths(MarketContexts contexts, DraftAssessment draft, TimeProvider clock)
{
    /// <summary>Nobody reads back further than this, and a wrong date in an import must not draft a century.</summary>
    public const int MostMonths = 24;

    /// <summary>How many months were drafted.</summary>
    public async Task<int> ExecuteAsync(CancellationToken ct = default)
    {
        List<(int Book, string Path)> stations;
        await using (var db = contexts.Read())
            stations = [.. (await db.Areas.Where(a => a.Kind == AreaKind.Station).OrderBy(a => a.Path).Select(a => new { a.BookId, a.Path }).ToListAsync(ct)).Select(a => (a.BookId, a.Path))];
        var drafted = 0;
        foreach (var (book, path) in stations)
        {
            foreach (var month in await MissingAsync(book, ct))
            {
                var outcome = await draft.ExecuteAsync(new DraftAssessment.Input { Month = month, Actor = Actor.System("schedule"), AreaPath = path }, ct);
                if (outcome == DraftAssessment.Outcome.Drafted) drafted++;
            }
        }

        return drafted;
    }

    /// <summary>The months that are due and have none, or one that was never finished, the earliest first.</summary>
    private async Task<IReadOnlyList<DateOnly>> MissingAsync(int book, CancellationToken ct)
    {
        await using var db = contexts.Read();
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        var settings = await SettingBook.ValuesAsync(db, [SettingList.DraftAfterDays, SettingList.BeganBy], today, ct);
        var due = today.AddDays(-(int)settings[SettingList.DraftAfterDays]);
        var last = new DateOnly(due.Year, due.Month, 1).AddMonths(-1);
        if (await FirstAsync(db, book, settings[SettingList.BeganBy], ct) is not { } first) return [];
        var earliest = last.AddMonths(1 - MostMonths);
        if (first < earliest) first = earliest;
        var there = await db.Assessments.Where(a => a.BookId == book && a.Month >= first && a.ShownAt != null).Select(a => a.Month).ToListAsync(ct);
        var missing = new List<DateOnly>();
        for (var month = first; month <= last; month = month.AddMonths(1))
        {
            if (!there.Contains(month)) missing.Add(month);
        }

        return missing;
    }

    /// <summary>
    /// The first month in which something happened that is assessed, or the next one where that was late in it: in a few days hardly
    /// anybody earns a month's points, and everybody would be called not competent. Null when nothing has.
    /// </summary>
    private static async Task<DateOnly?> FirstAsync(MarketDb db, int book, long beganBy, CancellationToken ct)
    {
        var report = await db.TaskReports.Where(r => r.Area.BookId == book).MinAsync(r => (DateOnly?)r.HappenedDay, ct);
        var reward = await db.LedgerTransactions.Where(t => t.BookId == book && t.Kind == TransactionKinds.CaseReward).MinAsync(t => (DateTime?)t.HappenedAt, ct);
        var rated = await db.Evaluations.Where(e => e.Member.Area.BookId == book).MinAsync(e => (DateOnly?)e.Month, ct);
        var first = ((DateOnly?[])[report, reward is { } at ? StationTime.Day(at) : null, rated]).Min();
        return first is { } day ? new DateOnly(day.Year, day.Month, 1).AddMonths(day.Day > beganBy ? 1 : 0) : null;
    }
}
