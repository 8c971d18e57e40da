using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;

namespace PointsMarket.Tests.Kit;

/// <summary>Accounts for operations that ask whose they are; nobody signs in with them.</summary>
public static class TestAccounts
{
    /// <summary>Adds one and gives its key.</summary>
    public static Task<int> AddAccountAsync(this TestMarket market, string role, string? area = "STA/", int? memberId = null) => market.Writes.RunAsync(async db =>
    {
        var name = Guid.NewGuid().ToString("N");
        var user = new AppUser
        {
            UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = role, SecurityStamp = name, LockoutEnabled = true, MemberId = memberId,
            CreatedAt = market.Clock.GetUtcNow().UtcDateTime, AreaId = area is null ? null : await db.Areas.Where(a => a.Path == area).Select(a => a.Id).SingleAsync(),
        };
        db.Users.Add(user);
        await db.SaveChangesAsync();
        db.UserRoles.Add(new IdentityUserRole<int> { UserId = user.Id, RoleId = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync() });
        await db.SaveChangesAsync();
        return user.Id;
    });
}
