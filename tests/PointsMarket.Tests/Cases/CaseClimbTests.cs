using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Routing;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Cases;

/// <summary>Cases that wait for the desk stand at a level, climb when nobody decides, and say so once (DESIGN 4, "Routing").</summary>
public sealed class CaseClimbTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Case_NotDecidedInTime_ClimbsAndTellsEachLevelOnceForEachThingItWaitsFor(DatabaseProvider provider)
    {
        var desk = await CaseDesk.OpenAsync(provider, people: 3);
        await using var market = desk.Market;
        var chief = await market.AddAccountAsync(Roles.Approver);
        var id = await desk.PostedAsync();
        Assert.Equal((null, null), await TurnAsync(desk, id)); // it waits for a member, not for the desk
        var asked = market.Clock.GetUtcNow().UtcDateTime;
        var claim = await desk.AskedAsync(id, desk.People[0]);
        Assert.Equal((CaseWait.Claim, asked), await TurnAsync(desk, id));
        Assert.Equal((1, 0), await StandAsync(desk)); // grid manager first

        Assert.Equal(0, await market.Get<TellClimbedCases>().ExecuteAsync());
        market.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal((0, 1), await StandAsync(desk)); // by the clock alone
        var told = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => market.Get<TellClimbedCases>().ExecuteAsync())));
        Assert.Equal(1, told.Sum());
        Assert.Equal(1, await ClimbsAsync(market, chief));

        CaseDesk.Done(await market.Get<ApproveClaim>().ExecuteAsync(claim, CaseDesk.By()));
        Assert.Equal((null, null), await TurnAsync(desk, id));
        CaseDesk.Done(await desk.SubmitAsync(claim, desk.People[0]));
        Assert.Equal((1, 0), await StandAsync(desk)); // a new matter begins at the first level
        market.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Equal(1, await market.Get<TellClimbedCases>().ExecuteAsync());
        Assert.Equal(0, await market.Get<TellClimbedCases>().ExecuteAsync());
        Assert.Equal(2, await ClimbsAsync(market, chief));
        Assert.IsType<CloseCase.Closed>(await desk.CloseAsync(claim));
        Assert.Equal((0, 0), await StandAsync(desk));
        market.Clock.Advance(TimeSpan.FromDays(31));
        await market.Get<AskForRevisits>().ExecuteAsync();
        Assert.Equal(CaseWait.Revisit, (await TurnAsync(desk, id)).Item1);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Case_NobodyClaimedInTime_WaitsFromTheDayAfter(DatabaseProvider provider)
    {
        var desk = await CaseDesk.OpenAsync(provider, people: 2);
        await using var market = desk.Market;
        var today = StationTime.Day(market.Clock.GetUtcNow().UtcDateTime);
        var id = await desk.PostedAsync(by: today.AddDays(2));
        Assert.Equal((CaseWait.Deadline, StationTime.StartOf(today.AddDays(3))), await TurnAsync(desk, id));
        Assert.Equal((0, 0), await StandAsync(desk)); // not yet
        market.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal((1, 0), await StandAsync(desk));
        market.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal((0, 1), await StandAsync(desk));
    }

    private static async Task<(CaseWait?, DateTime?)> TurnAsync(CaseDesk desk, int id)
    {
        var c = await desk.ReadAsync(id);
        return (c.WaitsFor, c.WaitsSince);
    }

    /// <summary>How many wait for a grid manager, and how many for the chief.</summary>
    private static Task<(int Manager, int Chief)> StandAsync(CaseDesk desk) => desk.Market.ReadAsync(async db =>
    {
        var (book, now) = (await RouteBook.ReadAsync(db), desk.Market.Clock.GetUtcNow().UtcDateTime);
        return (await TellClimbedCases.Waiting(db.Cases, book, MemberKind.GridManager, now).CountAsync(), await TellClimbedCases.Waiting(db.Cases, book, MemberKind.GridChief, now).CountAsync());
    });

    private static Task<int> ClimbsAsync(TestMarket market, int account) => market.ReadAsync(db => db.InboxMessages.CountAsync(m => m.UserId == account && m.Kind == InboxKinds.CaseClimbed));
}
