using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PointsMarket.Accounts;
using PointsMarket.Browser.Kit;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;
using PointsMarket.Tips;
using PointsMarket.Unsealing;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>A tip from a phone to the kiosk, and every page of tips and sealed names looked at.</summary>
[Collection("site")]
public sealed class TipTests(Site site)
{
    [Theory]
    [InlineData("zh-CN", "")]
    [InlineData("en", "")]
    [InlineData("zh-CN", "xl")]
    public async Task Tip_FromAPhone_IsAnsweredRewardedAndSpentAtTheKiosk(string culture, string size)
    {
        var name = $"{culture}{size}";
        var keep = $"?culture={culture}&size={size}";
        await using var phone = await site.OpenAsync(Screens.Phone, "/tip" + keep, culture, size);
        var page = phone.Page;
        await phone.ShotAsync("tip-form-" + name);
        await phone.LooksRightAsync(44);
        await page.Locator("input[value=Gambling]").CheckAsync();
        await page.Locator("#Input_Text").FillAsync("Every night after ten, behind the old barn");
        await page.Locator("#Input_Pin").FillAsync("849302");
        await FullAsync(page, "tip-form-whole-" + name);
        await page.Locator(".t-form .primary").TapAsync();
        await Expect(page.Locator("[data-code]")).ToBeVisibleAsync();
        await phone.ShotAsync("tip-sent-" + name);
        await phone.LooksRightAsync(44);
        var code = await page.Locator("[data-code]").TextContentAsync();

        await AtDeskAsync(culture, size, name);
        await OpenAsync(phone, code!, keep);
        await phone.ShotAsync("tip-box-" + name);
        await phone.LooksRightAsync(44);
        await page.Locator("#more").FillAsync("Three of them");
        await page.Locator(".t-form .primary").TapAsync();
        await Expect(page.Locator(".t-lines .own")).ToHaveCountAsync(2);

        await GrantAsync();
        await OpenAsync(phone, code!, keep);
        await FullAsync(page, "tip-voucher-" + name);
        await phone.LooksRightAsync(44);
        var lost = (await page.Locator("[data-voucher]").TextContentAsync())!;
        await page.Locator(".t-lost summary").TapAsync();
        await phone.LooksRightAsync(44);
        await page.Locator(".t-lost .btn").TapAsync();
        await Expect(page.Locator("[data-voucher]")).Not.ToHaveTextAsync(lost); // the old one is dead
        await FullAsync(page, "tip-voucher-new-" + name);
        var number = (await page.Locator("[data-voucher]").TextContentAsync())!.Replace(" ", "");
        await SpendAsync(number, culture, size, name);
        Assert.DoesNotContain(await page.Context.CookiesAsync(), c => c.Name is not ("pm.form" or "pm.language" or "pm.size"));
    }

