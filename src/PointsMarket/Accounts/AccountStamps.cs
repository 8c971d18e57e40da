using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Accounts;

/// <summary>What the operations on accounts share.</summary>
internal static class AccountStamps
{
    /// <summary>A new security stamp: cookies with the old one are refused.</summary>
    public static string New() => Guid.NewGuid().ToString("N");

    public static ChangeRecord Change(DateTime at, Actor actor, string action, int userId, string? detail = null) =>
        new() { At = at, Actor = actor.Code, Action = action, Subject = $"user:{userId}", Detail = detail };

    /// <summary>True when the password is the account's; counted like a sign-in.</summary>
    public static async Task<bool> ProveAsync(MarketContexts contexts, TryCount tries, int userId, string password, CancellationToken ct)
    {
        if (await tries.CountAsync(userId, ct) is not null) return false;
        await using var db = contexts.Read();
        var hash = await db.Users.Where(u => u.Id == userId).Select(u => u.PasswordHash).SingleAsync(ct);
        if (!AccountPasswords.Matches(hash, password)) return false;
        await tries.ForgetAsync(userId);
        return true;
    }

    /// <summary>
    /// Takes turns among operations that look at who is an administrator before they change it: on a server database by
    /// writing to the role's row first. On SQLite the door does it.
    /// </summary>
    public static Task TakeTurnAsync(MarketDb db) => db.Roles.Where(r => r.Name == Roles.Administrator)
        .ExecuteUpdateAsync(s => s.SetProperty(r => r.ConcurrencyStamp, New()));

    /// <summary>The administrators who are not locked for good.</summary>
    public static IQueryable<AppUser> Administrators(MarketDb db) => db.Users.Where(u => (u.LockoutEnd == null || u.LockoutEnd != TryCount.Forever)
        && db.UserRoles.Any(r => r.UserId == u.Id && db.Roles.Any(x => x.Id == r.RoleId && x.Name == Roles.Administrator)));
}
