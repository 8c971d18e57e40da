using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Loops;
using PointsMarket.Notices;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Loops;

public sealed class RemindTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Deadline_ComingAndPassing_IsToldOnceEachWhateverTheClockDoes(DatabaseProvider provider)
    {
        var desk = await LoopDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var remind = market.Get<RemindLoops>();
        var loop = await desk.OpenedAsync(LoopKind.Mediation);
        await desk.StepAsync(desk.Step(loop, LoopAction.Assign, "G0001")); // due in 7 days
        await market.Writes.RunAsync(db => db.InboxMessages.ExecuteDeleteAsync());
        Assert.Equal(0, await remind.ExecuteAsync());

        market.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal((1, 0), (await remind.ExecuteAsync(), await remind.ExecuteAsync()));
        market.Clock.Advance(TimeSpan.FromDays(-2)); // set back: told before, and not told again when the day comes a second time
        Assert.Equal(0, await remind.ExecuteAsync());
        market.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await remind.ExecuteAsync());
        market.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((1, 0), (await remind.ExecuteAsync(), await remind.ExecuteAsync()));
        market.Clock.Advance(TimeSpan.FromDays(1));
        // several nodes at once
        Assert.Equal(1, (await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => remind.ExecuteAsync())))).Sum());
        market.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, await remind.ExecuteAsync());

        var told = await market.ReadAsync(db => db.InboxMessages.OrderBy(m => m.Id).Select(m => new { m.Kind, m.MemberId, m.UserId, m.Href }).ToListAsync());
        Assert.Equal([InboxKinds.LoopDueTomorrow, InboxKinds.LoopDueToday, InboxKinds.LoopOverdue, InboxKinds.LoopOverdue], told.Select(m => m.Kind));
        Assert.All(told.Take(2), m => Assert.Equal((desk.Station.Zhang.Id, $"/me/loops/{loop.Reference}"), (m.MemberId, m.Href)));
        // the village's approver and the station's, not the other village's
        Assert.Equal([desk.Approver, desk.Chief], told.Skip(2).Select(m => m.UserId!.Value).Order());
        var reminders = await market.ReadAsync(db => db.LoopReminders.OrderBy(r => r.Id).ToListAsync());
        Assert.Equal([(ReminderKind.DayBefore, 1), (ReminderKind.OnTheDay, 1), (ReminderKind.Overdue, 2)], reminders.Select(r => (r.Kind, r.Told)));

        // The next step has a deadline of its own; what has ended has none.
        loop = await desk.ReadAsync(loop.Id);
        await desk.StepAsync(desk.Step(loop, LoopAction.Refer));
        market.Clock.Advance(TimeSpan.FromDays(16));
        Assert.Equal(1, await remind.ExecuteAsync());
        loop = await desk.SteppedAsync(await desk.ReadAsync(loop.Id), LoopAction.Reply, LoopAction.Close);
        market.Clock.Advance(TimeSpan.FromDays(60));
        Assert.Equal(0, await remind.ExecuteAsync());
        Assert.NotNull(loop.EndedAt);
    }

    [Fact]
    public async Task Deadline_OfMoreLoopsThanOneTransactionTakes_IsToldOfAll()
    {
        var desk = await LoopDesk.OpenAsync();
        await using var market = desk.Market;
        for (var i = 0; i < RemindLoops.AtOnce + 20; i++) await desk.OpenedAsync(LoopKind.Opinion);
        market.Clock.Advance(TimeSpan.FromDays(5));
        Assert.Equal(RemindLoops.AtOnce + 20, await market.Get<RemindLoops>().ExecuteAsync());
    }
}
