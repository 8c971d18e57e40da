using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Proposals;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Funding;

/// <summary>Nobody turns money that was given for one thing to another by themselves.</summary>
public sealed class FundPurposeTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [Fact]
    public async Task Purposes_OfAFundThatIsThere_HoldWithTheSecondPersonsWord()
    {
        var desk = await FundDesk.OpenAsync();
        await using var market = desk.Market;
        var fund = await FundAsync(desk);
        Assert.Equal(SaveFund.Outcome.ReasonMissing, await SaveAsync(desk, fund.Id, FundPurpose.Awards | FundPurpose.Goods, " "));
        Assert.Equal(SaveFund.Outcome.Proposed, await SaveAsync(desk, fund.Id, FundPurpose.Awards | FundPurpose.Goods));
        Assert.Equal(SaveFund.Outcome.OneWaits, await SaveAsync(desk, fund.Id, FundPurpose.Goods));
        var waiting = await FundAsync(desk);
        Assert.Equal((FundPurpose.Awards, "奖金"), (waiting.Purposes, waiting.NameZh)); // its name changed at once

        var id = await market.ReadAsync(db => db.FundProposals.Select(p => p.Id).SingleAsync());
        var approve = market.Get<ApproveFundPurposes>();
        Assert.Equal(ProposalOutcome.Own, await approve.ExecuteAsync(By(id, desk.Admin)));
        Assert.Equal(ProposalOutcome.NotAllowed, await approve.ExecuteAsync(By(id, desk.Finance)));
        Assert.Equal(ProposalOutcome.NotFound, await approve.ExecuteAsync(By(id, desk.Village, "STA/V1/")));
        Assert.Equal([desk.Approver, desk.Other], await market.ReadAsync(db => db.InboxMessages.Where(m => m.Kind == "fund-purposes-proposed").OrderBy(m => m.UserId).Select(m => m.UserId!.Value).ToListAsync())); // the only administrator proposed
        Assert.Equal(ProposalOutcome.Done, await approve.ExecuteAsync(By(id, desk.Approver)));
        Assert.Equal(ProposalOutcome.Decided, await approve.ExecuteAsync(By(id, desk.Other)));
        Assert.Equal(FundPurpose.Awards | FundPurpose.Goods, (await FundAsync(desk)).Purposes);
        Assert.Equal(SaveFund.Outcome.Saved, await SaveAsync(desk, fund.Id, FundPurpose.Awards | FundPurpose.Goods, null)); // nothing new to decide on
    }

    [Fact]
    public async Task Purposes_RefusedOrTakenBack_StayAsTheyWere()
    {
        var desk = await FundDesk.OpenAsync();
        await using var market = desk.Market;
        var second = await market.AddAccountAsync(Roles.Administrator);
        var fund = await FundAsync(desk);
        Assert.Equal(SaveFund.Outcome.Proposed, await SaveAsync(desk, fund.Id, FundPurposes.Any));
        var first = await market.ReadAsync(db => db.FundProposals.Select(p => p.Id).SingleAsync());
        Assert.Equal(ProposalOutcome.NotAllowed, await market.Get<ApproveFundPurposes>().ExecuteAsync(By(first, desk.Approver))); // there is another administrator
        Assert.Equal(ProposalOutcome.ReasonMissing, await market.Get<RefuseFundPurposes>().ExecuteAsync(By(first, second), ""));
        Assert.Equal(ProposalOutcome.Done, await market.Get<RefuseFundPurposes>().ExecuteAsync(By(first, second), "捐的人没有同意"));
        Assert.Equal(SaveFund.Outcome.Proposed, await SaveAsync(desk, fund.Id, FundPurposes.Any));
        var again = await market.ReadAsync(db => db.FundProposals.MaxAsync(p => p.Id));
        Assert.Equal(ProposalOutcome.NotOwn, await market.Get<WithdrawFundPurposes>().ExecuteAsync(By(again, second)));
        Assert.Equal(ProposalOutcome.Done, await market.Get<WithdrawFundPurposes>().ExecuteAsync(By(again, desk.Admin)));
        Assert.Equal(FundPurpose.Awards, (await FundAsync(desk)).Purposes);
        Assert.Equal([ProposalState.Refused, ProposalState.Withdrawn], await market.ReadAsync(db => db.FundProposals.OrderBy(p => p.Id).Select(p => p.State).ToListAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Approve_AndWithdrawAtTheSameMoment_EndsItOnce(DatabaseProvider provider)
    {
        var desk = await FundDesk.OpenAsync(provider);
        await using var market = desk.Market;
        Assert.Equal(SaveFund.Outcome.Proposed, await SaveAsync(desk, (await FundAsync(desk)).Id, FundPurposes.Any));
        var id = await market.ReadAsync(db => db.FundProposals.Select(p => p.Id).SingleAsync());
        var outcomes = await Task.WhenAll(
            Task.Run(() => market.Get<ApproveFundPurposes>().ExecuteAsync(By(id, desk.Approver))), Task.Run(() => market.Get<WithdrawFundPurposes>().ExecuteAsync(By(id, desk.Admin))));
        Assert.Equal([ProposalOutcome.Done, ProposalOutcome.Decided], outcomes.Order());
        Assert.Equal(outcomes[0] == ProposalOutcome.Done ? FundPurposes.Any : FundPurpose.Awards, (await FundAsync(desk)).Purposes);
    }

    private static Task<Fund> FundAsync(FundDesk desk) => desk.Market.ReadAsync(db => db.Funds.AsNoTracking().SingleAsync(f => f.Code == FundDesk.Awards));

    private static Task<SaveFund.Outcome> SaveAsync(FundDesk desk, int id, FundPurpose purposes, string? reason = "理事会决定") => desk.Market.Get<SaveFund>().ExecuteAsync(
        new SaveFund.Input { Id = id, Code = "", NameZh = "奖金", NameEn = "Awards", Purposes = purposes, Reason = reason, Active = true, By = FundDesk.By(desk.Admin) });

    private static ProposalDecision By(int proposal, int user, string area = "STA/") => new() { ProposalId = proposal, UserId = user, AreaPath = area };
}
