using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Notices;

namespace PointsMarket.Jobs;

/// <summary>
/// Writes down how a run ended. The administrators are told of the first failure in a row, not of every one; runs that found
/// nothing to do leave only the last of their kind.
/// </summary>
public sealed class EndRun(MarketWrites writes, TimeProvider clock)
{
    private static readonly string[] Told = [Roles.Administrator];

    /// <summary>How it ended.</summary>
    public sealed record Input
    {
        /// <summary>The run.</summary>
        public required long RunId { get; init; }

        /// <summary>Done, Failed, Cancelled or Stopped.</summary>
        public required RunState State { get; init; }

        /// <summary>What it said.</summary>
        public required string Log { get; init; }

        /// <summary>True when it did something worth keeping.</summary>
        public required bool Notable { get; init; }

        /// <summary>One of <see cref="RunFailures"/>, with <see cref="RunState.Failed"/>.</summary>
        public string? Failure { get; init; }

        /// <summary>What the server's log has it under.</summary>
        public string? TraceId { get; init; }
    }

    /// <summary>Writes it down; false when somebody took the run for dead meanwhile.</summary>
    public Task<bool> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync((db, token) => EndAsync(db, input, token), ct);
    }

    private async Task<bool> EndAsync(MarketDb db, Input input, CancellationToken ct)
    {
        if (await db.JobRuns.SingleOrDefaultAsync(r => r.Id == input.RunId, ct) is not { State: RunState.Running } run) return false;
        (run.State, run.Live, run.EndedAt, run.Log) = (input.State, null, clock.GetUtcNow().UtcDateTime, input.Log);
        (run.Failure, run.TraceId) = (input.Failure, input.TraceId);
        if (run.State == RunState.Done) run.Percent = 100;
        run.Quiet = run.State == RunState.Done && !input.Notable && run.Cause != RunCause.ByHand;
        if (run.State == RunState.Failed && run.Failure != RunFailures.Books && !await FailedBeforeAsync(db, run, ct)) await TellAsync(db, run, ct);
        await db.SaveChangesAsync(ct);
        if (run.Quiet) await db.JobRuns.Where(r => r.Job == run.Job && r.Quiet && r.Id < run.Id).ExecuteDeleteAsync(ct);
        return true;
    }

    private static Task<bool> FailedBeforeAsync(MarketDb db, JobRun run, CancellationToken ct) =>
        db.JobRuns.Where(r => r.Job == run.Job && r.Id < run.Id && (r.State == RunState.Done || r.State == RunState.Failed))
            .OrderByDescending(r => r.Id).Take(1).AnyAsync(r => r.State == RunState.Failed, ct);

    private static async Task TellAsync(MarketDb db, JobRun run, CancellationToken ct)
    {
        foreach (var station in await db.Areas.Where(a => a.Kind == AreaKind.Station).Select(a => a.Path).ToListAsync(ct))
            await Inbox.TellStaffAsync(db, Told, station, InboxKinds.JobFailed, run.Job, $"/admin/jobs/{run.Id}", run.EndedAt!.Value, null, ct);
    }
}

/// <summary>Deletes runs that ended long ago. What the history keeps: <see cref="JobRun.KeptDays"/> days.</summary>
public sealed class SweepRuns(MarketWrites writes, TimeProvider clock)
{
    /// <summary>How many were deleted.</summary>
    public Task<int> ExecuteAsync(CancellationToken ct = default) => writes.RunAsync((db, token) =>
    {
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-JobRun.KeptDays);
        return db.JobRuns.Where(r => r.EndedAt < before).ExecuteDeleteAsync(token);
    }, ct);
}
