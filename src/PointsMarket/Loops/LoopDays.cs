using PointsMarket.Data;
using PointsMarket.Settings;

namespace PointsMarket.Loops;

/// <summary>In how many days the next step is due: a setting for every state in which a loop waits, in force on the day it came there.</summary>
public static class LoopDays
{
    /// <summary>The setting; null at an end.</summary>
    public static Setting? SettingOf(LoopKind kind, LoopState state) => (kind, state) switch
    {
        (LoopKind.Hazard, LoopState.Found) => SettingList.LoopHazardFound,
        (LoopKind.Hazard, LoopState.Notified) => SettingList.LoopHazardNotified,
        (LoopKind.Hazard, LoopState.Reinspected) => SettingList.LoopHazardReinspected,
        (LoopKind.Mediation, LoopState.Found) => SettingList.LoopDisputeFound,
        (LoopKind.Mediation, LoopState.Assigned) => SettingList.LoopDisputeAssigned,
        (LoopKind.Mediation, LoopState.Mediated) => SettingList.LoopDisputeMediated,
        (LoopKind.Mediation, LoopState.FollowedUp) => SettingList.LoopDisputeFollowedUp,
        (LoopKind.Mediation, LoopState.Revisited or LoopState.Unsettled) => SettingList.LoopDisputeRevisited,
        (LoopKind.Opinion, LoopState.Received) => SettingList.LoopOpinionReceived,
        (LoopKind.Opinion, LoopState.Owned) => SettingList.LoopOpinionOwned,
        (LoopKind.Opinion, LoopState.Answered) => SettingList.LoopOpinionAnswered,
        (_, LoopState.Referred) => SettingList.LoopReferred,
        (_, LoopState.Replied) => SettingList.LoopReplied,
        _ => null,
    };

    /// <summary>The last day on which the next step of a loop that comes there today is in time; null at an end.</summary>
    public static async Task<DateOnly?> DueAsync(MarketDb db, LoopKind kind, LoopState state, DateOnly today, CancellationToken ct = default) =>
        SettingOf(kind, state) is { } setting ? today.AddDays((int)await SettingBook.ValueAsync(db, setting, today, ct)) : null;
}
