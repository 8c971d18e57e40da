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
public sealed record AwardCandidate(int MemberId, string Code, long ScoreSum, int Months, long Points, DateOnly Joined);

/// <summary>
/// Who stands where (DESIGN 7): by the mean score of the year's published months, then by points, then by who serves longer, then by
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

    /// <summary>All who may be ranked in a cycle, first place first. The database sums; one row comes for each member.</summary>
    internal static async Task<IReadOnlyList<AwardCandidate>> ReadAsync(MarketDb db, AwardCycle cycle, DateOnly today, CancellationToken ct)
    {
        var (first, next, kinds) = (new DateOnly(cycle.Year, 1, 1), new DateOnly(cycle.Year + 1, 1, 1), cycle.MemberKinds);
        var path = await db.Areas.Where(a => a.Id == cycle.AreaId).Select(a => a.Path).SingleAsync(ct);
        var found = await db.AssessmentLines
            .Where(l => l.Assessment.BookId == cycle.BookId && l.Assessment.State == AssessmentState.Published && l.Assessment.Month >= first && l.Assessment.Month < next && l.Score != null)
            .Where(l => kinds.Contains(l.Member.Kind) && l.Member.Area.Path.StartsWith(path) && (l.Member.Left == null || l.Member.Left > today))
            .GroupBy(l => new { l.MemberId, l.Member.Code, l.Member.Joined })
            .Select(g => new { g.Key.MemberId, g.Key.Code, g.Key.Joined, Sum = g.Sum(l => (long)l.Score!.Value), Months = g.Count(), Points = g.Sum(l => l.Points) })
            .Where(g => g.Months >= cycle.LeastMonths).ToListAsync(ct);
        return [.. found.Select(f => new AwardCandidate(f.MemberId, f.Code, f.Sum, f.Months, f.Points, f.Joined)).Order(Order)];
    }
}
