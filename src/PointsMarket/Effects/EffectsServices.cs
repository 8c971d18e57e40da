using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Effects;

/// <summary>Registers the import of the police's figures.</summary>
internal static class EffectsServices
{
    public static IServiceCollection AddEffects(this IServiceCollection services) => services.AddSingleton<ImportPoliceFigures>();
}
