using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Sponsors;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Market;

public sealed class CardTests
{
    private const string Sku = "CARD50";
    private static readonly Asset Card = Asset.Card(Sku);

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [Fact]
    public void Range_OfConsecutiveNumbers_CountsTheLastDigitsUp()
    {
        Assert.Equal(["JY-0098", "JY-0099", "JY-0100"], CardSerials.Range(" jy-0098", 3));
        Assert.Null(CardSerials.Range("JY-98", 3)); // 100 would be longer
        Assert.Null(CardSerials.Range("ABCD", 2));
        Assert.Equal("****4321", CardSerials.Masked("2026987654321"));
    }

    [Fact]
    public void List_TypedPastedOrFromAFile_IsTheSameNumbers()
    {
        Assert.Equal(["AB12", "AB13", "AB14"], CardSerials.List("ab12\r\nＡＢ１３，  AB 14;\n"));
        Assert.Equal(["AB12", "AB13"], CardSerials.File("\uFEFF卡号,面值\n\"AB12\",50\nAB13,50\n"));
        Assert.False(CardSerials.IsValid("AB1") || CardSerials.IsValid(new string('1', 33)) || CardSerials.IsValid("AB\u000012"));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Cards_NumberedLater_LeaveOneByOneAndComeBack(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var slip = await SlipAsync(market, station);
        Assert.Empty(await market.ReadAsync(db => CardShelf.AskedAsync(db, slip.Id))); // old stock leaves without
        Assert.Equal(CardProblem.Count, Assert.IsType<EnterCards.Refused>(await EnterAsync(market, station, "A0001", 4)).Why.Problem); // all five, also the one set aside
        Assert.Equal(new EnterCards.Entered(5), await EnterAsync(market, station, "A0001", 5));
        Assert.IsType<EnterCards.NothingMissing>(await EnterAsync(market, station, "A0009", 1));

        Assert.Equal(EndRedemption.Outcome.CardsNotRight, await HandOverAsync(market, slip));
        Assert.Equal(EndRedemption.Outcome.CardsNotRight, await HandOverAsync(market, slip, "A0009"));
        Assert.Equal(EndRedemption.Outcome.CardsNotRight, await HandOverAsync(market, slip, "A0001", "A0002"));
        Assert.Equal(0, await station.BalanceAsync(AccountCode.HandedOut, Card));
        Assert.Equal(EndRedemption.Outcome.Done, await HandOverAsync(market, slip, "A0001"));
        Assert.Equal(EndRedemption.Outcome.Done, await HandOverAsync(market, slip, "A0001")); // the same again
        Assert.Equal((CardState.HandedOut, slip.Id), await StateAsync(market, "A0001"));

        await station.EarnAsync("I0001", 100);
        var other = await SlipAsync(market, station, station.Informant);
        Assert.Equal(CardProblem.Gone, (await market.ReadAsync(db => CardShelf.CheckAsync(db, other.Id, Scanned(db, "A0001"))))!.Problem);
        Assert.Equal(EndRedemption.Outcome.Done, await EndAsync(market, slip, RedemptionState.Returned));
        Assert.Equal((CardState.Returned, null), await StateAsync(market, "A0001"));
        Assert.Equal(EndRedemption.Outcome.Done, await HandOverAsync(market, other, "A0001"));
        var proof = Assert.Single(await market.ReadAsync(db => CardProof.ReadAsync(db, station.BookId)));
        Assert.Equal(new CardProof(Sku, 5, 1, 0, 4, 4, 1, 0), proof);
        Assert.Equal(0, proof.Difference);
        Assert.Equal([CardStep.Entered, CardStep.HandedOut, CardStep.Returned, CardStep.HandedOut],
            await market.ReadAsync(db => db.SupermarketCards.Where(c => c.Serial == "A0001").SelectMany(c => c.Events).OrderBy(v => v.Id).Select(v => v.Step).ToListAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task HandOver_TheSameCardAtTwoCountersAtOnce_LeavesOnce(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        await station.EarnAsync("I0001", 100);
        Redemption[] slips = [await SlipAsync(market, station), await SlipAsync(market, station, station.Informant)];
        await EnterAsync(market, station, "A0001", 5);

        var outcomes = await Task.WhenAll(slips.Select(s => Task.Run(() => HandOverAsync(market, s, "A0003"))));

        Assert.Single(outcomes, EndRedemption.Outcome.Done);
        Assert.Single(outcomes, EndRedemption.Outcome.CardsNotRight);
        Assert.Equal(1, await station.BalanceAsync(AccountCode.HandedOut, Card));
        Assert.Equal(1, await market.ReadAsync(db => db.SupermarketCards.CountAsync(c => c.RedemptionId != null)));
        Assert.Equal(1, await market.ReadAsync(db => db.CardEvents.CountAsync(v => v.Step == CardStep.HandedOut)));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task CountIn_OfCards_TakesEachNumberOnceAndForgetsThemWhenTakenBack(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var outlet = await market.ReadAsync(db => db.Outlets.Where(o => o.Code == "O2").Select(o => o.Id).SingleAsync());

        Assert.Equal(CardProblem.Count, Assert.IsType<CountIn.Refused>(await CountInAsync(market, outlet, "D1", "B001", "B002")).Cards!.Problem);
        Assert.Equal(CardProblem.Twice, Assert.IsType<CountIn.Refused>(await CountInAsync(market, outlet, "D1", "B001", "B002", "B001")).Cards!.Problem);
        Assert.IsType<CountIn.Counted>(await CountInAsync(market, outlet, "D1", "B001", "B002", "B003"));
        Assert.IsType<CountIn.Counted>(await CountInAsync(market, outlet, "D1", "B003", "B001", "B002")); // sent twice
        Assert.Equal(CountIn.Problem.OtherNumbers, Assert.IsType<CountIn.Refused>(await CountInAsync(market, outlet, "D1", "B001", "B002", "B013")).Why); // put right, as somebody thought
        Assert.Equal(CardProblem.Known, Assert.IsType<CountIn.Refused>(await CountInAsync(market, outlet, "D2", "B003", "B004", "B005")).Cards!.Problem);
        Assert.Equal(3, await station.BalanceAsync(AccountCode.Shelf("O2"), Card));
        Assert.Equal(["D1", "D1", "D1"], await market.ReadAsync(db => db.SupermarketCards.Select(c => c.Batch!).ToListAsync()));

        var lost = await market.ReadAsync(db => db.SupermarketCards.Where(c => c.Serial == "B002").Select(c => c.Id).SingleAsync());
        Assert.Equal(MarkCard.Outcome.WaitsForSecond, await MarkAsync(market, lost, MarkCard.Mark.Lost));
        Assert.IsType<TakeBackDelivery.GoneAlready>(await TakeBackAsync(market, station));
        Assert.Equal(SignatureOutcome.Done, await market.AnswerAsync($"{lost}", 2, sign: false)); // it was in the drawer
        Assert.Equal((3, CardState.Returned), (await station.BalanceAsync(AccountCode.Shelf("O2"), Card), (await StateAsync(market, "B002")).Item1));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task TakeBack_OfADeliveryOfCards_LetsTheNumbersComeAgain(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var outlet = await market.ReadAsync(db => db.Outlets.Where(o => o.Code == "O2").Select(o => o.Id).SingleAsync());
        Assert.IsType<CountIn.Counted>(await CountInAsync(market, outlet, "D1", "B001", "B002", "B003"));
        Assert.IsType<TakeBackDelivery.Waits>(await TakeBackAsync(market, station));
        Assert.Equal(3, await market.ReadAsync(db => db.SupermarketCards.CountAsync())); // one person's word is not enough
        Assert.Equal(SignatureOutcome.SamePerson, await market.AnswerAsync("D1", 1));
        Assert.Equal(SignatureOutcome.NotFound, await market.AnswerAsync("D1", 2, areaPath: "STA/V1/"));
        Assert.Equal(SignatureOutcome.Done, await market.AnswerAsync("D1", 2));
        Assert.Equal(SignatureOutcome.Done, await market.AnswerAsync("D1", 2));
        Assert.Equal(SignatureOutcome.Over, await market.AnswerAsync("D1", 3));
        Assert.Equal(0, await market.ReadAsync(db => db.SupermarketCards.CountAsync()));
        Assert.Equal(CountIn.Problem.TakenBack, Assert.IsType<CountIn.Refused>(await CountInAsync(market, outlet, "D1", "B001", "B002", "B003")).Why);
        Assert.IsType<CountIn.Counted>(await CountInAsync(market, outlet, "D2", "B001", "B002", "B003"));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task MarkCard_LostOrBlocked_IsWrittenOffOnceAndNeverHandedOver(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var slip = await SlipAsync(market, station);
        await EnterAsync(market, station, "A0001", 5);
        var ids = await market.ReadAsync(db => db.SupermarketCards.OrderBy(c => c.Serial).Select(c => c.Id).ToListAsync());

        Assert.Equal(MarkCard.Outcome.ReasonMissing, await market.Get<MarkCard>().ExecuteAsync(new() { CardId = ids[0], To = MarkCard.Mark.Lost, Reason = " ", Actor = Actor.User(1), AreaPath = "STA/" }));
        Assert.Equal(MarkCard.Outcome.NotFound, await market.Get<MarkCard>().ExecuteAsync(new() { CardId = ids[0], To = MarkCard.Mark.Lost, Reason = "丢了", Actor = Actor.User(1), AreaPath = "STA/V2/" }));
        Assert.Equal(MarkCard.Outcome.WaitsForSecond, await MarkAsync(market, ids[0], MarkCard.Mark.Blocked));
        Assert.Equal(MarkCard.Outcome.WaitsForSecond, await MarkAsync(market, ids[0], MarkCard.Mark.Blocked));
        Assert.Equal(MarkCard.Outcome.StillOpen, await MarkAsync(market, ids[0], MarkCard.Mark.Lost));
        Assert.Equal(MarkCard.Outcome.StillOpen, await MarkAsync(market, ids[0], MarkCard.Mark.Restored));
        Assert.Equal((3, 0), (await station.BalanceAsync(AccountCode.Shelf("O1"), Card), await station.BalanceAsync(AccountCode.WrittenOff, Card))); // set aside, and not gone by one person's word
        Assert.Equal(CardProblem.Stopped, (await market.ReadAsync(db => CardShelf.CheckAsync(db, slip.Id, Scanned(db, "A0001"))))!.Problem);
        Assert.Equal(SignatureOutcome.SamePerson, await market.AnswerAsync($"{ids[0]}", 1));
        var answers = await Task.WhenAll(Enumerable.Range(2, 3).Select(user => Task.Run(() => market.AnswerAsync($"{ids[0]}", user))));
        Assert.Single(answers, SignatureOutcome.Done);
        Assert.Equal((3, 1), (await station.BalanceAsync(AccountCode.Shelf("O1"), Card), await station.BalanceAsync(AccountCode.WrittenOff, Card)));
        Assert.Equal(MarkCard.Outcome.OtherState, await MarkAsync(market, ids[0], MarkCard.Mark.Lost));

        // What was handed out is stopped without touching the stock, and then cannot come back.
        Assert.Equal(EndRedemption.Outcome.Done, await HandOverAsync(market, slip, "A0002"));
        Assert.Equal(MarkCard.Outcome.Done, await MarkAsync(market, ids[1], MarkCard.Mark.Lost));
        Assert.Equal(1, await station.BalanceAsync(AccountCode.WrittenOff, Card));
        Assert.Equal(EndRedemption.Outcome.CardsNotRight, await EndAsync(market, slip, RedemptionState.Returned));

        // A count wrote one off before anybody knew which: marking it writes nothing off again.
        await market.PostThingsAsync(market.Request(station.BookId, "count", new Posting(AccountCode.Shelf("O1"), AccountCode.WrittenOff, Card, 1)));
        Assert.Equal(1, Assert.Single(await market.ReadAsync(db => CardStock.ReadAsync(db, [station.BookId]))).Over);
        Assert.Equal(MarkCard.Outcome.Done, await MarkAsync(market, ids[2], MarkCard.Mark.Lost));
        Assert.Equal(2, await station.BalanceAsync(AccountCode.WrittenOff, Card));
        var proof = Assert.Single(await market.ReadAsync(db => CardProof.ReadAsync(db, station.BookId)));
        Assert.Equal((0, 0), (proof.Difference, proof.WithoutNumber));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task MarkCard_FoundAgain_ComesBackOnlyWithASecondSignature(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        await EnterAsync(market, station, "A0001", 5);
        var id = await market.ReadAsync(db => db.SupermarketCards.OrderBy(c => c.Serial).Select(c => c.Id).FirstAsync());
        await MarkAsync(market, id, MarkCard.Mark.Lost);
        Assert.Equal(SignatureOutcome.Done, await market.AnswerAsync($"{id}", 2));

        Assert.Equal(MarkCard.Outcome.WaitsForSecond, await MarkAsync(market, id, MarkCard.Mark.Restored));
        Assert.Equal(MarkCard.Outcome.WaitsForSecond, await MarkAsync(market, id, MarkCard.Mark.Restored));
        Assert.Equal((4L, CardState.Lost), (await station.BalanceAsync(AccountCode.Shelf("O1"), Card), (await StateAsync(market, "A0001")).Item1));
        Assert.Equal(SignatureOutcome.Done, await market.AnswerAsync($"{id}", 2, sign: false));
        Assert.Equal(CardState.Lost, (await StateAsync(market, "A0001")).Item1);
        await MarkAsync(market, id, MarkCard.Mark.Restored);
        Assert.Equal(SignatureOutcome.Done, await market.AnswerAsync($"{id}", 3));

        Assert.Equal((5L, CardState.Returned), (await station.BalanceAsync(AccountCode.Shelf("O1"), Card), (await StateAsync(market, "A0001")).Item1));
        var proof = Assert.Single(await market.ReadAsync(db => CardProof.ReadAsync(db, station.BookId)));
        Assert.Equal((0L, 0L, 5L), (proof.Difference, proof.WithoutNumber, proof.OnHand));
        await Assert.ThrowsAnyAsync<Exception>(() => market.Writes.RunAsync(db => db.SecondSignatures.ExecuteUpdateAsync(s => s.SetProperty(x => x.DecidedBy, x => x.AskedBy)))); // the database holds it too
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task EnterCards_WhereMovedCardsArrived_BringsTheirNumbersAlong(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        await EnterAsync(market, station, "A0001", 5);
        var other = await market.ReadAsync(db => db.Outlets.Where(o => o.Code == "O2").Select(o => o.Id).SingleAsync());
        await market.PostThingsAsync(market.Request(station.BookId, "move", new Posting(AccountCode.Shelf("O1"), AccountCode.Shelf("O2"), Card, 2)));

        Assert.Equal(new EnterCards.Entered(2), await EnterAsync(market, station, "A0004", 2, other));

        Assert.Equal([3, 2], (await market.ReadAsync(db => CardStock.ReadAsync(db, [station.BookId]))).Select(s => s.Numbered));
        Assert.Equal(5, await market.ReadAsync(db => db.SupermarketCards.CountAsync()));
    }

    private static async Task<Redemption> SlipAsync(TestMarket market, TestStation station, PointsMarket.Members.Member? member = null)
    {
        var session = await station.StepUpAsync(member);
        await station.ChooseAsync(session, Sku);
        var id = Assert.IsType<RedeemAtKiosk.Redeemed>(await station.ConfirmAsync(session)).RedemptionId;
        return await market.ReadAsync(db => db.Redemptions.SingleAsync(r => r.Id == id));
    }

    private static async Task<EnterCards.Outcome> EnterAsync(TestMarket market, TestStation station, string first, int count, int? outlet = null) => await market.Get<EnterCards>().ExecuteAsync(new()
    {
        OutletId = outlet ?? station.Outlet.Id, GoodsId = await GoodsAsync(market), Serials = CardSerials.Range(first, count)!, Actor = Actor.User(1), AreaPath = "STA/",
    });

    private static Task<int> GoodsAsync(TestMarket market) => market.ReadAsync(db => db.Goods.Where(g => g.Sku == Sku).Select(g => g.Id).SingleAsync());

    private static IReadOnlyList<ScannedCards> Scanned(MarketDb db, params string[] serials) => [new ScannedCards(db.Goods.Single(g => g.Sku == Sku).Id, serials)];

    private static async Task<EndRedemption.Outcome> HandOverAsync(TestMarket market, Redemption slip, params string[] serials) => await market.Get<EndRedemption>().ExecuteAsync(new()
    {
        RedemptionId = slip.Id, To = RedemptionState.HandedOver, Actor = Actor.User(1), AreaPath = "STA/", Cards = [new ScannedCards(await GoodsAsync(market), serials)],
    });

    private static Task<EndRedemption.Outcome> EndAsync(TestMarket market, Redemption slip, RedemptionState to) =>
        market.Get<EndRedemption>().ExecuteAsync(new() { RedemptionId = slip.Id, To = to, Actor = Actor.User(1), AreaPath = "STA/", Reason = "换了" });

    private static async Task<CountIn.Outcome> CountInAsync(TestMarket market, int outlet, string reference, params string[] serials) => await market.Get<CountIn>().ExecuteAsync(new()
    {
        Reference = reference, Date = new(2026, 9, 1), SponsorId = null, OutletId = outlet, Actor = Actor.User(1), AreaPath = "STA/",
        Lines = [new CountIn.Line { GoodsId = await GoodsAsync(market), Accepted = 3, Serials = serials }],
    });

    private static Task<MarkCard.Outcome> MarkAsync(TestMarket market, int card, MarkCard.Mark to) =>
        market.Get<MarkCard>().ExecuteAsync(new() { CardId = card, To = to, Reason = "查找中", Actor = Actor.User(1), AreaPath = "STA/" });

    private static async Task<TakeBackDelivery.Outcome> TakeBackAsync(TestMarket market, TestStation station) => await market.Get<TakeBackDelivery>().AskAsync(new()
    {
        BookId = station.BookId, Sequence = (await market.ReadAsync(db => db.SequenceOfAsync(station.BookId, "delivery:D1")))!.Value, Reason = "数错了", Actor = Actor.User(1), AreaPath = "STA/",
    });

    private static Task<(CardState, int?)> StateAsync(TestMarket market, string serial) =>
        market.ReadAsync(async db => await db.SupermarketCards.Where(c => c.Serial == serial).Select(c => new ValueTuple<CardState, int?>(c.State, c.RedemptionId)).SingleAsync());
}
