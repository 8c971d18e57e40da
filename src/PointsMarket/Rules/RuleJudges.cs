using System.Globalization;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tasks;

namespace PointsMarket.Rules;

/// <summary>
/// Who decides on the rule book: an administrator of a whole station who did not propose the change. Where there is only one
/// administrator, an approver of a whole station is the second pair of eyes, so that no rule changes by one person's hand.
/// </summary>
public static class RuleJudges
{
    private static readonly string[] Who = [Roles.Administrator];

    /// <summary>True when this account may decide on changes that are not its own.</summary>
    /// <param name="db">A context.</param>
    /// <param name="userId">The account.</param>
    /// <param name="areaPath">The path of its area.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<bool> MayAsync(MarketDb db, int userId, string areaPath, CancellationToken ct = default) => SecondPair.MayAsync(db, Who, userId, areaPath, ct);

    /// <summary>The accounts to tell of a proposal: all who may decide on it.</summary>
    internal static Task<IReadOnlyList<int>> ToldAsync(MarketDb db, Actor proposer, CancellationToken ct) => SecondPair.ToldAsync(db, Who, proposer, ct);
}

/// <summary>A rule as the change record keeps it.</summary>
internal static class RuleText
{
    /// <summary>Such as <c>dispute 30, 2 a day, - a month, Text, from 2026-11-23</c>.</summary>
    public static string Of(ScoringRule? rule) => rule is null ? "-" : rule.Retired ? string.Create(CultureInfo.InvariantCulture, $"{rule.Category} retired from {rule.From:yyyy-MM-dd}") : string.Create(CultureInfo.InvariantCulture,
        $"{rule.Category} {rule.Points}, {rule.ReportsPerDay?.ToString(CultureInfo.InvariantCulture) ?? "-"} a day, {rule.PointsPerMonth?.ToString(CultureInfo.InvariantCulture) ?? "-"} a month, {rule.Evidence}, from {rule.From:yyyy-MM-dd}");
}
