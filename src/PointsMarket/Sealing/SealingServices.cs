using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Data;

namespace PointsMarket.Sealing;

/// <summary>Registers the seal.</summary>
internal static class SealingServices
{
    public static IServiceCollection AddSealing(this IServiceCollection services) => services
        .AddSingleton(sp => new SealKeys(sp.GetRequiredService<MarketStorage>().SealKeyPath))
        .AddSingleton<Seal>();
}
