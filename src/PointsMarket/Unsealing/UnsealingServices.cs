using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Unsealing;

/// <summary>Registers the opening of sealed names.</summary>
internal static class UnsealingServices
{
    public static IServiceCollection AddUnsealing(this IServiceCollection services) => services
        .AddSingleton<AskToUnseal>()
        .AddSingleton<DecideUnsealing>()
        .AddSingleton<ShowIdentity>();
}
