using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Meetings;
using PointsMarket.Notices;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Meetings;

/// <summary>Minutes, what follows from them, and the reminders.</summary>
public sealed class MeetingTests
{
    private static readonly DateOnly Today = new(2026, 10, 1);

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Action_GivenAndOverdue_IsToldOnceEachUntilItIsDone(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var approver = await market.AddAccountAsync(Roles.Approver, "STA/V1/");
        var meeting = await HoldAsync(market);
        var give = new GiveAction.Input { MeetingId = meeting, What = "修好路灯", OwnerCode = "g0001", DueDay = Today.AddDays(3), Actor = Actor.User(9), AreaPath = "STA/" };
        Assert.Equal(MeetingOutcome.Done, await GiveAsync(market, give));
        Assert.Equal(MeetingOutcome.Done, await GiveAsync(market, give with { OwnerCode = null, OwnerUserId = approver, What = "排班" }));
        Assert.Equal([1, 2], await market.ReadAsync(db => db.MeetingActions.OrderBy(a => a.Number).Select(a => a.Number).ToListAsync()));
        Assert.Equal(MeetingOutcome.NoSuchOwner, await GiveAsync(market, give with { OwnerCode = "X9" }));
        Assert.Equal(MeetingOutcome.NoSuchOwner, await GiveAsync(market, give with { OwnerUserId = 999 }));
        Assert.Equal(MeetingOutcome.BadDue, await GiveAsync(market, give with { DueDay = Today.AddDays(-1) }));
        Assert.Equal(MeetingOutcome.BadWords, await GiveAsync(market, give with { What = " " }));
        Assert.Equal(MeetingOutcome.NotFound, await GiveAsync(market, give with { AreaPath = "STA/V2/" }));

        var remind = market.Get<RemindActions>();
        Assert.Equal(0, await remind.ExecuteAsync());
        market.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(2, (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => remind.ExecuteAsync())))).Sum());
        market.Clock.Advance(TimeSpan.FromDays(-1));
        Assert.Equal(0, await remind.ExecuteAsync());
        var first = await market.ReadAsync(db => db.MeetingActions.OrderBy(a => a.Number).Select(a => a.Id).FirstAsync());
        var finish = new FinishAction.Input { ActionId = first, Result = "修好了", Actor = Actor.User(9), MemberId = station.Informant.Id, AreaPath = Area.Nowhere };
        Assert.Equal(MeetingOutcome.NotFound, await market.Get<FinishAction>().ExecuteAsync(finish)); // somebody else's
        Assert.Equal(MeetingOutcome.Done, await market.Get<FinishAction>().ExecuteAsync(finish with { MemberId = station.Zhang.Id }));
        Assert.Equal(MeetingOutcome.Already, await market.Get<FinishAction>().ExecuteAsync(finish with { MemberId = station.Zhang.Id }));
        market.Clock.Advance(TimeSpan.FromDays(9));
        Assert.Equal((1, 0), (await remind.ExecuteAsync(), await remind.ExecuteAsync())); // only the one that is open
        Assert.Equal([InboxKinds.ActionGiven, InboxKinds.ActionDue], await market.ReadAsync(db => db.InboxMessages.Where(m => m.MemberId == station.Zhang.Id).OrderBy(m => m.Id).Select(m => m.Kind).ToListAsync()));
        Assert.Equal([InboxKinds.ActionGiven, InboxKinds.ActionDue, InboxKinds.ActionOverdue], await market.ReadAsync(db => db.InboxMessages.Where(m => m.UserId == approver).OrderBy(m => m.Id).Select(m => m.Kind).ToListAsync()));
    }

    [Fact]
    public async Task Minutes_BadOrElsewhere_AreRefused()
    {
        await using var market = await TestMarket.StartAsync();
        await TestStation.BuildAsync(market);
        var id = await HoldAsync(market);
        var v1 = await market.ReadAsync(db => db.Areas.Where(a => a.Code == "V1").Select(a => a.Id).SingleAsync());
        var input = new SaveMeeting.Input { AreaId = v1, HeldOn = Today, Title = "例会", Notes = "说了什么", Actor = Actor.User(9), AreaPath = "STA/" };
        foreach (var (bad, outcome) in ((SaveMeeting.Input, MeetingOutcome)[])[
            (input with { HeldOn = Today.AddDays(1) }, MeetingOutcome.BadDay), (input with { HeldOn = Today.AddYears(-2) }, MeetingOutcome.BadDay), (input with { Notes = " " }, MeetingOutcome.BadWords),
            (input with { Title = new string('长', Meeting.MostTitle + 1) }, MeetingOutcome.BadWords), (input with { AreaPath = "STA/V2/" }, MeetingOutcome.NotFound), (input with { MeetingId = 999 }, MeetingOutcome.NotFound)])
            Assert.Equal(outcome, (await market.Get<SaveMeeting>().ExecuteAsync(bad)).Outcome);
        Assert.Equal((MeetingOutcome.Done, id), await market.Get<SaveMeeting>().ExecuteAsync(input with { MeetingId = id, Title = "改过的例会" }));
        Assert.Equal("改过的例会", await market.ReadAsync(db => db.Meetings.Select(m => m.Title).SingleAsync()));
        var before = await market.ReadAsync(db => db.EarlierMinutes.AsNoTracking().SingleAsync());
        Assert.Equal((1, "周例会", "路灯、排班", "user:9"), (before.Number, before.Title, before.Notes, before.WrittenBy));
        Assert.Equal((MeetingOutcome.Done, id), await market.Get<SaveMeeting>().ExecuteAsync(input with { MeetingId = id, Title = "改过的例会" })); // nothing new
        Assert.Equal(1, await market.ReadAsync(db => db.EarlierMinutes.CountAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Minutes_ChangedByManyAtOnce_KeepEveryText(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await TestStation.BuildAsync(market);
        var id = await HoldAsync(market);
        var v1 = await market.ReadAsync(db => db.Areas.Where(a => a.Code == "V1").Select(a => a.Id).SingleAsync());
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => market.Get<SaveMeeting>().ExecuteAsync(
            new SaveMeeting.Input { MeetingId = id, AreaId = v1, HeldOn = Today, Title = "周例会", Notes = $"第{i}稿", Actor = Actor.User(10 + i), AreaPath = "STA/" }))));
        Assert.All(outcomes, o => Assert.Equal((MeetingOutcome.Done, id), o));
        var texts = await market.ReadAsync(async db => (await db.EarlierMinutes.Select(m => m.Notes).ToListAsync()).Append(await db.Meetings.Select(m => m.Notes).SingleAsync()).ToList());
        Assert.Equal(["第0稿", "第1稿", "第2稿", "第3稿", "第4稿", "第5稿", "路灯、排班"], texts.Order(StringComparer.Ordinal));
    }

    private static async Task<int> HoldAsync(TestMarket market)
    {
        var v1 = await market.ReadAsync(db => db.Areas.Where(a => a.Code == "V1").Select(a => a.Id).SingleAsync());
        var (outcome, id) = await market.Get<SaveMeeting>().ExecuteAsync(new SaveMeeting.Input { AreaId = v1, HeldOn = Today, Title = "周例会", Notes = "路灯、排班", Actor = Actor.User(9), AreaPath = "STA/" });
        Assert.Equal(MeetingOutcome.Done, outcome);
        return id;
    }

    private static Task<MeetingOutcome> GiveAsync(TestMarket market, GiveAction.Input input) => market.Get<GiveAction>().ExecuteAsync(input);
}
