using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Sponsors;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Market;

/// <summary>Counting in, taking back; goods, outlets and areas. Within the actor's area only, and on record.</summary>
public sealed class StockTests
{
    private static readonly Actor Attendant = Actor.User(7);
    private static readonly Asset Rice = Asset.Goods("RICE5");
    private static readonly AccountCode Shelf = AccountCode.Shelf("O1");

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task CountIn_SameReferenceManyTimesAtOnce_CountsOnce(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var input = await DeliveryAsync(market, station);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => market.Get<CountIn>().ExecuteAsync(input)));

        Assert.IsType<CountIn.Counted>(Assert.Single(outcomes.Distinct()));
        Assert.Equal(50, await station.BalanceAsync(Shelf, Rice));
        Assert.Equal(-40, await station.BalanceAsync(AccountCode.Sponsor("S01"), Rice));
        Assert.Equal(1, await market.ReadAsync(db => db.Deliveries.CountAsync()));
        Assert.Equal(new CountIn.Refused(CountIn.Problem.ReferenceTaken), await market.Get<CountIn>().ExecuteAsync(input with { Lines = [input.Lines[0] with { Accepted = 41 }] }));
        Assert.Equal(50, await station.BalanceAsync(Shelf, Rice));
    }

    [Fact]
    public async Task CountIn_WhatIsWrong_IsRefusedAndChangesNothing()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        var input = await DeliveryAsync(market, station);
        var count = market.Get<CountIn>();

        var line = input.Lines[0];
        Task<CountIn.Outcome> With(CountIn.Line second) => count.ExecuteAsync(input with { Lines = [line, second] });

        Assert.Equal(new CountIn.Refused(CountIn.Problem.NotACount, 1), await With(line with { Accepted = 0 }));
        Assert.Equal(new CountIn.Refused(CountIn.Problem.NotACount, 1), await With(line with { Accepted = int.MaxValue }));
        Assert.Equal(new CountIn.Refused(CountIn.Problem.ReasonMissing, 1), await With(line with { Refused = 2, RefusedReason = " " }));
        Assert.Equal(new CountIn.Refused(CountIn.Problem.ExpiredAlready, 1), await With(line with { Expires = input.Date }));
        Assert.Equal(new CountIn.Refused(CountIn.Problem.NoSuchGoods, 1), await With(line with { GoodsId = 999 }));
        Assert.Equal(new CountIn.Refused(CountIn.Problem.NoLines), await count.ExecuteAsync(input with { Lines = [] }));
        Assert.Equal(new CountIn.Refused(CountIn.Problem.DateNotYet), await count.ExecuteAsync(input with { Date = new(2026, 10, 2) }));
        Assert.Equal(new CountIn.Refused(CountIn.Problem.ReferenceNotValid), await count.ExecuteAsync(input with { Reference = "送货 1" }));
        Assert.Equal(new CountIn.Refused(CountIn.Problem.NoSuchOutlet), await count.ExecuteAsync(input with { AreaPath = "STA/V2/" }));
        Assert.Equal(new CountIn.Refused(CountIn.Problem.NoSuchSponsor), await count.ExecuteAsync(input with { SponsorId = 999 }));

        Assert.Equal(10, await station.BalanceAsync(Shelf, Rice));
        Assert.Equal(0, await market.ReadAsync(db => db.Deliveries.CountAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Reverse_Delivery_OnceAndOnlyWhatIsStillThere(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var delivery = await DeliveryAsync(market, station);
        await market.Get<CountIn>().ExecuteAsync(delivery);
        var first = (await market.ReadAsync(db => db.SequenceOfAsync(station.BookId, "delivery:D1")))!.Value;
        var session = await station.StepUpAsync();
        await station.ChooseAsync(session, "RICE5");
        var slip = Assert.IsType<RedeemAtKiosk.Redeemed>(await station.ConfirmAsync(session)).RedemptionId; // a piece of that delivery: it expires first
        var reverse = market.Get<TakeBackDelivery>();
        var input = new TakeBackDelivery.Input { BookId = station.BookId, Sequence = first, Reason = "数错了", Actor = Attendant, AreaPath = "STA/" };

        Assert.Equal(new TakeBackDelivery.GoneAlready(1), await reverse.AskAsync(input));
        Assert.IsType<TakeBackDelivery.NotFound>(await reverse.AskAsync(input with { AreaPath = "STA/V2/" }));
        await market.Get<EndRedemption>().ExecuteAsync(new() { RedemptionId = slip, To = RedemptionState.Cancelled, Actor = Attendant, AreaPath = "STA/", Reason = "x" });
        Assert.IsType<TakeBackDelivery.Waits>(await reverse.AskAsync(input));
        Assert.IsType<TakeBackDelivery.Waits>(await reverse.AskAsync(input)); // asked twice, asked once
        Assert.Equal(1, await market.ReadAsync(db => db.SecondSignatures.CountAsync()));
        var answers = await Task.WhenAll(Enumerable.Range(21, 3).Select(user => Task.Run(() => market.AnswerAsync("D1", user))));
        Assert.Single(answers, SignatureOutcome.Done);
        Assert.IsType<TakeBackDelivery.AlreadyReversed>(await reverse.AskAsync(input));
        Assert.IsType<TakeBackDelivery.NotReversible>(await reverse.AskAsync(input with { Sequence = 1 }));
        Assert.IsType<TakeBackDelivery.NotFound>(await reverse.AskAsync(input with { Sequence = 999 }));
        Assert.Equal((10, 0), (await station.BalanceAsync(Shelf, Rice), await station.BalanceAsync(AccountCode.Sponsor("S01"), Rice)));
        Assert.Empty(await market.Get<CheckLots>().ExecuteAsync());
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task End_SameSlipHandedOverAndCancelledAtOnce_EndsOneWay(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var session = await station.StepUpAsync();
        await station.ChooseAsync(session, "RICE5");
        var slip = Assert.IsType<RedeemAtKiosk.Redeemed>(await station.ConfirmAsync(session)).RedemptionId;
        EndRedemption.Input To(RedemptionState state, int user) => new() { RedemptionId = slip, To = state, Actor = Actor.User(user), AreaPath = "STA/", Reason = "x" };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            market.Get<EndRedemption>().ExecuteAsync(To(i % 2 == 0 ? RedemptionState.HandedOver : RedemptionState.Cancelled, i + 1))));

        Assert.Equal(4, outcomes.Count(o => o == EndRedemption.Outcome.Done));
        Assert.Equal(4, outcomes.Count(o => o == EndRedemption.Outcome.EndedOtherwise));
        Assert.Equal(1, await market.ReadAsync(db => db.LedgerTransactions.CountAsync(t => t.Relation == Relation.Ends)));
    }

    [Fact]
    public async Task Save_Goods_ChecksBoundsAndKeepsARecordOfThePrice()
    {
        await using var market = await TestMarket.StartAsync();
        await TestStation.BuildAsync(market);
        var save = market.Get<SaveGoods>();
        var input = new SaveGoods.Input
        {
            Sku = "OIL1", NameZh = "食用油", NameEn = "Oil", Unit = "瓶", Points = 15, ValueFen = 1500, LimitPerMemberMonth = null, Section = "food", Picture = "g-oil", Offered = true, Actor = Attendant,
        };

        Assert.Equal(new SaveGoods.OutOfBounds("Points"), await save.ExecuteAsync(input with { Points = 0 }));
        Assert.Equal(new SaveGoods.OutOfBounds("Section"), await save.ExecuteAsync(input with { Section = "x" }));
        Assert.IsType<SaveGoods.SkuNotValid>(await save.ExecuteAsync(input with { Sku = "油" }));
        Assert.IsType<SaveGoods.SkuTaken>(await save.ExecuteAsync(input with { Sku = "SOAP" }));
        Assert.IsType<SaveGoods.NoSuchGoods>(await save.ExecuteAsync(input with { GoodsId = 999 }));
        Assert.IsType<SaveGoods.Saved>(await save.ExecuteAsync(input));
        var id = await market.ReadAsync(db => db.Goods.Where(g => g.Sku == "OIL1").Select(g => g.Id).SingleAsync());
        Assert.Equal(new SaveGoods.Saved("OIL1"), await save.ExecuteAsync(input with { GoodsId = id, Sku = "ELSE", Points = 18 }));

        Assert.Equal(["points 15", "points 15 → 18"], await market.ReadAsync(db => db.ChangeRecords.OrderBy(c => c.Id).Select(c => c.Detail!).ToListAsync()));
    }

    [Fact]
    public async Task Save_OutletAndArea_StayInTheActorsArea()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        var outlet = new SaveOutlet.Input { Code = "O9", Name = "新兑换点", AreaId = station.Zhang.AreaId, Actor = Attendant, AreaPath = "STA/V1/" };
        var save = market.Get<SaveOutlet>();
        Assert.Equal(SaveOutlet.Outcome.CodeTaken, await save.ExecuteAsync(outlet with { Code = "O1" }));
        Assert.Equal(SaveOutlet.Outcome.CodeNotValid, await save.ExecuteAsync(outlet with { Code = "" }));
        Assert.Equal(SaveOutlet.Outcome.NoSuchArea, await save.ExecuteAsync(outlet with { AreaPath = "STA/V2/" }));
        Assert.Equal(SaveOutlet.Outcome.NoSuchOutlet, await save.ExecuteAsync(outlet with { OutletId = station.Outlet.Id, AreaPath = "STA/V2/" }));
        Assert.Equal(SaveOutlet.Outcome.Saved, await save.ExecuteAsync(outlet));

        var area = new SaveArea.Input { Code = "V1G01", ParentId = station.Zhang.AreaId, Name = "第1网格", Households = 70, Residents = 328, Actor = Attendant, AreaPath = "STA/V1/" };
        var saveArea = market.Get<SaveArea>();
        Assert.Equal(SaveArea.Outcome.NotACount, await saveArea.ExecuteAsync(area with { Residents = -1 }));
        Assert.Equal(SaveArea.Outcome.NoSuchArea, await saveArea.ExecuteAsync(area with { AreaPath = "STA/V2/" }));
        Assert.Equal(SaveArea.Outcome.CodeTaken, await saveArea.ExecuteAsync(area with { Code = "V2" }));
        Assert.Equal(SaveArea.Outcome.Saved, await saveArea.ExecuteAsync(area));
        var stored = await market.ReadAsync(db => db.Areas.SingleAsync(a => a.Code == "V1G01"));
        Assert.Equal(("STA/V1/V1G01/", AreaKind.Grid, station.BookId), (stored.Path, stored.Kind, stored.BookId));
        Assert.Equal(SaveArea.Outcome.NoSuchArea, await saveArea.ExecuteAsync(area with { Code = "X", ParentId = stored.Id })); // nothing below a grid
    }

    private static async Task<CountIn.Input> DeliveryAsync(TestMarket market, TestStation station)
    {
        var sponsor = new Sponsor { Code = "S01", Name = "粮油公司" };
        await market.Writes.RunAsync(async db => { db.Add(sponsor); return await db.SaveChangesAsync(); });
        return new CountIn.Input
        {
            Reference = "D1", Date = new(2026, 9, 30), SponsorId = sponsor.Id, OutletId = station.Outlet.Id, Lines = [new() { GoodsId = await RiceIdAsync(market), Accepted = 40, Expires = new(2027, 9, 30) }], Actor = Attendant, AreaPath = "STA/V1/",
        };
    }

    private static Task<int> RiceIdAsync(TestMarket market) => market.ReadAsync(db => db.Goods.Where(g => g.Sku == "RICE5").Select(g => g.Id).SingleAsync());
}
