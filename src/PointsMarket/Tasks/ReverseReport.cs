using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Tasks;

/// <summary>
/// Takes a verified report back with a reason: its points flow back by a new transaction, and it counts for no cap any more.
/// What other reports earned stays as it was judged; the room is there for reports verified from now on.
/// </summary>
public sealed class ReverseReport(MarketWrites writes, ReverseTransaction reverse, TimeProvider clock)
{
    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Taken back.</summary>
    public sealed record Reversed(string Reference, int Points) : Outcome;

    /// <summary>Left as it is.</summary>
    public sealed record NotReversed(LeftAlone Why) : Outcome;

    /// <summary>The member has spent the points: so many are missing.</summary>
    public sealed record Spent(long Missing) : Outcome;

    /// <summary>Reverses the one report that is named. Throws <see cref="ArgumentException"/> for more, and for a reason that is none.</summary>
    public Task<Outcome> ExecuteAsync(Judgement by, string reason, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (by.ReportIds.Count != 1) throw new ArgumentException("Reports are taken back one by one.", nameof(by));
        return writes.RunAsync((db, token) => RunAsync(db, by, Judgements.Checked(reason), token), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Judgement by, string reason, CancellationToken ct)
    {
        var (may, left) = await Judging.SortAsync(db, by, ReportChange.Reversed, ct);
        if (may is not [var report]) return new NotReversed(left.Values.Single());
        var points = await db.TaskReports.Where(r => r.Id == report.Id).Select(r => r.Points).SingleAsync(ct);
        if (points > 0)
        {
            var sequence = await db.SequenceOfAsync(report.BookId, $"task:{report.Reference}", ct)
                ?? throw new InvalidOperationException($"Report {report.Reference} earned points that are not in the ledger.");
            var posted = await reverse.ExecuteAsync(db, new() { BookId = report.BookId, Sequence = sequence, Actor = by.Actor, Reason = reason }, ct);
            if (posted.Outcome == PostOutcome.BelowFloor) return new Spent(posted.Short!.Missing);
            if (posted.Outcome != PostOutcome.Posted) throw new InvalidOperationException($"Report {report.Reference} is verified, but its points were taken back: {posted.Outcome}.");
        }
        await db.TaskReports.Where(r => r.Id == report.Id).ExecuteUpdateAsync(
            s => s.SetProperty(r => r.Outcome, ReportOutcome.Reversed).SetProperty(r => r.Points, 0).SetProperty(r => r.Reason, reason), ct);
        var now = clock.GetUtcNow().UtcDateTime;
        Inbox.TellMember(db, report.MemberId, InboxKinds.ReportReversed, report.Reference, $"/me/reports#{report.Reference}", now);
        db.Add(new ReportEvent { ReportId = report.Id, At = now, Actor = by.Actor.Code, Change = ReportChange.Reversed, Words = reason, Points = -points });
        await db.SaveChangesAsync(ct);
        return new Reversed(report.Reference, points);
    }
}
