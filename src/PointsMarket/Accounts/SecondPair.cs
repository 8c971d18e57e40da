using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Accounts;

/// <summary>
/// Two people for what holds for a whole station: one proposes, another of the same roles decides. Where there is only one of them,
/// an approver of a whole station is the second pair of eyes, so that nothing changes by one person's hand.
/// </summary>
internal static class SecondPair
{
    /// <summary>True when this account may decide on changes that are not its own.</summary>
    public static async Task<bool> MayAsync(MarketDb db, IReadOnlyList<string> roles, int userId, string areaPath, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await StationMonth.BookAsync(db, areaPath, ct) is not null && await DecidesAsync(db, roles, userId, null, ct);
    }

    /// <summary>As <see cref="MayAsync"/>, for what is one station's own: only people of that station count and decide.</summary>
    public static Task<bool> MayInAsync(MarketDb db, IReadOnlyList<string> roles, int userId, string areaPath, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return DecidesAsync(db, roles, userId, areaPath, ct);
    }

    /// <summary>The accounts to tell of a proposal: all who may decide on it; with <paramref name="station"/>, of one that is that station's own.</summary>
    public static async Task<IReadOnlyList<int>> ToldAsync(MarketDb db, IReadOnlyList<string> roles, Actor proposer, CancellationToken ct, string? station = null)
    {
        ArgumentNullException.ThrowIfNull(db);
        var judges = await Of(db, roles, station).Select(u => u.Id).ToListAsync(ct);
        var told = judges.Count > 1 ? judges : [.. judges, .. await Of(db, [Roles.Approver], station).Select(u => u.Id).ToListAsync(ct)];
        return [.. told.Distinct().Where(id => Actor.User(id) != proposer)];
    }

    /// <summary>True when this account has one of the roles for a whole station.</summary>
    public static async Task<bool> HasAsync(MarketDb db, IReadOnlyList<string> roles, int userId, string areaPath, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await StationMonth.BookAsync(db, areaPath, ct) is not null && await Of(db, roles).AnyAsync(u => u.Id == userId, ct);
    }

    /// <summary>The account behind an actor; null for anybody but a signed-in user.</summary>
    public static int? AccountOf(string actor) =>
        actor.StartsWith("user:", StringComparison.Ordinal) && int.TryParse(actor["user:".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static async Task<bool> DecidesAsync(MarketDb db, IReadOnlyList<string> roles, int userId, string? station, CancellationToken ct)
    {
        var judges = await Of(db, roles, station).Select(u => u.Id).ToListAsync(ct);
        if (judges.Contains(userId)) return true;
        return judges.Count <= 1 && await Of(db, [Roles.Approver], station).AnyAsync(u => u.Id == userId, ct);
    }

    /// <summary>Those with one of the roles for a whole station, any or the one with that path, who are not locked for good.</summary>
    private static IQueryable<AppUser> Of(MarketDb db, IReadOnlyList<string> roles, string? station = null)
    {
        var all = db.Users.Where(u => u.Area != null && u.Area.Kind == AreaKind.Station
            && (u.LockoutEnd == null || u.LockoutEnd != TryCount.Forever)
            && db.UserRoles.Any(r => r.UserId == u.Id && db.Roles.Any(x => x.Id == r.RoleId && roles.Contains(x.Name!))));
        return station is null ? all : all.Where(u => u.Area!.Path == station);
    }
}
