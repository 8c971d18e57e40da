using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PointsMarket.Accounts;
using PointsMarket.Browser.Kit;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>The import page as it is seen: upload, what is wrong, what would be done, what was done.</summary>
[Collection("desk")]
public sealed class ImportTests(Site site)
{
    [Theory]
    [InlineData("desk", "zh-CN", "")]
    [InlineData("desk", "en", "")]
    [InlineData("phone", "zh-CN", "xl")]
    [InlineData("phone", "en", "")]
    public async Task Import_OnDeskAndPhone_LooksRight(string screen, string culture, string size)
    {
        var name = $"{screen}-{culture}{size}";
        await site.Services.GetRequiredService<DemoAccounts>().ExecuteAsync();
        await using var page = await site.OpenAsync(Screens.Named(screen), "/account/login?returnUrl=%2Fadmin%2Fimport", culture, size);
        await page.Page.FillAsync("#Input_Name", "admin");
        await page.Page.FillAsync("#Input_Password", DemoAccounts.Password);
        await page.Page.ClickAsync(".sign button.primary");
        await page.GoAsync("/admin/import");
        await page.ShotAsync($"import-{name}");
        await page.LooksRightAsync(24);

        await UploadAsync(page, "code,name\nS61,好心粮油\nS62,=1+1\nS 3,坏\n");
        await page.ShotAsync($"import-bad-{name}");
        await page.LooksRightAsync(24);

        await page.GoAsync("/admin/import");
        var code = Guid.NewGuid().ToString("N")[..8];
        await UploadAsync(page, $"code,name\nS{code},好心粮油\n");
        await page.ShotAsync($"import-ready-{name}");
        await page.LooksRightAsync(24);

        await page.Page.ClickAsync("main button.primary");
        await Expect(page.Page.Locator("main .note")).ToBeVisibleAsync();
        await page.ShotAsync($"import-done-{name}");
        await page.LooksRightAsync(24);
    }

    private static async Task UploadAsync(Watched page, string text)
    {
        await page.Page.SetInputFilesAsync("#Input_Files", new FilePayload { Name = "sponsors.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
        await page.Page.ClickAsync("main button.primary");
        await Expect(page.Page.Locator("#import-state")).ToBeVisibleAsync();
    }
}
