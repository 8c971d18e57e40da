using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Demo;

/// <summary>Registers the demo station.</summary>
public static class DemoServices
{
    /// <summary>Adds the operations.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services) => services
        .AddSingleton<LoadDemo>()
        .AddSingleton<DemoInbox>()
        .AddSingleton<DemoTips>();
}
