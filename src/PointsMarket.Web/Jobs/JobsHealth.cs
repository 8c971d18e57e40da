using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PointsMarket.Data;
using PointsMarket.Jobs;

namespace PointsMarket.Web.Jobs;

/// <summary>
/// Degraded, not unhealthy, when the nightly proof of the books or the backup failed last: people can go on redeeming, but somebody
/// must look.
/// </summary>
internal sealed class JobsHealth(MarketContexts contexts, JobList jobs) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = contexts.Read();
            foreach (var job in jobs.All.Where(j => j.Watched).Select(j => j.Name))
            {
                var last = await db.JobRuns.Where(r => r.Job == job && (r.State == RunState.Done || r.State == RunState.Failed))
                    .OrderByDescending(r => r.Id).Select(r => (RunState?)r.State).FirstOrDefaultAsync(cancellationToken);
                if (last == RunState.Failed) return HealthCheckResult.Degraded($"The job {job} failed last time.");
            }
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("The history of the jobs cannot be read.", e);
        }
    }
}
