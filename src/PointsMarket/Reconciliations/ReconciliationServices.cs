using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Reconciliations;

/// <summary>Registers the monthly reconciliation.</summary>
internal static class ReconciliationServices
{
    public static IServiceCollection AddReconciliations(this IServiceCollection services) => services.AddSingleton<ReconcileMonth>();
}
