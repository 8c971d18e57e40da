using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Browser.Kit;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>Finance takes a month with differences to "balanced" and closes it; the auditor draws a sample. In a browser.</summary>
[Collection("desk")]
public sealed class ReconciliationTests(Site site)
{
    private const string Password = "correct horse battery", Fund = "rec-fund";

    private static readonly DateOnly Month = LastMonth();

    private static string MonthText => Month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    private IServiceProvider Services => site.Services;

    [Fact]
    public async Task Month_WithDifferences_IsTakenToBalancedAndClosed()
    {
        await SeedAsync();
        await using var finance = await SignInAsync(Screens.Desk, "rec-finance", "zh-CN", "");
        await using var admin = await SignInAsync(Screens.Desk, "rec-admin", "en", "");
        await TakeAsync(finance, "Bank", $"fund,date,reference,amount_fen,description\n{Fund},{MonthText}-05,REC1,500000,拨款\n{Fund},{MonthText}-12,,-120000,买大米\n{Fund},{MonthText}-20,,8800,捐款\n");
        await TakeAsync(finance, "Stocktake", "outlet,sku,counted\nRO1,SOAP,28\n");
        await finance.Page.GetByRole(AriaRole.Button, new() { Name = "开始对账" }).ClickAsync();
        await Expect(finance.Page).ToHaveURLAsync(new Regex(@"/finance/reconciliation/\d+$"));
        var shown = new Uri(finance.Page.Url).AbsolutePath;
        await Expect(finance.Page.Locator(".verdict h2")).ToContainTextAsync("还有 2 处没有处理");
        await finance.ShotAsync("recon-open");
        await finance.LooksRightAsync(24);

        // The donation that the books missed.
        await finance.Page.Locator("table.t tbody a", new() { HasText = "银行有" }).ClickAsync();
        await finance.Page.GetByRole(AriaRole.Link, new() { Name = "补记这笔账" }).ClickAsync();
        await finance.Page.FillAsync("#Input_Words", "李老板的捐款，漏记了");
        await finance.ShotAsync("recon-item");
        await finance.LooksRightAsync(24);
        await finance.Page.GetByRole(AriaRole.Button, new() { Name = "补记入账" }).ClickAsync();
        await Expect(finance.Page.Locator(".note[role=status]")).ToContainTextAsync("已补记入账");

        // Two pieces of soap that are not there: two people.
        await finance.GoAsync(shown);
        await finance.Page.Locator("table.t tbody a", new() { HasText = "盘点数不符" }).ClickAsync();
        await finance.Page.FillAsync("#Input_Words", "受潮，已扔");
        await finance.Page.GetByRole(AriaRole.Button, new() { Name = "签字" }).ClickAsync();
        await Expect(finance.Page.Locator(".note[role=status]")).ToContainTextAsync("还要请另一位同事签");
        await admin.GoAsync(new Uri(finance.Page.Url).AbsolutePath);
        await admin.Page.FillAsync("#Input_Words", "Counted again, two are missing");
        await admin.LooksRightAsync(24);
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Sign", Exact = true }).ClickAsync();
        await Expect(admin.Page.Locator(".note[role=status]")).ToContainTextAsync("Signed by two");

        await finance.GoAsync($"/finance/reconciliation/month/{MonthText}");
        await finance.Page.GetByRole(AriaRole.Button, new() { Name = "重新对账" }).ClickAsync();
        await Expect(finance.Page.Locator(".verdict h2")).ToContainTextAsync("账实相符");
        await finance.ShotAsync("recon-balanced");
        await finance.Page.GetByRole(AriaRole.Button, new() { Name = "签字并关账" }).ClickAsync();
        await Expect(finance.Page.Locator(".note[role=status]")).ToBeVisibleAsync();
        await admin.GoAsync(new Uri(finance.Page.Url).AbsolutePath);
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Sign and close" }).ClickAsync();
        await Expect(admin.Page.Locator(".note[role=status]")).ToContainTextAsync("is closed");
        await admin.ShotAsync("recon-closed");
        await admin.LooksRightAsync(24);
    }

