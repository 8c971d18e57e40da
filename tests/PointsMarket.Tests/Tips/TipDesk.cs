using Microsoft.EntityFrameworkCore;
using PointsMarket.Tests.Kit;
using PointsMarket.Tips;

namespace PointsMarket.Tests.Tips;

/// <summary>What tipper and desk do, in one call.</summary>
internal static class TipDesk
{
    public static async Task<SendTip.Sent> SendAsync(TestMarket market, string text = "看到有人半夜撬门", string? place = null) =>
        Assert.IsType<SendTip.Sent>(await market.Get<SendTip>().ExecuteAsync(
            new() { FormKey = Guid.NewGuid().ToString("N"), Kind = TipKind.Theft, AreaId = null, Place = place, Text = text, Pin = null }));

    public static async Task<Guid> OpenAsync(TestMarket market, SendTip.Sent sent) =>
        Assert.IsType<OpenMailbox.Open>(await market.Get<OpenMailbox>().ExecuteAsync(sent.Code, sent.Pin)).TipId;

    /// <summary>Account 1 of the station at the tip that came last unrewarded.</summary>
    public static async Task<TipAtDesk> AtAsync(TestMarket market) => new()
    {
        Reference = await market.ReadAsync(db => db.Tips.Where(t => t.Reward == TipRewardState.None).Select(t => t.Reference).SingleAsync()), UserId = 1, AreaPath = "STA/",
    };

    public static async Task<TipContent> ReadAsync(TestMarket market, Guid tip, bool tipper) => (await market.ReadAsync(db => market.Get<ReadTip>().ExecuteAsync(db, tip, tipper)))!;

    /// <summary>A tip that was useful and whose reward is decided.</summary>
    public static async Task<SendTip.Sent> RewardedAsync(TestMarket market, int points)
    {
        var sent = await SendAsync(market);
        var at = await AtAsync(market);
        Assert.Equal(CloseTip.Outcome.Closed, await market.Get<CloseTip>().ExecuteAsync(at, useful: true));
        Assert.Equal(TipRewarding.Approved, await market.Get<ProposeTipReward>().ExecuteAsync(at, points));
        return sent;
    }

    /// <summary>The number of a granted voucher of so many points.</summary>
    public static async Task<string> VoucherAsync(TestMarket market, int points)
    {
        var sent = await RewardedAsync(market, points);
        market.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(1, await market.Get<GrantTipRewards>().ExecuteAsync());
        return (await ReadAsync(market, await OpenAsync(market, sent), tipper: true)).Voucher!;
    }
}
