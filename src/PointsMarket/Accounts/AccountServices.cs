using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Accounts;

/// <summary>Registers the operations on accounts.</summary>
internal static class AccountServices
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<TryCount>()
        .AddSingleton<CheckPassword>()
        .AddSingleton<CheckTwoStep>()
        .AddSingleton<OfferTwoStep>()
        .AddSingleton<TurnOnTwoStep>()
        .AddSingleton<TurnOffTwoStep>()
        .AddSingleton<ChangePassword>()
        .AddSingleton<CreateFirstAdministrator>()
        .AddSingleton<CreateAccount>()
        .AddSingleton<ChangeAccount>()
        .AddSingleton<ResetPassword>()
        .AddSingleton<ResetTwoStep>()
        .AddSingleton<LockAccount>()
        .AddSingleton<UnlockAccount>()
        .AddSingleton<DemoAccounts>();
}
