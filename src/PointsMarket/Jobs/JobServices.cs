using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Jobs;

internal static class JobServices
{
    public static void AddJobRuns(this IServiceCollection services) => services
        .AddSingleton<AskForRun>()
        .AddSingleton<CancelRun>()
        .AddSingleton<NoteSchedule>()
        .AddSingleton<BeginRun>()
        .AddSingleton<TellRun>()
        .AddSingleton<EndRun>()
        .AddSingleton<SweepRuns>()
        .AddSingleton<CheckBooks>()
        .AddSingleton<ReconcilePastMonths>()
        .AddSingleton<AskToReconcile>();
}
