using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Stock;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Stock;

/// <summary>Cards move with their numbers: on the way they are nowhere, and at the other outlet they are asked for again.</summary>
public sealed class CardMoveTests
{
    private const string Sku = "CARD50";

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Move_OfNumberedCards_CarriesTheirNumbersAndNamesTheMissingOnes(DatabaseProvider provider)
    {
        var house = await NumberedAsync(provider);
        await using var market = house.Market;
        Assert.Equal(CardProblem.Count, Refusal(await house.SendAsync(house.First, house.Second, Sku, 3)).Problem); // which ones?
        Assert.Equal(CardProblem.Unknown, Refusal(await house.SendCardsAsync(house.First, house.Second, "A0001", "Z0001")).Problem);
        Assert.Equal(5, await house.ShelfAsync("O1", Sku)); // nothing of it was kept
        var move = Assert.IsType<SendStock.Sent>(await house.SendCardsAsync(house.First, house.Second, "A0001", "A0002", "A0003")).MoveId;
        Assert.Equal(CardProblem.OnTheWay, Refusal(await house.SendCardsAsync(house.First, house.Second, "A0001")).Problem);
        var card = await market.ReadAsync(db => db.SupermarketCards.Where(c => c.Serial == "A0001").Select(c => c.Id).SingleAsync());
        Assert.Equal(MarkCard.Outcome.OnTheWay, await market.Get<MarkCard>().ExecuteAsync(new() { CardId = card, To = MarkCard.Mark.Lost, Reason = "丢了", Actor = Actor.User(1), AreaPath = GoodsHouse.Station }));

        Assert.Equal(EndMove.Outcome.CardsNotRight, await house.ReceiveCardsAsync(move, 2, "A0001")); // two pieces, one number
        Assert.Equal(EndMove.Outcome.CardsNotRight, await house.ReceiveCardsAsync(move, 2, "A0001", "A0004")); // never sent
        Assert.Equal(0, await house.ShelfAsync("O2", Sku));
        Assert.Equal(EndMove.Outcome.WaitsForSecond, await house.ReceiveCardsAsync(move, 2, "A0001", "A0002"));
        var reference = await market.ReadAsync(db => db.StockMoves.Select(m => m.Reference).SingleAsync());
        Assert.Equal([(house.Goods[Sku], "A0003")], await market.ReadAsync(db => CardMoves.MissingAsync(db, reference)));
        await AssertNumberedAsync(house, 2, 2);
        Assert.Equal(SignatureOutcome.Done, await house.SignMoveAsync(move, user: 9));

        Assert.Equal(CardState.Lost, await market.ReadAsync(db => db.SupermarketCards.Where(c => c.Serial == "A0003").Select(c => c.State).SingleAsync()));
        Assert.Equal([(house.Goods[Sku], "A0003")], await market.ReadAsync(db => CardMoves.MissingAsync(db, reference))); // still named
        Assert.Equal([CardStep.Entered, CardStep.Sent, CardStep.Moved], await market.ReadAsync(db => db.CardEvents.Where(v => v.CardId == card).OrderBy(v => v.Id).Select(v => v.Step).ToListAsync()));
        await AssertNumberedAsync(house, 2, 2);
        await house.AssertProvedAsync();
    }

    [Fact]
    public async Task Move_CalledBackOrTurnedUpLate_PutsTheNumbersDownAgain()
    {
        var house = await NumberedAsync();
        await using var market = house.Market;
        var back = Assert.IsType<SendStock.Sent>(await house.SendCardsAsync(house.First, house.Second, "A0001", "A0002")).MoveId;
        Assert.Equal(EndMove.Outcome.Done, await house.EndMoveAsync(back, null));
        await AssertNumberedAsync(house, 5, 0);
        var late = Assert.IsType<SendStock.Sent>(await house.SendCardsAsync(house.First, house.Second, "A0001", "A0002")).MoveId;
        Assert.Equal(EndMove.Outcome.WaitsForSecond, await house.ReceiveCardsAsync(late, 0));
        await AssertNumberedAsync(house, 3, 0);
        Assert.Equal(SignatureOutcome.Done, await house.SignMoveAsync(late, user: 9, sign: false));
        await AssertNumberedAsync(house, 3, 2);
        await house.AssertProvedAsync();
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task HandOver_WhereOnlyOtherOutletsCardsHaveNumbers_AsksForOne(DatabaseProvider provider)
    {
        var house = await NumberedAsync(provider);
        await using var market = house.Market;
        await house.House.StockAsync("O2", Asset.Card(Sku), 2); // as a move of a time before numbers travelled left them
        var kiosk = new KioskDevice { Name = "03 号机", OutletId = house.Second, TokenHash = Secrets.Hash("three"), PairedAt = market.Clock.GetUtcNow().UtcDateTime };
        await market.Writes.RunAsync(db =>
        {
            db.Add(kiosk);
            return db.SaveChangesAsync();
        });
        var session = await house.House.StepUpAsync(kiosk: kiosk);
        await house.House.ChooseAsync(session, Sku);
        var slip = Assert.IsType<RedeemAtKiosk.Redeemed>(await house.House.ConfirmAsync(session)).RedemptionId;

        Assert.Equal(1, (await market.ReadAsync(db => CardShelf.AskedAsync(db, slip)))[house.Goods[Sku]]);
        Assert.Equal(EndRedemption.Outcome.CardsNotRight, await house.EndAsync(slip, RedemptionState.HandedOver));
        Assert.IsType<EnterCards.Entered>(await market.Get<EnterCards>().ExecuteAsync(new() { OutletId = house.Second, GoodsId = house.Goods[Sku], Serials = ["N0001", "N0002"], Actor = Actor.User(1), AreaPath = GoodsHouse.Station }));
        Assert.Equal(EndRedemption.Outcome.Done, await market.Get<EndRedemption>().ExecuteAsync(new()
        {
            RedemptionId = slip, To = RedemptionState.HandedOver, Actor = Actor.User(1), AreaPath = GoodsHouse.Station, Cards = [new ScannedCards(house.Goods[Sku], ["N0002"])],
        }));
        await house.AssertProvedAsync();
    }

    private static CardRefusal Refusal(SendStock.Outcome outcome)
    {
        var refused = Assert.IsType<SendStock.Refused>(outcome);
        Assert.Equal((SendStock.Problem.CardNumbers, 0), (refused.Why, refused.Line));
        return refused.Cards!;
    }

    private static async Task<GoodsHouse> NumberedAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var house = await GoodsHouse.OpenAsync(provider);
        Assert.IsType<EnterCards.Entered>(await house.Market.Get<EnterCards>().ExecuteAsync(new() { OutletId = house.First, GoodsId = house.Goods[Sku], Serials = CardSerials.Range("A0001", 5)!, Actor = Actor.User(1), AreaPath = GoodsHouse.Station }));
        return house;
    }

    /// <summary>So many numbers lie at each outlet, and as many pieces.</summary>
    private static async Task AssertNumberedAsync(GoodsHouse house, int first, int second)
    {
        var stock = await house.Market.ReadAsync(db => CardStock.ReadAsync(db, [house.House.BookId]));
        Assert.All(stock, s => Assert.Equal((0L, 0L), (s.Missing, s.Over)));
        Assert.Equal((first, second), (stock.Where(s => s.OutletId == house.First).Sum(s => s.Numbered), stock.Where(s => s.OutletId == house.Second).Sum(s => s.Numbered)));
    }
}
