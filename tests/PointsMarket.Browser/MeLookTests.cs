using PointsMarket.Browser.Kit;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Browser;

/// <summary>Every page of a member's phone in both languages and all text sizes: axe, targets, no scrolling sideways.</summary>
[Collection("site")]
public sealed class MeLookTests(Site site)
{
    [Theory]
    [InlineData("phone", "zh-CN", "")]
    [InlineData("phone", "zh-CN", "xl")]
    [InlineData("phone", "en", "")]
    [InlineData("phone", "en", "xl")]
    [InlineData("desk", "zh-CN", "")]
    public async Task MyPages_OnAPhone_LookRight(string screen, string culture, string size)
    {
        var name = $"{screen}-{culture}{size}";
        var member = await site.Village.NewcomerAsync(60, "张桂兰");
        await site.Village.StockAsync("O1", "RICE5", 2);
        foreach (var (category, points) in new[] { ("patrol", 5), ("hazard-found", 10), ("dispute", 30), ("care", 8) })
        {
            await site.Village.ReportAsync(member, category, points);
        }

        await using var me = await site.MemberAsync(member, "/me", Screens.Named(screen), culture, size);
        await me.ShotAsync("me-new-" + name);
        await me.LooksRightAsync(44);
        await me.GoAsync("/me/redemptions");
        await me.ShotAsync("me-none-" + name);
        await me.LooksRightAsync(44);

        await using (var kiosk = await site.KioskAsync(Screens.Kiosk))
        {
            await kiosk.StepUpAsync(member);
            await kiosk.ChooseAsync("RICE5");
            await kiosk.ChooseAsync("SOAP");
            await kiosk.GoAsync("/kiosk/confirm");
            await kiosk.Page.Locator("form[data-once] button").TapAsync();
            await Microsoft.Playwright.Assertions.Expect(kiosk.Page.Locator(".k-ticket .code")).ToBeVisibleAsync();
        }

        foreach (var path in new[] { "/me", "/me/card", "/me/ledger", "/me/redemptions" })
        {
            await me.GoAsync(path);
            await me.ShotAsync(path[1..].Replace('/', '-') + "-" + name);
            await me.LooksRightAsync(44);
        }

        await me.Page.Locator(".p-wide").First.ClickAsync();
        await Microsoft.Playwright.Assertions.Expect(me.Page.Locator(".p-facts")).ToBeVisibleAsync();
        await me.ShotAsync("me-redemption-" + name);
        await me.LooksRightAsync(44);
    }
}
