using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Notices;

/// <summary>Registers the inbox and the leaderboard.</summary>
internal static class NoticeServices
{
    public static IServiceCollection AddNotices(this IServiceCollection services) => services
        .AddSingleton<OpenMessage>()
        .AddSingleton<ReadAllMessages>()
        .AddSingleton<SweepInbox>()
        .AddSingleton<ShowOnLeaderboard>();
}
