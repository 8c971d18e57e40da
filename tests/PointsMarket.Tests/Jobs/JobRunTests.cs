using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Jobs;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Jobs;

/// <summary>The history of runs: one that lives at a time, whoever asks and whatever server goes away.</summary>
public sealed class JobRunTests
{
    private static readonly Actor Somebody = Actor.User(1);

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Ask_ManyAtOnce_GivesOneRunThatRunsOnce(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);

        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => market.Get<AskForRun>().ExecuteAsync(new() { Job = "verify", Actor = Somebody }))));
        Assert.Single(asked, a => a.Asked);
        var run = Assert.Single(asked.Select(a => a.RunId).Distinct());

        Assert.Equal(run, await BeginAsync(market, RunCause.ByHand, run));
        Assert.Null(await BeginAsync(market, RunCause.ByHand, run)); // the second firing finds it taken
        Assert.True(await EndAsync(market, run, RunState.Done));
        Assert.Null(await BeginAsync(market, RunCause.ByHand, run));
        Assert.Equal(1, await market.ReadAsync(db => db.JobRuns.CountAsync()));
        Assert.Equal(1, await market.ReadAsync(db => db.ChangeRecords.CountAsync(c => c.Action == "job.run" && c.Subject == "verify")));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Begin_WhileOneStandsAsRunning_ClosesItAsStopped(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var lost = await BeginAsync(market, RunCause.Schedule);
        var next = await BeginAsync(market, RunCause.Recovery);

        Assert.NotEqual(lost, next);
        Assert.Equal((RunState.Stopped, RunState.Running), (await StateAsync(market, lost!.Value), await StateAsync(market, next!.Value)));
        Assert.False(await EndAsync(market, lost.Value, RunState.Done)); // the one taken for dead comes back too late
        Assert.True(await EndAsync(market, next.Value, RunState.Done));
        Assert.Equal((RunState.Stopped, RunState.Done), (await StateAsync(market, lost.Value), await StateAsync(market, next.Value)));
    }

    [Fact]
    public async Task Begin_OnSchedule_ServesTheOneThatWaits()
    {
        await using var market = await TestMarket.StartAsync();
        var asked = await market.Get<AskForRun>().ExecuteAsync(new() { Job = "verify", Actor = Somebody });
        Assert.Equal(asked.RunId, await BeginAsync(market, RunCause.Schedule));
        Assert.Null(await BeginAsync(market, RunCause.ByHand, asked.RunId));
    }

    [Fact]
    public async Task Cancel_WaitingRunningEnded_AnswersWhich()
    {
        await using var market = await TestMarket.StartAsync();
        var asked = await market.Get<AskForRun>().ExecuteAsync(new() { Job = "verify", Actor = Somebody });
        Assert.Equal(CancelRun.Outcome.TakenOff, await market.Get<CancelRun>().ExecuteAsync(new() { RunId = asked.RunId, Actor = Somebody }));
        Assert.Null(await BeginAsync(market, RunCause.ByHand, asked.RunId));
        Assert.Equal(CancelRun.Outcome.Ended, await market.Get<CancelRun>().ExecuteAsync(new() { RunId = asked.RunId, Actor = Somebody }));
        var run = await BeginAsync(market, RunCause.Schedule);
        Assert.Equal(CancelRun.Outcome.Running, await market.Get<CancelRun>().ExecuteAsync(new() { RunId = run!.Value, Actor = Somebody }));
        Assert.Equal(CancelRun.Outcome.Ended, await market.Get<CancelRun>().ExecuteAsync(new() { RunId = 999, Actor = Somebody }));
    }

    [Fact]
    public async Task End_FailingInARow_TellsTheAdministratorsOnceAndAgainAfterItWorked()
    {
        await using var market = await TestMarket.StartAsync();
        await StationAsync(market, Roles.Administrator);

        foreach (var (state, told) in ((RunState, int)[])[(RunState.Failed, 1), (RunState.Failed, 1), (RunState.Cancelled, 1), (RunState.Failed, 1), (RunState.Done, 1), (RunState.Failed, 2)])
        {
            var run = await BeginAsync(market, RunCause.Schedule);
            await EndAsync(market, run!.Value, state);
            Assert.Equal(told, await market.ReadAsync(db => db.InboxMessages.CountAsync(m => m.Kind == InboxKinds.JobFailed && m.Subject == "verify")));
        }
    }

    [Fact]
    public async Task End_WithNothingDone_KeepsOnlyTheLastOfItsKindAndSweepKeepsNinetyDays()
    {
        await using var market = await TestMarket.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            var run = await BeginAsync(market, RunCause.Schedule);
            await EndAsync(market, run!.Value, RunState.Done, notable: i == 1);
        }
        Assert.Equal([false, true], await market.ReadAsync(db => db.JobRuns.OrderBy(r => r.Id).Select(r => r.Quiet).ToListAsync()));

        market.Clock.Advance(TimeSpan.FromDays(JobRun.KeptDays) - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await market.Get<SweepRuns>().ExecuteAsync());
        market.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, await market.Get<SweepRuns>().ExecuteAsync());
    }

    [Fact]
    public void Report_SaidALot_KeepsWhatFitsAndSaysThatThereWasMore()
    {
        var report = new RunReport(new FakeClock());
        for (var i = 0; i < 1000; i++) report.Say(RunLines.MonthOpen, "STA", $"第|{i}\n月");
        var (_, log, _) = report.Told();
        Assert.InRange(log.Length, 7500, JobRun.LongestLog);
        var lines = RunLine.ReadAll(log);
        Assert.Equal(RunLines.More, lines[^1].Code);
        Assert.Equal(["STA", "第/0 月"], lines[0].Arguments);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task CheckBooks_CleanThenTampered_KeepsCheckpointsThenAlarms(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await StationAsync(market, Roles.Administrator, Roles.Auditor, Roles.Attendant);
        await market.PostAsync(market.Request(1, "a", new Posting(AccountCode.Issue("opening"), AccountCode.Member("G0001"), Asset.Points, 5)));

        var report = new RunReport(market.Clock);
        Assert.True(await market.Get<CheckBooks>().ExecuteAsync(report));
        Assert.Null(report.Failure);
        Assert.Equal(1, Assert.Single(market.Get<CheckpointFile>().Read("STA")).Sequence);

        await market.Writes.RunAsync(db => db.LedgerBooks.ExecuteUpdateAsync(s => s.SetProperty(b => b.Accounts, 9)));
        report = new RunReport(market.Clock);
        Assert.False(await market.Get<CheckBooks>().ExecuteAsync(report));
        Assert.Equal(RunFailures.Books, report.Failure);
        Assert.Equal(2, await market.ReadAsync(db => db.InboxMessages.CountAsync(m => m.Kind == InboxKinds.BooksOff)));
    }

    internal static Task StationAsync(TestMarket market, params string[] roles) => market.Writes.RunAsync(async db =>
    {
        var book = await Journal.OpenBookAsync(db, "STA");
        var station = new Area { Code = "STA", Name = "派出所", Kind = AreaKind.Station, Path = "STA/", BookId = book };
        db.Add(station);
        foreach (var role in roles)
        {
            var user = new AppUser { UserName = role, NormalizedUserName = role.ToUpperInvariant(), DisplayName = role, Area = station, SecurityStamp = "x", CreatedAt = market.Clock.GetUtcNow().UtcDateTime };
            db.Users.Add(user);
            await db.SaveChangesAsync();
            db.UserRoles.Add(new() { UserId = user.Id, RoleId = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync() });
        }
        return await db.SaveChangesAsync();
    });

    private static Task<long?> BeginAsync(TestMarket market, RunCause cause, long? run = null) =>
        market.Get<BeginRun>().ExecuteAsync(new() { Job = "verify", Cause = cause, Node = "here", RunId = run });

    private static Task<bool> EndAsync(TestMarket market, long run, RunState state, bool notable = true) =>
        market.Get<EndRun>().ExecuteAsync(new() { RunId = run, State = state, Log = "", Notable = notable, Failure = state == RunState.Failed ? RunFailures.Disk : null });

    private static Task<RunState> StateAsync(TestMarket market, long run) => market.ReadAsync(db => db.JobRuns.Where(r => r.Id == run).Select(r => r.State).SingleAsync());
}
