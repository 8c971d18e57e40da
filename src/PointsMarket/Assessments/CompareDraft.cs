using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Assessments;

/// <summary>
/// Says by how much a draft that is shown lags behind what was recorded since: verified late, reversed, left, rated. It reads all of the
/// month as drafting does, outside the door, and writes nothing.
/// </summary>
public sealed class CompareDraft(MarketContexts contexts)
{
    /// <summary>How many lines would be new, different or gone if the month were drafted now; 0 for what is no shown draft.</summary>
    public async Task<int> ExecuteAsync(int assessmentId, CancellationToken ct = default)
    {
        Assessment? draft;
        await using (var db = contexts.Read()) draft = await db.Assessments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == assessmentId && a.State == AssessmentState.Draft && a.ShownAt != null, ct);
        return draft is null ? 0 : await DraftLines.DifferAsync(contexts, draft.BookId, draft.Month, ct);
    }
}

/// <summary>What a month comes to now, beside what is stored of it.</summary>
internal static class DraftLines
{
    /// <summary>How many lines would change.</summary>
    public static async Task<int> DifferAsync(MarketContexts contexts, int book, DateOnly month, CancellationToken ct)
    {
        var (_, due, gone) = await WorkOutAsync(contexts, book, month, ct);
        return due.Count + gone.Count;
    }

    /// <summary>The stored assessment, the lines that are new or differ from it, and the members whose lines are too many.</summary>
    public static async Task<(Assessment? Found, List<AssessedMember> Due, List<int> Gone)> WorkOutAsync(MarketContexts contexts, int book, DateOnly month, CancellationToken ct)
    {
        IReadOnlyList<AssessedMember> all;
        await using (var db = contexts.Read()) all = await AssessmentInputs.AllAsync(db, book, month, ct);
        await using var stored = contexts.Read();
        var found = await stored.Assessments.AsNoTracking().SingleOrDefaultAsync(a => a.BookId == book && a.Month == month, ct);
        if (found is null) return (null, [.. all], []);
        var lines = await stored.AssessmentLines.Where(l => l.AssessmentId == found.Id)
            .Select(l => new { l.MemberId, l.Target, l.Points, l.Verified, l.Rejected, l.Raters, l.Marks, l.Score, l.Grade, l.Bonus })
            .ToDictionaryAsync(
                l => l.MemberId,
                l => (new AssessmentMeasures(l.Target, l.Points, l.Verified, l.Rejected, l.Raters, l.Marks), new AssessmentResult(l.Score, l.Grade, l.Bonus)), ct);
        var due = all.Where(m => !lines.Remove(m.MemberId, out var line) || line != (m.Measures, m.Result)).ToList();
        return (found, due, [.. lines.Keys]);
    }
}
