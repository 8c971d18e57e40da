using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Market;

public sealed class RedemptionTests
{
    private static readonly AccountCode Zhang = AccountCode.Member("G0001");
    private static readonly AccountCode Shelf = AccountCode.Shelf("O1");
    private static readonly Asset Rice = Asset.Goods("RICE5");
    private static readonly Asset Soap = Asset.Goods("SOAP");

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Redeem_RiceAndSoap_HoldsPointsAndGoodsUntilHandedOver(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var session = await station.StepUpAsync();
        await station.ChooseAsync(session, "RICE5", "SOAP");

        var slip = await SlipAsync(market, await station.ConfirmAsync(session));

        Assert.Equal((RedemptionState.Held, 33, 6), (slip.State, slip.Points, slip.PickupCode!.Length));
        Assert.Equal(67, await station.BalanceAsync(Zhang, Asset.Points));
        Assert.Equal(33, await station.BalanceAsync(AccountCode.Held(slip.Reference), Asset.Points));
        Assert.Equal((9, 0), (await station.BalanceAsync(Shelf, Rice), await station.BalanceAsync(Shelf, Soap)));

        Assert.Equal(EndRedemption.Outcome.Done, await EndAsync(market, slip, RedemptionState.HandedOver));
        Assert.Equal(EndRedemption.Outcome.Done, await EndAsync(market, slip, RedemptionState.HandedOver)); // the same again
        Assert.Equal(EndRedemption.Outcome.EndedOtherwise, await EndAsync(market, slip, RedemptionState.Cancelled));
        Assert.Equal((0, 33), (await station.BalanceAsync(AccountCode.Held(slip.Reference), Asset.Points), await station.BalanceAsync(AccountCode.Redeemed, Asset.Points)));
        Assert.Equal(1, await station.BalanceAsync(AccountCode.HandedOut, Rice));
        await AssertProvedAsync(market);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Redeem_TheSameBasketManyTimesAtOnce_GivesOneSlip(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var session = await station.StepUpAsync();
        await station.ChooseAsync(session, "RICE5");
        var input = new RedeemAtKiosk.Input { SessionId = session.Id, BasketKey = session.BasketKey, ExpectedPoints = 30 };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => market.Get<RedeemAtKiosk>().ExecuteAsync(input))));

        Assert.Single(outcomes.Distinct());
        Assert.IsType<RedeemAtKiosk.Redeemed>(outcomes[0]);
        Assert.Equal(70, await station.BalanceAsync(Zhang, Asset.Points));
        Assert.Equal(9, await station.BalanceAsync(Shelf, Rice));
        await AssertProvedAsync(market);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Redeem_TwoKiosksAndTheLastPiece_OneSlipAndOneSoldOut(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var here = await station.StepUpAsync();
        var there = await station.StepUpAsync(station.Informant, station.OtherKiosk);
        await station.ChooseAsync(here, "SOAP");
        await station.ChooseAsync(there, "SOAP");

        var redeem = market.Get<RedeemAtKiosk>();
        var outcomes = await Task.WhenAll(new[] { here, there }.Select(s => Task.Run(() => redeem.ExecuteAsync(new() { SessionId = s.Id, BasketKey = s.BasketKey, ExpectedPoints = 3 }))));

        Assert.Single(outcomes.OfType<RedeemAtKiosk.Redeemed>());
        Assert.Equal(new RedeemAtKiosk.OutOfStock("SOAP", 0), Assert.Single(outcomes.OfType<RedeemAtKiosk.OutOfStock>()));
        Assert.Equal(0, await station.BalanceAsync(Shelf, Soap));
        Assert.Equal(1, await market.ReadAsync(db => db.Redemptions.CountAsync()));
        await AssertProvedAsync(market);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Redeem_SamePersonAtTwoKiosksOverTheMonthsLimit_OneIsRefused(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var here = await station.StepUpAsync();
        var there = await station.StepUpAsync(station.Zhang, station.OtherKiosk);
        await station.ChooseAsync(here, "RICE5", "RICE5");
        await station.ChooseAsync(there, "RICE5");

        var redeem = market.Get<RedeemAtKiosk>();
        var outcomes = await Task.WhenAll(
            Task.Run(() => redeem.ExecuteAsync(new() { SessionId = here.Id, BasketKey = here.BasketKey, ExpectedPoints = 60 })),
            Task.Run(() => redeem.ExecuteAsync(new() { SessionId = there.Id, BasketKey = there.BasketKey, ExpectedPoints = 30 })));

        Assert.Single(outcomes.OfType<RedeemAtKiosk.Redeemed>());
        Assert.Single(outcomes.OfType<RedeemAtKiosk.OverLimit>());
        await AssertProvedAsync(market);
    }

    [Fact]
    public async Task Redeem_PointsSpentElsewhereMeanwhile_SaysHowManyAreMissing()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        var session = await station.StepUpAsync();
        await station.ChooseAsync(session, "RICE5", "CARD50");
        await market.PostAsync(market.Request(station.BookId, "elsewhere", new Posting(Zhang, AccountCode.Redeemed, Asset.Points, 50)));

        Assert.Equal(new RedeemAtKiosk.NotEnoughPoints(30), await station.ConfirmAsync(session));
        Assert.Equal(50, await station.BalanceAsync(Zhang, Asset.Points));
        Assert.Equal(10, await station.BalanceAsync(Shelf, Rice));
    }

    [Fact]
    public async Task Redeem_PriceChangedOrForeignBasket_AsksToLookAgain()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        var session = await station.StepUpAsync();
        await station.ChooseAsync(session, "RICE5");
        var redeem = market.Get<RedeemAtKiosk>();

        Assert.IsType<RedeemAtKiosk.BasketChanged>(await redeem.ExecuteAsync(new() { SessionId = session.Id, BasketKey = session.BasketKey, ExpectedPoints = 3 }));
        Assert.IsType<RedeemAtKiosk.BasketChanged>(await redeem.ExecuteAsync(new() { SessionId = session.Id, BasketKey = Guid.NewGuid(), ExpectedPoints = 30 }));
        Assert.IsType<RedeemAtKiosk.NoSession>(await redeem.ExecuteAsync(new() { SessionId = Guid.NewGuid(), BasketKey = session.BasketKey, ExpectedPoints = 30 }));
        Assert.Equal(0, await market.ReadAsync(db => db.Redemptions.CountAsync()));
    }

    [Fact]
    public async Task Redeem_AnotherMembersBasketKey_GivesNoSlip()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        var zhang = await station.StepUpAsync();
        await station.ChooseAsync(zhang, "RICE5");
        await station.ConfirmAsync(zhang);
        var informant = await station.StepUpAsync(station.Informant, station.OtherKiosk);

        Assert.IsType<RedeemAtKiosk.BasketChanged>(await market.Get<RedeemAtKiosk>().ExecuteAsync(new() { SessionId = informant.Id, BasketKey = zhang.BasketKey, ExpectedPoints = 30 }));
    }

    [Fact]
    public async Task Choose_AfterASlip_BeginsANewBasket()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        var session = await station.StepUpAsync();
        await station.ChooseAsync(session, "RICE5");
        var first = await SlipAsync(market, await station.ConfirmAsync(session));
        await station.ChooseAsync(session, "SOAP");
        var second = await SlipAsync(market, await station.ConfirmAsync(session));

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(67, await station.BalanceAsync(Zhang, Asset.Points));
    }

    [Fact]
    public async Task Choose_HugeNegativeOrUnknown_ChangesNothingItMayNot()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        var session = await station.StepUpAsync();
        var choose = market.Get<ChooseGoods>();

        Assert.Equal(ChooseGoods.Outcome.Changed, await choose.ExecuteAsync(new() { SessionId = session.Id, Sku = "RICE5", Change = int.MinValue }));
        Assert.Equal(ChooseGoods.Outcome.Changed, await choose.ExecuteAsync(new() { SessionId = session.Id, Sku = "RICE5", Change = 1_000_000 }));
        Assert.Equal(ChooseGoods.Outcome.Changed, await choose.ExecuteAsync(new() { SessionId = session.Id, Sku = "RICE5", Change = 1 }));
        Assert.Equal(ChooseGoods.Outcome.NoMore, await choose.ExecuteAsync(new() { SessionId = session.Id, Sku = "RICE5", Change = 1 })); // two a month
        Assert.Equal(ChooseGoods.Outcome.NotOffered, await choose.ExecuteAsync(new() { SessionId = session.Id, Sku = "GOLD", Change = 1 }));
        Assert.Equal("RICE5:2", await market.ReadAsync(db => db.KioskSessions.Where(s => s.Id == session.Id).Select(s => s.Basket).SingleAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task End_HandOverAndCancelAtOnce_OneWins(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var session = await station.StepUpAsync();
        await station.ChooseAsync(session, "RICE5");
        var slip = await SlipAsync(market, await station.ConfirmAsync(session));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => EndAsync(market, slip, i % 2 == 0 ? RedemptionState.HandedOver : RedemptionState.Cancelled))));

        var state = await market.ReadAsync(db => db.Redemptions.Select(r => r.State).SingleAsync());
        Assert.Equal(4, outcomes.Count(o => o == EndRedemption.Outcome.Done));
        Assert.Equal(4, outcomes.Count(o => o == EndRedemption.Outcome.EndedOtherwise));
        Assert.Equal(state == RedemptionState.HandedOver ? 70 : 100, await station.BalanceAsync(Zhang, Asset.Points));
        Assert.Equal(state == RedemptionState.HandedOver ? 9 : 10, await station.BalanceAsync(Shelf, Rice));
        await AssertProvedAsync(market);
    }

    [Fact]
    public async Task Expire_AfterSevenDays_GivesEverythingBackOnce()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        var session = await station.StepUpAsync();
        await station.ChooseAsync(session, "RICE5", "SOAP");
        var slip = await SlipAsync(market, await station.ConfirmAsync(session));
        var expire = market.Get<ExpireRedemptions>();

        market.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await expire.ExecuteAsync());
        Assert.Equal(EndRedemption.Outcome.TooSoon, await EndAsync(market, slip, RedemptionState.Expired));
        market.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(EndRedemption.Outcome.TooLate, await EndAsync(market, slip, RedemptionState.HandedOver));
        Assert.Equal(1, await expire.ExecuteAsync());
        Assert.Equal(0, await expire.ExecuteAsync());

        Assert.Equal((100, 10, 1), (await station.BalanceAsync(Zhang, Asset.Points), await station.BalanceAsync(Shelf, Rice), await station.BalanceAsync(Shelf, Soap)));
        await AssertProvedAsync(market);
    }

    [Fact]
    public async Task Return_WithinADayOfHandOver_TakesItBackOnceAndNotLater()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        var session = await station.StepUpAsync();
        await station.ChooseAsync(session, "RICE5");
        var slip = await SlipAsync(market, await station.ConfirmAsync(session));
        Assert.Equal(EndRedemption.Outcome.EndedOtherwise, await EndAsync(market, slip, RedemptionState.Returned)); // not handed over yet
        await EndAsync(market, slip, RedemptionState.HandedOver);

        market.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(EndRedemption.Outcome.Done, await EndAsync(market, slip, RedemptionState.Returned));
        Assert.Equal(EndRedemption.Outcome.Done, await EndAsync(market, slip, RedemptionState.Returned));
        Assert.Equal((100, 10), (await station.BalanceAsync(Zhang, Asset.Points), await station.BalanceAsync(Shelf, Rice)));
        await AssertProvedAsync(market);
    }

    [Fact]
    public async Task End_FromAnotherArea_IsNotFound()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        var session = await station.StepUpAsync();
        await station.ChooseAsync(session, "RICE5");
        var slip = await SlipAsync(market, await station.ConfirmAsync(session));

        Assert.Equal(EndRedemption.Outcome.NotFound, await market.Get<EndRedemption>().ExecuteAsync(new() { RedemptionId = slip.Id, To = RedemptionState.HandedOver, Actor = Actor.User(1), AreaPath = "STA/V2/" }));
        Assert.Equal(RedemptionState.Held, await market.ReadAsync(db => db.Redemptions.Select(r => r.State).SingleAsync()));
    }

    private static Task<Redemption> SlipAsync(TestMarket market, RedeemAtKiosk.Outcome outcome)
    {
        var id = Assert.IsType<RedeemAtKiosk.Redeemed>(outcome).RedemptionId;
        return market.ReadAsync(db => db.Redemptions.AsNoTracking().SingleAsync(r => r.Id == id));
    }

    private static Task<EndRedemption.Outcome> EndAsync(TestMarket market, Redemption slip, RedemptionState to) =>
        market.Get<EndRedemption>().ExecuteAsync(new() { RedemptionId = slip.Id, To = to, Actor = Actor.User(1), AreaPath = "STA/V1/", Reason = to == RedemptionState.HandedOver ? null : "拿错了" });

    private static async Task AssertProvedAsync(TestMarket market)
    {
        var report = Assert.Single(await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db)));
        Assert.Empty(report.Findings);
    }
}
