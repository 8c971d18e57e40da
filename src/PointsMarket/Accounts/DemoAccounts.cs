using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;

namespace PointsMarket.Accounts;

/// <summary>
/// One account for each role on the demo station, with one known password. For Development only: whoever calls this decides
/// that, and nothing else in the library does.
/// </summary>
public sealed class DemoAccounts(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The password of all of them.</summary>
    public const string Password = "points-market-demo";

    /// <summary>Role, user name and name on screen.</summary>
    public static IReadOnlyList<(string Role, string UserName, string DisplayName)> All { get; } =
    [
        (Roles.Administrator, "admin", "顾站长"),
        (Roles.Approver, "approver", "沈警官"),
        (Roles.Attendant, "attendant", "陆师傅"),
        (Roles.Finance, "finance", "钱会计"),
        (Roles.Auditor, "auditor", "严审计"),
        (Roles.Sponsor, "sponsor", "爱心企业"),
        (Roles.Member, "member", "成员"),
    ];

    /// <summary>
    /// Makes those that are missing and whose station, firm or member is there; the number made. Leaves every account that
    /// is there as it is.
    /// </summary>
    public async Task<int> ExecuteAsync(CancellationToken ct = default)
    {
        var hash = AccountPasswords.Hash(Password); // outside the door
        return await writes.RunAsync(async db =>
        {
            var made = 0;
            var names = await db.Users.Select(u => u.UserName!).ToListAsync();
            foreach (var (role, userName, displayName) in All.Where(a => !names.Contains(a.UserName)))
            {
                var user = NewAccount.Of(userName, displayName, hash, clock.GetUtcNow().UtcDateTime);
                if (!await PlaceAsync(db, user, role)) continue;
                db.Users.Add(user);
                await db.SaveChangesAsync();
                var roleId = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync();
                db.UserRoles.Add(new IdentityUserRole<int> { UserId = user.Id, RoleId = roleId });
                db.ChangeRecords.Add(AccountStamps.Change(user.CreatedAt, Actor.System("demo"), "account.created", user.Id, role));
                await db.SaveChangesAsync();
                made++;
            }

            return made;
        }, ct);
    }

    private static async Task<bool> PlaceAsync(MarketDb db, AppUser user, string role)
    {
        switch (role)
        {
            case Roles.Sponsor:
                var firm = await db.Sponsors.OrderBy(s => s.Code).Select(s => new { s.Id, s.Name }).FirstOrDefaultAsync();
                (user.SponsorId, user.DisplayName) = (firm?.Id, firm?.Name ?? user.DisplayName);
                return firm is not null;
            case Roles.Member:
                var member = await db.Members.Where(m => m.Left == null && m.Kind != MemberKind.Informant && !db.Users.Any(u => u.MemberId == m.Id))
                    .OrderBy(m => m.Number).Select(m => new { m.Id, m.Name }).FirstOrDefaultAsync();
                (user.MemberId, user.DisplayName) = (member?.Id, member?.Name ?? user.DisplayName);
                return member is not null;
            default:
                user.AreaId = await db.Areas.Where(a => a.Kind == AreaKind.Station).OrderBy(a => a.Code).Select(a => (int?)a.Id).FirstOrDefaultAsync();
                return user.AreaId is not null;
        }
    }
}
