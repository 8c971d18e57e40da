using PointsMarket.Data;
using PointsMarket.Settings;

namespace PointsMarket.Assessments;

/// <summary>Which numbers hold for a month: those in force on its last day, so that a month is explained as it was worked out.</summary>
public static class AssessmentPolicies
{
    private static readonly IReadOnlyList<Setting> Asked = [.. SettingList.Of("assessment")];

    /// <summary>The policy of a month.</summary>
    public static async Task<AssessmentPolicy> OfAsync(MarketDb db, DateOnly month, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var values = await SettingBook.ValuesAsync(db, Asked, LastDay(month), ct);
        int Of(Setting setting) => (int)values[setting];
        return new AssessmentPolicy
        {
            WorkloadWeight = Of(SettingList.WeightWorkload), QualityWeight = Of(SettingList.WeightQuality), EvaluationWeight = Of(SettingList.WeightEvaluation),
            ManagerTarget = Of(SettingList.TargetGridManager), MemberTarget = Of(SettingList.TargetGridMember), InformantTarget = Of(SettingList.TargetInformant), VolunteerTarget = Of(SettingList.TargetVolunteer),
            ExcellentFrom = Of(SettingList.ExcellentFrom), CompetentFrom = Of(SettingList.CompetentFrom), ExcellentBonus = Of(SettingList.BonusExcellent), CompetentBonus = Of(SettingList.BonusCompetent),
            ObjectionDays = Of(SettingList.ObjectionDays),
        };
    }

    internal static DateOnly LastDay(DateOnly month) => new DateOnly(month.Year, month.Month, 1).AddMonths(1).AddDays(-1);
}
