using FsCheck;
using FsCheck.Fluent;
using PointsMarket.Awards;

namespace PointsMarket.Tests.Awards;

/// <summary>The order of a ranking: total, the same whatever order candidates come in, and by the rules of DESIGN 7.</summary>
public sealed class AwardRankingTests
{
    // Few values, so that ties happen all the time.
    private static readonly Arbitrary<AwardCandidate[]> Candidates = (
        from many in Gen.ListOf(
            from months in Gen.Choose(1, 4)
            from score in Gen.Choose(0, 3)
            from extra in Gen.Choose(0, 2)
            from points in Gen.Choose(0, 2)
            from joined in Gen.Choose(0, 2)
            select (Sum: ((long)score * 2500 * months) + extra, months, points, joined))
        select many.Select((c, i) => new AwardCandidate(i, $"G{i:000}", c.Sum, c.months, c.points, new DateOnly(2020 + c.joined, 1, 1))).ToArray()).ToArbitrary();

    [Fact]
    public void Order_OfAnyCandidates_IsTotalAndDoesNotDependOnTheirOrder() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Candidates, candidates =>
    {
        var ranked = candidates.Order(AwardRanking.Order).ToList();
        Assert.Equal(ranked, candidates.Reverse().Order(AwardRanking.Order));
        Assert.Equal(ranked, candidates.OrderBy(c => c.Points).ThenBy(c => c.MemberId % 3).Order(AwardRanking.Order));
        foreach (var (a, b) in candidates.SelectMany(a => candidates.Select(b => (a, b))))
        {
            Assert.Equal(a == b, AwardRanking.Order.Compare(a, b) == 0); // nobody shares a place
            Assert.Equal(Math.Sign(AwardRanking.Order.Compare(a, b)), -Math.Sign(AwardRanking.Order.Compare(b, a)));
        }
        foreach (var (better, worse) in ranked.Zip(ranked.Skip(1)))
        {
            var (m, n) = ((decimal)better.ScoreSum / better.Months, (decimal)worse.ScoreSum / worse.Months);
            Assert.True(better.ScoreSum * worse.Months >= worse.ScoreSum * better.Months, $"{m} < {n}");
            if (better.ScoreSum * worse.Months != worse.ScoreSum * better.Months) continue;
            Assert.True(better.Points >= worse.Points);
            if (better.Points != worse.Points) continue;
            Assert.True(better.Joined <= worse.Joined);
            if (better.Joined == worse.Joined) Assert.True(string.CompareOrdinal(better.Code, worse.Code) < 0);
        }
    }));

    [Theory, InlineData(0, 0, null), InlineData(20000, 3, 6667), InlineData(9999, 2, 5000), InlineData(10000, 1, 10000), InlineData(1, 3, 0), InlineData(1, 2, 1)]
    public void Mean_OfMonths_IsRoundedHalfUp(long sum, int months, int? mean) => Assert.Equal(mean, AwardNominee.MeanOf(sum, months));
}