    [Theory, InlineData("desk", "zh-CN", ""), InlineData("phone", "en", "xl")]
    public async Task Pages_OnEveryScreen_LookRight(string screen, string culture, string size)
    {
        await SeedAsync();
        await using (var finance = await SignInAsync(Screens.Named(screen), "rec-finance", culture, size))
        {
            foreach (var (path, name) in ((string, string)[])[("/finance/reconciliation", "recon-list"), ($"/finance/reconciliation/month/{MonthText}", "recon-month"), ($"/finance/reconciliation/month/{Month.AddMonths(-1):yyyy-MM}", "recon-empty")])
                await LookAsync(finance, path, name);
        }
        await using (var admin = await SignInAsync(Screens.Named(screen), "rec-admin", culture, size)) await LookAsync(admin, "/desk/cover", "cover");
        await using var auditor = await SignInAsync(Screens.Named(screen), "rec-auditor", culture, size);
        await LookAsync(auditor, "/finance/audit", "audit");
        await auditor.Page.FillAsync("#Input_Month", MonthText);
        await auditor.Page.FillAsync("#Input_Size", "3");
        await auditor.Page.Locator("form.m-row button").ClickAsync();
        await Expect(auditor.Page.Locator("section.rc-sample").First).ToBeVisibleAsync();
        await auditor.ShotAsync($"audit-sample-{screen}-{culture}{size}");
        await auditor.LooksRightAsync(24);

        async Task LookAsync(Watched page, string path, string name)
        {
            await page.GoAsync(path);
            await page.ShotAsync($"{name}-{screen}-{culture}{size}");
            await page.LooksRightAsync(24);
        }
    }

    private static async Task TakeAsync(Watched finance, string kind, string text)
    {
        await finance.GoAsync($"/finance/reconciliation/month/{MonthText}");
        await finance.Page.SetInputFilesAsync($"#file-{kind}", new FilePayload { Name = $"{kind}-{MonthText}.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
        await finance.Page.Locator("form.rc-file", new() { Has = finance.Page.Locator($"#file-{kind}") }).Locator("button").ClickAsync();
        await finance.ShotAsync($"recon-look-{kind}");
        await finance.LooksRightAsync(24);
        await finance.Page.GetByRole(AriaRole.Button, new() { Name = "确认导入" }).ClickAsync();
        await Expect(finance.Page.Locator(".note[role=status]")).ToContainTextAsync("已导入");
    }

    private static DateOnly LastMonth()
    {
        var day = StationTime.Day(DateTime.UtcNow).AddMonths(-1);
        return new DateOnly(day.Year, day.Month, 1);
    }

    private async Task<Watched> SignInAsync(BrowserNewContextOptions screen, string user, string culture, string size)
    {
        var page = await site.OpenAsync(screen, "/account/login", culture, size);
        await page.Page.FillAsync("#Input_Name", user);
        await page.Page.FillAsync("#Input_Password", Password);
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page).Not.ToHaveURLAsync(new Regex("login"));
        return page;
    }

    /// <summary>A station of its own with one fund, one outlet and a month behind it.</summary>
    private Task<int> SeedAsync() => Services.GetRequiredService<MarketWrites>().RunAsync(async db =>
    {
        if (await db.Areas.AnyAsync(a => a.Code == "REC")) return 0;
        var book = await Journal.OpenBookAsync(db, "REC");
        var station = new Area { Code = "REC", Name = "对账派出所", Kind = AreaKind.Station, Path = "REC/", BookId = book };
        db.AddRange(station, new Outlet { Code = "RO1", Name = "对账兑换点", Area = station });
        await db.SaveChangesAsync();
        foreach (var (name, role) in ((string, string)[])[("rec-finance", Roles.Finance), ("rec-admin", Roles.Administrator), ("rec-auditor", Roles.Auditor)])
        {
            var user = new AppUser
            {
                UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = "周会计", SecurityStamp = Guid.NewGuid().ToString("N"), PasswordHash = AccountPasswords.Hash(Password),
                LockoutEnabled = true, CreatedAt = DateTime.UtcNow, AreaId = station.Id,
            };
            db.Users.Add(user);
            await db.SaveChangesAsync();
            db.UserRoles.Add(new IdentityUserRole<int> { UserId = user.Id, RoleId = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync() });
        }
        var lots = Services.GetRequiredService<LotBook>();
        var (cash, soap) = (AccountCode.Cash(Fund), await db.Goods.SingleAsync(g => g.Sku == "SOAP"));
        (string, string, int, Posting)[] moves =
        [
            ("REC1", TransactionKinds.Grant, 5, new Posting(AccountCode.Grant(Fund), cash, Asset.Money, 500_000)), ("REC2", TransactionKinds.Purchase, 11, new Posting(cash, AccountCode.Spent(Fund, "purchase"), Asset.Money, 120_000)),
            ("REC3", TransactionKinds.Delivery, 13, new Posting(AccountCode.Purchase, AccountCode.Shelf("RO1"), soap.Asset, 30)),
        ];
        foreach (var (reference, kind, day, posting) in moves)
        {
            await lots.PostAsync(db, new TransactionRequest
            {
                BookId = book, Key = reference, Kind = kind, Subject = reference, HappenedAt = StationTime.StartOf(Month.AddDays(day - 1)), Actor = Actor.System("test"), Postings = [posting],
            });
        }
        return await db.SaveChangesAsync();
    });
}
