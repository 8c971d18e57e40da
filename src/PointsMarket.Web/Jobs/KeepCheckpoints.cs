using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Web.Jobs;

/// <summary>
/// Writes the heads of the books to the checkpoint file outside the database (DESIGN 3, invariant 7): as a job now and then, and on
/// every node as the last word before it goes down.
/// </summary>
internal sealed class KeepCheckpoints(MarketContexts contexts, CheckpointFile checkpoints, TimeProvider clock) : IHostedService
{
    private int stopped;

    public async Task WriteAsync(CancellationToken ct)
    {
        await using var db = contexts.Read();
        await checkpoints.AppendHeadsAsync(db, clock.GetUtcNow().UtcDateTime, ct);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Once: a host that is stopped from outside stops itself too, and by then the files may be gone.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Interlocked.Exchange(ref stopped, 1) == 0 ? WriteAsync(cancellationToken) : Task.CompletedTask;
}
