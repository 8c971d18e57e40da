using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
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
    /// <summary>True when this account may decide on changes that are not its own.</summary>
    /// <param name="db">A context.</param>
    /// <param name="userId">The account.</param>
    /// <param name="areaPath">The path of its area.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<bool> MayAsync(MarketDb db, int userId, string areaPath, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await StationMonth.BookAsync(db, areaPath, ct) is null) return false;
        var administrators = await AccountStamps.Administrators(db).Select(u => u.Id).ToListAsync(ct);
        if (administrators.Contains(userId)) return true;
        return administrators.Count <= 1 && await Approvers(db).AnyAsync(u => u.Id == userId, ct);
    }

    /// <summary>The accounts to tell of a proposal: all who may decide on it.</summary>
    internal static async Task<IReadOnlyList<int>> ToldAsync(MarketDb db, Actor proposer, CancellationToken ct)
    {
        var administrators = await AccountStamps.Administrators(db)
            .Where(u => u.Area == null || u.Area.Kind == AreaKind.Station).Select(u => u.Id).ToListAsync(ct);
        var told = administrators.Count > 1 ? administrators : [.. administrators, .. await Approvers(db).Select(u => u.Id).ToListAsync(ct)];
        return [.. told.Distinct().Where(id => Actor.User(id) != proposer)];
    }

    /// <summary>The account behind an actor; null for anybody but a signed-in user.</summary>
    internal static int? AccountOf(string actor) =>
        actor.StartsWith("user:", StringComparison.Ordinal) && int.TryParse(actor["user:".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static IQueryable<AppUser> Approvers(MarketDb db) => db.Users.Where(u => u.Area != null && u.Area.Kind == AreaKind.Station
        && db.UserRoles.Any(r => r.UserId == u.Id && db.Roles.Any(x => x.Id == r.RoleId && x.Name == Roles.Approver)));
}

/// <summary>A rule as the change record keeps it.</summary>
internal static class RuleText
{
    /// <summary>Such as <c>dispute 30, 2 a day, - a month, Text, from 2026-11-23</c>.</summary>
    public static string Of(ScoringRule? rule) => rule is null ? "-" : string.Create(CultureInfo.InvariantCulture,
        $"{rule.Category} {rule.Points}, {rule.ReportsPerDay?.ToString(CultureInfo.InvariantCulture) ?? "-"} a day, {rule.PointsPerMonth?.ToString(CultureInfo.InvariantCulture) ?? "-"} a month, {rule.Evidence}, from {rule.From:yyyy-MM-dd}");
}
