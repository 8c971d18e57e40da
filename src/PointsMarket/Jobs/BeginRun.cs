using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Jobs;

/// <summary>
/// Writes down that a run begins. The scheduler lets one firing of a job run at a time, over all nodes; so a run that still stands
/// as running belongs to a server that went away, and is closed.
/// </summary>
public sealed class BeginRun(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Which, why, where.</summary>
    public sealed record Input
    {
        /// <summary>The job.</summary>
        public required string Job { get; init; }

        /// <summary>Why it begins.</summary>
        public required RunCause Cause { get; init; }

        /// <summary>The server.</summary>
        public required string Node { get; init; }

        /// <summary>The run that was asked for by hand; null for the schedule.</summary>
        public long? RunId { get; init; }
    }

    /// <summary>
    /// Begins. The run's key; null when the one asked for by hand was served by an earlier firing, or taken off the list: then there
    /// is nothing to do.
    /// </summary>
    public Task<long?> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync((db, token) => BeginAsync(db, input, token), ct);
    }

    private async Task<long?> BeginAsync(MarketDb db, Input input, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var live = await db.JobRuns.SingleOrDefaultAsync(r => r.Live == input.Job, ct);
        // Brought back after its server went away, it is the run itself that is looked for, whoever asked for it.
        if (input.RunId is { } asked && input.Cause != RunCause.Recovery && (live is null || live.Id != asked || live.State != RunState.Queued)) return null;
        if (live is { State: RunState.Running })
        {
            (live.State, live.Live, live.EndedAt) = (RunState.Stopped, null, now);
            await db.SaveChangesAsync(ct); // before the new one takes the unique key
            live = null;
        }
        // One that waits is served by whichever firing comes first.
        if (live is null) db.JobRuns.Add(live = new JobRun { Job = input.Job, Live = input.Job, Cause = input.Cause, AskedAt = now });
        (live.State, live.StartedAt, live.Node) = (RunState.Running, now, input.Node);
        await db.SaveChangesAsync(ct);
        return live.Id;
    }
}

/// <summary>Writes down how far a run is and what it said so far.</summary>
public sealed class TellRun(MarketWrites writes)
{
    /// <summary>What it told.</summary>
    public sealed record Input
    {
        /// <summary>The run.</summary>
        public required long RunId { get; init; }

        /// <summary>0–100, or null.</summary>
        public required int? Percent { get; init; }

        /// <summary>The lines.</summary>
        public required string Log { get; init; }
    }

    /// <summary>Writes it down; nothing for a run that ended meanwhile.</summary>
    public Task ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync((db, token) => db.JobRuns.Where(r => r.Id == input.RunId && r.State == RunState.Running)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.Percent, input.Percent).SetProperty(r => r.Log, input.Log), token), ct);
    }
}
