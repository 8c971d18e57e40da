using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Duties;

/// <summary>Registers the operations on duties and shifts.</summary>
internal static class DutyServices
{
    public static IServiceCollection AddDuties(this IServiceCollection services) => services
        .AddSingleton<SaveDuty>()
        .AddSingleton<MakeShifts>()
        .AddSingleton<AskForSeat>()
        .AddSingleton<LeaveShift>()
        .AddSingleton<DrawShifts>()
        .AddSingleton<CancelShift>()
        .AddSingleton<CheckIn>()
        .AddSingleton<TickCrew>()
        .AddSingleton<ConfirmAttendance>();
}
