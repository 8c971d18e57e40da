using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Notices;

namespace PointsMarket.Tasks;

/// <summary>Who judges which reports.</summary>
public sealed record Judgement
{
    /// <summary>How many may be judged in one action.</summary>
    public const int Most = 1000;

    /// <summary>The reports; at most <see cref="Most"/>.</summary>
    public required IReadOnlyCollection<int> ReportIds { get; init; }

    /// <summary>Who judges.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The member they are themselves, or null: nobody judges their own report.</summary>
    public required int? ActorMemberId { get; init; }

    /// <summary>The path of the area they may act in; the report must have happened there.</summary>
    public required string AreaPath { get; init; }
}

/// <summary>Why a report was left as it is.</summary>
public enum LeftAlone
{
    /// <summary>There is no such report in the actor's area.</summary>
    NotFound,

    /// <summary>The actor did it themselves, or filed it for somebody: another pair of eyes is needed.</summary>
    Own,

    /// <summary>Somebody was quicker, or it is not in a state for this.</summary>
    Judged,

    /// <summary>No rule is in force for its category on the day it happened.</summary>
    NoRule,

    /// <summary>It happened in a month that is closed, and would earn points there.</summary>
    MonthClosed,
}

/// <summary>What came of judging: the reports that were judged, and those left as they were.</summary>
/// <param name="Done">Judged, in order of filing.</param>
/// <param name="Left">Left, and why.</param>
public sealed record Judged(IReadOnlyList<JudgedReport> Done, IReadOnlyDictionary<int, LeftAlone> Left)
{
    /// <summary>The points of all of them.</summary>
    public long Points => Done.Sum(d => (long)d.Points);
}

/// <summary>One report that was judged.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Reference">Its reference.</param>
/// <param name="Points">What it earned; 0 unless verified.</param>
/// <param name="Cap">The cap that cut its points, if one did.</param>
public readonly record struct JudgedReport(int Id, string Reference, int Points, CapReached? Cap);

/// <summary>What verifying, returning and rejecting share.</summary>
internal static class Judging
{
    internal sealed record Candidate(
        int Id, string Reference, int MemberId, string MemberCode, MemberKind Kind, string Category, DateTime HappenedAt, DateOnly HappenedDay, DateTime FiledAt, ReportOutcome Outcome, string? FiledBy, int BookId);

    /// <summary>
    /// Takes the turn of changing states in an area's books, so that two approvers never count the same caps at once. SQLite's
    /// door does that anyway; on the servers the books' rows, touched but not changed, are the lock, which the ledger takes too.
    /// </summary>
    public static async Task LockAsync(MarketDb db, string areaPath, CancellationToken ct)
    {
        if (db.Database.IsSqlite()) return;
        var books = await db.Areas.Where(a => a.Path.StartsWith(areaPath)).Select(a => a.BookId).Distinct().OrderBy(b => b).ToListAsync(ct);
        foreach (var book in books)
            await db.LedgerBooks.Where(b => b.Id == book).ExecuteUpdateAsync(s => s.SetProperty(b => b.Accounts, b => b.Accounts), ct);
    }

    /// <summary>The reports that may be judged, in order of filing; the others with their reasons.</summary>
    public static async Task<(List<Candidate> May, Dictionary<int, LeftAlone> Left)> SortAsync(MarketDb db, Judgement by, ReportChange change, CancellationToken ct)
    {
        if (by.ReportIds.Count > Judgement.Most) throw new ArgumentException($"At most {Judgement.Most} reports are judged at once.", nameof(by));
        await LockAsync(db, by.AreaPath, ct);
        var found = await db.TaskReports.Where(r => by.ReportIds.Contains(r.Id) && r.Area.Path.StartsWith(by.AreaPath))
            .Select(r => new Candidate(r.Id, r.Reference, r.MemberId, r.Member.Code, r.Member.Kind, r.Category, r.HappenedAt, r.HappenedDay, r.FiledAt, r.Outcome, r.FiledBy, r.Area.BookId))
            .ToListAsync(ct);
        var left = by.ReportIds.Except(found.Select(f => f.Id)).ToDictionary(id => id, _ => LeftAlone.NotFound);
        foreach (var f in found)
        {
            if (f.MemberId == by.ActorMemberId || f.FiledBy == by.Actor.Code) left.Add(f.Id, LeftAlone.Own);
            else if (!ReportLife.May(f.Outcome, change)) left.Add(f.Id, LeftAlone.Judged);
        }
        return ([.. found.Where(f => !left.ContainsKey(f.Id)).OrderBy(f => f.FiledAt).ThenBy(f => f.Reference, StringComparer.Ordinal)], left);
    }

    /// <summary>Turns down all that may be, with the same words.</summary>
    public static async Task<Judged> TurnDownAsync(MarketDb db, Judgement by, ReportChange change, string words, DateTime now, CancellationToken ct)
    {
        var (may, left) = await SortAsync(db, by, change, ct);
        var ids = may.Select(m => m.Id).ToList();
        var from = ReportLife.From(change);
        var to = ReportLife.To(change);
        var changed = await db.TaskReports.Where(r => ids.Contains(r.Id) && from.Contains(r.Outcome))
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.Outcome, to).SetProperty(r => r.Reason, words), ct);
        if (changed != ids.Count) throw new InvalidOperationException("A report changed its state without taking its turn.");
        db.AddRange(ids.Select(id => new ReportEvent { ReportId = id, At = now, Actor = by.Actor.Code, Change = change, Words = words }));
        var returned = change == ReportChange.Returned;
        Inbox.TellMembers(db, returned ? InboxKinds.ReportReturned : InboxKinds.ReportRejected, now, may.Select(m =>
            (m.MemberId, m.Reference, returned ? $"/me/reports/answer/{m.Reference}" : $"/me/reports?state=Rejected#{m.Reference}")));
        await db.SaveChangesAsync(ct);
        return new Judged([.. may.Select(m => new JudgedReport(m.Id, m.Reference, 0, null))], left);
    }
}

/// <summary>Gives reports back to their members with a question.</summary>
public sealed class ReturnReports(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Returns them. Throws <see cref="ArgumentException"/> for a question of 0 or more than <see cref="AnswerReport.MostWords"/> characters.</summary>
    public Task<Judged> ExecuteAsync(Judgement by, string question, CancellationToken ct = default) =>
        writes.RunAsync((db, token) => Judging.TurnDownAsync(db, by, ReportChange.Returned, Judgements.Checked(question), clock.GetUtcNow().UtcDateTime, token), ct);
}

/// <summary>Rejects reports with a reason.</summary>
public sealed class RejectReports(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Rejects them. Throws <see cref="ArgumentException"/> for a reason of 0 or more than <see cref="AnswerReport.MostWords"/> characters.</summary>
    public Task<Judged> ExecuteAsync(Judgement by, string reason, CancellationToken ct = default) =>
        writes.RunAsync((db, token) => Judging.TurnDownAsync(db, by, ReportChange.Rejected, Judgements.Checked(reason), clock.GetUtcNow().UtcDateTime, token), ct);
}

/// <summary>The words that go with a judgement.</summary>
public static class Judgements
{
    /// <summary>True for words that may go with a judgement: 1 to <see cref="AnswerReport.MostWords"/> characters that are not blank.</summary>
    public static bool IsWords(string? words) => Typed.Words(words, AnswerReport.MostWords) is not null;

    internal static string Checked(string words) =>
        Typed.Words(words, AnswerReport.MostWords) ?? throw new ArgumentException($"1 to {AnswerReport.MostWords} characters are asked for.", nameof(words));
}
