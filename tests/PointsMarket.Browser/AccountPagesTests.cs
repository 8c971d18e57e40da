using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Browser.Kit;
using PointsMarket.Data;
using PointsMarket.Ledger;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>Signing in and the accounts, as they are seen.</summary>
[Collection("site")]
public sealed class AccountPagesTests(Site site) : IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await site.Services.GetRequiredService<MarketWrites>().RunAsync(async db =>
        {
            if (await db.Areas.AnyAsync(a => a.Kind == AreaKind.Station)) return 0;
            db.Areas.Add(new Area { Code = "STA", Name = "兴谷派出所", Kind = AreaKind.Station, Path = "STA/", BookId = await Journal.OpenBookAsync(db, "STA") });
            return await db.SaveChangesAsync();
        });
        await site.Services.GetRequiredService<DemoAccounts>().ExecuteAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public static TheoryData<string, string, string> Everywhere()
    {
        var all = new TheoryData<string, string, string>();
        foreach (var screen in new[] { "phone", "desk" })
        {
            foreach (var culture in new[] { "zh-CN", "en" })
            {
                foreach (var size in new[] { "", "xl" }) all.Add(screen, culture, size);
            }
        }

        return all;
    }

    [Theory, MemberData(nameof(Everywhere))]
    public async Task SignIn_AndSecurity_LookRight(string screen, string culture, string size)
    {
        var name = $"{screen}-{culture}{size}";
        await using var page = await site.OpenAsync(Screens.Named(screen), "/account/login", culture, size);
        await page.ShotAsync($"login-{name}");
        await page.LooksRightAsync(44);
        await page.Page.FillAsync("#Input_Name", $"nobody-{name.ToLowerInvariant()}");
        await page.Page.FillAsync("#Input_Password", "wrong wrong wrong");
        await page.Page.ClickAsync(".sign button.primary");
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.ShotAsync($"login-wrong-{name}");
        await page.LooksRightAsync(44);

        await SignInAsync(page, "approver");
        foreach (var (path, shot) in new[] { ("/account/security", "security"), ("/account/security/password", "password"), ("/account/security/two-step", "two-step") })
        {
            await page.GoAsync(path);
            await page.ShotAsync($"{shot}-{name}");
            await page.LooksRightAsync(44);
        }
    }

    [Theory, MemberData(nameof(Everywhere))]
    public async Task Accounts_OnDeskAndPhone_LookRight(string screen, string culture, string size)
    {
        var name = $"{screen}-{culture}{size}";
        await using var page = await site.OpenAsync(Screens.Named(screen), "/account/login", culture, size);
        await SignInAsync(page, "admin");
        await page.GoAsync("/admin/accounts");
        await page.ShotAsync($"accounts-{name}");
        await page.LooksRightAsync(24);
        await page.GoAsync("/admin/accounts/add");
        await page.ShotAsync($"accounts-add-{name}");
        await page.LooksRightAsync(24);
        await page.Page.FillAsync("#Input_UserName", $"shot.{screen}.{culture.ToLowerInvariant()}{size}");
        await page.Page.FillAsync("#Input_DisplayName", "周小兰");
        await page.Page.ClickAsync("form.form button.primary");
        await page.ShotAsync($"accounts-refused-{name}");
        await page.LooksRightAsync(24);
        await page.Page.CheckAsync("[value=Auditor]");
        await page.Page.SelectOptionAsync("#Input_AreaId", new SelectOptionValue { Index = 1 });
        await page.Page.ClickAsync("form.form button.primary");
        await Expect(page.Page.Locator(".secret code")).ToBeVisibleAsync();
        await page.ShotAsync($"accounts-made-{name}");
        await page.LooksRightAsync(24);
    }

    [Fact]
    public async Task TwoStep_SetUpByHand_ShowsCodesOnce()
    {
        await using var page = await site.OpenAsync(Screens.Phone, "/account/login");
        await SignInAsync(page, "auditor");
        await page.GoAsync("/account/security/two-step");
        var key = await page.Page.Locator("details code").TextContentAsync();
        await page.Page.FillAsync("#Input_Code", Totp.CodeAt(key!.Replace(" ", "", StringComparison.Ordinal), DateTime.UtcNow));
        await page.Page.ClickAsync(".sign button.primary");
        await Expect(page.Page.Locator(".codes code")).ToHaveCountAsync(10);
        await page.ShotAsync("codes-phone-zh-CN");
        await page.LooksRightAsync(44);
        await page.GoAsync("/account/logout");
        await page.ShotAsync("logout-phone-zh-CN");
        await page.LooksRightAsync(44);
        await page.Page.ClickAsync(".sign button.primary");
        await page.Page.FillAsync("#Input_Name", "auditor");
        await page.Page.FillAsync("#Input_Password", DemoAccounts.Password);
        await page.Page.ClickAsync(".sign button.primary");
        await Expect(page.Page.Locator("#Input_Code")).ToBeVisibleAsync();
        await page.ShotAsync("code-phone-zh-CN");
        await page.LooksRightAsync(44);
    }

    [Fact]
    public async Task StartPage_InDevelopment_SignsInWithOneTap()
    {
        await using var page = await site.OpenAsync(Screens.Desk, "/");
        await page.ShotAsync("start-demo");
        await page.LooksRightAsync(44);
        await page.Page.Locator(".s-demo button").First.ClickAsync();
        await page.GoAsync("/admin/accounts");
        await Expect(page.Page.Locator(".a-side .me a").Last).ToHaveTextAsync("顾站长");
    }

    private static async Task SignInAsync(Watched page, string user)
    {
        await page.GoAsync("/account/login");
        await page.Page.FillAsync("#Input_Name", user);
        await page.Page.FillAsync("#Input_Password", DemoAccounts.Password);
        await page.Page.ClickAsync(".sign button.primary");
        await Expect(page.Page.Locator("#Input_Password")).ToHaveCountAsync(0);
    }
}
