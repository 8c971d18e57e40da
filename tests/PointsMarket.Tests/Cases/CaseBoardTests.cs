using Microsoft.EntityFrameworkCore;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Notices;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Cases;

/// <summary>Posting a case and asking for it: who may, who is first, who waits.</summary>
public sealed class CaseBoardTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Case_FromDraftToClosing_PaysItsSharesOnce(DatabaseProvider provider)
    {
        var desk = await CaseDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var id = await desk.PostedAsync(reward: 101);
        var asked = Assert.IsType<AskForCase.Asked>(await desk.AskAsync(id, desk.People[0], share: 50, partners: [new("P2", 25), new(" 200003 ", 25)]));
        Assert.Equal(1, asked.InLine);
        CaseDesk.Refused(CaseRefusal.NotAgreed, await market.Get<ApproveClaim>().ExecuteAsync(asked.ClaimId, CaseDesk.By()));
        foreach (var by in (Voice[])[CaseDesk.Of(desk.People[1]), CaseDesk.For(desk.People[2])])
            CaseDesk.Done(await market.Get<AgreeToClaim>().ExecuteAsync(new() { ClaimId = asked.ClaimId, By = by, Agree = true, NoInterest = true }));
        CaseDesk.Done(await market.Get<ApproveClaim>().ExecuteAsync(asked.ClaimId, CaseDesk.By()));
        Assert.Equal([CaseState.Claimed], [(await desk.ReadAsync(id)).State]);
        Assert.Equal([(desk.People[0], 50), (desk.People[1], 25), (desk.People[2], 25)], (await desk.ReadAsync(id)).Claimants.OrderBy(c => c.Position).Select(c => (c.MemberId, c.Share)));

        market.Clock.Advance(TimeSpan.FromDays(9));
        CaseDesk.Done(await desk.SubmitAsync(asked.ClaimId, desk.People[1]));
        Assert.Equal(new CloseCase.Closed(101), await desk.CloseAsync(asked.ClaimId));

        Assert.Equal((51L, 25L, 25L), (await desk.PointsAsync("P1"), await desk.PointsAsync("P2"), await desk.PointsAsync("P3")));
        CaseDesk.Refused(CaseRefusal.NotNow, await desk.CloseAsync(asked.ClaimId));
        Assert.Equal(1, await desk.RewardsAsync());
        Assert.Equal([CaseChange.Drafted, CaseChange.Published, CaseChange.Asked, CaseChange.Agreed, CaseChange.Agreed, CaseChange.Approved, CaseChange.Submitted, CaseChange.Closed], await desk.HistoryAsync(id));
        Assert.Equal([InboxKinds.CaseTeam, InboxKinds.CaseApproved, InboxKinds.CaseClosed], await desk.InboxAsync(desk.People[1]));
        await desk.CleanAsync();
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Ask_SixteenInTheSameSecond_OneIsFirstAndTheOthersAreToldWho(DatabaseProvider provider)
    {
        var desk = await CaseDesk.OpenAsync(provider, people: 16);
        await using var market = desk.Market;
        var id = await desk.PostedAsync();

        var outcomes = await Task.WhenAll(desk.People.Select(p => Task.Run(() => desk.AskAsync(id, p))));

        var first = Assert.Single(outcomes.OfType<AskForCase.Asked>());
        Assert.Equal(15, outcomes.OfType<AskForCase.Behind>().Count());
        var winner = (await desk.ClaimAsync(first.ClaimId)).Members.Single().MemberId;
        Assert.All(outcomes.OfType<AskForCase.Behind>(), b => Assert.Matches(@"^王\*\d+$", b.First));
        Assert.Equal(1, await market.ReadAsync(db => db.Claims.CountAsync()));

        var waiting = await Task.WhenAll(desk.People.Where(p => p != winner).Select(p => Task.Run(() => desk.AskAsync(id, p, wait: true))));
        Assert.Equal(Enumerable.Range(2, 15), waiting.Cast<AskForCase.Asked>().Select(a => a.InLine).Order());
        Assert.Equal(1, await market.ReadAsync(db => db.Claims.CountAsync(c => c.State == ClaimState.Asked)));
        CaseDesk.Refused(CaseRefusal.InLineAlready, await desk.AskAsync(id, winner, wait: true));
    }

    [Fact]
    public async Task Ask_BehindAnInformant_NamesTheCode()
    {
        var desk = await CaseDesk.OpenAsync();
        await using var market = desk.Market;
        var id = await desk.PostedAsync();
        await desk.AskedAsync(id, desk.Station.Informant.Id);

        Assert.Equal("I0001", Assert.IsType<AskForCase.Behind>(await desk.AskAsync(id, desk.People[0])).First);
        CaseDesk.Refused(CaseRefusal.UnknownMember, await desk.AskAsync(await desk.PostedAsync(), desk.People[0], share: 50, partners: new AskForCase.Partner("100002", 50))); // an informant's number does not lead to the code
    }

    [Fact]
    public async Task Line_FirstOneRefusedReleasedOrDropped_LetsTheNextComeUp()
    {
        var desk = await CaseDesk.OpenAsync();
        await using var market = desk.Market;
        var id = await desk.PostedAsync();
        var one = await desk.AskedAsync(id, desk.People[0]);
        var two = await desk.AskedAsync(id, desk.People[1], wait: true);
        var three = await desk.AskedAsync(id, desk.People[2], wait: true);
        var four = await desk.AskedAsync(id, desk.People[3], wait: true);

        CaseDesk.Refused(CaseRefusal.NotNow, await market.Get<ApproveClaim>().ExecuteAsync(two, CaseDesk.By()));
        CaseDesk.Done(await market.Get<RefuseClaim>().ExecuteAsync(one, "与当事人有亲戚关系", CaseDesk.By()));
        Assert.Equal(ClaimState.Asked, (await desk.ClaimAsync(two)).State);
        Assert.Equal(InboxKinds.CaseFirst, (await desk.InboxAsync(desk.People[1])).Last());
        CaseDesk.Done(await market.Get<ReleaseClaim>().ExecuteAsync(two, null, CaseDesk.Of(desk.People[1])));
        Assert.Equal((ClaimState.Dropped, ClaimState.Asked), ((await desk.ClaimAsync(two)).State, (await desk.ClaimAsync(three)).State));
        CaseDesk.Done(await market.Get<ApproveClaim>().ExecuteAsync(three, CaseDesk.By()));
        CaseDesk.Refused(CaseRefusal.BadWords, await market.Get<ReleaseClaim>().ExecuteAsync(three, " ", CaseDesk.Of(desk.People[2])));
        CaseDesk.Done(await market.Get<ReleaseClaim>().ExecuteAsync(three, "家中有事", CaseDesk.Of(desk.People[2])));
        Assert.Equal((ClaimState.Released, ClaimState.Asked, CaseState.Open), ((await desk.ClaimAsync(three)).State, (await desk.ClaimAsync(four)).State, (await desk.ReadAsync(id)).State));
        Assert.Empty((await desk.ReadAsync(id)).Claimants);
        CaseDesk.Done(await market.Get<WithdrawCase>().ExecuteAsync(id, "已由派出所办理", CaseDesk.By()));
        Assert.Equal((ClaimState.Missed, CaseState.Withdrawn), ((await desk.ClaimAsync(four)).State, (await desk.ReadAsync(id)).State));
        Assert.IsType<SaveCase.Saved>(await market.Get<SaveCase>().ExecuteAsync(desk.Draft(id: id)));
        CaseDesk.Done(await market.Get<PublishCase>().ExecuteAsync(id, CaseDesk.By()));
        Assert.Equal(CaseState.Open, (await desk.ReadAsync(id)).State);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Hold_FourCasesApprovedAtOnce_ThreeAreHeld(DatabaseProvider provider)
    {
        var desk = await CaseDesk.OpenAsync(provider);
        await using var market = desk.Market;
        // Five lines in which the same member comes up at the same moment: standing first counts, waiting does not.
        var claims = new List<(int Front, int Mine)>();
        for (var i = 0; i < 5; i++)
        {
            var id = await desk.PostedAsync();
            claims.Add((await desk.AskedAsync(id, desk.People[1 + i]), await desk.AskedAsync(id, desk.People[0], wait: true)));
        }
        foreach (var (front, _) in claims) CaseDesk.Done(await market.Get<RefuseClaim>().ExecuteAsync(front, "不合适", CaseDesk.By()));
        CaseDesk.Refused(CaseRefusal.TooMany, await desk.AskAsync(await desk.PostedAsync(), desk.People[0]));

        var outcomes = await Task.WhenAll(claims.Select(c => Task.Run(() => market.Get<ApproveClaim>().ExecuteAsync(c.Mine, CaseDesk.By()))));

        Assert.Equal(3, outcomes.OfType<CaseOutcome.Done>().Count());
        Assert.Equal(2, outcomes.OfType<CaseOutcome.Refused>().Count(r => r.Why == CaseRefusal.TooMany));
        Assert.Equal(3, await market.ReadAsync(db => db.Claims.CountAsync(c => c.State == ClaimState.Held)));
    }

    [Fact]
    public async Task Ask_BadInput_IsRefusedAndChangesNothing()
    {
        var desk = await CaseDesk.OpenAsync();
        await using var market = desk.Market;
        var id = await desk.PostedAsync(by: new DateOnly(2026, 10, 3), offered: await desk.AreaAsync("V1"));
        var ask = market.Get<AskForCase>();
        AskForCase.Input Input(int share = 50, bool declared = true, params AskForCase.Partner[] partners) =>
            new() { CaseId = id, By = CaseDesk.Of(desk.People[0]), NoInterest = declared, Share = share, Partners = partners };

        CaseDesk.Refused(CaseRefusal.NoDeclaration, await ask.ExecuteAsync(Input(100, declared: false)));
        CaseDesk.Refused(CaseRefusal.BadShares, await ask.ExecuteAsync(Input(50, true, new AskForCase.Partner("P2", 49))));
        CaseDesk.Refused(CaseRefusal.BadShares, await ask.ExecuteAsync(Input(int.MaxValue, true, new AskForCase.Partner("P2", 101), new("P3", -1))));
        CaseDesk.Refused(CaseRefusal.TooManyMembers, await ask.ExecuteAsync(Input(50, true, [.. Enumerable.Range(2, 5).Select(i => new AskForCase.Partner($"P{i}", 10))])));
        CaseDesk.Refused(CaseRefusal.UnknownMember, await ask.ExecuteAsync(Input(50, true, new AskForCase.Partner("nobody", 50))));
        CaseDesk.Refused(CaseRefusal.MemberTwice, await ask.ExecuteAsync(Input(50, true, new AskForCase.Partner("P1", 50))));
        await market.Writes.RunAsync(async db =>
        {
            var other = await db.Areas.SingleAsync(a => a.Code == "V2");
            (await db.Members.SingleAsync(m => m.Code == "P9")).AreaId = other.Id;
            (await db.Members.SingleAsync(m => m.Code == "P8")).Left = new DateOnly(2026, 10, 1);
            return await db.SaveChangesAsync();
        });
        CaseDesk.Refused(CaseRefusal.NotOffered, await ask.ExecuteAsync(Input(50, true, new AskForCase.Partner("P9", 50))));
        CaseDesk.Refused(CaseRefusal.NotInService, await desk.AskAsync(id, desk.People[7]));
        CaseDesk.Refused(CaseRefusal.NotFound, await ask.ExecuteAsync(Input(100) with { CaseId = 999 }));
        CaseDesk.Refused(CaseRefusal.NotFound, await ask.ExecuteAsync(Input(100) with { By = CaseDesk.For(desk.People[0], area: CaseDesk.OtherVillage) }));
        market.Clock.Advance(TimeSpan.FromDays(3));
        CaseDesk.Refused(CaseRefusal.DeadlinePassed, await ask.ExecuteAsync(Input(100)));
        Assert.Equal(0, await market.ReadAsync(db => db.Claims.CountAsync()));
    }

    [Fact]
    public async Task Save_BadInput_IsRefusedAndChangesNothing()
    {
        var desk = await CaseDesk.OpenAsync();
        await using var market = desk.Market;
        var save = market.Get<SaveCase>();
        (SaveCase.Input Input, CaseRefusal Why)[] tries =
        [
            (desk.Draft() with { Title = " \u0000 " }, CaseRefusal.TitleMissing), (desk.Draft() with { Title = new string('长', 101) }, CaseRefusal.TitleMissing),
            (desk.Draft(reward: 0), CaseRefusal.BadReward), (desk.Draft(reward: 10_001), CaseRefusal.BadReward), (desk.Draft(days: 0), CaseRefusal.BadDays), (desk.Draft(days: 181), CaseRefusal.BadDays),
            (desk.Draft(by: new DateOnly(2026, 9, 30)), CaseRefusal.DeadlineInThePast), (desk.Draft() with { Kind = "<script>" }, CaseRefusal.UnknownKind),
            (desk.Draft() with { AreaId = 999 }, CaseRefusal.UnknownArea), (desk.Draft() with { By = CaseDesk.By(area: CaseDesk.OtherVillage) }, CaseRefusal.UnknownArea),
            (desk.Draft(offered: 999), CaseRefusal.UnknownArea), (desk.Draft(id: 999), CaseRefusal.NotFound), (desk.Draft() with { Sealed = new string('密', 2001) }, CaseRefusal.BadWords),
        ];
        foreach (var (input, why) in tries) CaseDesk.Refused(why, await save.ExecuteAsync(input));
        Assert.Equal(0, await market.ReadAsync(db => db.Cases.CountAsync()));
        var id = await desk.PostedAsync();
        await desk.AskedAsync(id, desk.People[0]);
        CaseDesk.Refused(CaseRefusal.InUse, await save.ExecuteAsync(desk.Draft(id: id, reward: 10)));
        CaseDesk.Refused(CaseRefusal.NotNow, await market.Get<PublishCase>().ExecuteAsync(id, CaseDesk.By()));
        CaseDesk.Refused(CaseRefusal.NotFound, await market.Get<WithdrawCase>().ExecuteAsync(id, "否", CaseDesk.By(area: CaseDesk.OtherVillage)));
    }

    [Fact]
    public async Task Sealed_Details_OpenOnlyToApproversOfTheAreaAndToWhoHoldsTheCase()
    {
        var desk = await CaseDesk.OpenAsync();
        await using var market = desk.Market;
        var id = await desk.PostedAsync();
        var claim = await desk.AskedAsync(id, desk.People[0]);
        Task<string?> Holder(int member) => market.ReadAsync(db => SealedDetails.ForHolderAsync(db, id, member, default));

        Assert.Null(await Holder(desk.People[0]));
        Assert.Equal("失主住 3 号", await market.ReadAsync(db => SealedDetails.ForApproverAsync(db, id, CaseDesk.Village, default)));
        Assert.Null(await market.ReadAsync(db => SealedDetails.ForApproverAsync(db, id, CaseDesk.OtherVillage, default)));
        Assert.Null(await market.ReadAsync(db => SealedDetails.ForApproverAsync(db, id, Areas.Area.Nowhere, default)));
        CaseDesk.Done(await market.Get<ApproveClaim>().ExecuteAsync(claim, CaseDesk.By()));
        Assert.Equal("失主住 3 号", await Holder(desk.People[0]));
        Assert.Null(await Holder(desk.People[1]));
        CaseDesk.Done(await market.Get<ReleaseClaim>().ExecuteAsync(claim, "生病了", CaseDesk.By()));
        Assert.Null(await Holder(desk.People[0]));
    }
}
