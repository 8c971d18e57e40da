using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Jobs;

/// <summary>Asks for a run by hand. A job that waits or runs already is not asked for twice.</summary>
public sealed class AskForRun(MarketContexts contexts, MarketWrites writes, TimeProvider clock)
{
    /// <summary>Which, and who.</summary>
    public sealed record Input
    {
        /// <summary>The job.</summary>
        public required string Job { get; init; }

        /// <summary>Who asks.</summary>
        public required Actor Actor { get; init; }
    }

    /// <summary>The run's key, and whether this call made it; false when one waited or ran already.</summary>
    public sealed record Outcome(long RunId, bool Asked);

    /// <summary>Asks.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        try
        {
            return await writes.RunAsync((db, token) => AskAsync(db, input, token), ct);
        }
        catch (DbUpdateException)
        {
            // On a server two may ask in the same moment: the unique key let one through.
            await using var db = contexts.Read();
            if (await LiveAsync(db, input.Job, ct) is { } other) return new Outcome(other, false);
            throw;
        }
    }

    private async Task<Outcome> AskAsync(MarketDb db, Input input, CancellationToken ct)
    {
        if (await LiveAsync(db, input.Job, ct) is { } live) return new Outcome(live, false);
        var now = clock.GetUtcNow().UtcDateTime;
        var run = new JobRun { Job = input.Job, Live = input.Job, State = RunState.Queued, Cause = RunCause.ByHand, AskedBy = input.Actor.Code, AskedAt = now };
        db.JobRuns.Add(run);
        db.Note(now, input.Actor, "job.run", input.Job);
        await db.SaveChangesAsync(ct);
        return new Outcome(run.Id, true);
    }

    private static Task<long?> LiveAsync(MarketDb db, string job, CancellationToken ct) =>
        db.JobRuns.Where(r => r.Live == job).Select(r => (long?)r.Id).SingleOrDefaultAsync(ct);
}

/// <summary>
/// Notes that somebody stops a run, and takes one that only waits off the list. A running one is interrupted by the scheduler, on
/// whichever node it runs.
/// </summary>
public sealed class CancelRun(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Which, and who.</summary>
    public sealed record Input
    {
        /// <summary>The run.</summary>
        public required long RunId { get; init; }

        /// <summary>Who stops it.</summary>
        public required Actor Actor { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>It waited, and does not any more.</summary>
        TakenOff,

        /// <summary>It runs: interrupt it.</summary>
        Running,

        /// <summary>It ended before.</summary>
        Ended,
    }

    /// <summary>Notes.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync(async (db, token) =>
        {
            if (await db.JobRuns.SingleOrDefaultAsync(r => r.Id == input.RunId, token) is not { IsLive: true } run) return Outcome.Ended;
            var now = clock.GetUtcNow().UtcDateTime;
            db.Note(now, input.Actor, "job.cancel", run.Job);
            var waits = run.State == RunState.Queued;
            if (waits) (run.State, run.Live, run.EndedAt) = (RunState.Cancelled, null, now);
            await db.SaveChangesAsync(token);
            return waits ? Outcome.TakenOff : Outcome.Running;
        }, ct);
    }
}

/// <summary>Notes that somebody paused a job's schedule or let it go on.</summary>
public sealed class NoteSchedule(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Which, what, and who.</summary>
    public sealed record Input
    {
        /// <summary>The job.</summary>
        public required string Job { get; init; }

        /// <summary>True for paused.</summary>
        public required bool Paused { get; init; }

        /// <summary>Who did it.</summary>
        public required Actor Actor { get; init; }
    }

    /// <summary>Notes.</summary>
    public Task ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync((db, token) =>
        {
            db.Note(clock.GetUtcNow().UtcDateTime, input.Actor, input.Paused ? "job.pause" : "job.resume", input.Job);
            return db.SaveChangesAsync(token);
        }, ct);
    }
}
