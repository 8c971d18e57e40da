using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PointsMarket.Browser.Kit;
using PointsMarket.Tests.Kit;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>A redemption from beginning to end, as a person does it.</summary>
[Collection("site")]
public sealed class KioskFlowTests(Site site)
{
    [Theory]
    [InlineData("kiosk", "zh-CN")]
    [InlineData("tall", "zh-CN")]
    [InlineData("kiosk", "en")]
    public async Task Redemption_ByTouchOnTheKeypad_EndsWithASlip(string screen, string culture)
    {
        var member = await site.Village.NewcomerAsync(100);
        await site.Village.StockAsync("O1", "RICE5", 1);
        await using var kiosk = await site.KioskAsync(Screens.Named(screen), culture: culture);
        var page = kiosk.Page;
        foreach (var key in TestVillage.NumberOf(member) + TestVillage.Pin)
        {
            await page.Locator($"[data-key='{key}']").TapAsync();
        }

        await page.Locator("form[data-scan] .primary").TapAsync();
        await kiosk.ChooseAsync("RICE5");
        await kiosk.ChooseAsync("SOAP");
        await kiosk.ChooseAsync("SOAP");
        await Expect(page.Locator("[data-total]")).ToHaveTextAsync("36");
        await page.Locator("#m-SOAP").TapAsync();
        await Expect(page.Locator("[data-total]")).ToHaveTextAsync("33");
        await page.Locator(".k-cart .primary").TapAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/kiosk/confirm$"));
        await page.Locator("form[data-once] button").TapAsync();
        var code = page.Locator(".k-ticket .code");
        await Expect(code).ToHaveTextAsync(new Regex(@"^\d{3} \d{3}$"));
        var first = await code.TextContentAsync();

        await page.ReloadAsync();
        await Expect(code).ToHaveTextAsync(first!);
        await page.Locator(".k-rate button").First.TapAsync();
        await Expect(page.Locator(".k-rate [aria-pressed=true]")).ToHaveCountAsync(1);
        await page.GoBackAsync();
        await Expect(page.Locator("form[data-once]")).ToHaveCountAsync(0);

        await kiosk.GoAsync("/kiosk/slip");
        await Expect(code).ToHaveTextAsync(first!);
        await page.Locator(".k-actions .primary").TapAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/kiosk$"));
        await page.GoBackAsync();
        await Expect(page.Locator(".k-ticket")).ToHaveCountAsync(0);
        Assert.Equal(67, await site.Village.PointsOfAsync(member));
    }

    [Fact]
    public async Task Card_TypedByAScannerWhereverTheFocusIs_OpensTheShop()
    {
        var member = await site.Village.NewcomerAsync(0);
        await using var kiosk = await site.KioskAsync(Screens.Kiosk);
        await kiosk.Page.Locator("#code").FillAsync("12");
        await kiosk.Page.Locator("#pin").FocusAsync();
        await kiosk.StepUpAsync(member);
        await kiosk.GoAsync("/kiosk/leave");
        await kiosk.Page.Locator(".k-hero").ClickAsync();
        await kiosk.StepUpAsync(member);
    }

    [Theory]
    [InlineData("kiosk")]
    [InlineData("tall")]
    public async Task Redemption_WithoutScript_WorksToo(string screen)
    {
        var member = await site.Village.NewcomerAsync(100);
        await using var kiosk = await site.KioskAsync(new(Screens.Named(screen)) { JavaScriptEnabled = false });
        var page = kiosk.Page;
        await kiosk.ShotAsync("noscript-identify-" + screen);
        await page.Locator("#code").FillAsync(TestVillage.NumberOf(member));
        await page.Locator("#pin").FillAsync("1111");
        await page.Locator("#pin").PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("还可以再试 5 次");
        await Expect(page.Locator("#code")).ToHaveValueAsync(TestVillage.NumberOf(member));
        await page.Locator("#pin").FillAsync(TestVillage.Pin);
        await page.Locator("#pin").PressAsync("Enter");
        await page.Locator("#p-SOAP").ClickAsync();
        await Expect(page.Locator("[data-total]")).ToHaveTextAsync("3");
        await page.Locator("#p-SOAP").ClickAsync();
        await Expect(page.Locator("[data-total]")).ToHaveTextAsync("6");
        await kiosk.ShotAsync("noscript-shop-" + screen);
        await page.Locator(".k-cart .primary").ClickAsync();
        await page.Locator("form[data-once] button").ClickAsync();
        await Expect(page.Locator(".k-ticket .code")).ToBeVisibleAsync();
        await kiosk.ShotAsync("noscript-slip-" + screen);
        await page.Locator(".k-actions .primary").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/kiosk$"));
    }

