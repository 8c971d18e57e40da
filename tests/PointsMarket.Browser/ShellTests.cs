using Microsoft.Playwright;
using PointsMarket.Browser.Kit;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

[Collection("site")]
public sealed class ShellTests(Site site)
{
    public static TheoryData<string, string, string> Everywhere()
    {
        var all = new TheoryData<string, string, string>();
        foreach (var screen in new[] { "kiosk", "tall", "phone", "desk" })
        {
            foreach (var culture in new[] { "zh-CN", "en" })
            {
                foreach (var size in new[] { "", "xl" })
                {
                    all.Add(screen, culture, size);
                }
            }
        }

        return all;
    }

    [Theory, MemberData(nameof(Everywhere))]
    public async Task StartPage_OnEveryScreen_LooksRight(string screen, string culture, string size)
    {
        await using var page = await site.OpenAsync(Screens.Named(screen), "/", culture, size);
        await page.ShotAsync($"start-{screen}-{culture}{size}");
        await page.LooksRightAsync(44);
    }

    [Theory, MemberData(nameof(Everywhere))]
    public async Task ErrorPage_OnEveryScreen_LooksRight(string screen, string culture, string size)
    {
        await using var page = await site.OpenAsync(Screens.Named(screen), "/no-such-page", culture, size, allowed: 404);
        await page.ShotAsync($"error-{screen}-{culture}{size}");
        await page.LooksRightAsync(44);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Switches_WithAndWithoutScript_ChangeSizeAndLanguage(bool script)
    {
        await using var page = await site.OpenAsync(new(Screens.Phone) { JavaScriptEnabled = script }, "/");
        var html = page.Page.Locator("html");
        foreach (var size in new[] { "l", "xl" })
        {
            await page.Page.GetByRole(AriaRole.Link, new() { Name = "大字" }).TapAsync();
            await Expect(html).ToHaveAttributeAsync("data-size", size);
        }

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "English" }).TapAsync();
        await Expect(html).ToHaveAttributeAsync("lang", "en");
        await Expect(html).ToHaveAttributeAsync("data-size", "xl");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Larger text" }).TapAsync();
        await Expect(html).Not.ToHaveAttributeAsync("data-size", "xl");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "中文" }).TapAsync();
        await Expect(html).ToHaveAttributeAsync("lang", "zh-CN");
    }
}
