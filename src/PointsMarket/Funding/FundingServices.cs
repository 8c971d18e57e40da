using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Funding;

/// <summary>Registers the operations on funds and payments.</summary>
internal static class FundingServices
{
    public static IServiceCollection AddFunding(this IServiceCollection services) => services
        .AddSingleton<SaveFund>()
        .AddSingleton<ApproveFundPurposes>()
        .AddSingleton<RefuseFundPurposes>()
        .AddSingleton<WithdrawFundPurposes>()
        .AddSingleton<SetBudget>()
        .AddSingleton<EnterGrant>()
        .AddSingleton<ReverseFundMovement>()
        .AddSingleton<AskForPayment>()
        .AddSingleton<ApprovePayment>()
        .AddSingleton<RefusePayment>()
        .AddSingleton<WithdrawPayment>()
        .AddSingleton<PayPayment>()
        .AddSingleton<AddPaymentFiles>()
        .AddSingleton<AskForReversal>()
        .AddSingleton<ApproveReversal>()
        .AddSingleton<EndReversal>();
}
