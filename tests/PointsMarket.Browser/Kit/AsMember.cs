using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PointsMarket.Accounts;
using PointsMarket.Data;

namespace PointsMarket.Browser.Kit;

/// <summary>A member signed in on a phone.</summary>
public static class AsMember
{
    private const string Password = "correct horse battery";

    /// <summary>Makes an account for a member of the village, signs in through the form and opens a path.</summary>
    public static async Task<Watched> MemberAsync(
        this Site site, string member, string path = "/me", BrowserNewContextOptions? screen = null, string culture = "zh-CN", string size = "")
    {
        var name = $"m{Guid.NewGuid():N}"[..12];
        var id = await site.Village.MemberIdAsync(member);
        await site.Services.GetRequiredService<MarketWrites>().RunAsync(async db =>
        {
            var user = new AppUser
            {
                UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = "member", MemberId = id, SecurityStamp = Guid.NewGuid().ToString("N"),
                PasswordHash = AccountPasswords.Hash(Password), LockoutEnabled = true, CreatedAt = DateTime.UtcNow,
            };
            db.Users.Add(user);
            await db.SaveChangesAsync();
            db.UserRoles.Add(new IdentityUserRole<int> { UserId = user.Id, RoleId = await db.Roles.Where(r => r.Name == Roles.Member).Select(r => r.Id).SingleAsync() });
            return await db.SaveChangesAsync();
        });
        var page = await site.OpenAsync(screen ?? Screens.Phone, "/account/login", culture, size);
        await page.Page.Locator("#Input_Name").FillAsync(name);
        await page.Page.Locator("#Input_Password").FillAsync(Password);
        await page.Page.Locator("#Input_Password").PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator(".p-body")).ToBeVisibleAsync();
        await page.GoAsync(path);
        return page;
    }
}
