using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Import;

/// <summary>Registers importing.</summary>
public static class ImportServices
{
    /// <summary>Adds the operations.</summary>
    public static IServiceCollection AddImport(this IServiceCollection services) => services
        .AddSingleton<ImportFiles>()
        .AddSingleton<PreviewImport>();
}
