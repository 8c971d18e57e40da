using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Stock;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Stock;

/// <summary>Cards are counted by their numbers: what is missing is named, and after two signatures numbers and pieces are as many.</summary>
public sealed class CardCountTests
{
    private const string Sku = "CARD50";

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Sheet_ScannedWithOneMissing_NamesItLostWhenTwoSign(DatabaseProvider provider)
    {
        var house = await NumberedAsync(provider);
        await using var market = house.Market;
        Assert.IsType<RedeemAtKiosk.Redeemed>(await house.TakeAsync(Sku)); // one of the five is set aside, and lies there too
        var (id, at) = await OpenAsync(house);

        Assert.Equal(StocktakeOutcome.Done, await ScanAsync(house, id, at, startOver: true)); // there is none, it says; but one is promised
        Assert.Equal(StocktakeOutcome.CardsPromised, await market.Get<StocktakeCounts>().FinishAsync(GoodsHouse.By(id)));
        Assert.Equal(StocktakeOutcome.CardsNotRight, await ScanAsync(house, id, at, serials: ["A0001", "B0009"]));
        Assert.Equal(CardProblem.Unknown, (await market.ReadAsync(db => CardCount.CheckAsync(db, house.First, house.Goods[Sku], ["A0001", "B0009"])))!.Problem);
        Assert.Equal(StocktakeOutcome.CardsNotRight, await ScanAsync(house, id, at, serials: ["A0001", "A0001"]));
        Assert.Null((await LineAsync(house, id, at)).Counted); // nothing of it was kept
        Assert.Equal(StocktakeOutcome.Done, await ScanAsync(house, id, at, serials: ["A0001", "A0002"]));
        Assert.Equal(StocktakeOutcome.Done, await ScanAsync(house, id, at, serials: ["A0002", "A0004"])); // added to those of before
        await FinishAsync(house, id, at, "A0001", "A0002", "A0004");

        var line = await LineAsync(house, id, at);
        Assert.Equal((2, 4L), (line.Counted, line.Book));
        Assert.Equal(["A0003", "A0005"], line.Named.Select(c => c.Serial).Order());
        await SignTwiceAsync(house, id);

        Assert.Equal([("A0003", CardState.Lost), ("A0005", CardState.Lost)], await market.ReadAsync(db => db.SupermarketCards.Where(c => c.State == CardState.Lost).OrderBy(c => c.Serial).Select(c => new ValueTuple<string, CardState>(c.Serial, c.State)).ToListAsync()));
        Assert.Equal((2L, 2L), (await house.ShelfAsync("O1", Sku), await house.House.BalanceAsync(AccountCode.WrittenOff, Asset.Card(Sku))));
        Assert.Equal([CardStep.Lost, CardStep.Lost], await market.ReadAsync(db => db.CardEvents.Where(v => v.Words!.StartsWith("PD")).Select(v => v.Step).ToListAsync()));
        await AssertAllNumberedAsync(house);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Sheet_ScannedInSeveralGoes_IsHeldToWhatIsPromisedWhenItIsFinished(DatabaseProvider provider)
    {
        var house = await NumberedAsync(provider);
        await using var market = house.Market;
        await house.House.EarnAsync("G0001", 1_000);
        Assert.IsType<RedeemAtKiosk.Redeemed>(await house.TakeAsync(Sku, Sku, Sku));
        var (id, at) = await OpenAsync(house);

        Assert.Equal(StocktakeOutcome.Done, await ScanAsync(house, id, at, serials: ["A0001", "A0002"])); // the first go: fewer than the three set aside
        var line = await LineAsync(house, id, at);
        Assert.Equal((null, true, 2), (line.Counted, line.Scanned, line.Cards.Count(c => c.Sighting == CardSighting.There)));
        Assert.Equal(StocktakeOutcome.CardsPromised, await market.Get<StocktakeCounts>().FinishAsync(GoodsHouse.By(id)));
        Assert.Equal(StocktakeOutcome.Done, await ScanAsync(house, id, at, serials: ["A0003", "A0004", "A0005"]));
        line = await LineAsync(house, id, at);
        Assert.Equal((2, 2L, false), (line.Counted, line.Book, line.Differs));
        Assert.Equal(StocktakeOutcome.Done, await market.Get<StocktakeCounts>().FinishAsync(GoodsHouse.By(id)));
        await SignTwiceAsync(house, id);
        await AssertAllNumberedAsync(house);
    }

    [Fact]
    public async Task Sheet_WhoseSlipIsCancelledAfterTheScan_IsACountWhenItIsFinished()
    {
        var house = await NumberedAsync();
        await using var market = house.Market;
        var slip = Assert.IsType<RedeemAtKiosk.Redeemed>(await house.TakeAsync(Sku)).RedemptionId;
        var (id, at) = await OpenAsync(house);
        await ScanAsync(house, id, at, startOver: true);
        Assert.Equal(EndRedemption.Outcome.Done, await house.EndAsync(slip, RedemptionState.Cancelled));

        Assert.Equal(StocktakeOutcome.Done, await market.Get<StocktakeCounts>().FinishAsync(GoodsHouse.By(id)));
        var line = await LineAsync(house, id, at);
        Assert.Equal((0, 5L), (line.Counted, line.Book));
        Assert.Equal(StocktakeState.Recounting, await market.ReadAsync(db => db.Stocktakes.Select(s => s.State).SingleAsync()));
    }

    [Fact]
    public async Task Sheet_WithACardThatWasLost_BringsItBack()
    {
        var house = await NumberedAsync();
        await using var market = house.Market;
        await MarkLostAsync(market, "A0002");
        var (id, at) = await OpenAsync(house);
        await ScanAsync(house, id, at, serials: ["A0001", "A0002", "A0003", "A0004"]); // one found, another one missing: as many as in the book
        await FinishAsync(house, id, at, "A0001", "A0002", "A0003", "A0004");
        await SignTwiceAsync(house, id);

        Assert.Equal(CardState.Returned, await StateAsync(market, "A0002"));
        Assert.Equal(CardState.Lost, await StateAsync(market, "A0005"));
        Assert.Equal(4, await house.ShelfAsync("O1", Sku));
        await AssertAllNumberedAsync(house);
    }

    [Fact]
    public async Task Scan_OfCardsThatDoNotBelongHere_SaysWhyAndKeepsNothing()
    {
        var house = await NumberedAsync();
        await using var market = house.Market;
        Assert.IsType<RedeemAtKiosk.Redeemed>(await house.TakeAsync(Sku));
        var slip = await market.ReadAsync(db => db.Redemptions.Select(r => r.Id).SingleAsync());
        Assert.Equal(EndRedemption.Outcome.Done, await market.Get<EndRedemption>().ExecuteAsync(new()
        {
            RedemptionId = slip, To = RedemptionState.HandedOver, Actor = Actor.User(1), AreaPath = GoodsHouse.Station, Cards = [new ScannedCards(house.Goods[Sku], ["A0001"])],
        }));
        await market.Writes.RunAsync(async db =>
        {
            db.Add(new SupermarketCard { GoodsId = house.Goods[Sku], OutletId = house.Second, Serial = "C0001", State = CardState.InStock });
            db.Add(new SupermarketCard { GoodsId = house.Goods[Sku], OutletId = house.First, Serial = "C0002", State = CardState.Blocked });
            return await db.SaveChangesAsync();
        });
        foreach (var (serial, problem) in ((string, CardProblem)[])[("A0001", CardProblem.Gone), ("C0001", CardProblem.Elsewhere), ("C0002", CardProblem.Stopped), ("?", CardProblem.NotValid)])
            Assert.Equal(problem, (await market.ReadAsync(db => CardCount.CheckAsync(db, house.First, house.Goods[Sku], [serial])))!.Problem);
        Assert.Null(await market.ReadAsync(db => CardCount.CheckAsync(db, house.First, house.Goods[Sku], ["A0002"])));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Report_OfCardsByPieces_AsksForTheNumbersBeforeTheSecondSignature(DatabaseProvider provider)
    {
        var house = await NumberedAsync(provider);
        await using var market = house.Market;
        var id = Assert.IsType<ReportDifference.Waits>(await house.ReportAsync(house.First, Sku, 3)).StocktakeId;

        Assert.Equal(StocktakeOutcome.NumbersMissing, await house.SignAsync(id, user: 2));
        Assert.Equal(StocktakeOutcome.OnlyFirst, await NameAsync(house, id, user: 2, there: false, "A0004", "A0005")); // the first one signs for what they named
        Assert.Equal(StocktakeOutcome.CardsNotRight, await NameAsync(house, id, user: 1, there: false, "A0004"));
        Assert.Equal(StocktakeOutcome.CardsNotRight, await NameAsync(house, id, user: 1, there: false, "A0004", "X0001"));
        Assert.Equal(StocktakeOutcome.Done, await NameAsync(house, id, user: 1, there: true, "A0001", "A0002", "A0004"));
        Assert.Equal(StocktakeOutcome.Done, await NameAsync(house, id, user: 1, there: false, "A0004", "A0005")); // said better
        Assert.Equal(StocktakeOutcome.Done, await house.SignAsync(id, user: 2));

        Assert.Equal((CardState.Lost, CardState.Lost, CardState.InStock), (await StateAsync(market, "A0004"), await StateAsync(market, "A0005"), await StateAsync(market, "A0003")));
        Assert.Equal(3, await house.ShelfAsync("O1", Sku));
        await AssertAllNumberedAsync(house);

        // A lost one turns up with one that nobody knew.
        var found = Assert.IsType<ReportDifference.Waits>(await house.ReportAsync(house.First, Sku, 5)).StocktakeId;
        Assert.Equal(StocktakeOutcome.CardsNotRight, await NameAsync(house, found, user: 1, there: false, "A0005", "A0001"));
        Assert.Equal(StocktakeOutcome.Done, await NameAsync(house, found, user: 1, there: false, "A0005", "N0001"));
        Assert.Equal(StocktakeOutcome.Done, await house.SignAsync(found, user: 2));
        Assert.Equal((CardState.Returned, CardState.InStock), (await StateAsync(market, "A0005"), await StateAsync(market, "N0001")));
        await AssertAllNumberedAsync(house);
    }

    [Fact]
    public async Task Sheet_WithACardThatWaitsToBeWrittenOff_FindsItAndTheSetAsidePieceGoes()
    {
        var house = await NumberedAsync();
        await using var market = house.Market;
        var card = await market.ReadAsync(db => db.SupermarketCards.Where(c => c.Serial == "A0002").Select(c => c.Id).SingleAsync());
        await market.Get<MarkCard>().ExecuteAsync(new() { CardId = card, To = MarkCard.Mark.Lost, Reason = "丢了", Actor = Actor.User(1), AreaPath = GoodsHouse.Station });
        var (id, at) = await OpenAsync(house);
        string[] all = ["A0001", "A0002", "A0003", "A0004", "A0005"];
        await ScanAsync(house, id, at, serials: all);
        await FinishAsync(house, id, at, all);
        await SignTwiceAsync(house, id);

        Assert.Equal(SignatureOutcome.Done, await market.AnswerAsync($"{card}", 2, sign: false));

        Assert.Equal((5L, CardState.Returned), (await house.ShelfAsync("O1", Sku), await StateAsync(market, "A0002")));
        await AssertAllNumberedAsync(house);
    }

    [Fact]
    public async Task Sign_WhenAMissingCardWasHandedOutMeanwhile_AsksToCountAgain()
    {
        var house = await NumberedAsync();
        await using var market = house.Market;
        var id = Assert.IsType<ReportDifference.Waits>(await house.ReportAsync(house.First, Sku, 4)).StocktakeId;
        await NameAsync(house, id, user: 1, there: false, "A0003");
        await MarkLostAsync(market, "A0003"); // somebody said so otherwise

        Assert.Equal(StocktakeOutcome.ShelfMoved, await house.SignAsync(id, user: 2));
        Assert.Equal(4, await house.ShelfAsync("O1", Sku));
        await AssertAllNumberedAsync(house);
    }

    private static async Task<GoodsHouse> NumberedAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var house = await GoodsHouse.OpenAsync(provider);
        Assert.IsType<EnterCards.Entered>(await house.Market.Get<EnterCards>().ExecuteAsync(new() { OutletId = house.First, GoodsId = house.Goods[Sku], Serials = CardSerials.Range("A0001", 5)!, Actor = Actor.User(1), AreaPath = GoodsHouse.Station }));
        return house;
    }

    private static async Task<(int Id, int At)> OpenAsync(GoodsHouse house)
    {
        var id = Assert.IsType<OpenStocktake.Opened>(await house.Market.Get<OpenStocktake>().ExecuteAsync(new() { Key = Guid.NewGuid(), OutletId = house.First, Actor = Actor.User(1), AreaPath = GoodsHouse.Station })).StocktakeId;
        var rest = await house.Market.ReadAsync(db => db.StocktakeLines.Where(l => l.StocktakeId == id && l.Goods.Sku != Sku).Select(l => new { l.Position, l.Goods.Sku }).ToListAsync());
        var counts = new Dictionary<int, int>();
        foreach (var line in rest) counts[line.Position] = (int)await house.ShelfAsync("O1", line.Sku);
        Assert.Equal(StocktakeOutcome.Done, await house.Market.Get<StocktakeCounts>().PutDownAsync(GoodsHouse.By(id), counts));
        return (id, await house.Market.ReadAsync(db => db.StocktakeLines.Where(l => l.StocktakeId == id && l.Goods.Sku == Sku).Select(l => l.Position).SingleAsync()));
    }

    private static Task<StocktakeOutcome> ScanAsync(GoodsHouse house, int id, int at, bool startOver = false, params string[] serials) =>
        house.Market.Get<StocktakeCounts>().PutDownAsync(GoodsHouse.By(id), new Dictionary<int, int>(), new Dictionary<int, StocktakeCounts.Scan> { [at] = new(serials, startOver) });

    /// <summary>Ends the first round, and counts the same again.</summary>
    private static async Task FinishAsync(GoodsHouse house, int id, int at, params string[] serials)
    {
        var counts = house.Market.Get<StocktakeCounts>();
        Assert.Equal(StocktakeOutcome.Done, await counts.FinishAsync(GoodsHouse.By(id)));
        Assert.Equal(StocktakeOutcome.NotAllRecounted, await counts.FinishAsync(GoodsHouse.By(id)));
        Assert.Equal(StocktakeOutcome.Done, await ScanAsync(house, id, at, serials: serials));
        Assert.Equal(StocktakeOutcome.Done, await counts.FinishAsync(GoodsHouse.By(id)));
    }

    private static async Task SignTwiceAsync(GoodsHouse house, int id)
    {
        Assert.Equal(StocktakeOutcome.Done, await house.SignAsync(id, user: 1, "少了卡"));
        Assert.Equal(StocktakeOutcome.Done, await house.SignAsync(id, user: 2));
    }

    private static Task<StocktakeOutcome> NameAsync(GoodsHouse house, int id, int user, bool there, params string[] serials) =>
        house.Market.Get<NameCards>().ExecuteAsync(new() { By = GoodsHouse.By(id, user), Position = 0, Serials = serials, There = there });

    private static Task<StocktakeLine> LineAsync(GoodsHouse house, int id, int at) =>
        house.Market.ReadAsync(db => db.StocktakeLines.Include(l => l.Cards).SingleAsync(l => l.StocktakeId == id && l.Position == at));

    private static Task<CardState> StateAsync(TestMarket market, string serial) => market.ReadAsync(db => db.SupermarketCards.Where(c => c.Serial == serial).Select(c => c.State).SingleAsync());

    private static async Task MarkLostAsync(TestMarket market, string serial)
    {
        var card = await market.ReadAsync(db => db.SupermarketCards.Where(c => c.Serial == serial).Select(c => c.Id).SingleAsync());
        Assert.Equal(MarkCard.Outcome.WaitsForSecond, await market.Get<MarkCard>().ExecuteAsync(new() { CardId = card, To = MarkCard.Mark.Lost, Reason = "丢了", Actor = Actor.User(1), AreaPath = GoodsHouse.Station }));
        Assert.Equal(SignatureOutcome.Done, await market.AnswerAsync($"{card}", 2));
    }

    /// <summary>The books are proved, and every card on hand has its number and every number its card, at each outlet.</summary>
    private static async Task AssertAllNumberedAsync(GoodsHouse house)
    {
        await house.AssertProvedAsync();
        var proof = Assert.Single(await house.Market.ReadAsync(db => CardProof.ReadAsync(db, house.House.BookId)));
        Assert.Equal((0L, 0L, 0), (proof.Difference, proof.WithoutNumber, proof.NumbersTwice));
        Assert.All(await house.Market.ReadAsync(db => CardStock.ReadAsync(db, [house.House.BookId])), s => Assert.Equal((0L, 0L), (s.Missing, s.Over)));
    }
}
