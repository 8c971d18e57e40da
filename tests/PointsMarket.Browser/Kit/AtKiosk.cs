using Microsoft.Playwright;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Browser.Kit;

/// <summary>A screen that is paired with an outlet of the village.</summary>
public static class AtKiosk
{
    /// <summary>Opens a path of the kiosk on a newly paired screen.</summary>
    public static async Task<Watched> KioskAsync(
        this Site site, BrowserNewContextOptions screen, string path = "/kiosk", string culture = "zh-CN", string size = "", string outlet = "O1")
    {
        var (_, token) = await site.Village.PairAsync(outlet);
        return await site.OpenAsync(
            screen, path, culture, size,
            cookie: new() { Name = "pm.kiosk", Value = token, Url = site.Url, HttpOnly = true, SameSite = SameSiteAttribute.Strict });
    }

    /// <summary>Types a card's digits and Enter, as a scanner does.</summary>
    public static async Task ScanAsync(this Watched page, string card)
    {
        await page.Page.Keyboard.TypeAsync(card);
        await page.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Steps up with a member's card and waits for the shop.</summary>
    public static async Task StepUpAsync(this Watched page, string member = TestVillage.Zhang)
    {
        await page.ScanAsync(TestVillage.CardOf(member));
        await Assertions.Expect(page.Page.Locator(".k-shop")).ToBeVisibleAsync();
    }

    /// <summary>One tap on "choose", or on plus when it is chosen already; waits until the basket shows it.</summary>
    public static async Task ChooseAsync(this Watched page, string sku)
    {
        var total = await page.Page.Locator("[data-total]").TextContentAsync();
        await page.Page.Locator($"#p-{sku}").TapAsync();
        await Assertions.Expect(page.Page.Locator("[data-total]")).Not.ToHaveTextAsync(total!);
    }
}
