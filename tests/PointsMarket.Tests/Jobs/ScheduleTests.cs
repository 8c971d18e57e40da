using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Jobs;
using PointsMarket.Ledger;
using PointsMarket.Web.Jobs;
using Quartz;

namespace PointsMarket.Tests.Jobs;

/// <summary>The stored schedule across restarts, and what runs by hand.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public async Task Start_AfterThreeMissedMonths_FiresOnceForAllOfThem()
    {
        var runs = 0;
        var job = JobSite.Monthly("monthly", (w, _) => Count(w, ref runs));
        await using var site = await JobSite.StartAsync(job);
        await PlannedAsync(site, "monthly", "2026-11-01T00:30:00+08:00");
        Assert.Equal(0, runs);

        site.Clock.Set(At("2027-01-20T09:00:00+08:00"));
        await using var again = await site.AgainAsync();
        var run = Assert.Single(await again.EndedAsync("monthly", 1));
        Assert.Equal((RunState.Done, RunCause.Schedule, 1), (run.State, run.Cause, runs));
        await PlannedAsync(again, "monthly", "2027-02-01T00:30:00+08:00");
        // What is declared again at a start is passed over, not replaced: nothing is made up twice.
        await using var third = await again.AgainAsync();
        await PlannedAsync(third, "monthly", "2027-02-01T00:30:00+08:00");
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Start_WithOtherTimesAndJobs_CarriesThemOverAndKeepsWhatIsPaused()
    {
        var (old, stays) = (JobSite.Monthly("old", Nothing), JobSite.Monthly("stays", Nothing));
        var moved = JobSite.Monthly("moved", Nothing);
        await using var site = await JobSite.StartAsync(old, stays, moved);
        await PlannedAsync(site, "moved", "2026-11-01T00:30:00+08:00");
        await using (var scope = site.Services.CreateAsyncScope())
            Assert.True(await scope.ServiceProvider.GetRequiredService<JobDesk>().PauseAsync("stays", true, Actor.User(1), default));

        await using var again = await site.AgainAsync(stays, moved with { Time = JobTime.EveryDay(5, 15) }, JobSite.Monthly("new", Nothing) with { AtStart = true });
        await again.EndedAsync("new", 1);
        await PlannedAsync(again, "moved", "2026-10-02T05:15:00+08:00");
        await using var second = again.Services.CreateAsyncScope();
        var planned = await second.ServiceProvider.GetRequiredService<JobDesk>().PlannedAsync(default);
        Assert.Equal(["moved", "new", "stays"], planned.Keys.Order());
        Assert.True(planned["stays"].Paused);
    }

    [Fact]
    public async Task Run_AskedTwiceFailingAndCancelled_IsOnceInWordsAndStops()
    {
        var going = new TaskCompletionSource();
        var (runs, fails) = (0, 0);
        await using var site = await JobSite.StartAsync(
            JobSite.Monthly("slow", async (w, ct) =>
            {
                Interlocked.Increment(ref runs);
                w.Report.Progress(1, 4);
                await going.Task.WaitAsync(ct);
            }),
            JobSite.Monthly("bad", (w, _) => ++fails == 1 ? throw new IOException("disk full") : Task.CompletedTask));
        await PlannedAsync(site, "slow", "2026-11-01T00:30:00+08:00");
        using var admin = await site.SignInAsync(Roles.Administrator);
        await admin.GetAsync("/admin/jobs");
        await admin.PostAsync("form[action$='handler=run&job=slow']");
        Assert.Contains("马上开始", admin.Text, StringComparison.Ordinal);
        await admin.ForgeAsync("/admin/jobs?handler=run&job=slow");
        Assert.Contains("不会再来一次", admin.Text, StringComparison.Ordinal);

        await UntilAsync(() => Task.FromResult(runs == 1));
        await UntilAsync(() => site.ReadAsync(db => db.JobRuns.AnyAsync(r => r.Job == "slow" && r.Percent == 25)));
        await admin.GetAsync("/admin/jobs");
        Assert.Equal("25", admin.Page.QuerySelector("progress")?.GetAttribute("value"));
        await admin.PostAsync("form[action*='handler=cancel']");
        var stopped = Assert.Single(await site.EndedAsync("slow", 1));
        Assert.Equal((RunState.Cancelled, RunCause.ByHand, 1), (stopped.State, stopped.Cause, runs));

        await admin.ForgeAsync("/admin/jobs?handler=run&job=bad");
        var failed = Assert.Single(await site.EndedAsync("bad", 1));
        Assert.Equal((RunState.Failed, RunFailures.Disk), (failed.State, failed.Failure));
        await admin.GetAsync($"/admin/jobs/{failed.Id}");
        Assert.Contains("磁盘", admin.Text, StringComparison.Ordinal);
        Assert.Contains(failed.TraceId!, admin.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("disk full", admin.Text, StringComparison.Ordinal);
        await admin.PostAsync("form[action$='handler=run&job=bad']");
        Assert.Equal(RunState.Done, (await site.EndedAsync("bad", 2))[1].State);
    }

    /// <summary>A site without any job still writes the heads of its books before it goes down.</summary>
    [Fact]
    public async Task Stop_OfAnyNode_HasTheLastWordInTheCheckpoints()
    {
        await using var site = await JobSite.StartAsync();
        var book = site.BookId;
        await site.Writes.RunAsync(db => site.Services.GetRequiredService<Journal>().PostAsync(db, new TransactionRequest
        {
            BookId = book, Key = "last", Kind = "test", Subject = "last", HappenedAt = site.Clock.GetUtcNow().UtcDateTime, Actor = Actor.System("test"),
            Postings = [new Posting(AccountCode.Issue("opening"), AccountCode.Member("G1"), Asset.Points, 1)],
        }));
        var file = site.Services.GetRequiredService<CheckpointFile>();
        Assert.Empty(file.Read("STA"));
        await using var again = await site.AgainAsync();
        Assert.Equal(1, Assert.Single(file.Read("STA")).Sequence);
    }

    /// <summary>The site is stopped in the middle: the run is closed as such, and the next start runs it again.</summary>
    [Fact]
    public async Task Stop_InTheMiddle_IsBroughtBackAtTheNextStart()
    {
        var runs = 0;
        var wait = true;
        var job = JobSite.Monthly("long", async (w, ct) =>
        {
            Interlocked.Increment(ref runs);
            if (wait) await Task.Delay(Timeout.Infinite, ct);
        }) with { AtStart = true };
        await using var site = await JobSite.StartAsync(job with { AtStart = false });
        await PlannedAsync(site, "long", "2026-11-01T00:30:00+08:00");
        await using var node = await site.AgainAsync(job);
        await UntilAsync(() => Task.FromResult(runs == 1));
        wait = false;
        await using var again = await node.AgainAsync(job with { AtStart = false });
        var ended = await again.EndedAsync("long", 2);
        Assert.Equal([RunState.Stopped, RunState.Done], ended.Select(r => r.State));
        Assert.Equal(2, runs);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Task Nothing(JobWork work, CancellationToken ct) => Task.CompletedTask;

    private static Task Count(JobWork work, ref int runs)
    {
        Interlocked.Increment(ref runs);
        work.Report.Count(1);
        return Task.CompletedTask;
    }

    private static Task PlannedAsync(JobSite site, string job, string next) => UntilAsync(async () =>
    {
        var scheduler = site.Services.GetRequiredService<IScheduler>();
        return await scheduler.GetStatus() == SchedulerStatus.Running && (await scheduler.GetTrigger(new TriggerKey(job, JobSchedule.Group)))?.NextFireTimeUtc == At(next);
    });

    private static async Task UntilAsync(Func<Task<bool>> so)
    {
        for (var i = 0; i < 400; i++)
        {
            if (await so()) return;
            await Task.Delay(25);
        }
        Assert.Fail("It did not come to it.");
    }
}
