using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using PointsMarket.Assessments;

namespace PointsMarket.Tests.Assessments;

/// <summary>The laws of the score, for any measures and any policy.</summary>
public sealed class ScoreLawTests
{
    private sealed record Case(AssessmentMeasures Measures, AssessmentPolicy Policy);

    private static readonly Arbitrary<Case> Cases = (
        from target in Gen.Elements<int?>(30, 60, 120, 1, null)
        from points in Gen.Choose(-5, 400)
        from verified in Gen.Frequency((1, Gen.Constant(0)), (5, Gen.Choose(0, 3000)))
        from rejected in Gen.Frequency((2, Gen.Constant(0)), (5, Gen.Choose(0, 3000)))
        from raters in Gen.Choose(0, 40)
        from mean in Gen.Choose(6, 30)
        from weights in Gen.Elements((60, 20, 20), (100, 0, 0), (0, 100, 0), (33, 33, 34), (1, 98, 1), (0, 0, 0))
        select new Case(
            new AssessmentMeasures(target, points, verified, rejected, raters, raters * mean),
            new AssessmentPolicy { WorkloadWeight = weights.Item1, QualityWeight = weights.Item2, EvaluationWeight = weights.Item3 })).ToArbitrary();

    [Fact]
    public void Score_OfAnything_LiesBetweenZeroAndAHundredAndGivesItsGrade() => Hold(c =>
    {
        var result = AssessmentScore.Of(c.Measures, c.Policy);
        return result.Score is { } score
            ? score is >= 0 and <= 10_000 && result.Grade == (score >= 9000 ? Grade.Excellent : score >= 6000 ? Grade.Competent : Grade.NotCompetent) && result.Bonus == (score >= 9000 ? 20 : score >= 6000 ? 10 : 0)
            : result is { Grade: Grade.None, Bonus: 0 };
    });

    [Fact]
    public void Score_OfAnything_IsTheExactFractionRoundedOnceHalfUp() => Hold(c =>
    {
        BigInteger n = 0, d = 1, weights = 0;
        foreach (var part in AssessmentScore.Parts(c.Measures, c.Policy))
            (n, d, weights) = ((n * part.Denominator) + (part.Weight * part.Numerator * d), d * part.Denominator, weights + part.Weight);
        var score = AssessmentScore.Of(c.Measures, c.Policy).Score;
        if (weights == 0) return score is null;
        // |score − 10000·n/(d·weights)| ≤ ½, and a half goes up.
        var off = (2 * score!.Value * d * weights) - (20_000 * n);
        return off > -(d * weights) && off <= d * weights;
    });

    [Fact]
    public void Score_MoreOfAnyGoodThing_IsNeverLess() => Hold(c =>
    {
        var m = c.Measures;
        int? Of(AssessmentMeasures other) => AssessmentScore.Of(other, c.Policy).Score;
        bool NotLess(AssessmentMeasures better) => Of(m) is not { } before || Of(better) is not { } after || after >= before;
        return NotLess(m with { Points = m.Points + 7 })
            && (m.Verified + m.Rejected == 0 || NotLess(m with { Verified = m.Verified + 1 }))
            && (m.Rejected <= 1 || NotLess(m with { Rejected = m.Rejected - 1 }))
            && (m.Raters < AssessmentScore.LeastRaters || m.Marks >= m.Raters * 30 || NotLess(m with { Marks = m.Marks + 1 }));
    });

    [Fact]
    public void Score_FewerThanThreeRaters_DoesNotDependOnTheirMarks() => Hold(c =>
    {
        var few = c.Measures with { Raters = c.Measures.Raters % AssessmentScore.LeastRaters };
        return AssessmentScore.Of(few, c.Policy) == AssessmentScore.Of(few with { Marks = 0 }, c.Policy);
    });

    private static void Hold(Func<Case, bool> law) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Cases, law));
}
