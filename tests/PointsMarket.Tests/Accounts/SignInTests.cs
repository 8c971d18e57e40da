using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Accounts;

/// <summary>Signing in through the forms.</summary>
public sealed class SignInTests(SiteHost site) : IClassFixture<SiteHost>
{
    [Fact]
    public async Task SignIn_WithTheRightPassword_LeadsWhereOneWasGoing()
    {
        var name = await site.AddAccountAsync(Roles.Administrator);
        using var client = site.Visitor();
        await client.GetAsync("/account/security/password");
        Assert.StartsWith("/account/login?returnUrl=", client.Path, StringComparison.Ordinal);
        await client.PostAsync(("Input.Name", name), ("Input.Password", SiteHost.Password));
        Assert.Equal("/account/security/password", client.Path);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("~//evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_WithAForeignWayBack_StaysOnTheSite(string back)
    {
        var name = await site.AddAccountAsync(Roles.Approver);
        using var client = site.Visitor(follow: false);
        await client.GetAsync("/account/login?returnUrl=" + Uri.EscapeDataString(back));
        await client.PostAsync(("Input.Name", name), ("Input.Password", SiteHost.Password));
        using var arrived = await client.Http.GetAsync("/account/arrived?returnUrl=" + Uri.EscapeDataString(back));
        Assert.Equal(HttpStatusCode.Redirect, arrived.StatusCode);
        var to = arrived.Headers.Location!.OriginalString;
        Assert.True(to is "/" or "/desk", to);
    }

    [Fact]
    public async Task SignIn_WithoutName_KeepsWhatWasTypedAndSaysWhatIsMissing()
    {
        using var client = site.Visitor();
        await client.GetAsync("/account/login");
        await client.PostAsync(("Input.Name", "zhang"), ("Input.Password", ""));
        Assert.Equal("请填写密码。", client.ErrorOf("Input.Password"));
        Assert.Equal("zhang", client.Page.QuerySelector("#Input_Name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task SignIn_WrongFiveTimes_RestsTheAccountAndSaysSo_AlikeForNamesThatDoNotExist()
    {
        var name = await site.AddAccountAsync(Roles.Attendant);
        var answers = new List<string>[] { [], [] };
        foreach (var (login, said) in new[] { (name, answers[0]), ("nobody-at-all", answers[1]) })
        {
            using var client = site.Visitor();
            await client.GetAsync("/account/login");
            for (var i = 0; i < 6; i++)
            {
                await client.PostAsync(("Input.Name", login), ("Input.Password", "wrong wrong wrong"));
                said.Add(client.Page.QuerySelector("[role=alert]")!.TextContent.Trim());
            }
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Contains("用户名或密码不对", answers[0][4], StringComparison.Ordinal);
        Assert.Contains("请等 15 分钟", answers[0][5], StringComparison.Ordinal);

        using var locked = site.Visitor();
        await locked.GetAsync("/account/login");
        await locked.PostAsync(("Input.Name", name), ("Input.Password", SiteHost.Password));
        Assert.Contains("请等 15 分钟", locked.Text, StringComparison.Ordinal);
        site.Clock.Advance(TryCount.Rest);
        using var rested = await site.SignInAsAsync(name);
    }

    [Fact]
    public async Task Tries_AllAtOnce_AreAllCounted()
    {
        var name = await site.AddAccountAsync(Roles.Attendant);
        var check = (CheckPassword)site.Services.GetService(typeof(CheckPassword))!;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => check.ExecuteAsync(name, "wrong wrong wrong")));
        Assert.Equal(TryCount.LockAfter, outcomes.Count(o => o is CheckPassword.Outcome.Wrong));
        Assert.Equal(12 - TryCount.LockAfter, outcomes.Count(o => o is CheckPassword.Outcome.Locked));
    }

    [Fact]
    public async Task SignIn_TriedTooOftenFromOneAddress_IsToldToWait_WhileReadingIsFree()
    {
        await using var braked = await SiteHost.StartAsync(settings: ("Accounts:TriesPerMinute", "3"));
        using var client = braked.Visitor();
        for (var i = 0; i < 4; i++)
        {
            await client.GetAsync("/account/login");
            Assert.Equal(HttpStatusCode.OK, client.Status);
            await client.PostAsync(("Input.Name", $"name-{i}"), ("Input.Password", "wrong wrong wrong"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, client.Status);
        Assert.Contains("请等一分钟再试", client.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_ByForm_EndsTheSession()
    {
        using var client = await site.SignInAsync(Roles.Approver);
        await client.GetAsync("/account/logout");
        await client.PostAsync("form[method=post]");
        Assert.StartsWith("/account/login", client.Path, StringComparison.Ordinal);
        Assert.Contains("已经退出登录", client.Text, StringComparison.Ordinal);
        await client.GetAsync("/account/security");
        Assert.StartsWith("/account/login", client.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_AfterTheStampChanged_EndsWithinAMinute()
    {
        var name = await site.AddAccountAsync(Roles.Approver);
        using var client = await site.SignInAsAsync(name);
        await site.Writes.RunAsync(db => db.Users.Where(u => u.UserName == name).ExecuteUpdateAsync(s => s.SetProperty(u => u.SecurityStamp, "changed")));
        site.Clock.Advance(TimeSpan.FromSeconds(61));
        await client.GetAsync("/account/security");
        Assert.StartsWith("/account/login", client.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_LeftAlone_EndsAfterEightHours()
    {
        using var client = await site.SignInAsync(Roles.Approver);
        site.Clock.Advance(TimeSpan.FromHours(5));
        await client.GetAsync("/account/security");
        Assert.Equal("/account/security", client.Path);
        site.Clock.Advance(TimeSpan.FromHours(7)); // slid at the last page
        await client.GetAsync("/account/security");
        Assert.Equal("/account/security", client.Path);
        site.Clock.Advance(TimeSpan.FromHours(8.1));
        await client.GetAsync("/account/security");
        Assert.StartsWith("/account/login", client.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneTimePassword_AfterSignIn_OpensOnlyThePageThatReplacesIt()
    {
        var name = await site.AddAccountAsync(Roles.Administrator, change: u => u.PasswordIsOneTime = true);
        using var client = await site.SignInAsAsync(name);
        Assert.Equal("/account/security/password", client.Path);
        await client.PostAsync(("Input.Present", SiteHost.Password), ("Input.Wanted", SiteHost.Password), ("Input.Again", SiteHost.Password));
        Assert.Contains("请换一个", client.ErrorOf("Input.Wanted"), StringComparison.Ordinal);
        await client.PostAsync(("Input.Present", "wrong wrong wrong"), ("Input.Wanted", "a sentence of mine"), ("Input.Again", "a sentence of mine"));
        Assert.Contains("不对", client.ErrorOf("Input.Present"), StringComparison.Ordinal);
        await client.PostAsync(("Input.Present", SiteHost.Password), ("Input.Wanted", "a sentence of mine"), ("Input.Again", "a sentence of mine"));
        Assert.Equal("/account/security", client.Path);
        Assert.False(await site.ReadAsync(db => db.Users.Where(u => u.UserName == name).Select(u => u.PasswordIsOneTime).SingleAsync()));
    }

    [Fact]
    public async Task Identity_SavingThroughItsManager_WritesThroughTheOneWriter()
    {
        using var scope = site.Services.CreateScope();
        var users = (UserManager<AppUser>)scope.ServiceProvider.GetService(typeof(UserManager<AppUser>))!;
        var user = new AppUser { UserName = "identity-itself", DisplayName = "I", CreatedAt = site.Clock.GetUtcNow().UtcDateTime };
        Assert.True((await users.CreateAsync(user, SiteHost.Password)).Succeeded);
        Assert.True((await users.AddToRoleAsync(user, Roles.Auditor)).Succeeded);
        Assert.True((await users.SetPhoneNumberAsync(user, "1")).Succeeded);
        Assert.True(await site.ReadAsync(db => db.UserRoles.AnyAsync(r => r.UserId == user.Id && db.Roles.Any(x => x.Id == r.RoleId && x.Name == Roles.Auditor))));
        Assert.Equal("1", await site.ReadAsync(db => db.Users.Where(u => u.Id == user.Id).Select(u => u.PhoneNumber).SingleAsync()));
    }
}
