using Microsoft.EntityFrameworkCore;
using PointsMarket.Cases;
using PointsMarket.Ledger;
using PointsMarket.Reconciliations;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Reconciliations;

/// <summary>Under the stop no new case reward is promised, unless somebody for the whole station says so with a reason.</summary>
public sealed class CoverStopTests
{
    private static readonly Approver By = new() { Actor = Actor.User(5), MemberId = null, AreaPath = "STA/" };

    [Fact]
    public async Task Publish_UnderTheStop_IsRefusedUntilOverriddenForTheMonth()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        var run = await desk.RunAsync();
        Assert.True(run.Cover.Ratio > 80_00);
        Assert.IsType<CaseOutcome.Done>(await PublishAsync(market, 50));
        Assert.Equal(OverrideCoverStop.Outcome.NothingStopped, await OverrideAsync(market, "x"));

        await ShrinkAsync(market, run.Id);
        var refused = Assert.IsType<CaseOutcome.Refused>(await PublishAsync(market, 50));
        Assert.Equal((CaseRefusal.CoverStopped, "0.00%"), (refused.Why, refused.About));
        var open = await market.ReadAsync(db => db.Cases.AsNoTracking().FirstAsync(c => c.State == CaseState.Open && c.Reward == 50));
        Assert.Equal(CaseRefusal.CoverStopped, Assert.IsType<CaseOutcome.Refused>(await SaveAsync(market, 51, open.Id)).Why); // not through the back door either
        Assert.IsType<SaveCase.Saved>(await SaveAsync(market, 40, open.Id));
        Assert.Equal(OverrideCoverStop.Outcome.BadWords, await OverrideAsync(market, " "));
        Assert.Equal(OverrideCoverStop.Outcome.NotTheStation, await OverrideAsync(market, "急", "STA/PR1/"));
        Assert.Equal(OverrideCoverStop.Outcome.Done, await OverrideAsync(market, "企业捐的米下周到"));
        Assert.IsType<CaseOutcome.Done>(await PublishAsync(market, 50));
        Assert.Equal("企业捐的米下周到", (await market.ReadAsync(db => db.CoverOverrides.AsNoTracking().SingleAsync())).Reason);

        market.Clock.Advance(TimeSpan.FromDays(31)); // the next month asks anew
        Assert.IsType<CaseOutcome.Refused>(await PublishAsync(market, 50));
    }

    /// <summary>As if the month had been reconciled with nothing behind the points.</summary>
    private static Task<int> ShrinkAsync(TestMarket market, int run) => market.Writes.RunAsync(db => db.Reconciliations.Where(r => r.Id == run)
        .ExecuteUpdateAsync(s => s.SetProperty(r => r.CashFen, 0).SetProperty(r => r.GoodsFen, 0).SetProperty(r => r.CardsFen, 0)));

    private static Task<OverrideCoverStop.Outcome> OverrideAsync(TestMarket market, string reason, string area = "STA/") =>
        market.Get<OverrideCoverStop>().ExecuteAsync(new OverrideCoverStop.Input { Reason = reason, Actor = Actor.User(5), AreaPath = area });

    private static async Task<CaseOutcome> PublishAsync(TestMarket market, int reward) =>
        await market.Get<PublishCase>().ExecuteAsync(Assert.IsType<SaveCase.Saved>(await SaveAsync(market, reward)).CaseId, By);

    private static async Task<CaseOutcome> SaveAsync(TestMarket market, int reward, int? id = null)
    {
        var area = await market.ReadAsync(db => db.Areas.Where(a => a.Path == "STA/").Select(a => a.Id).SingleAsync());
        return await market.Get<SaveCase>().ExecuteAsync(new SaveCase.Input { CaseId = id, Title = "找出偷倒垃圾的车", Kind = "lead", AreaId = area, Reward = reward, Days = 7, By = By });
    }
}
