using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Stock;

/// <summary>Registers what is done with goods between their coming and their going.</summary>
internal static class StockServices
{
    public static IServiceCollection AddStock(this IServiceCollection services) => services
        .AddSingleton<StockOutlook>()
        .AddSingleton<SetThreshold>()
        .AddSingleton<SendStock>()
        .AddSingleton<EndMove>()
        .AddSingleton<SignMove>()
        .AddSingleton<OpenStocktake>()
        .AddSingleton<StocktakeCounts>()
        .AddSingleton<SignStocktake>()
        .AddSingleton<NameCards>()
        .AddSingleton<ReportDifference>()
        .AddSingleton<ImportStocktake>();
}
