using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Data;

namespace PointsMarket.Tasks;

/// <summary>Registers the operations on task reports.</summary>
internal static class TaskServices
{
    public static IServiceCollection AddTasks(this IServiceCollection services) => services
        .AddSingleton(sp => new PhotoFolder(sp.GetRequiredService<MarketStorage>().PhotoPath))
        .AddSingleton<FileReport>()
        .AddSingleton<AnswerReport>()
        .AddSingleton<VerifyReports>()
        .AddSingleton<ReturnReports>()
        .AddSingleton<RejectReports>()
        .AddSingleton<ReverseReport>()
        .AddSingleton<TellClimbedReports>();
}
