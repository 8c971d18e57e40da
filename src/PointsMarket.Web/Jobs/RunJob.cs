using System.Diagnostics;
using System.Globalization;
using PointsMarket.Jobs;
using Quartz;

namespace PointsMarket.Web.Jobs;

/// <summary>
/// The one class the scheduler knows: looks a job's work up by its name, runs it, and keeps the history. A job never runs beside
/// itself, on one node or several; killed in the middle, another node or the next start runs it again.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class RunJob(
    IServiceProvider services, JobList jobs, BeginRun begin, TellRun tell, EndRun end, TimeProvider clock, IHostApplicationLifetime life, ILogger<RunJob> log) : IJob
{
    /// <summary>In a firing's data: the run that was asked for by hand.</summary>
    public const string AskedRun = "run";

    /// <summary>In a firing's data: <see cref="RunCause"/>, where it is not the schedule.</summary>
    public const string Why = "why";

    // Progress is written down as often as the page looks.
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (jobs.Find(context.JobDetail.Key.Name) is not { } spec) return; // of another version; the schedule is about to drop it
        var asked = context.MergedJobDataMap.TryGetValue(AskedRun, out var id) ? long.Parse((string)id!, CultureInfo.InvariantCulture) : (long?)null;
        var input = new BeginRun.Input { Job = spec.Name, Cause = CauseOf(context, asked), Node = NodeOf(context.Scheduler.SchedulerInstanceId), RunId = asked };
        if (await begin.ExecuteAsync(input, cancellationToken) is not { } run) return;

        var report = new RunReport(clock);
        using var told = new CancellationTokenSource();
        var telling = TellAsync(run, report, told.Token);
        Exception? thrown = null;
        try
        {
            await spec.Work(new JobWork(services, report), cancellationToken);
        }
#pragma warning disable CA1031 // whatever it is stands in the history in words, and in the log
        catch (Exception e)
#pragma warning restore CA1031
        {
            thrown = e;
        }

        await told.CancelAsync();
        await telling;
        await EndAsync(spec, run, report, thrown, cancellationToken);
        if (thrown is OperationCanceledException && life.ApplicationStopping.IsCancellationRequested) throw thrown; // brought back at the next start
        if (thrown is not null and not OperationCanceledException && spec.Retries) throw new JobExecutionException(thrown.Message, thrown);
    }

    private async Task EndAsync(JobSpec spec, long run, RunReport report, Exception? thrown, CancellationToken asked)
    {
        var state = thrown switch
        {
            null => report.Failure is null ? RunState.Done : RunState.Failed,
            OperationCanceledException when asked.IsCancellationRequested => life.ApplicationStopping.IsCancellationRequested ? RunState.Stopped : RunState.Cancelled,
            _ => RunState.Failed,
        };
        var trace = state == RunState.Failed ? (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString() : null;
        if (state == RunState.Failed && thrown is not null) LogFailed(thrown, spec.Name, trace!);
        else if (state == RunState.Failed) LogWrong(spec.Name, report.Failure!, trace!);
        await end.ExecuteAsync(new EndRun.Input
        {
            RunId = run, State = state, Log = report.Told().Log, Notable = report.Notable, TraceId = trace,
            Failure = state == RunState.Failed ? report.Failure ?? RunFailures.Of(thrown!) : null,
        }, CancellationToken.None);
    }

    private static RunCause CauseOf(IJobExecutionContext context, long? asked) =>
        context.Recovering ? RunCause.Recovery
        : context.RetryAttempt > 0 ? RunCause.Retry
        : asked is not null ? RunCause.ByHand
        : context.MergedJobDataMap.TryGetValue(Why, out var why) && Enum.TryParse<RunCause>(why as string, out var cause) ? cause
        : RunCause.Schedule;

    // Alone on its database, the scheduler has a fixed name, by which it finds what it left in the middle.
    private static string NodeOf(string instance) => instance == QuartzSchedulerOptions.DefaultInstanceId ? Environment.MachineName : instance;

    private async Task TellAsync(long run, RunReport report, CancellationToken ct)
    {
        var seen = 0;
        try
        {
            using var timer = new PeriodicTimer(TellEvery, clock);
            while (await timer.WaitForNextTickAsync(ct))
            {
                var (percent, lines, version) = report.Told();
                if (version == seen) continue;
                await tell.ExecuteAsync(new TellRun.Input { RunId = run, Percent = percent, Log = lines }, ct);
                seen = version;
            }
        }
        catch (OperationCanceledException)
        {
            // the work ended
        }
        catch (System.Data.Common.DbException e)
        {
            LogNotTold(e); // the work goes on; how it ended is written all the same
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} failed, trace {Trace}.")]
    private partial void LogFailed(Exception e, string job, string trace);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} found something wrong: {Failure}, trace {Trace}.")]
    private partial void LogWrong(string job, string failure, string trace);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The progress of a job could not be written down.")]
    private partial void LogNotTold(Exception e);
}
