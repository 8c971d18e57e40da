using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tasks;

namespace PointsMarket.Loops;

/// <summary>
/// The points of a loop: its steps file ordinary reports, which wait at the approver's desk like all others. One matter gives one
/// report of a category (一事一积分): while one is pending, returned or verified, no second is filed. Called inside the door.
/// </summary>
internal static class LoopReports
{
    private static readonly ReportOutcome[] Gone = [ReportOutcome.Rejected, ReportOutcome.Reversed];

    /// <summary>What is filed.</summary>
    public sealed record Work(int MemberId, string Category, string Text, DateTime HappenedAt, Actor Actor, string? ForAnotherIn, string ClientKey, int AreaId);

    /// <summary>True when the loop has given a report of this category that was not rejected or taken back.</summary>
    public static async Task<bool> HasAsync(MarketDb db, Loop loop, string category, CancellationToken ct)
    {
        var reports = loop.Steps.Select(s => s.ReportId).Append(loop.ReportId).OfType<int>().ToList();
        return reports.Count > 0 && await db.TaskReports.AnyAsync(r => reports.Contains(r.Id) && r.Category == category && !Gone.Contains(r.Outcome), ct);
    }

    /// <summary>
    /// Files it, with the photos that lie in the folder already. Null when the category is no longer offered on that day: the matter
    /// is followed all the same, it only earns nothing.
    /// </summary>
    public static async Task<FileReport.Outcome?> FileAsync(FileReport file, MarketDb db, Work work, IEnumerable<LoopPhoto> photos)
    {
        var text = work.Text.Length > FileReport.MostText ? work.Text[..FileReport.MostText] : work.Text;
        var outcome = await file.ExecuteAsync(db, new FileReport.Input
        {
            MemberId = work.MemberId, ClientKey = work.ClientKey, Category = work.Category, HappenedAt = work.HappenedAt, AreaId = work.AreaId, Text = text,
            Actor = work.Actor, ForAnotherIn = work.ForAnotherIn,
        }, CancellationToken.None);
        if (outcome is FileReport.Filed { Before: false } filed)
        {
            db.ReportPhotos.AddRange(photos.Select((p, i) => new ReportPhoto { ReportId = filed.ReportId, Number = i + 1, FileName = p.FileName, Kind = p.Kind, Bytes = p.Bytes, Hash = p.Hash }));
            await db.SaveChangesAsync();
        }

        return outcome is FileReport.Refused { Problem: ReportProblem.UnknownCategory } ? null : outcome;
    }

    /// <summary>
    /// Rejects the report of a step that is taken back, while it waits. The reference of one whose points are given, which
    /// only taking that report back can undo; null when nothing stands in the way.
    /// </summary>
    public static async Task<string?> WithdrawAsync(MarketDb db, int reportId, Actor actor, string reason, DateTime now, CancellationToken ct)
    {
        var report = await db.TaskReports.Where(r => r.Id == reportId).Select(r => new { r.Reference, r.Outcome }).SingleAsync(ct);
        if (report.Outcome == ReportOutcome.Verified) return report.Reference;
        if (!ReportLife.May(report.Outcome, ReportChange.Rejected)) return null;
        await db.TaskReports.Where(r => r.Id == reportId).ExecuteUpdateAsync(s => s.SetProperty(r => r.Outcome, ReportOutcome.Rejected).SetProperty(r => r.Reason, reason), ct);
        db.Add(new ReportEvent { ReportId = reportId, At = now, Actor = actor.Code, Change = ReportChange.Rejected, Words = reason });
        return null;
    }

}
