using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Settings;

namespace PointsMarket.Cases;

/// <summary>What the settings said of cases on a day. A claim goes by the terms of the day it was approved.</summary>
/// <param name="LateDays">How late it may be settled and still earn a share.</param>
/// <param name="LateShare">That share, per cent.</param>
public sealed record CaseTerms(int LateDays, int LateShare)
{
    /// <summary>The terms of a claim that was approved at a time (UTC).</summary>
    public static async Task<CaseTerms> OfAsync(MarketDb db, DateTime? approvedAt, CancellationToken ct)
    {
        if (approvedAt is not { } at) return new CaseTerms(CaseReward.LateDays, CaseReward.LateShare);
        var values = await SettingBook.ValuesAsync(db, [SettingList.CaseLateDays, SettingList.CaseLateShare], StationTime.Day(at), ct);
        return new CaseTerms((int)values[SettingList.CaseLateDays], (int)values[SettingList.CaseLateShare]);
    }
}
