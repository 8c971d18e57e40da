using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Assessments;

/// <summary>
/// Works a month's assessment out and keeps it as a draft. Doing it again with the same inputs changes nothing; with other inputs the
/// draft is brought up to date and shown anew; a published one is never touched. Killed in the middle, the next run goes on. The
/// working out reads outside the door; the lines are written a few at a time, so that nobody at a kiosk waits for them.
/// </summary>
public sealed class DraftAssessment(MarketContexts contexts, MarketWrites writes, TimeProvider clock)
{
    private const int Chunk = 500;

    // New lines are a hundred thousand at most, and as many rows tracked one by one take longer than all the rest.
    private const string AddLine = """
        INSERT INTO "AssessmentLines" ("AssessmentId", "MemberId", "Target", "Points", "Verified", "Rejected", "Raters", "Marks", "Score", "Grade", "Bonus")
        VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10)
        """;

    /// <summary>What to draft.</summary>
    public sealed record Input
    {
        /// <summary>Any day of the month.</summary>
        public required DateOnly Month { get; init; }

        /// <summary>Who drafts.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in: the station's own.</summary>
        public required string AreaPath { get; init; }

        /// <summary>Told how many lines of all are written, from any thread.</summary>
        public IProgress<(int Done, int Total)>? Progress { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>There is a new draft, or the old one was brought up to date.</summary>
        Drafted,

        /// <summary>The draft is what it was.</summary>
        Unchanged,

        /// <summary>The month is published, or being published.</summary>
        Published,

        /// <summary>The month has not ended yet: what is worked out now would be something else tomorrow.</summary>
        MonthNotOver,

        /// <summary>The area is no station: an assessment is the whole station's.</summary>
        NotTheStation,
    }

    /// <summary>Drafts.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var month = new DateOnly(input.Month.Year, input.Month.Month, 1);
        if (clock.GetUtcNow().UtcDateTime < StationTime.Month(month).To) return Outcome.MonthNotOver;
        int? book;
        await using (var db = contexts.Read()) book = await StationMonth.BookAsync(db, input.AreaPath, ct);
        if (book is null) return Outcome.NotTheStation;
        var (found, due, gone) = await DraftLines.WorkOutAsync(contexts, book.Value, month, ct);
        if (found is { State: not AssessmentState.Draft }) return Outcome.Published;
        if (found?.ShownAt is not null && due.Count == 0 && gone.Count == 0) return Outcome.Unchanged;
        if (await BeginAsync(book.Value, month, input.Actor, ct) is not { } id) return Outcome.Published;
        if (!await WriteAsync(id, due, gone, input.Progress, ct)) return Outcome.Published;
        return await ShowAsync(id, month, ct) ? Outcome.Drafted : Outcome.Published;
    }

    /// <summary>Takes the draft off the screens until all its lines are there; null when it was published meanwhile.</summary>
    private Task<int?> BeginAsync(int book, DateOnly month, Actor actor, CancellationToken ct) => writes.RunAsync(async (db, token) =>
    {
        await db.TakeTurnAsync(); // the job and somebody at the desk begin one assessment for the month
        var assessment = await db.Assessments.SingleOrDefaultAsync(a => a.BookId == book && a.Month == month, token);
        if (assessment is { State: not AssessmentState.Draft }) return (int?)null;
        if (assessment is null) db.Add(assessment = new Assessment { BookId = book, Month = month, DraftedBy = actor.Code });
        (assessment.ShownAt, assessment.DraftedBy) = (null, actor.Code);
        await db.SaveChangesAsync(token);
        return assessment.Id;
    }, ct);

    private async Task<bool> WriteAsync(int id, List<AssessedMember> due, List<int> gone, IProgress<(int Done, int Total)>? progress, CancellationToken ct)
    {
        var (done, total) = (0, due.Count + gone.Count);
        progress?.Report((0, total));
        foreach (var chunk in due.Chunk(Chunk))
        {
            if (!await writes.RunAsync((db, token) => SetAsync(db, id, chunk, token), ct)) return false;
            progress?.Report((done += chunk.Length, total));
        }
        foreach (var chunk in gone.Chunk(Chunk))
        {
            if (!await writes.RunAsync((db, token) => RemoveAsync(db, id, chunk, token), ct)) return false;
            progress?.Report((done += chunk.Length, total));
        }
        return true;
    }

    /// <summary>Writes the draft's row, so that on a server nobody publishes it before this operation's COMMIT; false when somebody did.</summary>
    private static async Task<bool> HoldAsync(MarketDb db, int id, CancellationToken ct) =>
        await db.Assessments.Where(a => a.Id == id && a.State == AssessmentState.Draft).ExecuteUpdateAsync(s => s.SetProperty(a => a.ShownAt, (DateTime?)null), ct) == 1;

    private static async Task<bool> SetAsync(MarketDb db, int id, AssessedMember[] members, CancellationToken ct)
    {
        if (!await HoldAsync(db, id, ct)) return false;
        var ids = Array.ConvertAll(members, m => m.MemberId);
        var lines = await db.AssessmentLines.Where(l => l.AssessmentId == id && ids.Contains(l.MemberId)).ToDictionaryAsync(l => l.MemberId, ct);
        var added = new List<(string Sql, object?[] Values)>();
        foreach (var (member, m, result) in members)
        {
            if (!lines.TryGetValue(member, out var line))
            {
                added.Add((AddLine, [id, member, m.Target, m.Points, m.Verified, m.Rejected, m.Raters, m.Marks, result.Score, result.Grade.ToString(), result.Bonus]));
                continue;
            }
            (line.Target, line.Points, line.Verified, line.Rejected, line.Raters, line.Marks) = (m.Target, m.Points, m.Verified, m.Rejected, m.Raters, m.Marks);
            (line.Score, line.Grade, line.Bonus) = (result.Score, result.Grade, result.Bonus);
        }
        if (added.Count > 0) await new LedgerSql(db).WriteAsync(added, ct);
        await db.SaveChangesAsync(ct);
        return true;
    }

    private static async Task<bool> RemoveAsync(MarketDb db, int id, int[] members, CancellationToken ct)
    {
        if (!await HoldAsync(db, id, ct)) return false;
        await db.AssessmentLines.Where(l => l.AssessmentId == id && members.Contains(l.MemberId)).ExecuteDeleteAsync(ct);
        return true;
    }

    private Task<bool> ShowAsync(int id, DateOnly month, CancellationToken ct) => writes.RunAsync(async (db, token) =>
    {
        DateTime? now = clock.GetUtcNow().UtcDateTime;
        // Of two who drafted the same at once, one shows it and tells the members.
        if (await db.Assessments.Where(a => a.Id == id && a.State == AssessmentState.Draft && a.ShownAt == null).ExecuteUpdateAsync(s => s.SetProperty(a => a.ShownAt, now), token) != 1)
            return await db.Assessments.AnyAsync(a => a.Id == id && a.State == AssessmentState.Draft, token);
        await AssessmentNews.TellMembersAsync(db, id, month, InboxKinds.AssessmentShown, now.Value, token);
        await db.SaveChangesAsync(token);
        return true;
    }, ct);
}
