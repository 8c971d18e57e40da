using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Tips;

/// <summary>A voucher at the kiosk: like a member's points, without a member.</summary>
public sealed class VoucherTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [Fact]
    public void Number_MistypedInOneDigit_IsNoticed()
    {
        var number = VoucherNumbers.New();
        Assert.Equal(number, VoucherNumbers.Read(VoucherNumbers.Grouped(number)));
        for (var i = 0; i < number.Length; i++)
        {
            foreach (var other in "0123456789".Where(c => c != number[i])) Assert.Null(VoucherNumbers.Read(number[..i] + other + number[(i + 1)..]));
        }
        Assert.All((string?[])[null, "", "1234", new string('１', 16)], t => Assert.Null(VoucherNumbers.Read(t)));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Voucher_SpentAndCancelledAndHandedOver_MovesOnlyItsOwnPoints(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var number = await TipDesk.VoucherAsync(market, 100);
        var account = await market.ReadAsync(db => db.Vouchers.Select(v => v.Account).SingleAsync());
        var visit = await StepUpAsync(market, station.Kiosk, number);
        Assert.Null(visit.MemberId);
        await station.ChooseAsync(visit, "RICE5");
        var slip = Assert.IsType<RedeemAtKiosk.Redeemed>(await station.ConfirmAsync(visit));
        Assert.Equal(slip, await market.Get<RedeemAtKiosk>().ExecuteAsync(new() { SessionId = visit.Id, BasketKey = visit.BasketKey, ExpectedPoints = 30 }));
        Assert.Equal(70, await station.BalanceAsync(account, Asset.Points));
        await EndAsync(market, slip.RedemptionId, RedemptionState.Cancelled);
        Assert.Equal(100, await station.BalanceAsync(account, Asset.Points));

        visit = await StepUpAsync(market, station.Kiosk, number); // what is left is for the next time
        await station.ChooseAsync(visit, "RICE5", "RICE5", "SOAP");
        slip = Assert.IsType<RedeemAtKiosk.Redeemed>(await station.ConfirmAsync(visit));
        await EndAsync(market, slip.RedemptionId, RedemptionState.HandedOver);
        Assert.True(await market.Get<RateRedemption>().ExecuteAsync(slip.RedemptionId, (await StepUpAsync(market, station.Kiosk, number)), 3));
        Assert.Equal((37, 63, 100), (await station.BalanceAsync(account, Asset.Points), await station.BalanceAsync(AccountCode.Redeemed, Asset.Points), await station.BalanceAsync(AccountCode.Member("G0001"), Asset.Points)));
        await EndAsync(market, slip.RedemptionId, RedemptionState.Returned);
        Assert.Equal(100, await station.BalanceAsync(account, Asset.Points));

        visit = await StepUpAsync(market, station.Kiosk, number);
        await station.ChooseAsync(visit, "SOAP");
        Assert.IsType<RedeemAtKiosk.Redeemed>(await station.ConfirmAsync(visit));
        market.Clock.Advance(Redemption.Waits);
        Assert.Equal(1, await market.Get<ExpireRedemptions>().ExecuteAsync());
        Assert.Equal(100, await station.BalanceAsync(account, Asset.Points));
        Assert.All(await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db)), r => Assert.Empty(r.Findings));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Voucher_AtTwoKiosksAtOnce_IsSpentOnce(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var number = await TipDesk.VoucherAsync(market, 50);
        var visits = new[] { await StepUpAsync(market, station.Kiosk, number), await StepUpAsync(market, station.OtherKiosk, number) };
        foreach (var visit in visits) await station.ChooseAsync(visit, "RICE5");
        var outcomes = await Task.WhenAll(visits.Select(v => Task.Run(() => market.Get<RedeemAtKiosk>().ExecuteAsync(new() { SessionId = v.Id, BasketKey = v.BasketKey, ExpectedPoints = 30 }))));
        Assert.Single(outcomes.OfType<RedeemAtKiosk.Redeemed>());
        Assert.Equal(new RedeemAtKiosk.NotEnoughPoints(10), Assert.Single(outcomes.OfType<RedeemAtKiosk.NotEnoughPoints>()));
        Assert.Equal(20, await station.BalanceAsync(await market.ReadAsync(db => db.Vouchers.Select(v => v.Account).SingleAsync()), Asset.Points));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Voucher_WrongNumbers_MakeTheScreenWait(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var number = await TipDesk.VoucherAsync(market, 20);
        var present = market.Get<PresentVoucher>();
        for (var i = 0; i < PresentVoucher.FreeTries; i++)
        {
            Assert.IsType<PresentVoucher.Mistyped>(await present.ExecuteAsync(station.Kiosk.Id, "1234 5678 9012 3456"));
            Assert.IsType<PresentVoucher.Unknown>(await present.ExecuteAsync(station.Kiosk.Id, VoucherNumbers.New()));
        }
        Assert.Equal(TimeSpan.FromSeconds(10), Assert.IsType<PresentVoucher.Wait>(await present.ExecuteAsync(station.Kiosk.Id, number)).For);
        Assert.IsType<PresentVoucher.Welcome>(await present.ExecuteAsync(station.OtherKiosk.Id, number));
        market.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.IsType<PresentVoucher.Welcome>(await present.ExecuteAsync(station.Kiosk.Id, number));
        Assert.Equal(0, await market.ReadAsync(db => db.KioskDevices.Where(d => d.Id == station.Kiosk.Id).Select(d => d.VoucherFailures).SingleAsync()));
    }

    [Fact]
    public async Task Voucher_SlipOfAnother_IsNotShownToAMember()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        var visit = await StepUpAsync(market, station.Kiosk, await TipDesk.VoucherAsync(market, 50));
        await station.ChooseAsync(visit, "RICE5");
        Assert.IsType<RedeemAtKiosk.Redeemed>(await station.ConfirmAsync(visit));
        var member = await station.StepUpAsync(kiosk: station.OtherKiosk);
        Assert.IsType<RedeemAtKiosk.BasketChanged>(await market.Get<RedeemAtKiosk>().ExecuteAsync(new() { SessionId = member.Id, BasketKey = visit.BasketKey, ExpectedPoints = 30 }));
        Assert.Equal((0, 1), await market.ReadAsync(async db => (await member.Redemptions(db).CountAsync(), await visit.Redemptions(db).CountAsync())));
    }

    private static async Task<KioskSessions.Live> StepUpAsync(TestMarket market, KioskDevice kiosk, string number)
    {
        var welcome = Assert.IsType<PresentVoucher.Welcome>(await market.Get<PresentVoucher>().ExecuteAsync(kiosk.Id, number));
        return (await market.Get<KioskSessions>().TouchAsync(kiosk.Id, welcome.Token))!;
    }

    private static async Task EndAsync(TestMarket market, int id, RedemptionState to) =>
        Assert.Equal(EndRedemption.Outcome.Done, await market.Get<EndRedemption>().ExecuteAsync(new() { RedemptionId = id, To = to, Actor = Actor.User(1), AreaPath = "STA/", Reason = "测试" }));
}
