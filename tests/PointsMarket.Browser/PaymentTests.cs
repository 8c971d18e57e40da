using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Browser.Kit;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;
using PointsMarket.Settings;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>A payment from the first word to the book, and the pages of funds and settings, in a browser.</summary>
[Collection("desk")]
public sealed class PaymentTests(Site site)
{
    private const string Password = "correct horse battery";

    private IServiceProvider Services => site.Services;

    [Fact]
    public async Task Payment_AskedApprovedTwiceAndPaid_MakesBalanceAndBookAgree()
    {
        await SeedAsync();
        await using var finance = await SignInAsync(Screens.Desk, "fund-finance", "zh-CN", "");
        await finance.GoAsync("/finance/payments/ask");
        await finance.Page.SelectOptionAsync("#Input_Purpose", "Goods");
        await finance.Page.FillAsync("#Input_Amount", "1234.50");
        await finance.Page.FillAsync("#Input_Payee", "好又多超市");
        await finance.Page.FillAsync("#Input_Words", "秋天的大米");
        await finance.Page.GetByRole(AriaRole.Button, new() { Name = "提交审批" }).ClickAsync();
        await Expect(finance.Page).ToHaveURLAsync(new Regex(@"/finance/payments/\d+$"));
        var path = new Uri(finance.Page.Url).AbsolutePath;
        await Expect(finance.Page.Locator(".f-ladder li.done")).ToHaveCountAsync(1);

        foreach (var (user, screen) in ((string, BrowserNewContextOptions)[])[("fund-one", Screens.Phone), ("fund-two", Screens.Desk)])
        {
            await using var approver = await SignInAsync(screen, user, "zh-CN", "");
            await approver.GoAsync("/finance/payments");
            await approver.Page.GetByRole(AriaRole.Link, new() { Name = "秋天的大米" }).ClickAsync();
            await Expect(approver.Page).ToHaveURLAsync(new Regex(path + "$"));
            await approver.Page.GetByRole(AriaRole.Button, new() { Name = "批准", Exact = true }).ClickAsync();
            await Expect(approver.Page.Locator(".note[role=status]")).ToContainTextAsync(user == "fund-one" ? "还要等别人" : "等财务付款");
        }

        await finance.GoAsync(path);
        await finance.Page.FillAsync("#Paid_Reference", "YH-2026-77");
        await finance.Page.GetByRole(AriaRole.Button, new() { Name = "记为已付" }).ClickAsync();
        await Expect(finance.Page.Locator(".note[role=status]")).ToContainTextAsync("已记入账本");
        await finance.ShotAsync("payment-paid");
        await finance.GoAsync("/finance/funds/fnd-fund");
        await Expect(finance.Page.Locator("main")).ToContainTextAsync("¥18,764.50");
        await Expect(finance.Page.Locator("main")).ToContainTextAsync("YH-2026-77");

        await using var db = Services.GetRequiredService<MarketContexts>().Read();
        var book = await db.Areas.Where(a => a.Code == "FND").Select(a => a.BookId).SingleAsync();
        Assert.Equal(1_876_450, await db.BalanceAsync(book, AccountCode.Cash("fnd-fund"), Asset.Money));
        Assert.All(await Services.GetRequiredService<LedgerVerifier>().VerifyAsync(db), r => Assert.True(r.IsClean, string.Join('\n', r.Findings)));
    }

