using Microsoft.EntityFrameworkCore;
using PointsMarket.Assessments;
using PointsMarket.Data;

namespace PointsMarket.Awards;

/// <summary>What a member's place follows from.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="Code">Decides where all else is equal, in the order of its bytes.</param>
/// <param name="ScoreSum">The sum of the scores of the published months, in hundredths.</param>
/// <param name="Months">How many; 1 or more.</param>
/// <param name="Points">Points of the published months.</param>
/// <param name="Joined">The first day in service.</param>
public sealed record AwardCandidate(int MemberId, string Code, long ScoreSum, int Months, long Points, DateOnly Joined)
{
    /// <summary>With a month more or less; a month without a score counts for nothing.</summary>
    internal AwardCandidate Changed(int by, int? score, long points) =>
        score is { } s ? this with { ScoreSum = ScoreSum + (by * (long)s), Months = Months + by, Points = Points + (by * points) } : this;
}

/// <summary>
/// Who stands where (DESIGN 7): by the mean score of the year's published months with their corrections, then by points, then by who serves longer, then by
/// code. No two stand at the same place, whatever the order they come in.
/// </summary>
public sealed class AwardRanking : IComparer<AwardCandidate>
{
    /// <summary>The order.</summary>
    public static readonly AwardRanking Order = new();

    /// <inheritdoc/>
    public int Compare(AwardCandidate? x, AwardCandidate? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        // Two means compared crosswise, so that nothing is rounded before it is compared.
        var byMean = ((Int128)y.ScoreSum * x.Months).CompareTo((Int128)x.ScoreSum * y.Months);
        return byMean != 0 ? byMean
            : y.Points.CompareTo(x.Points) is not 0 and var byPoints ? byPoints
            : x.Joined.CompareTo(y.Joined) is not 0 and var bySeniority ? bySeniority
            : string.CompareOrdinal(x.Code, y.Code);
    }

    /// <summary>
    /// All who may be ranked in a cycle, first place first. A published line counts as it was published, unless it was corrected: then
    /// the latest approved correction takes its place, score and points, because it says what should have been measured; a month that
    /// has no score any more is left out. The database sums the lines as published, one row for each member; corrections are few, and
    /// what they change is put right here.
    /// </summary>
    internal static async Task<IReadOnlyList<AwardCandidate>> ReadAsync(MarketDb db, AwardCycle cycle, DateOnly today, CancellationToken ct)
    {
        var (first, next, kinds) = (new DateOnly(cycle.Year, 1, 1), new DateOnly(cycle.Year + 1, 1, 1), cycle.MemberKinds);
        var path = await db.Areas.Where(a => a.Id == cycle.AreaId).Select(a => a.Path).SingleAsync(ct);
        var lines = db.AssessmentLines
            .Where(l => l.Assessment.BookId == cycle.BookId && l.Assessment.State == AssessmentState.Published && l.Assessment.Month >= first && l.Assessment.Month < next)
            .Where(l => kinds.Contains(l.Member.Kind) && l.Member.Area.Path.StartsWith(path) && (l.Member.Left == null || l.Member.Left > today));
        var found = await lines.Where(l => l.Score != null)
            .GroupBy(l => new { l.MemberId, l.Member.Code, l.Member.Joined })
            .Select(g => new { g.Key.MemberId, g.Key.Code, g.Key.Joined, Sum = g.Sum(l => (long)l.Score!.Value), Months = g.Count(), Points = g.Sum(l => l.Points) }).ToListAsync(ct);
        var people = found.ToDictionary(f => f.MemberId, f => new AwardCandidate(f.MemberId, f.Code, f.Sum, f.Months, f.Points, f.Joined));
        var corrected = await (
            from c in db.AssessmentCorrections
            join l in lines on new { c.AssessmentId, c.MemberId } equals new { l.AssessmentId, l.MemberId }
            where c.State == CorrectionState.Approved
            select new { c.AssessmentId, c.MemberId, c.Number, l.Member.Code, l.Member.Joined, c.Score, c.Points, OldScore = l.Score, OldPoints = l.Points }).ToListAsync(ct);
        foreach (var c in corrected.GroupBy(c => (c.AssessmentId, c.MemberId)).Select(g => g.MaxBy(c => c.Number)!))
        {
            var before = people.GetValueOrDefault(c.MemberId) ?? new AwardCandidate(c.MemberId, c.Code, 0, 0, 0, c.Joined);
            people[c.MemberId] = before.Changed(-1, c.OldScore, c.OldPoints).Changed(1, c.Score, c.Points);
        }
        return [.. people.Values.Where(p => p.Months > 0 && p.Months >= cycle.LeastMonths).Order(Order)];
    }
}
