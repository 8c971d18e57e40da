using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Sponsors;
using PointsMarket.Stock;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Stock;

/// <summary>Which pieces go: first expired first out, never an expired one to people, and back exactly those that went.</summary>
public sealed class LotTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Redeem_OfSeveralLots_TakesTheFirstToExpireAndGivesThoseBack(DatabaseProvider provider)
    {
        var house = await GoodsHouse.OpenAsync(provider);
        await using var market = house.Market;
        await house.BringAsync(house.First, "SOAP", 2, expiresIn: 90);
        await house.BringAsync(house.First, "SOAP", 1, expiresIn: 10);
        var slip = Assert.IsType<RedeemAtKiosk.Redeemed>(await house.TakeAsync("SOAP", "SOAP")).RedemptionId;

        Assert.Equal([(90, 1L), (null, 1L)], await house.LotsAsync("O1", "SOAP"));
        Assert.Equal(EndRedemption.Outcome.Done, await house.EndAsync(slip, RedemptionState.HandedOver));
        Assert.Equal(EndRedemption.Outcome.Done, await house.EndAsync(slip, RedemptionState.Returned));
        Assert.Equal([(10, 1L), (90, 2L), (null, 1L)], await house.LotsAsync("O1", "SOAP"));
        await house.AssertProvedAsync();
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Redeem_TwoKiosksAndTheLastPiecesOfTwoLots_NobodyGetsMoreThanThereIs(DatabaseProvider provider)
    {
        var house = await GoodsHouse.OpenAsync(provider);
        await using var market = house.Market;
        await house.BringAsync(house.First, "SOAP", 1, expiresIn: 10); // and one without a day: two pieces of two lots
        var here = await house.House.StepUpAsync();
        var there = await house.House.StepUpAsync(house.House.Informant, house.House.OtherKiosk);
        await house.House.ChooseAsync(here, "SOAP", "SOAP");
        await house.House.ChooseAsync(there, "SOAP");
        var redeem = market.Get<RedeemAtKiosk>();

        var outcomes = await Task.WhenAll(
            Task.Run(() => redeem.ExecuteAsync(new() { SessionId = here.Id, BasketKey = here.BasketKey, ExpectedPoints = 6 })),
            Task.Run(() => redeem.ExecuteAsync(new() { SessionId = there.Id, BasketKey = there.BasketKey, ExpectedPoints = 3 })));

        Assert.Single(outcomes.OfType<RedeemAtKiosk.Redeemed>());
        Assert.Single(outcomes.OfType<RedeemAtKiosk.OutOfStock>());
        await house.AssertProvedAsync();
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Expired_Lots_AreNotOfferedNorHandedOverButWrittenOffByTwo(DatabaseProvider provider)
    {
        var house = await GoodsHouse.OpenAsync(provider);
        await using var market = house.Market;
        await house.BringAsync(house.First, "SOAP", 3, expiresIn: 3);
        var slip = Assert.IsType<RedeemAtKiosk.Redeemed>(await house.TakeAsync("SOAP")).RedemptionId;
        market.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(EndRedemption.Outcome.GoodsExpired, await house.EndAsync(slip, RedemptionState.HandedOver));
        Assert.Equal(EndRedemption.Outcome.Done, await house.EndAsync(slip, RedemptionState.Cancelled));
        var session = await house.House.StepUpAsync();
        Assert.Equal(1, (await market.ReadAsync(db => market.Get<ReadShop>().ExecuteAsync(db, session.Id)))!.Offers.Single(o => o.Sku == "SOAP").Left);

        var lot = Assert.Single(await market.ReadAsync(db => market.Get<StockOutlook>().ExpiringAsync(db, GoodsHouse.Station)));
        Assert.Equal((true, 3L), (lot.HasExpired, lot.Quantity));
        var waits = Assert.IsType<ReportDifference.Waits>(await house.WriteOffAsync(house.First, lot.LotId)).StocktakeId;
        Assert.Equal(4, await house.ShelfAsync("O1", "SOAP"));
        Assert.Equal(StocktakeOutcome.SamePerson, await house.SignAsync(waits, user: 1));
        Assert.Equal(StocktakeOutcome.Done, await house.SignAsync(waits, user: 2));
        Assert.Equal([(null, 1L)], await house.LotsAsync("O1", "SOAP"));
        await house.AssertProvedAsync();
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task CountIn_SeveralLines_IsOneDeliveryWithARecordOfWhatWasRefused(DatabaseProvider provider)
    {
        var house = await GoodsHouse.OpenAsync(provider);
        await using var market = house.Market;
        var input = new CountIn.Input
        {
            Reference = "D9", Date = house.Today, SponsorId = null, OutletId = house.First, Actor = Actor.User(7), AreaPath = GoodsHouse.Station,
            Lines =
            [
                new() { GoodsId = house.Goods["RICE5"], Announced = 20, Accepted = 18, Refused = 2, RefusedReason = "破损", Expires = house.Today.AddDays(200) },
                new() { GoodsId = house.Goods["RICE5"], Accepted = 5, Expires = house.Today.AddDays(20) },
                new() { GoodsId = house.Goods["SOAP"], Accepted = 0, Refused = 4, RefusedReason = "已过期" },
            ],
        };

        var counted = Assert.IsType<CountIn.Counted>(await market.Get<CountIn>().ExecuteAsync(input));
        Assert.Equal(counted, await market.Get<CountIn>().ExecuteAsync(input));
        Assert.Equal((33, 1), (await house.ShelfAsync("O1", "RICE5"), await house.ShelfAsync("O1", "SOAP")));
        Assert.Equal([(20, 5L), (200, 18L), (null, 10L)], await house.LotsAsync("O1", "RICE5"));
        var lines = await market.ReadAsync(db => db.DeliveryLines.Where(l => l.DeliveryId == counted.DeliveryId).OrderBy(l => l.Position).ToListAsync());
        Assert.Equal([(18, 2, "破损", true), (5, 0, null, true), (0, 4, "已过期", false)], lines.Select(l => (l.Accepted, l.Refused, l.RefusedReason, l.LotId is not null)));

        Assert.IsType<CountIn.Counted>(await market.Get<CountIn>().ExecuteAsync(input with { Reference = "D10", Lines = [input.Lines[2]] })); // nothing of it was taken
        await house.AssertProvedAsync();
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task GiveLots_ToBooksFromBeforeThereWereAny_MakesThemAgree(DatabaseProvider provider)
    {
        var house = await GoodsHouse.OpenAsync(provider);
        await using var market = house.Market;
        await house.BringAsync(house.First, "SOAP", 5, expiresIn: 40);
        var slip = Assert.IsType<RedeemAtKiosk.Redeemed>(await house.TakeAsync("SOAP", "RICE5")).RedemptionId;
        await house.EndAsync(slip, RedemptionState.HandedOver);
        await house.EndAsync(slip, RedemptionState.Returned);
        await house.TakeAsync("SOAP");
        var lots = await house.LotsAsync("O1", "SOAP");
        await market.Writes.RunAsync(async db =>
        {
            await db.DeliveryLines.ExecuteUpdateAsync(s => s.SetProperty(l => l.LotId, (int?)null));
            await db.LotMovements.ExecuteDeleteAsync();
            await db.LotStocks.ExecuteDeleteAsync();
            return await db.Lots.ExecuteDeleteAsync();
        });
        Assert.NotEmpty(await market.Get<CheckLots>().ExecuteAsync());

        Assert.Equal(0, (await market.Get<GiveLots>().ExecuteAsync()).Off);
        Assert.Equal(new GiveLots.Result(0, 0), await market.Get<GiveLots>().ExecuteAsync());

        Assert.Equal(lots, await house.LotsAsync("O1", "SOAP"));
        Assert.NotNull(await market.ReadAsync(db => db.DeliveryLines.Select(l => l.LotId).SingleAsync()));
        await house.AssertProvedAsync();
    }

    [Fact]
    public async Task Outlook_WithOtherDaysOfStock_FollowsTheSetting()
    {
        var house = await GoodsHouse.OpenAsync();
        await using var market = house.Market;
        Assert.IsType<RedeemAtKiosk.Redeemed>(await house.TakeAsync("RICE5", "RICE5", "RICE5"));
        Assert.Equal(EndRedemption.Outcome.Done, await house.EndAsync(await market.ReadAsync(db => db.Redemptions.Select(r => r.Id).SingleAsync()), RedemptionState.HandedOver));
        async Task<StockLine> RiceAsync() => (await market.ReadAsync(db => market.Get<StockOutlook>().LinesAsync(db, GoodsHouse.Station, house.First))).Single(l => l.Goods.Sku == "RICE5");
        Assert.Equal((70L, false), ((await RiceAsync()).DaysLeft, (await RiceAsync()).Low));
        await market.SetAsync(PointsMarket.Settings.SettingList.StockLowDays, 90);
        Assert.True((await RiceAsync()).Low);
    }

    [Fact]
    public async Task CheckLots_AfterAChangeBehindTheBack_NamesIt()
    {
        var house = await GoodsHouse.OpenAsync();
        await using var market = house.Market;
        await market.Writes.RunAsync(db => db.LotStocks.Where(s => s.Place == "shelf:O1" && s.Lot.Goods.Sku == "SOAP").ExecuteUpdateAsync(s => s.SetProperty(x => x.Quantity, 2)));
        await market.PostAsync(market.Request(house.House.BookId, "past", new Posting(AccountCode.Purchase, AccountCode.Shelf("O1"), Asset.Goods("RICE5"), 3)));

        var found = await market.Get<CheckLots>().ExecuteAsync();

        Assert.Contains(new LotFinding(LotFault.AccountDiffers, "shelf:O1 GOODS/RICE5", 13, 10), found);
        Assert.Contains(found, f => f is { Fault: LotFault.StockDiffers, Book: 1, Lots: 2 });
        Assert.Contains(found, f => f is { Fault: LotFault.PostingDiffers, Book: 3, Lots: 0 });
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Move_BetweenOutlets_KeepsTheDayAndTwoPeopleWriteOffWhatIsMissing(DatabaseProvider provider)
    {
        var house = await GoodsHouse.OpenAsync(provider);
        await using var market = house.Market;
        await house.BringAsync(house.First, "SOAP", 4, expiresIn: 50);

        Assert.Equal(new SendStock.Refused(SendStock.Problem.NotEnough, 0, 5), await house.SendAsync(house.First, house.Second, "SOAP", 6));
        Assert.Equal(new SendStock.Refused(SendStock.Problem.SameOutlet), await house.SendAsync(house.First, house.First, "SOAP", 1));
        var move = Assert.IsType<SendStock.Sent>(await house.SendAsync(house.First, house.Second, "SOAP", 4)).MoveId;
        Assert.Equal(4, (await market.ReadAsync(db => market.Get<StockOutlook>().LinesAsync(db, "STA/V2/"))).Single(l => l.Goods.Sku == "SOAP").Coming);
        Assert.Equal(EndMove.Outcome.NotACount, await house.EndMoveAsync(move, 5));

        Assert.Equal(EndMove.Outcome.WaitsForSecond, await house.EndMoveAsync(move, 3));
        Assert.Equal(EndMove.Outcome.WaitsForSecond, await house.EndMoveAsync(move, 3));
        Assert.Equal(EndMove.Outcome.EndedOtherwise, await house.EndMoveAsync(move, null));
        Assert.Equal([(50, 3L)], await house.LotsAsync("O2", "SOAP"));
        Assert.Equal(0, await house.House.BalanceAsync(AccountCode.WrittenOff, Asset.Goods("SOAP")));
        Assert.Equal((SignatureOutcome.SamePerson, SignatureOutcome.SamePerson), (await house.SignMoveAsync(move, user: 7), await house.SignMoveAsync(move, user: 8))); // who sent it, who received it
        Assert.Equal(SignatureOutcome.Done, await house.SignMoveAsync(move, user: 9));
        Assert.Equal(SignatureOutcome.Over, await house.SignMoveAsync(move, user: 10));
        Assert.Equal((1, StockMoveState.Received), (await house.House.BalanceAsync(AccountCode.WrittenOff, Asset.Goods("SOAP")), await market.ReadAsync(db => db.StockMoves.Where(m => m.Id == move).Select(m => m.State).SingleAsync())));

        var back = Assert.IsType<SendStock.Sent>(await house.SendAsync(house.Second, house.First, "SOAP", 2)).MoveId;
        Assert.Equal(EndMove.Outcome.Done, await house.EndMoveAsync(back, null));
        Assert.Equal([(50, 3L)], await house.LotsAsync("O2", "SOAP"));
        await house.AssertProvedAsync();
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Move_OfWhichNothingCameAtFirst_IsPutOnTheShelfWhenItTurnsUp(DatabaseProvider provider)
    {
        var house = await GoodsHouse.OpenAsync(provider);
        await using var market = house.Market;
        var move = Assert.IsType<SendStock.Sent>(await house.SendAsync(house.First, house.Second, "RICE5", 4)).MoveId;
        Assert.Equal(EndMove.Outcome.WaitsForSecond, await house.EndMoveAsync(move, 0));
        Assert.Equal(0, await house.ShelfAsync("O2", "RICE5"));

        var answers = await Task.WhenAll(Enumerable.Range(9, 3).Select(user => Task.Run(() => house.SignMoveAsync(move, user, sign: user != 9))));

        Assert.Single(answers, SignatureOutcome.Done);
        var (shelf, gone) = (await house.ShelfAsync("O2", "RICE5"), await house.House.BalanceAsync(AccountCode.WrittenOff, Asset.Goods("RICE5")));
        Assert.True((shelf, gone) is (4, 0) or (0, 4), $"{shelf} {gone}");
        Assert.Equal(shelf, await market.ReadAsync(db => db.StockMoves.Where(m => m.Id == move).SelectMany(m => m.Lines).SumAsync(l => (long)l.Received!)));
        await house.AssertProvedAsync();
    }
}
