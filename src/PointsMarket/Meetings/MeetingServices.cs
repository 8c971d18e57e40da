using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Meetings;

/// <summary>Registers the operations on meetings.</summary>
internal static class MeetingServices
{
    public static IServiceCollection AddMeetings(this IServiceCollection services) => services
        .AddSingleton<SaveMeeting>()
        .AddSingleton<GiveAction>()
        .AddSingleton<FinishAction>()
        .AddSingleton<RemindActions>();
}
