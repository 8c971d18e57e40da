using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Tasks;

/// <summary>
/// Verifies reports and gives their points, one or a thousand in one transaction. The rule in force on the day it happened
/// counts, then the caps, in order of filing (FORMATS "Report points"). A report over a cap is verified all the same, with the
/// cap on record. In whatever order reports are verified, what a member earns in all is the same.
/// </summary>
public sealed class VerifyReports(MarketWrites writes, Journal journal, TimeProvider clock)
{
    /// <summary>Verifies those that may be. Verifying one twice gives its points once: the second finds it judged.</summary>
    public Task<Judged> ExecuteAsync(Judgement by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        return writes.RunAsync((db, token) => ExecuteAsync(db, by, token), ct);
    }

    /// <summary>The same inside the door, for an operation whose reports are part of it.</summary>
    internal async Task<Judged> ExecuteAsync(MarketDb db, Judgement by, CancellationToken ct)
    {
        var (may, left) = await Judging.SortAsync(db, by, ReportChange.Verified, ct);
        if (may.Count == 0) return new Judged([], left);
        var members = may.Select(m => m.MemberId).Distinct().ToList();
        var points = await ReportTally.LoadAsync(db, may.Min(m => m.HappenedDay), may.Max(m => m.HappenedDay), members, ct);
        var judged = new List<(Judging.Candidate Report, int Points, CapReached? Cap)>(may.Count);
        foreach (var report in may)
        {
            if (points.RuleOn(report.Category, report.HappenedDay) is null)
            {
                left.Add(report.Id, LeftAlone.NoRule);
                continue;
            }
            var (earned, cap) = points.Judge(report.MemberId, report.Category, report.HappenedDay);
            judged.Add((report, earned, cap));
        }
        var closed = await PostAsync(db, by, [.. judged.Where(j => j.Points > 0).Select(j => (j.Report, j.Points))], ct);
        foreach (var id in closed) left.Add(id, LeftAlone.MonthClosed);
        var done = judged.Where(j => !closed.Contains(j.Report.Id)).Select(j => new JudgedReport(j.Report.Id, j.Report.Reference, j.Points, j.Cap)).ToList();
        await WriteAsync(db, by, done, may.ToDictionary(m => m.Id, m => m.MemberId), ct);
        return new Judged(done, left);
    }

    /// <summary>Posts the points, a book at a time. Returns the reports whose month is closed.</summary>
    private async Task<HashSet<int>> PostAsync(MarketDb db, Judgement by, IReadOnlyList<(Judging.Candidate Report, int Points)> earned, CancellationToken ct)
    {
        var closed = new HashSet<int>();
        foreach (var own in earned.GroupBy(e => e.Report.BookId).OrderBy(g => g.Key).Select(g => g.ToList()))
        {
            var results = await journal.PostAllAsync(db, own.ConvertAll(e => Request(by, e.Report, e.Points)), ct);
            foreach (var ((report, _), posted) in own.Zip(results))
            {
                if (posted.Outcome == PostOutcome.PeriodClosed) closed.Add(report.Id);
                else if (posted.Outcome != PostOutcome.Posted)
                    throw new InvalidOperationException($"Report {report.Reference} waits to be verified, but its points stand in the ledger: {posted.Outcome}.");
            }
        }
        return closed;
    }

    private static TransactionRequest Request(Judgement by, Judging.Candidate report, int earned) => new()
    {
        BookId = report.BookId, Key = $"task:{report.Reference}", Kind = TransactionKinds.TaskReward, Subject = report.Reference,
        HappenedAt = report.HappenedAt, Actor = by.Actor,
        Postings = [new Posting(AccountCode.Issue("task"), AccountCode.Member(report.MemberCode), Asset.Points, earned)],
    };

    /// <summary>A statement for each amount, not for each report.</summary>
    private async Task WriteAsync(MarketDb db, Judgement by, List<JudgedReport> done, Dictionary<int, int> members, CancellationToken ct)
    {
        foreach (var alike in done.GroupBy(d => (d.Points, d.Cap)))
        {
            var ids = alike.Select(d => d.Id).ToList();
            await db.TaskReports.Where(r => ids.Contains(r.Id)).ExecuteUpdateAsync(
                s => s.SetProperty(r => r.Outcome, ReportOutcome.Verified).SetProperty(r => r.Points, alike.Key.Points).SetProperty(r => r.Cap, alike.Key.Cap), ct);
        }
        var now = clock.GetUtcNow().UtcDateTime;
        if (done.Count > 0) await NoteAsync(db, by, done, now, ct);
        foreach (var own in done.GroupBy(d => members[d.Id]))
        {
            // One line for each member, however many were verified at once.
            var (first, count) = (own.First().Reference, own.Count());
            if (count == 1) Inbox.TellMember(db, own.Key, InboxKinds.ReportVerified, first, $"/me/reports?state=Verified#{first}", now);
            else Inbox.TellMember(db, own.Key, InboxKinds.ReportsVerified, count.ToString(CultureInfo.InvariantCulture), "/me/reports?state=Verified", now);
        }
        await db.SaveChangesAsync(ct);
    }

    /// <summary>What was done to each, in order of filing. One statement: a thousand rows one by one would cost as much as their points.</summary>
    private static Task<int> NoteAsync(MarketDb db, Judgement by, List<JudgedReport> done, DateTime now, CancellationToken ct)
    {
        var ids = string.Join(", ", done.Select(d => d.Id.ToString(CultureInfo.InvariantCulture))); // numbers from the database, nothing that was typed
        var statement = $$"""
            INSERT INTO "ReportEvents" ("ReportId", "At", "Actor", "Change", "Points")
            SELECT "Id", {0}, {1}, {2}, "Points" FROM "TaskReports" WHERE "Id" IN ({{ids}}) ORDER BY "FiledAt", "Reference"
            """;
        object[] values = [LedgerTime.FromMilliseconds(LedgerTime.ToMilliseconds(now)), by.Actor.Code, nameof(ReportChange.Verified)];
        return db.Database.ExecuteSqlRawAsync(statement, values, ct);
    }
}
