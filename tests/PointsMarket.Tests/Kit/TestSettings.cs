using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Proposals;
using PointsMarket.Settings;

namespace PointsMarket.Tests.Kit;

/// <summary>Settings changed as people change them: one proposes, another approves, and it holds from the next day on.</summary>
internal static class TestSettings
{
    public static async Task SetAsync(this TestMarket market, Setting setting, long value)
    {
        var (one, two) = (await market.AddAccountAsync(Roles.Administrator), await market.AddAccountAsync(Roles.Administrator));
        var tomorrow = StationTime.Day(market.Clock.GetUtcNow().UtcDateTime).AddDays(1);
        var proposed = Assert.IsType<ProposeSettings.Proposed>(await market.Get<ProposeSettings>().ExecuteAsync(new()
        {
            Group = setting.Group, Values = new Dictionary<Setting, long> { [setting] = value }, From = tomorrow, Reason = "试试", UserId = one, AreaPath = "STA/",
        }));
        Assert.Equal(ProposalOutcome.Done, await market.Get<ApproveSettings>().ExecuteAsync(new() { ProposalId = proposed.Id, UserId = two, AreaPath = "STA/" }));
        market.Clock.Advance(TimeSpan.FromDays(1));
    }
}
