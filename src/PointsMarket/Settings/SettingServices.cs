using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Settings;

/// <summary>Registers the operations on settings.</summary>
internal static class SettingServices
{
    public static IServiceCollection AddSettings(this IServiceCollection services) => services
        .AddSingleton<ProposeSettings>()
        .AddSingleton<ApproveSettings>()
        .AddSingleton<RefuseSettings>()
        .AddSingleton<WithdrawSettings>();
}
