using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Web.Jobs;

/// <summary>
/// Writes the heads of the books to the checkpoint file outside the database (DESIGN 3, invariant 7): as a job now and then, and on
/// every node as the last word before it goes down.
/// </summary>
internal sealed class KeepCheckpoints(MarketContexts contexts, CheckpointFile checkpoints, TimeProvider clock) : IHostedService
{
    public async Task WriteAsync(CancellationToken ct)
    {
        await using var db = contexts.Read();
        await checkpoints.AppendHeadsAsync(db, clock.GetUtcNow().UtcDateTime, ct);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => WriteAsync(cancellationToken);
}
