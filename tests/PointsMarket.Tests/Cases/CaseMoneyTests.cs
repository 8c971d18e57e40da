using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Cases;

/// <summary>Money beside the points: promised only while the fund has it, asked for once by the agreed shares, stopped or claimed back when a case is reopened.</summary>
public sealed class CaseMoneyTests
{
    private const string Care = "care-fund";

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [Fact]
    public void SplitFen_OfAnySum_GivesEachTheirShareToTheFenAndTheWholeInAll()
    {
        var shares = Gen.Choose(1, 5).SelectMany(n => Gen.ArrayOf(Gen.Choose(1, 19), n)).Where(s => s.Sum() < 100).Select(s => (int[])[.. s, 100 - s.Sum()]);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(shares.ToArbitrary(), Gen.Choose(0, 1_000_000).ToArbitrary(), (parts, fen) =>
        {
            var split = CaseReward.SplitFen(fen, parts);
            Assert.Equal(fen, split.Sum());
            foreach (var (got, share) in split.Zip(parts)) Assert.InRange(got, (long)fen * share / 100, ((long)fen * share / 100) + 1); // nobody is more than a fen off
        }));
        Assert.Equal([34, 33, 33], CaseReward.SplitFen(100, [34, 33, 33]));
        Assert.Equal([1, 0], CaseReward.SplitFen(1, [50, 50])); // equal remainders: the first place
        Assert.Equal([3, 7], CaseReward.SplitFen(10, [33, 67])); // 3.3 and 6.7
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Close_WithMoney_AsksTheFundOnceByTheShares(DatabaseProvider provider)
    {
        var desk = await CaseDesk.OpenAsync(provider);
        await using var market = desk.Market;
        await FundAsync(desk, 100_000);
        var id = await PostedAsync(desk, 10_001);
        var claim = await TogetherAsync(desk, id);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => desk.CloseAsync(claim, 10 + i))));

        Assert.Equal((80, 10_001L), outcomes.OfType<CloseCase.Closed>().Select(c => (c.Points, c.Fen)).Single());
        var payment = await market.ReadAsync(db => db.Payments.Include(p => p.Lines).ThenInclude(l => l.Member).AsNoTracking().SingleAsync());
        Assert.Equal((PaymentState.Asked, FundPurpose.CaseRewards, 10_001L), (payment.State, payment.Purpose, payment.AmountFen));
        Assert.Equal([("P1", 6_001L), ("P2", 4_000L)], payment.Lines.OrderBy(l => l.Position).Select(l => (l.Member!.Code, l.AmountFen))); // 6000.6 and 4000.4
        Assert.Equal((1, 10_001L), (await market.ReadAsync(db => db.CaseMoney.CountAsync(m => m.CaseId == id && m.Round == 1 && m.PaymentId == payment.Id)), (await desk.ClaimAsync(claim)).MoneyFen));
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => market.Writes.RunAsync(db =>
        {
            db.Add(new CaseMoney { CaseId = id, Round = 1, PaymentId = payment.Id });
            return db.SaveChangesAsync();
        }));
        await desk.CleanAsync();
    }

    [Theory, InlineData(10, 1, 5_000), InlineData(17, 0, 5_000)]
    public async Task Close_Late_AsksForThePolicysShare(int days, int minutes, long expected)
    {
        var desk = await CaseDesk.OpenAsync();
        await using var market = desk.Market;
        await FundAsync(desk, 100_000);
        var claim = await desk.HeldAsync(await PostedAsync(desk, 10_001), desk.People[0]);
        market.Clock.Advance(TimeSpan.FromDays(days) + TimeSpan.FromMinutes(minutes));
        CaseDesk.Done(await desk.SubmitAsync(claim, desk.People[0]));
        Assert.Equal(expected, Assert.IsType<CloseCase.Closed>(await desk.CloseAsync(claim)).Fen);
        Assert.Equal(expected, await market.ReadAsync(db => db.Payments.Select(p => p.AmountFen).SingleAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Reopen_BeforeItIsPaid_StopsTheMoneyAndANewRoundAsksAgain(DatabaseProvider provider)
    {
        var desk = await CaseDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var finance = await FundAsync(desk, 100_000);
        await market.AddAccountAsync(Roles.Approver); // the account 2, who closes cases here and so asks
        var approver = await market.AddAccountAsync(Roles.Approver);
        var id = await PostedAsync(desk, 10_000);
        await desk.ClosedAsync(id, desk.People[0]);
        var first = await market.ReadAsync(db => db.Payments.Select(p => p.Id).SingleAsync());
        Assert.IsType<PaymentOutcome.Done>(await market.Get<ApprovePayment>().ExecuteAsync(first, By(approver)));
        Assert.Equal(-10_000, await BalanceAsync(desk, AccountCode.AwardPayable("P1")));

        Assert.Equal(StopMoney.Result.Stopped, Assert.IsType<ReopenCase.Reopened>(await market.Get<ReopenCase>().ExecuteAsync(id, "又吵起来了", CaseDesk.By())).Money);
        Assert.Equal((PaymentState.Refused, 0L), (await market.ReadAsync(db => db.Payments.Where(p => p.Id == first).Select(p => p.State).SingleAsync()), await BalanceAsync(desk, AccountCode.AwardPayable("P1"))));

        await desk.ClosedAsync(id, desk.People[1]);
        var second = await market.ReadAsync(db => db.CaseMoney.Where(m => m.CaseId == id && m.Round == 2).Select(m => m.PaymentId).SingleAsync());
        Assert.IsType<PaymentOutcome.Done>(await market.Get<ApprovePayment>().ExecuteAsync(second, By(approver)));
        Assert.IsType<PaymentOutcome.Done>(await market.Get<PayPayment>().ExecuteAsync(new PayPayment.Input { PaymentId = second, Reference = "B0002", Day = new(2026, 10, 1), By = By(finance) }));

        // Paid: it is marked, and comes back by the ladder only.
        Assert.Equal(StopMoney.Result.ToClaimBack, Assert.IsType<ReopenCase.Reopened>(await market.Get<ReopenCase>().ExecuteAsync(id, "还是没好", CaseDesk.By())).Money);
        Assert.EndsWith("还是没好", await market.ReadAsync(db => db.Payments.Where(p => p.Id == second).SelectMany(p => p.Lines).Select(l => l.ClaimBack).SingleAsync()), StringComparison.Ordinal);
        Assert.Equal(90_000, await BalanceAsync(desk, AccountCode.Cash(Care)));
        Assert.IsType<PaymentOutcome.Done>(await market.Get<AskForReversal>().ExecuteAsync(new AskForReversal.Input { PaymentId = second, Reason = "还是没好", By = By(finance) }));
        Assert.IsType<PaymentOutcome.Done>(await market.Get<ApproveReversal>().ExecuteAsync(second, By(approver)));
        Assert.Equal(100_000, await BalanceAsync(desk, AccountCode.Cash(Care)));
        await desk.CleanAsync();
    }

    [Fact]
    public async Task Publish_OverWhatTheFundHas_IsRefused()
    {
        var desk = await CaseDesk.OpenAsync();
        await using var market = desk.Market;
        await FundAsync(desk, 10_000);
        await PostedAsync(desk, 6_000);
        var second = await SavedAsync(desk, 4_001);
        var refused = Assert.IsType<CaseOutcome.Refused>(await market.Get<PublishCase>().ExecuteAsync(second, CaseDesk.By()));
        Assert.Equal((CaseRefusal.FundShort, "0.01"), (refused.Why, refused.About));
        Assert.IsType<SaveCase.Saved>(await market.Get<SaveCase>().ExecuteAsync(desk.Draft(id: second) with { Fund = Care, MoneyFen = 4_000 }));
        CaseDesk.Done(await market.Get<PublishCase>().ExecuteAsync(second, CaseDesk.By()));
        CaseDesk.Refused(CaseRefusal.FundShort, await market.Get<SaveCase>().ExecuteAsync(desk.Draft(id: second) with { Fund = Care, MoneyFen = 4_001 })); // and more while it is on the board
        Assert.IsType<SaveCase.Saved>(await market.Get<SaveCase>().ExecuteAsync(desk.Draft(id: second))); // less is always possible

        // What a payment that waits is asked for is not promised twice.
        var claim = await desk.SubmittedAsync(await market.ReadAsync(db => db.Cases.Where(c => c.MoneyFen == 6_000).Select(c => c.Id).SingleAsync()), desk.People[0]);
        Assert.IsType<CloseCase.Closed>(await desk.CloseAsync(claim));
        CaseDesk.Refused(CaseRefusal.FundShort, await market.Get<PublishCase>().ExecuteAsync(await SavedAsync(desk, 4_001), CaseDesk.By()));
    }

    [Fact]
    public async Task Money_OfAFundThatMayNot_IsRefused()
    {
        var desk = await CaseDesk.OpenAsync();
        await using var market = desk.Market;
        await FundAsync(desk, 10_000, FundPurpose.Goods);
        var draft = desk.Draft();
        CaseDesk.Refused(CaseRefusal.NoSuchFund, await market.Get<SaveCase>().ExecuteAsync(draft with { Fund = Care, MoneyFen = 100 }));
        CaseDesk.Refused(CaseRefusal.NoSuchFund, await market.Get<SaveCase>().ExecuteAsync(draft with { Fund = "gossip", MoneyFen = 100 }));
        CaseDesk.Refused(CaseRefusal.BadMoney, await market.Get<SaveCase>().ExecuteAsync(draft with { MoneyFen = 100 }));
        CaseDesk.Refused(CaseRefusal.BadMoney, await market.Get<SaveCase>().ExecuteAsync(draft with { Fund = Care }));
        CaseDesk.Refused(CaseRefusal.BadMoney, await market.Get<SaveCase>().ExecuteAsync(draft with { Fund = Care, MoneyFen = -1 }));
        CaseDesk.Refused(CaseRefusal.BadMoney, await market.Get<SaveCase>().ExecuteAsync(draft with { Fund = Care, MoneyFen = SaveCase.MostMoneyFen + 1 }));

        // A fund that closed since: the case is not closed without what it promised.
        await market.Writes.RunAsync(db => db.Funds.ExecuteUpdateAsync(s => s.SetProperty(f => f.Purposes, FundPurposes.Any)));
        var claim = await desk.SubmittedAsync(await PostedAsync(desk, 5_000), desk.People[0]);
        await market.Writes.RunAsync(db => db.Funds.ExecuteUpdateAsync(s => s.SetProperty(f => f.Active, false)));
        CaseDesk.Refused(CaseRefusal.NoSuchFund, await desk.CloseAsync(claim));
        Assert.Equal((0L, ClaimState.Submitted), (await desk.PointsAsync("P1"), (await desk.ClaimAsync(claim)).State));
    }

    private static PaymentActor By(int user) => new() { UserId = user, AreaPath = "STA/" };

    private static Task<long> BalanceAsync(CaseDesk desk, AccountCode account) => desk.Market.ReadAsync(db => db.BalanceAsync(desk.Station.BookId, account, Asset.Money));

    /// <summary>A fund with so much in it, entered by the account of finance that is returned.</summary>
    private static async Task<int> FundAsync(CaseDesk desk, long fen, FundPurpose? purposes = null)
    {
        var finance = await desk.Market.AddAccountAsync(Roles.Finance);
        await desk.Market.Writes.RunAsync(db =>
        {
            db.Add(new Fund { BookId = desk.Station.BookId, Code = Care, NameZh = "关爱基金", NameEn = "Care fund", Purposes = purposes ?? FundPurposes.Any });
            return db.SaveChangesAsync();
        });
        Assert.IsType<PaymentOutcome.Done>(await desk.Market.Get<EnterGrant>().ExecuteAsync(new EnterGrant.Input { Fund = Care, Reference = "B0001", Day = new(2026, 10, 1), AmountFen = fen, By = By(finance) }));
        return finance;
    }

    private static async Task<int> SavedAsync(CaseDesk desk, long fen) =>
        Assert.IsType<SaveCase.Saved>(await desk.Market.Get<SaveCase>().ExecuteAsync(desk.Draft() with { Fund = Care, MoneyFen = fen })).CaseId;

    private static async Task<int> PostedAsync(CaseDesk desk, long fen)
    {
        var id = await SavedAsync(desk, fen);
        CaseDesk.Done(await desk.Market.Get<PublishCase>().ExecuteAsync(id, CaseDesk.By()));
        return id;
    }

    /// <summary>P1 and P2 settle it by 60 and 40.</summary>
    private static async Task<int> TogetherAsync(CaseDesk desk, int id)
    {
        var claim = Assert.IsType<AskForCase.Asked>(await desk.AskAsync(id, desk.People[0], share: 60, partners: new AskForCase.Partner("P2", 40))).ClaimId;
        CaseDesk.Done(await desk.Market.Get<AgreeToClaim>().ExecuteAsync(new() { ClaimId = claim, By = CaseDesk.Of(desk.People[1]), Agree = true, NoInterest = true }));
        CaseDesk.Done(await desk.Market.Get<ApproveClaim>().ExecuteAsync(claim, CaseDesk.By()));
        CaseDesk.Done(await desk.SubmitAsync(claim, desk.People[0]));
        return claim;
    }
}
