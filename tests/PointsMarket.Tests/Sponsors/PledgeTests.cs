using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Sponsors;
using PointsMarket.Stock;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Sponsors;

public sealed class PledgeTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Pledge_AcceptedAnnouncedAndCountedIn_IsDeliveredAndEveryPieceIsAccountedFor(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var (station, firm, soap) = await FirmAsync(market);
        var key = Guid.NewGuid();
        var made = Assert.IsType<PledgeMade.Done>(await PledgeAsync(market, station, firm, soap, 40, key)).Reference;
        Assert.Equal(new PledgeMade.Done(made), await PledgeAsync(market, station, firm, soap, 40, key)); // sent twice
        Assert.Equal(PledgeProblem.NotAccepted, Assert.IsType<PledgeMade.Refused>(await AnnounceAsync(market, station, firm, made, (soap, 10))).Why);
        Assert.Equal(PledgeOutcome.ReasonMissing, await DecideAsync(market, made, accept: false));
        Assert.Equal(PledgeOutcome.NotFound, await market.Get<DecidePledge>().ExecuteAsync(new() { Reference = made, Accept = true, Actor = Actor.User(7), AreaPath = "STA/V2/" }));
        Assert.Equal(PledgeOutcome.Done, await DecideAsync(market, made, accept: true));
        Assert.Equal(PledgeOutcome.Over, await DecideAsync(market, made, accept: true));
        var first = Assert.IsType<PledgeMade.Done>(await AnnounceAsync(market, station, firm, made, (soap, 30))).Reference;

        Assert.Equal(CountIn.Problem.AnnouncementOver, Assert.IsType<CountIn.Refused>(await CountInAsync(market, station, null, first, soap, "D1", 28, 2)).Why); // bought it is not
        Assert.Equal(0, await station.BalanceAsync(AccountCode.WrittenOff, Asset.Goods("SOAP")));
        Assert.IsType<CountIn.Counted>(await CountInAsync(market, station, firm, first, soap, "D1", 28, 2));
        Assert.Equal(CountIn.Problem.AnnouncementOver, Assert.IsType<CountIn.Refused>(await CountInAsync(market, station, firm, first, soap, "D2", 28, 2)).Why);
        Assert.Equal(PledgeState.Accepted, await StateAsync(market, made)); // 28 of 40
        var second = Assert.IsType<PledgeMade.Done>(await AnnounceAsync(market, station, firm, made, (soap, 12))).Reference;
        Assert.IsType<CountIn.Counted>(await CountInAsync(market, station, firm, second, soap, "D3", 12, 0));
        Assert.Equal(PledgeState.Delivered, await StateAsync(market, made));

        var given = Assert.Single(await market.ReadAsync(db => SponsorImpact.ArticlesAsync(db, firm)));
        Assert.Equal(new GivenArticle(soap, 40, 40, 0, 0, 0, 0), given);
        await market.PostThingsAsync(market.Request(station.BookId, "out", new Posting(AccountCode.Shelf("O1"), AccountCode.WrittenOff, Asset.Goods("SOAP"), 6))); // the one bought piece goes first
        given = Assert.Single(await market.ReadAsync(db => SponsorImpact.ArticlesAsync(db, firm)));
        Assert.True(given.AddsUp);
        Assert.Equal((35, 5), (given.OnShelf, given.WrittenOff));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Withdraw_BeforeAndAfterSomethingCame_CallsOffWhatIsOpenAndKeepsWhatCame(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var (station, firm, soap) = await FirmAsync(market);
        var one = ((PledgeMade.Done)await PledgeAsync(market, station, firm, soap, 40)).Reference;
        await DecideAsync(market, one, accept: true);
        await AnnounceAsync(market, station, firm, one, (soap, 40));
        Assert.Equal(PledgeOutcome.NotFound, await market.Get<WithdrawPledge>().ExecuteAsync(new() { Reference = one, SponsorId = firm + 1, Actor = Actor.User(1) })); // another firm's
        Assert.Equal(PledgeOutcome.Done, await market.Get<WithdrawPledge>().ExecuteAsync(new() { Reference = one, SponsorId = firm, Actor = Actor.User(1) }));
        Assert.Equal(PledgeState.Withdrawn, await StateAsync(market, one));
        Assert.Equal(AnnouncementState.CalledOff, await market.ReadAsync(db => db.Announcements.Select(a => a.State).SingleAsync()));

        var two = ((PledgeMade.Done)await PledgeAsync(market, station, firm, soap, 40)).Reference;
        await DecideAsync(market, two, accept: true);
        var announced = ((PledgeMade.Done)await AnnounceAsync(market, station, firm, two, (soap, 10))).Reference;
        await CountInAsync(market, station, firm, announced, soap, "D1", 10, 0);
        Assert.Equal(PledgeOutcome.Over, await market.Get<CallOffDelivery>().ExecuteAsync(new() { Reference = announced, SponsorId = firm, Actor = Actor.User(1) }));
        await market.Get<WithdrawPledge>().ExecuteAsync(new() { Reference = two, SponsorId = firm, Actor = Actor.User(1) });
        Assert.Equal(PledgeState.Delivered, await StateAsync(market, two));
        Assert.Equal(10, (await market.ReadAsync(db => SponsorImpact.ArticlesAsync(db, firm))).Single().Received);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task TakeBack_OfADeliveryThatMadeAPledgeWhole_OpensWhatItAnsweredAgain(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var (station, firm, soap) = await FirmAsync(market);
        var pledge = ((PledgeMade.Done)await PledgeAsync(market, station, firm, soap, 40)).Reference;
        await DecideAsync(market, pledge, accept: true);
        var (first, second) = (((PledgeMade.Done)await AnnounceAsync(market, station, firm, pledge, (soap, 30))).Reference, ((PledgeMade.Done)await AnnounceAsync(market, station, firm, pledge, (soap, 10))).Reference);
        await CountInAsync(market, station, firm, first, soap, "D1", 30, 0);
        await CountInAsync(market, station, firm, second, soap, "D2", 10, 0);
        Assert.Equal(PledgeState.Delivered, await StateAsync(market, pledge));

        await TakeBackAsync(market, station, "D1");
        Assert.Equal(PledgeState.Accepted, await StateAsync(market, pledge));
        Assert.Equal([(first, AnnouncementState.Announced), (second, AnnouncementState.CountedIn)], await market.ReadAsync(async db => (await db.Announcements.OrderBy(a => a.Id).ToListAsync()).Select(a => (a.Reference, a.State)).ToList()));
        // The number on the note was used up; said in words, because nothing would reach the shelf.
        Assert.Equal(CountIn.Problem.TakenBack, Assert.IsType<CountIn.Refused>(await CountInAsync(market, station, firm, first, soap, "D1", 30, 0)).Why);
        Assert.IsType<CountIn.Counted>(await CountInAsync(market, station, firm, first, soap, "D1B", 29, 1));
        Assert.Equal((PledgeState.Accepted, 40L), (await StateAsync(market, pledge), await station.BalanceAsync(AccountCode.Shelf("O1"), Asset.Goods("SOAP")))); // 39 and the one that was there
        Assert.Equal(39, (await market.ReadAsync(db => SponsorImpact.ArticlesAsync(db, firm))).Single().Received);
        Assert.Empty(await market.Get<CheckLots>().ExecuteAsync());
    }

    [Fact]
    public async Task TakeBack_OfAPledgeThatTheFirmEnded_LeavesItEnded()
    {
        await using var market = await TestMarket.StartAsync();
        var (station, firm, soap) = await FirmAsync(market);
        var pledge = ((PledgeMade.Done)await PledgeAsync(market, station, firm, soap, 40)).Reference;
        await DecideAsync(market, pledge, accept: true);
        var announced = ((PledgeMade.Done)await AnnounceAsync(market, station, firm, pledge, (soap, 10))).Reference;
        await CountInAsync(market, station, firm, announced, soap, "D1", 10, 0);
        await market.Get<WithdrawPledge>().ExecuteAsync(new() { Reference = pledge, SponsorId = firm, Actor = Actor.User(1) });

        await TakeBackAsync(market, station, "D1");

        Assert.Equal(PledgeState.Delivered, await StateAsync(market, pledge));
        Assert.IsType<CountIn.Counted>(await CountInAsync(market, station, firm, announced, soap, "D2", 9, 0));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Outlook_OfWhatAFirmPromised_AsksNoOtherFirmForIt(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var (station, firm, soap) = await FirmAsync(market);
        await market.Get<SetThreshold>().ExecuteAsync(new() { OutletId = station.Outlet.Id, GoodsId = soap, Pieces = 41, Actor = Actor.User(1), AreaPath = "STA/" });
        async Task<(long Promised, long Short)> AtAsync() => (await market.ReadAsync(db => market.Get<StockOutlook>().LinesAsync(db, "STA/", station.Outlet.Id))).Where(l => l.Goods.Id == soap).Select(l => (l.Promised, l.Short)).Single();
        Assert.Equal((0, 40), await AtAsync()); // one lies there
        var pledge = ((PledgeMade.Done)await PledgeAsync(market, station, firm, soap, 30)).Reference;
        Assert.Equal((0, 40), await AtAsync()); // nobody has said yes
        await DecideAsync(market, pledge, accept: true);
        Assert.Equal((30, 10), await AtAsync());
        var announced = ((PledgeMade.Done)await AnnounceAsync(market, station, firm, pledge, (soap, 12))).Reference;
        Assert.Equal((30, 10), await AtAsync()); // 12 announced, 18 left
        await CountInAsync(market, station, firm, announced, soap, "D1", 10, 2);
        Assert.Equal((20, 10), await AtAsync());
        Assert.Equal(0, (await market.ReadAsync(db => market.Get<StockOutlook>().LinesAsync(db, "STA/"))).Where(l => l.OutletId != station.Outlet.Id && l.Goods.Id == soap).Sum(l => l.Promised));
        market.Clock.Advance(TimeSpan.FromDays(StockOutlook.LateDays + 1)); // nobody waits for ever
        Assert.Equal((0, 30), await AtAsync());
    }

    [Fact]
    public async Task Receipt_AfterTheArticleIsWorthSomethingElse_SaysTheValueOfTheDay()
    {
        await using var market = await TestMarket.StartAsync();
        var (station, firm, soap) = await FirmAsync(market);
        var then = await market.ReadAsync(db => db.Goods.Where(g => g.Id == soap).Select(g => g.ValueFen).SingleAsync());
        await market.Get<CountIn>().ExecuteAsync(new() { Reference = "D1", Date = market.Today(), SponsorId = firm, OutletId = station.Outlet.Id, Lines = [new() { GoodsId = soap, Accepted = 3 }], Actor = Actor.User(9), AreaPath = "STA/" });
        await market.Writes.RunAsync(db => db.Goods.ExecuteUpdateAsync(s => s.SetProperty(g => g.ValueFen, g => g.ValueFen + 1_000)));

        var receipt = await market.ReadAsync(db => PointsMarket.Web.Sponsors.ReceiptSheet.Of(db, db.Deliveries).SingleAsync());

        Assert.Equal((then * 3L, then), (receipt.Fen, receipt.Lines.Single().ValueFen));
    }

    [Fact]
    public async Task Pledge_WhatIsWrong_IsRefusedAndChangesNothing()
    {
        await using var market = await TestMarket.StartAsync();
        var (station, firm, soap) = await FirmAsync(market);
        var make = market.Get<MakePledge>();
        var good = new MakePledge.Input
        {
            Key = Guid.NewGuid(), SponsorId = firm, OutletId = station.Outlet.Id, GoodsId = soap, Words = null, Quantity = 5, ValueFen = null, Day = market.Today(), Actor = Actor.User(1),
        };
        async Task Refused(MakePledge.Input input, PledgeProblem why) => Assert.Equal(new PledgeMade.Refused(why), await make.ExecuteAsync(input));
        await Refused(good with { GoodsId = null }, PledgeProblem.WhatMissing);
        await Refused(good with { Words = new string('字', MakePledge.MostWords + 1) }, PledgeProblem.WhatMissing);
        await Refused(good with { Quantity = null }, PledgeProblem.NotACount);
        await Refused(good with { Quantity = 0 }, PledgeProblem.NotACount);
        await Refused(good with { ValueFen = -1 }, PledgeProblem.BadValue);
        await Refused(good with { Day = market.Today().AddDays(-1) }, PledgeProblem.BadDay);
        await Refused(good with { OutletId = 999 }, PledgeProblem.NoSuchOutlet);
        await Refused(good with { GoodsId = 999 }, PledgeProblem.NoSuchGoods);
        Assert.Equal(0, await market.ReadAsync(db => db.Pledges.CountAsync()));
    }

    [Fact]
    public async Task Deeds_OfFewPeople_AreNotTold()
    {
        await using var market = await TestMarket.StartAsync();
        var (station, firm, soap) = await FirmAsync(market);
        var pledge = ((PledgeMade.Done)await PledgeAsync(market, station, firm, soap, 40)).Reference;
        await DecideAsync(market, pledge, accept: true);
        await CountInAsync(market, station, firm, ((PledgeMade.Done)await AnnounceAsync(market, station, firm, pledge, (soap, 40))).Reference, soap, "D1", 40, 0);
        await market.PostThingsAsync(market.Request(station.BookId, "bought", new Posting(AccountCode.Shelf("O1"), AccountCode.WrittenOff, Asset.Goods("SOAP"), 1)));
        for (var i = 1; i <= SponsorImpact.Fewest; i++)
        {
            Assert.Empty((await DeedsAsync(market, firm)).Kinds);
            await TakeAsync(market, station, i);
        }
        var deeds = await DeedsAsync(market, firm);
        // Everybody patrolled within 90 days; only one settled a dispute, which is not told, and what is older does not count.
        Assert.Equal((SponsorImpact.Fewest, SponsorImpact.Fewest, 25), (deeds.People, deeds.Slips, deeds.Points));
        Assert.Equal(new DeedShare("patrol", 25, SponsorImpact.Fewest), Assert.Single(deeds.Kinds));
    }

    private static async Task TakeAsync(TestMarket market, TestStation station, int number)
    {
        var now = market.Clock.GetUtcNow().UtcDateTime;
        var member = new Member { Code = $"T{number}", Number = $"20000{number}", Name = "某人", Kind = MemberKind.Volunteer, AreaId = station.Zhang.AreaId, Joined = new(2025, 1, 1), CardNumber = CardNumbers.Of(100 + number) };
        TaskReport Deed(string category, int points, int daysAgo) => new()
        {
            Reference = $"R{number}-{category}-{daysAgo}", Member = member, Category = category, HappenedAt = now.AddDays(-daysAgo), HappenedDay = PointsMarket.Areas.StationTime.Day(now.AddDays(-daysAgo)),
            FiledAt = now.AddDays(-daysAgo), AreaId = station.Zhang.AreaId, Text = "好事", Outcome = ReportOutcome.Verified, Points = points,
        };
        await market.Writes.RunAsync(async db =>
        {
            db.AddRange(member, Deed("patrol", 5, 10), Deed("patrol", 5, 120));
            if (number == 1) db.Add(Deed("dispute", 30, 5));
            return await db.SaveChangesAsync();
        });
        await station.EarnAsync(member.Code, 10);
        var session = await station.StepUpAsync(member);
        await station.ChooseAsync(session, "SOAP");
        var slip = Assert.IsType<RedeemAtKiosk.Redeemed>(await station.ConfirmAsync(session)).RedemptionId;
        Assert.Equal(EndRedemption.Outcome.Done, await market.Get<EndRedemption>().ExecuteAsync(new() { RedemptionId = slip, To = RedemptionState.HandedOver, Actor = Actor.User(1), AreaPath = "STA/" }));
    }

    private static Task<DeedShares> DeedsAsync(TestMarket market, int firm) => market.ReadAsync(db => SponsorImpact.DeedsAsync(db, firm, market.Clock.GetUtcNow().UtcDateTime));

    private static async Task<(TestStation Station, int Firm, int Soap)> FirmAsync(TestMarket market)
    {
        var station = await TestStation.BuildAsync(market);
        var firm = Assert.IsType<SaveSponsor.Saved>(await market.Get<SaveSponsor>().ExecuteAsync(new() { Code = "S01", Name = "日化厂", Actor = Actor.User(1) })).SponsorId;
        Assert.IsType<SaveSponsor.CodeTaken>(await market.Get<SaveSponsor>().ExecuteAsync(new() { Code = "S01", Name = "别家", Actor = Actor.User(1) }));
        return (station, firm, await market.ReadAsync(db => db.Goods.Where(g => g.Sku == "SOAP").Select(g => g.Id).SingleAsync()));
    }

    private static Task<PledgeMade> PledgeAsync(TestMarket market, TestStation station, int firm, int goods, int quantity, Guid? key = null) => market.Get<MakePledge>().ExecuteAsync(new()
    {
        Key = key ?? Guid.NewGuid(), SponsorId = firm, OutletId = station.Outlet.Id, GoodsId = goods, Words = null, Quantity = quantity, ValueFen = null, Day = market.Today(), Actor = Actor.User(1),
    });

    private static Task<PledgeOutcome> DecideAsync(TestMarket market, string pledge, bool accept) =>
        market.Get<DecidePledge>().ExecuteAsync(new() { Reference = pledge, Accept = accept, Actor = Actor.User(7), AreaPath = "STA/" });

    private static Task<PledgeMade> AnnounceAsync(TestMarket market, TestStation station, int firm, string pledge, params (int Goods, int Quantity)[] lines) => market.Get<AnnounceDelivery>().ExecuteAsync(new()
    {
        Key = Guid.NewGuid(), Pledge = pledge, SponsorId = firm, OutletId = station.Outlet.Id, Day = market.Today(), Lines = [.. lines.Select(l => new AnnounceDelivery.Line(l.Goods, l.Quantity))], Actor = Actor.User(1),
    });

    private static async Task<CountIn.Outcome> CountInAsync(TestMarket market, TestStation station, int? firm, string announced, int goods, string reference, int accepted, int refused) => await market.Get<CountIn>().ExecuteAsync(new()
    {
        Reference = reference, Date = market.Today(), SponsorId = firm, OutletId = station.Outlet.Id, AnnouncementId = await market.ReadAsync(db => db.Announcements.Where(a => a.Reference == announced).Select(a => a.Id).SingleAsync()),
        Lines = [new CountIn.Line { GoodsId = goods, Announced = accepted + refused, Accepted = accepted, Refused = refused, RefusedReason = "破损" }], Actor = Actor.User(9), AreaPath = "STA/",
    });

    private static async Task TakeBackAsync(TestMarket market, TestStation station, string reference)
    {
        var sequence = (await market.ReadAsync(db => db.SequenceOfAsync(station.BookId, $"delivery:{reference}")))!.Value;
        Assert.IsType<TakeBackDelivery.Waits>(await market.Get<TakeBackDelivery>().AskAsync(new() { BookId = station.BookId, Sequence = sequence, Reason = "数错了", Actor = Actor.User(3), AreaPath = "STA/" }));
        Assert.Equal(SignatureOutcome.Done, await market.AnswerAsync(reference, 4));
    }

    private static Task<PledgeState> StateAsync(TestMarket market, string pledge) => market.ReadAsync(db => db.Pledges.Where(p => p.Reference == pledge).Select(p => p.State).SingleAsync());
}

file static class Days
{
    public static DateOnly Today(this TestMarket market) => PointsMarket.Areas.StationTime.Day(market.Clock.GetUtcNow().UtcDateTime);
}
