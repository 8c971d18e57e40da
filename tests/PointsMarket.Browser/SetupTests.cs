using PointsMarket.Browser.Kit;

namespace PointsMarket.Browser;

/// <summary>A site just unpacked: nobody has an account.</summary>
public sealed class EmptySite : Site
{
    protected override Task FillAsync() => Task.CompletedTask;
}

/// <summary>The page of the first administrator, which is there only until there is one.</summary>
public sealed class SetupTests(EmptySite site) : IClassFixture<EmptySite>
{
    [Theory, InlineData("desk", "zh-CN", ""), InlineData("phone", "en", "xl")]
    public async Task Setup_OnAnEmptySite_LooksRightAndKeepsWhatWasTyped(string screen, string culture, string size)
    {
        await using var page = await site.OpenAsync(Screens.Named(screen), "/setup", culture, size);
        await page.ShotAsync($"setup-{screen}");
        await page.LooksRightAsync(24);

        await page.Page.Locator("#Input_UserName").FillAsync("zhou");
        await page.Page.Locator("#Input_Password").FillAsync("short");
        await page.Page.Keyboard.PressAsync("Enter");
        await Microsoft.Playwright.Assertions.Expect(page.Page.Locator("[aria-invalid=true]").First).ToBeVisibleAsync();
        Assert.Equal("zhou", await page.Page.Locator("#Input_UserName").InputValueAsync());
        await page.LooksRightAsync(24);
    }
}
