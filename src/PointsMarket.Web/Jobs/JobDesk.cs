using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Jobs;
using PointsMarket.Ledger;
using Quartz;

namespace PointsMarket.Web.Jobs;

/// <summary>What the administrators' page asks of the schedule. Where this node runs no jobs, the page says so.</summary>
public sealed class JobDesk(IServiceProvider services, JobList jobs, MarketDb db, AskForRun ask, CancelRun cancel, NoteSchedule note)
{
    private readonly IScheduler? scheduler = services.GetService<IScheduler>();

    /// <summary>When a job comes round next (UTC; null for never), and whether it is paused.</summary>
    public sealed record Planned(DateTime? Next, bool Paused);

    /// <summary>What came of asking for a run.</summary>
    public enum RunOutcome
    {
        /// <summary>It begins.</summary>
        Asked,

        /// <summary>It waits or runs already.</summary>
        Already,

        /// <summary>This node runs no jobs.</summary>
        Off,
    }

    /// <summary>The jobs there are.</summary>
    public JobList Jobs => jobs;

    /// <summary>True when this node runs jobs.</summary>
    public bool IsOn => scheduler is not null;

    /// <summary>Where every job stands in the schedule; empty where this node runs none.</summary>
    public async Task<IReadOnlyDictionary<string, Planned>> PlannedAsync(CancellationToken ct)
    {
        if (scheduler is null) return new Dictionary<string, Planned>();
        var triggers = (await scheduler.QueryTriggers(new TriggerQuery(), ct)).Items;
        return triggers.Where(t => t.Key.Group == JobSchedule.Group)
            .ToDictionary(t => t.Key.Name, t => new Planned(t.NextFireTimeUtc?.UtcDateTime, t.State == TriggerState.Paused));
    }

    /// <summary>Runs a job now.</summary>
    public async Task<RunOutcome> RunAsync(string job, Actor actor, CancellationToken ct)
    {
        if (scheduler is null) return RunOutcome.Off;
        var outcome = await ask.ExecuteAsync(new AskForRun.Input { Job = job, Actor = actor }, ct);
        if (!outcome.Asked) return RunOutcome.Already;
        await scheduler.TriggerJob(JobSchedule.Key(job), new JobDataMap { [RunJob.AskedRun] = FormattableString.Invariant($"{outcome.RunId}") }, ct);
        return RunOutcome.Asked;
    }

    /// <summary>Stops a run, on whichever node it is; false when it ended before.</summary>
    public async Task<bool> CancelAsync(long run, Actor actor, CancellationToken ct)
    {
        var outcome = await cancel.ExecuteAsync(new CancelRun.Input { RunId = run, Actor = actor }, ct);
        if (outcome != CancelRun.Outcome.Running) return outcome == CancelRun.Outcome.TakenOff;
        var job = await db.JobRuns.Where(r => r.Id == run).Select(r => r.Job).SingleAsync(ct);
        if (scheduler is not null) await scheduler.Interrupt(JobSchedule.Key(job), ct);
        return scheduler is not null;
    }

    /// <summary>Pauses a job's schedule or lets it go on; false where this node runs no jobs.</summary>
    public async Task<bool> PauseAsync(string job, bool paused, Actor actor, CancellationToken ct)
    {
        if (scheduler is null) return false;
        if (paused) await scheduler.PauseTrigger(JobSchedule.TriggerOf(job), ct);
        else await scheduler.ResumeTrigger(JobSchedule.TriggerOf(job), ct);
        await note.ExecuteAsync(new NoteSchedule.Input { Job = job, Paused = paused, Actor = actor }, ct);
        return true;
    }
}
