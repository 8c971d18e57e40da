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
        var done = new List<JudgedReport>(may.Count);
        foreach (var report in may)
        {
            if (points.RuleOn(report.Category, report.HappenedDay) is null)
            {
                left.Add(report.Id, LeftAlone.NoRule);
                continue;
            }
            var (earned, cap) = points.Judge(report.MemberId, report.Category, report.HappenedDay);
            if (earned > 0 && !await PostAsync(db, by, report, earned, ct)) left.Add(report.Id, LeftAlone.MonthClosed);
            else done.Add(new JudgedReport(report.Id, report.Reference, earned, cap));
        }
        await WriteAsync(db, by, done, may.ToDictionary(m => m.Id, m => m.MemberId), ct);
        return new Judged(done, left);
    }

    /// <summary>False when the month in which it happened is closed.</summary>
    private async Task<bool> PostAsync(MarketDb db, Judgement by, Judging.Candidate report, int earned, CancellationToken ct)
    {
        var posted = await journal.PostAsync(db, new TransactionRequest
        {
            BookId = report.BookId, Key = $"task:{report.Reference}", Kind = TransactionKinds.TaskReward, Subject = report.Reference,
            HappenedAt = report.HappenedAt, Actor = by.Actor,
            Postings = [new Posting(AccountCode.Issue("task"), AccountCode.Member(report.MemberCode), Asset.Points, earned)],
        }, ct);
        if (posted.Outcome == PostOutcome.PeriodClosed) return false;
        if (posted.Outcome != PostOutcome.Posted)
            throw new InvalidOperationException($"Report {report.Reference} waits to be verified, but its points stand in the ledger: {posted.Outcome}.");
        return true;
    }

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
        db.AddRange(done.Select(d => new ReportEvent { ReportId = d.Id, At = now, Actor = by.Actor.Code, Change = ReportChange.Verified, Points = d.Points }));
        foreach (var own in done.GroupBy(d => members[d.Id]))
        {
            // One line for each member, however many were verified at once.
            var (first, count) = (own.First().Reference, own.Count());
            if (count == 1) Inbox.TellMember(db, own.Key, InboxKinds.ReportVerified, first, $"/me/reports?state=Verified#{first}", now);
            else Inbox.TellMember(db, own.Key, InboxKinds.ReportsVerified, count.ToString(CultureInfo.InvariantCulture), "/me/reports?state=Verified", now);
        }
        await db.SaveChangesAsync(ct);
    }
}
