using System.Globalization;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Settings;

/// <summary>
/// Who proposes and who decides on settings: administrators and finance of a whole station, never on their own. Where there is only
/// one of them, an approver of a whole station is the second pair of eyes.
/// </summary>
public static class SettingJudges
{
    /// <summary>The roles that propose and decide.</summary>
    public static IReadOnlyList<string> Who { get; } = [Roles.Administrator, Roles.Finance];

    /// <summary>True when this account may decide on changes that are not its own.</summary>
    public static Task<bool> MayAsync(MarketDb db, int userId, string areaPath, CancellationToken ct = default) => SecondPair.MayAsync(db, Who, userId, areaPath, ct);

    /// <summary>True when this account may propose.</summary>
    public static Task<bool> MayProposeAsync(MarketDb db, int userId, string areaPath, CancellationToken ct = default) => SecondPair.HasAsync(db, Who, userId, areaPath, ct);

    internal static Task<IReadOnlyList<int>> ToldAsync(MarketDb db, Actor proposer, CancellationToken ct) => SecondPair.ToldAsync(db, Who, proposer, ct);
}

/// <summary>Settings as the change record keeps them.</summary>
internal static class SettingText
{
    /// <summary>Such as <c>cover.warn-below 100 → 95, from 2026-12-01</c>.</summary>
    public static string Of(SettingProposal proposal) => string.Create(CultureInfo.InvariantCulture,
        $"{string.Join("; ", proposal.Lines.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Setting} {l.Before} → {l.Value}")))}, from {proposal.From:yyyy-MM-dd}");
}
