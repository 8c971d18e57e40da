using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Reconciliations;

/// <summary>Registers the monthly reconciliation.</summary>
internal static class ReconciliationServices
{
    public static IServiceCollection AddReconciliations(this IServiceCollection services) => services
        .AddSingleton<ReconcileMonth>().AddSingleton<TakeMonthFile>().AddSingleton<WithdrawMonthFile>().AddSingleton<ExplainDiscrepancy>().AddSingleton<ExplainPieces>().AddSingleton<ReopenDiscrepancy>().AddSingleton<MatchByHand>()
        .AddSingleton<UntieSuggestion>().AddSingleton<RecordMissingMovement>().AddSingleton<ApproveRecording>().AddSingleton<SignStockDifference>().AddSingleton<CloseMonth>().AddSingleton<ReopenMonth>().AddSingleton<EndReopening>().AddSingleton<OverrideCoverStop>();
}
