namespace PointsMarket.Web.Jobs;

/// <summary>
/// Runs an operation now and then while the site is up. A failure is logged and tried again at the next turn; the operations
/// behind it can be repeated and stopped anywhere, so a missed turn only comes later.
/// </summary>
internal abstract class RepeatedJob(TimeSpan every, TimeProvider clock, ILogger log) : BackgroundService
{
    protected TimeProvider Clock { get; } = clock;

    protected abstract Task RunOnceAsync(CancellationToken ct);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, Clock);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // a job that fails once must not stop for ever, nor take the site with it
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.LogError(e, "A repeated job failed; it is tried again in {Every}.", every);
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken ct)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
