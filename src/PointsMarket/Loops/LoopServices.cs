using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Loops;

/// <summary>Registers the operations on loops.</summary>
internal static class LoopServices
{
    public static IServiceCollection AddLoops(this IServiceCollection services) => services
        .AddSingleton<OpenLoop>()
        .AddSingleton<OpenLoopFromReport>()
        .AddSingleton<StepLoop>()
        .AddSingleton<CorrectLoop>()
        .AddSingleton<RemindLoops>()
        .AddSingleton<SaveMediator>();
}
