using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Browser.Kit;

/// <summary>Accounts of people at the desk of the village's station.</summary>
public static class StaffAccounts
{
    public const string Password = "correct horse battery";

    /// <summary>Makes one with a role and gives its user name.</summary>
    public static async Task<string> AddAsync(Site site, string role)
    {
        var name = $"s{Guid.NewGuid():N}"[..12];
        await site.Services.GetRequiredService<MarketWrites>().RunAsync(async db =>
        {
            var user = new AppUser
            {
                UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = "沈警官", SecurityStamp = Guid.NewGuid().ToString("N"), PasswordHash = AccountPasswords.Hash(Password),
                LockoutEnabled = true, CreatedAt = DateTime.UtcNow, AreaId = await db.Areas.Where(a => a.Path == TestVillage.Path).Select(a => a.Id).SingleAsync(),
            };
            db.Users.Add(user);
            await db.SaveChangesAsync();
            db.UserRoles.Add(new IdentityUserRole<int> { UserId = user.Id, RoleId = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync() });
            return await db.SaveChangesAsync();
        });
        return name;
    }
}
