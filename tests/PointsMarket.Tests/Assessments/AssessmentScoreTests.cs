using System.Numerics;
using PointsMarket.Assessments;
using PointsMarket.Members;

namespace PointsMarket.Tests.Assessments;

public sealed class AssessmentScoreTests
{
    [Theory]
    [InlineData(60, 92, 13, 0, 1, 20, "100.00", Grade.Excellent, 20)] // too few raters: their weight is left out
    [InlineData(60, 152, 26, 3, 3, 60, "91.26", Grade.Excellent, 20)]
    [InlineData(60, 0, 0, 0, 0, 0, "0.00", Grade.NotCompetent, 0)]
    [InlineData(60, 36, 0, 0, 0, 0, "60.00", Grade.Competent, 10)]
    [InlineData(60, 54, 0, 0, 0, 0, "90.00", Grade.Excellent, 20)]
    [InlineData(30, 1, 0, 0, 0, 0, "3.33", Grade.NotCompetent, 0)]
    [InlineData(30, 2, 0, 0, 0, 0, "6.67", Grade.NotCompetent, 0)]
    [InlineData(120, 7, 1, 0, 0, 0, "29.38", Grade.NotCompetent, 0)] // 29.375: half up
    [InlineData(null, 500, 9, 9, 3, 90, "100.00", Grade.Excellent, 20)] // only evaluated
    [InlineData(null, 500, 9, 9, 2, 60, "", Grade.None, 0)]
    public void Of_Measures_IsTheExactFractionRoundedOnceHalfUp(int? target, long points, int verified, int rejected, int raters, int marks, string score, Grade grade, int bonus)
    {
        var result = AssessmentScore.Of(new AssessmentMeasures(target, points, verified, rejected, raters, marks), AssessmentPolicy.Default);
        Assert.Equal((score, grade, bonus), (AssessmentWords.Score(result.Score), result.Grade, result.Bonus));
    }

    [Fact]
    public void Of_AnyMeasures_EqualsTheFractionInBigIntegers()
    {
        var random = new Random(20260930);
        for (var i = 0; i < 20_000; i++)
        {
            var raters = random.Next(0, 60);
            var m = new AssessmentMeasures(
                random.Next(3) switch { 0 => 30, 1 => 60, _ => 120 }, random.Next(0, 200), random.Next(0, 1_000_000), random.Next(0, 1_000_000), raters, raters * random.Next(6, 31));
            BigInteger n = 0, d = 1, weights = 0;
            void Add(int weight, BigInteger a, BigInteger b) => (n, d, weights) = ((n * b) + (weight * a * d), d * b, weights + weight);
            Add(60, Math.Min(m.Points, m.Target!.Value), m.Target.Value);
            if (m.Verified + m.Rejected > 0) Add(20, m.Verified, m.Verified + m.Rejected);
            if (raters >= 3) Add(20, m.Marks, raters * 30);
            var (quotient, rest) = (BigInteger.DivRem(n * 10_000, d * weights, out var left), left);
            Assert.Equal((int)quotient + (rest * 2 >= d * weights ? 1 : 0), AssessmentScore.Of(m, AssessmentPolicy.Default).Score);
        }
    }

    [Fact]
    public void TargetOf_EveryKind_IsThatOfTheDesign() => Assert.Equal(
        [null, null, 120, 60, 30, 30],
        ((MemberKind[])[MemberKind.GridChief, MemberKind.Coordinator, MemberKind.GridManager, MemberKind.GridMember, MemberKind.Informant, MemberKind.Volunteer]).Select(AssessmentPolicy.Default.TargetOf));
}