    [Fact]
    public async Task Tip_WithAPhotoThatIsTooLarge_SaysWhichBeforeItIsSentAndAfter()
    {
        var large = Path.Combine(Path.GetTempPath(), $"tip-{Guid.NewGuid():N}.jpg");
        await using (var file = File.Create(large)) file.SetLength(60 * 1024 * 1024);
        try
        {
            await using var phone = await site.OpenAsync(Screens.Phone, "/tip?culture=en", "en");
            await phone.Page.Locator("input[value=Gambling]").CheckAsync();
            await phone.Page.Locator("#Input_Text").FillAsync("Every night after ten");
            await phone.Page.Locator("#Input_Photos").SetInputFilesAsync(large);
            await Expect(phone.Page.Locator("#Input_Photos-error")).ToContainTextAsync("Photo 1 is too large");
            await phone.Page.Locator(".t-form .primary").TapAsync();
            await Expect(phone.Page.Locator("#Input_Text")).ToHaveValueAsync("Every night after ten"); // nothing was sent, nothing is lost
            await phone.ShotAsync("tip-photo-too-large");
            await phone.LooksRightAsync(44);
        }
        finally
        {
            File.Delete(large);
        }
        // Without script the server answers, on a real connection and in words.
        using var http = new HttpClient();
        using var form = new MultipartFormDataContent { { new StringContent("Gambling"), "Input.Kind" }, { new ByteArrayContent(new byte[60 * 1024 * 1024]), "Input.Photos", "a.jpg" } };
        using var answer = await http.PostAsync(site.Url + "/tip?culture=en", form);
        Assert.Equal(System.Net.HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("Nothing was kept", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("desk", "zh-CN", "")]
    [InlineData("desk", "en", "")]
    [InlineData("phone", "zh-CN", "xl")]
    public async Task SealedNames_AskedForApprovedAndShown_LookRight(string screen, string culture, string size)
    {
        var name = $"{screen}-{culture}{size}";
        await site.Services.GetRequiredService<SealInformants>().ExecuteAsync();
        var id = await site.Village.MemberIdAsync(TestVillage.Informant);
        await using var first = await StaffAsync(Roles.Approver, $"/desk/unsealings/ask/{id}", screen, culture, size);
        await first.ShotAsync("unseal-ask-" + name);
        await first.LooksRightAsync(24);
        await first.Page.Locator("#Input_Reason").FillAsync("需要出庭作证，法院要求核实身份");
        await first.Page.Locator("form.form .primary").ClickAsync();
        await Expect(first.Page).ToHaveURLAsync(new Regex(@"/desk/unsealings/\d+$"));
        var path = new Uri(first.Page.Url).AbsolutePath;
        await using var second = await StaffAsync(Roles.Administrator, path, screen, culture, size);
        await second.ShotAsync("unseal-decide-" + name);
        await second.LooksRightAsync(24);
        await second.Page.Locator("form[action*=approve i] button").ClickAsync();
        await first.GoAsync(path);
        await first.Page.Locator("form[action*=show i] button").ClickAsync();
        await Expect(first.Page.Locator("[data-identity]")).ToHaveTextAsync("孙不言");
        await first.ShotAsync("unseal-shown-" + name);
        await first.LooksRightAsync(24);
        foreach (var other in (string[])["/desk/unsealings", "/desk/tips?show=all", "/finance/sealed"])
        {
            await second.GoAsync(other);
            await second.ShotAsync(other.Split('?')[0][1..].Replace('/', '-') + "-" + name);
            await second.LooksRightAsync(24);
        }
        Assert.True(await ReadAsync(db => db.UnsealEvents.AnyAsync(e => e.Step == UnsealStep.Shown)));
    }

    private async Task AtDeskAsync(string culture, string size, string name)
    {
        var reference = await ReadAsync(db => db.Tips.Where(t => t.State == TipState.Received).Select(t => t.Reference).FirstAsync());
        await using var desk = await StaffAsync(Roles.Approver, "/desk/tips", "desk", culture, size);
        await desk.ShotAsync("tips-list-" + name);
        await desk.LooksRightAsync(24);
        await desk.GoAsync($"/desk/tips/{reference}");
        await desk.ShotAsync("tips-cover-" + name);
        await desk.LooksRightAsync(24);
        await desk.Page.Locator("form[action$='handler=open'] button").ClickAsync();
        await desk.Page.Locator("#text").FillAsync("How many of them?");
        await desk.Page.Locator("form[action$='handler=answer'] button").ClickAsync();
        await desk.Page.Locator("form[action$='handler=close'] button").First.ClickAsync();
        await desk.ShotAsync("tips-open-" + name);
        await desk.LooksRightAsync(24);
        await desk.Page.Locator("button[value='100']").ClickAsync();
        await Expect(desk.Page.Locator(".note.ok").First).ToBeVisibleAsync();
        await desk.ShotAsync("tips-rewarded-" + name);
    }

    /// <summary>As if the reward had been decided last week.</summary>
    private async Task GrantAsync()
    {
        var day = PointsMarket.Areas.StationTime.Day(DateTime.UtcNow).AddDays(-8);
        await site.Services.GetRequiredService<MarketWrites>().RunAsync(async db =>
        {
            await db.TipBatches.ExecuteDeleteAsync(); // the test before this one had this week's
            return await db.Tips.Where(t => t.Reward == TipRewardState.Approved).ExecuteUpdateAsync(s => s.SetProperty(t => t.ApprovedOn, day));
        });
        Assert.Equal(1, await site.Services.GetRequiredService<GrantTipRewards>().ExecuteAsync());
    }

    private async Task SpendAsync(string number, string culture, string size, string name)
    {
        await using var kiosk = await site.KioskAsync(Screens.Kiosk, culture: culture, size: size);
        await kiosk.ShotAsync("kiosk-identify-voucher-" + name);
        await kiosk.LooksRightAsync(60);
        await kiosk.GoAsync("/kiosk/voucher");
        await kiosk.ShotAsync("kiosk-voucher-" + name);
        await kiosk.LooksRightAsync(60);
        if (size.Length == 0) await kiosk.ScanAsync(number);
        else
        {
            foreach (var key in number) await kiosk.Page.Locator($"[data-key='{key}']").TapAsync();
            await kiosk.Page.Locator("form[data-scan] .primary").TapAsync();
        }
        await Expect(kiosk.Page.Locator(".k-shop")).ToBeVisibleAsync();
        await kiosk.ShotAsync("kiosk-voucher-shop-" + name);
        await kiosk.ChooseAsync("SOAP");
        await kiosk.GoAsync("/kiosk/confirm");
        await kiosk.Page.Locator("form[data-once] button").TapAsync();
        await Expect(kiosk.Page.Locator(".k-ticket .code")).ToBeVisibleAsync();
        await kiosk.ShotAsync("kiosk-voucher-slip-" + name);
        await kiosk.LooksRightAsync(60);
    }

    private static async Task OpenAsync(Watched phone, string code, string keep)
    {
        await phone.GoAsync("/tip/mailbox" + keep);
        await phone.LooksRightAsync(44);
        await phone.Page.Locator("#code").FillAsync(code);
        await phone.Page.Locator("#pin").FillAsync("849302");
        await phone.Page.Locator(".t-form .primary").TapAsync();
        await Expect(phone.Page.Locator(".t-box")).ToBeVisibleAsync();
    }

    private async Task<Watched> StaffAsync(string role, string path, string screen, string culture, string size)
    {
        var user = await StaffAccounts.AddAsync(site, role);
        var page = await site.OpenAsync(Screens.Named(screen), "/account/login?returnUrl=" + Uri.EscapeDataString(path), culture, size);
        await page.Page.Locator("#Input_Name").FillAsync(user);
        await page.Page.Locator("#Input_Password").FillAsync(StaffAccounts.Password);
        await page.Page.Locator("#Input_Password").PressAsync("Enter");
        await Expect(page.Page.Locator(".a-main")).ToBeVisibleAsync();
        return page;
    }

    private async Task<T> ReadAsync<T>(Func<MarketDb, Task<T>> read)
    {
        await using var db = site.Services.GetRequiredService<MarketContexts>().Read();
        return await read(db);
    }

    /// <summary>The whole page, for looking at.</summary>
    private static async Task FullAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SHOTS") is { Length: > 0 } folder) await page.ScreenshotAsync(new() { FullPage = true, Path = Path.Combine(folder, name + ".png") });
    }
}
