using Microsoft.Playwright;
using PointsMarket.Browser.Kit;
using PointsMarket.Tests.Kit;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>Every page of the kiosk on both screens, in both languages and all text sizes: axe, targets, no scrolling sideways.</summary>
[Collection("site")]
public sealed class KioskLookTests(Site site)
{
    public static TheoryData<string, string, string> Everywhere()
    {
        var all = new TheoryData<string, string, string>();
        foreach (var screen in new[] { "kiosk", "tall" })
        {
            foreach (var (culture, size) in new[] { ("zh-CN", ""), ("zh-CN", "l"), ("zh-CN", "xl"), ("en", ""), ("en", "xl") }) all.Add(screen, culture, size);
        }

        return all;
    }

    [Theory, MemberData(nameof(Everywhere))]
    public async Task Kiosk_FromPairingToSlip_LooksRight(string screen, string culture, string size)
    {
        await site.Village.StockAsync("O1", "RICE5", 2);
        await site.Village.StockAsync("O1", "SOAP", 2);
        var member = await site.Village.NewcomerAsync();
        var name = $"{screen}-{culture}{size}";

        await using var fresh = await site.OpenAsync(Screens.Named(screen), "/kiosk", culture, size);
        await Expect(fresh.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/kiosk/pair$"));
        await LooksRightAsync(fresh, "pair-" + name);

        await using var page = await site.KioskAsync(Screens.Named(screen), "/kiosk", culture, size);
        await LooksRightAsync(page, "identify-" + name);
        await page.Page.Locator("#code").FillAsync(TestVillage.NumberOf(TestVillage.WithoutPin));
        await page.Page.Locator("#pin").FillAsync("0000");
        await page.Page.Locator("form[data-scan] .primary").TapAsync();
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await LooksRightAsync(page, "identify-error-" + name);
        await page.GoAsync("/kiosk/help");
        await LooksRightAsync(page, "help-" + name);
        await page.GoAsync("/kiosk");

        await page.StepUpAsync(member);
        await LooksRightAsync(page, "shop-empty-" + name);
        await page.ChooseAsync("RICE5");
        await page.ChooseAsync("SOAP");
        await page.ChooseAsync("SOAP");
        await LooksRightAsync(page, "shop-" + name);
        await page.GoAsync("/kiosk/confirm");
        await LooksRightAsync(page, "confirm-" + name);
        await page.Page.Locator("form[data-once] button").TapAsync();
        await Expect(page.Page.Locator(".k-ticket .code")).ToBeVisibleAsync();
        await LooksRightAsync(page, "slip-" + name);
        await page.GoAsync("/kiosk/waiting");
        await LooksRightAsync(page, "waiting-" + name);
    }

    private static async Task LooksRightAsync(Watched page, string shot)
    {
        await page.ShotAsync(shot);
        await page.LooksRightAsync(60);
    }
}
