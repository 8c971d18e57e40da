using PointsMarket.Cases;

namespace PointsMarket.Tests.Cases;

/// <summary>FORMATS "Case reward".</summary>
public sealed class CaseRewardTests
{
    private static readonly DateTime Approved = new(2026, 9, 1, 6, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(0, 101)]
    [InlineData(10 * 24 * 60, 101)]
    [InlineData((10 * 24 * 60) + 1, 50)]
    [InlineData(17 * 24 * 60, 50)]
    [InlineData((17 * 24 * 60) + 1, 0)]
    [InlineData(400 * 24 * 60, 0)]
    public void Of_SubmittedSoManyMinutesAfterApproval_IsWholeThenHalfThenNothing(int minutes, int expected) =>
        Assert.Equal(expected, CaseReward.Of(101, 10, Approved, Approved.AddMinutes(minutes)));

    [Theory]
    [InlineData(100, new[] { 34, 33, 33 }, new[] { 34, 33, 33 })]
    [InlineData(75, new[] { 34, 33, 33 }, new[] { 27, 24, 24 })]
    [InlineData(101, new[] { 50, 25, 25 }, new[] { 51, 25, 25 })]
    [InlineData(1, new[] { 1, 99 }, new[] { 1, 0 })]
    [InlineData(0, new[] { 100 }, new[] { 0 })]
    [InlineData(80, new[] { 100 }, new[] { 80 })]
    [InlineData(1_000_000_000, new[] { 50, 50 }, new[] { 500_000_000, 500_000_000 })]
    public void Split_ByShares_RoundsDownAndGivesTheFirstTheRest(int reward, int[] shares, int[] expected) =>
        Assert.Equal(expected, CaseReward.Split(reward, shares));

    [Fact]
    public void Split_SharesNotSummingTo100_Throws() => Assert.Throws<ArgumentException>(() => CaseReward.Split(100, [50, 49]));
}
