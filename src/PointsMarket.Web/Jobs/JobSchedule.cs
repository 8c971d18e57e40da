using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Jobs;
using Quartz;

namespace PointsMarket.Web.Jobs;

/// <summary>
/// Brings the stored schedule to what the program says, then lets it run. The scheduler passes over what is stored already
/// (otherwise a missed month would be lost at every start), so a time that was changed in the program is carried over here, and a
/// job that is gone is taken out. What was paused by hand stays paused.
/// </summary>
internal sealed partial class JobSchedule(IServiceProvider services, JobList jobs, MarketStorage storage, TimeProvider clock, IHostApplicationLifetime life, ILogger<JobSchedule> log) : BackgroundService
{
    /// <summary>Jobs and their triggers stand in this group.</summary>
    public const string Group = "market";

    private static readonly TimeSpan[] RetryAfter = [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(45)];

    private DatabaseUse? alone;

    public static JobKey Key(string job) => new(job, Group);

    public static TriggerKey TriggerOf(string job) => new(job, Group);

    /// <summary>The trigger of a job, as the program has it.</summary>
    private static ITrigger Trigger(JobSpec spec, TimeProvider clock)
    {
        var trigger = TriggerBuilder.Create(clock).WithIdentity(TriggerOf(spec.Name)).ForJob(Key(spec.Name)).WithCronSchedule(spec.Time.Cron, InStationTime);
        if (spec.Retries) trigger.WithRetryPolicy(RetryPolicy.Explicit(RetryAfter));
        return trigger.Build();
    }

    /// <summary>However many firings were missed, one makes up for them: the operations look for what is missing.</summary>
    private static void InStationTime(CronScheduleBuilder cron) => cron.InTimeZone(StationTime.Zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed);

    /// <summary>With the container, after the scheduler has shut down.</summary>
    public override void Dispose()
    {
        alone?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var starting = life.ApplicationStarted.Register(() => started.TrySetResult());
        await using var stopping = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        try
        {
            await started.Task;
            alone = await AloneAsync(stoppingToken);
            var scheduler = services.GetRequiredService<IScheduler>();
            await BringUpToDateAsync(scheduler, stoppingToken);
            await scheduler.Start(stoppingToken);
            foreach (var spec in jobs.All.Where(s => s.AtStart)) await MakeUpAsync(scheduler, spec.Name, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the site stops
        }
#pragma warning disable CA1031 // the site goes on without its jobs; the page and the log say so
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotStarted(e);
        }
    }

    /// <summary>On SQLite only one process may write the schedule; a second one waits until the first is gone.</summary>
    private async Task<DatabaseUse> AloneAsync(CancellationToken ct)
    {
        for (var said = false; ; said = true)
        {
            if (DatabaseUse.Schedule(storage) is { } alone) return alone;
            if (!said) LogWaits();
            await Task.Delay(TimeSpan.FromSeconds(2), clock, ct);
        }
    }

    private async Task BringUpToDateAsync(IScheduler scheduler, CancellationToken ct)
    {
        foreach (var spec in jobs.All)
        {
            var job = JobBuilder.Create<RunJob>().WithIdentity(Key(spec.Name)).StoreDurably().RequestRecovery().Build();
            await scheduler.AddJob(job, new AddJobOptions { Replace = true }, ct);
            var stored = await scheduler.GetTrigger(TriggerOf(spec.Name), ct);
            if (stored is ICronTrigger cron && cron.CronExpressionString == spec.Time.Cron && cron.TimeZone.Id == StationTime.Zone.Id) continue;
            var trigger = Trigger(spec, clock);
            if (stored is not null) await scheduler.RescheduleJob(TriggerOf(spec.Name), trigger, ct);
            else await scheduler.ScheduleTrigger(trigger, TriggerConflict.Keep, ct); // two nodes may start at once
        }
        foreach (var job in (await scheduler.QueryJobs(new JobQuery(), ct)).Items.Where(j => j.Key.Group == Group && jobs.Find(j.Key.Name) is null))
            await scheduler.DeleteJob(job.Key, ct);
    }

    // A job that was paused by hand is not made up either.
    private static async Task MakeUpAsync(IScheduler scheduler, string job, CancellationToken ct)
    {
        if (await scheduler.GetTriggerState(TriggerOf(job), ct) == TriggerState.Paused) return;
        await scheduler.TriggerJob(Key(job), new JobDataMap { [RunJob.Why] = nameof(RunCause.Start) }, ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another process runs the jobs of this database; this one waits until it is gone.")]
    private partial void LogWaits();

    [LoggerMessage(Level = LogLevel.Critical, Message = "The schedule did not start: no job runs by itself on this node.")]
    private partial void LogNotStarted(Exception e);
}