    [Fact]
    public async Task Screen_LeftAlone_LeavesByItself()
    {
        var member = await site.Village.NewcomerAsync(100);
        await using var kiosk = await site.KioskAsync(Screens.Kiosk);
        await kiosk.Page.Clock.InstallAsync();
        await kiosk.StepUpAsync(member);
        await kiosk.Page.Clock.RunForAsync(45_000);
        await Expect(kiosk.Page.Locator("[data-idle]")).ToContainTextAsync("秒后退出");
        await kiosk.Page.Locator(".k-cart h2").TapAsync();
        await kiosk.Page.Clock.RunForAsync(30_000);
        await Expect(kiosk.Page.Locator(".k-shop")).ToBeVisibleAsync();
        await kiosk.Page.Clock.RunForAsync(31_000);
        await Expect(kiosk.Page).ToHaveURLAsync(new Regex("/kiosk$"));
        Assert.DoesNotContain(await kiosk.Page.Context.CookiesAsync(), c => c.Name == "pm.kiosk-visit");
    }

    [Fact]
    public async Task LastBag_ChosenAtTwoScreens_IsToldInWords()
    {
        await site.Village.StockAsync("O2", "OIL1", 1);
        await using var left = await site.KioskAsync(Screens.Kiosk, outlet: "O2");
        await using var right = await site.KioskAsync(Screens.Tall, outlet: "O2");
        foreach (var screen in new[] { left, right })
        {
            await screen.StepUpAsync(await site.Village.NewcomerAsync(100));
            await screen.ChooseAsync("OIL1");
            await screen.GoAsync("/kiosk/confirm");
        }

        await left.Page.Locator("form[data-once] button").TapAsync();
        await Expect(left.Page.Locator(".k-ticket .code")).ToBeVisibleAsync();
        await right.Page.Locator("form[data-once] button").TapAsync();
        await Expect(right.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("刚刚被别人换完了");
        await right.ShotAsync("shop-just-gone-tall");
        await right.LooksRightAsync(60);
        await right.Page.Locator("#m-OIL1").TapAsync();
        await Expect(right.Page.Locator("[data-total]")).ToHaveTextAsync("0");
    }

    [Fact]
    public async Task Slip_Printed_FitsAnEightyMillimetreRoll()
    {
        var member = await site.Village.NewcomerAsync(100);
        await using var kiosk = await site.KioskAsync(Screens.Kiosk);
        await kiosk.StepUpAsync(member);
        await kiosk.ChooseAsync("SOAP");
        await kiosk.GoAsync("/kiosk/confirm");
        await kiosk.Page.Locator("form[data-once] button").TapAsync();
        await Expect(kiosk.Page.Locator(".k-ticket .code")).ToBeVisibleAsync();
        await kiosk.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await kiosk.Page.SetViewportSizeAsync(302, 800); // 80 mm
        await kiosk.ShotAsync("slip-printed");
        Assert.True(await kiosk.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 302);
        await Expect(kiosk.Page.Locator(".k-ticket .qr")).ToBeVisibleAsync();
        await Expect(kiosk.Page.Locator(".k-rate")).ToBeHiddenAsync();
    }
}