    [Theory, InlineData("desk", "zh-CN", ""), InlineData("phone", "en", "xl")]
    public async Task Pages_OnEveryScreen_LookRight(string screen, string culture, string size)
    {
        await SeedAsync();
        var (waiting, back, movement, proposal) = await ReadAsync(async db => (await db.Payments.Where(p => p.Words == "大额采购").Select(p => p.Id).SingleAsync(), await db.Payments.Where(p => p.Words == "付错了的").Select(p => p.Id).SingleAsync(), await db.FundMovements.Where(m => m.Reference == "FND0001").Select(m => m.Id).SingleAsync(),
            await db.SettingProposals.Where(p => p.Group == "stock").Select(p => p.Id).FirstAsync()));
        await using var finance = await SignInAsync(Screens.Named(screen), "fund-finance", culture, size);
        foreach (var (path, name) in ((string, string)[])[
            ("/finance/funds", "funds"), ("/finance/funds/fnd-fund", "fund"), ("/finance/funds/fnd-fund/grant", "fund-grant"), ("/finance/funds/fnd-fund/budget", "fund-budget"), ($"/finance/funds/movement/{movement}", "fund-movement"),
            ("/finance/payments?show=All", "payments"), ($"/finance/payments/{waiting}", "payment"), ($"/finance/payments/{back}", "payment-back"), ("/finance/payments/ask", "payment-ask"),
            ("/admin/settings", "settings"), ("/admin/settings/propose?group=assessment", "settings-propose"), ($"/admin/settings/{proposal}", "settings-change"), ("/admin/settings/history/stock.expiring-soon-days", "settings-history")])
            await LookAsync(finance, path, name);
        await using var admin = await SignInAsync(Screens.Named(screen), "fund-two", culture, size);
        await LookAsync(admin, "/finance/payments", "payments-mine");
        await LookAsync(admin, $"/finance/payments/{back}", "payment-back-approver");

        async Task LookAsync(Watched page, string path, string name)
        {
            await page.GoAsync(path);
            await page.ShotAsync($"{name}-{screen}-{culture}{size}");
            await page.LooksRightAsync(24);
        }
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

    /// <summary>A station with a fund of 20,000 yuan, a payment that waits, a budget, and a change of settings that waits.</summary>
    private async Task SeedAsync()
    {
        var made = await Services.GetRequiredService<MarketWrites>().RunAsync(AddAsync);
        if (made is not var (book, finance)) return;
        var today = StationTime.Day(DateTime.UtcNow);
        var by = new PaymentActor { UserId = finance, AreaPath = "FND/" };
        await Services.GetRequiredService<EnterGrant>().ExecuteAsync(new EnterGrant.Input { Fund = "fnd-fund", Reference = "FND0001", Day = today, AmountFen = 2_000_000, Note = "镇政府拨款", By = by });
        await Services.GetRequiredService<SetBudget>().ExecuteAsync(new SetBudget.Input { Fund = "fnd-fund", Year = today.Year, Fen = new Dictionary<FundPurpose, long> { [FundPurpose.Goods] = 500_000 }, By = by });
        await Services.GetRequiredService<AskForPayment>().ExecuteAsync([new AskForPayment.Input
        {
            BookId = book, Fund = "fnd-fund", Purpose = FundPurpose.Cards, Payee = "好又多超市", Words = "大额采购", Key = "fnd:1", Lines = [new(null, 400_000)], Actor = Actor.System("test"),
        }]);
        await BackAsync(book, by, today);
        await Services.GetRequiredService<ProposeSettings>().ExecuteAsync(new ProposeSettings.Input
        {
            Group = "stock", Values = new Dictionary<Setting, long> { [SettingList.ExpiringSoonDays] = 45 }, From = today.AddDays(3), Reason = "早一点知道", UserId = finance, AreaPath = "FND/",
        });
    }

    /// <summary>A payment with evidence that was made and waits to be taken back.</summary>
    private async Task BackAsync(int book, PaymentActor finance, DateOnly today)
    {
        var asked = (AskForPayment.Asked)await Services.GetRequiredService<AskForPayment>().ExecuteAsync([new AskForPayment.Input
        {
            BookId = book, Fund = "fnd-fund", Purpose = FundPurpose.Goods, Payee = "好又多超市", Words = "付错了的", Key = "fnd:2", Lines = [new(null, 0_100)], Actor = Actor.System("test"),
            Files = [new("送货单 2026-11.txt", "大米 1 袋"u8.ToArray())],
        }]);
        var approver = await ReadAsync(db => db.Users.Where(u => u.UserName == "fund-one").Select(u => u.Id).SingleAsync());
        await Services.GetRequiredService<ApprovePayment>().ExecuteAsync(asked.Ids[0], finance with { UserId = approver });
        await Services.GetRequiredService<PayPayment>().ExecuteAsync(new PayPayment.Input { PaymentId = asked.Ids[0], Reference = "FND0002", Day = today, By = finance });
        await Services.GetRequiredService<AskForReversal>().ExecuteAsync(new AskForReversal.Input { PaymentId = asked.Ids[0], Reason = "同一张发票付了两次", By = finance });
    }

    private static async Task<(int Book, int Finance)?> AddAsync(MarketDb db)
    {
        if (await db.Areas.AnyAsync(a => a.Code == "FND")) return null;
        var book = await Journal.OpenBookAsync(db, "FND");
        var station = new Area { Code = "FND", Name = "基金派出所", Kind = AreaKind.Station, Path = "FND/", BookId = book };
        db.Add(station);
        db.Funds.Add(new Fund { BookId = book, Code = "fnd-fund", NameZh = "关爱基金", NameEn = "Care fund", Purposes = FundPurpose.Goods | FundPurpose.Cards | FundPurpose.Awards });
        await db.SaveChangesAsync();
        var finance = await AccountAsync(db, "fund-finance", Roles.Finance, station.Id);
        await AccountAsync(db, "fund-one", Roles.Approver, station.Id);
        await AccountAsync(db, "fund-two", Roles.Administrator, station.Id);
        return (book, finance);
    }

    private static async Task<int> AccountAsync(MarketDb db, string name, string role, int area)
    {
        var user = new AppUser { UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = "周文静", SecurityStamp = name, AreaId = area, CreatedAt = DateTime.UtcNow, LockoutEnabled = true };
        user.PasswordHash = new PasswordHasher<AppUser>().HashPassword(user, Password);
        db.Add(user);
        await db.SaveChangesAsync();
        db.UserRoles.Add(new IdentityUserRole<int> { UserId = user.Id, RoleId = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync() });
        await db.SaveChangesAsync();
        return user.Id;
    }

    private async Task<T> ReadAsync<T>(Func<MarketDb, Task<T>> read)
    {
        await using var db = Services.GetRequiredService<MarketContexts>().Read();
        return await read(db);
    }
}
