using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Rules;

/// <summary>Registers the operations on the rule book.</summary>
internal static class RuleServices
{
    public static IServiceCollection AddRules(this IServiceCollection services) => services
        .AddSingleton<ProposeRule>()
        .AddSingleton<ApproveRule>()
        .AddSingleton<RefuseRule>()
        .AddSingleton<WithdrawRule>();
}
