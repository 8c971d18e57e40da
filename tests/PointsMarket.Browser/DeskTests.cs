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
using PointsMarket.Members;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>The desk in a browser: every page on every screen, and the counter with a scanner.</summary>
[Collection("desk")]
public sealed class DeskTests(Site site)
{
    private const string Password = "correct horse battery";

    /// <summary>Pages an administrator looks at; {id} and {slip} are filled in.</summary>
    private static readonly string[] Pages =
    [
        "/desk", "/desk/counter?slip={slip}", "/desk/redemptions", "/desk/redemptions/{slip}", "/desk/goods", "/desk/goods/DESKRICE", "/desk/goods/add", "/desk/goods/count-in",
        "/desk/goods/DESKRICE/correct?outlet={outlet}", "/desk/goods/DESKRICE/edit", "/desk/members?service=all", "/desk/members/{id}", "/desk/members/add", "/desk/members/{id}/edit",
        "/desk/members/{id}/pin", "/desk/members/cards?all=true", "/finance", "/finance/journal", "/finance/entry/{book}/1", "/admin/outlets", "/admin/kiosks", "/admin/areas", "/admin/changes",
    ];

    [Theory, InlineData("desk", "zh-CN", ""), InlineData("desk", "en", ""), InlineData("phone", "zh-CN", ""), InlineData("phone", "en", "xl")]
    public async Task Pages_OnEveryScreen_LookRight(string screen, string culture, string size)
    {
        var slip = await SeedAsync();
        var (outlet, id, book) = await ReadAsync(db => db.Redemptions.Where(r => r.Id == slip.Id).Select(r => new ValueTuple<int, int, int>(r.OutletId, r.MemberId!.Value, r.Outlet.Area.BookId)).SingleAsync());
        await using var page = await SignInAsync(Screens.Named(screen), culture, size);
        foreach (var path in Pages)
        {
            await page.GoAsync(path.Replace("{slip}", slip.Reference).Replace("{id}", $"{id}").Replace("{outlet}", $"{outlet}").Replace("{book}", $"{book}"));
            await page.ShotAsync($"desk-{screen}-{culture}{size}-{path.Trim('/').Replace('/', '-').Replace('?', '-').Replace('{', '-').Replace('}', '-').Replace('=', '-')}");
            await page.LooksRightAsync(24);
        }
    }

    [Fact]
    public async Task Counter_WithAScanner_HandsOverAndIsReadyForTheNext()
    {
        var slip = await SeedAsync();
        await using var page = await SignInAsync(Screens.Desk, "zh-CN", "");
        await page.GoAsync("/desk/counter");
        await Expect(page.Page.Locator("#Input_Code")).ToBeFocusedAsync();
        await page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync(); // the focus is lost, and the scanner finds its way
        await page.Page.Keyboard.TypeAsync(CardNumbers.ForSlip(slip.PickupCode!));
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator(".c-slip")).ToContainTextAsync("王*兰");
        await Expect(page.Page.Locator("#Input_Code")).ToBeFocusedAsync();
        await page.ShotAsync("desk-counter-slip");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "发货", Exact = true }).ClickAsync();
        await Expect(page.Page.Locator(".note[role=status]")).ToContainTextAsync("已发货");
        await Expect(page.Page.Locator("#Input_Code")).ToBeFocusedAsync();
        await page.ShotAsync("desk-counter-done");
    }

    [Fact]
    public async Task Cards_Printed_AreTenToAPage()
    {
        await SeedAsync();
        await using var page = await SignInAsync(Screens.Desk, "zh-CN", "");
        await page.GoAsync("/desk/members/cards?all=true");
        var pdf = await page.Page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true });
        if (Environment.GetEnvironmentVariable("SHOTS") is { Length: > 0 } folder) await File.WriteAllBytesAsync(Path.Combine(folder, "cards.pdf"), pdf);
        var cards = await page.Page.Locator(".mcard").CountAsync();
        var pages = System.Text.RegularExpressions.Regex.Count(System.Text.Encoding.Latin1.GetString(pdf), @"/Type\s*/Page\b");
        Assert.Equal((cards + 9) / 10, pages);
    }

    private async Task<Watched> SignInAsync(BrowserNewContextOptions screen, string culture, string size)
    {
        var page = await site.OpenAsync(screen, "/account/login", culture, size);
        await page.Page.FillAsync("#Input_Name", "desk-admin");
        await page.Page.FillAsync("#Input_Password", Password);
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("login"));
        return page;
    }

    /// <summary>An outlet with rice, twelve members with cards, an administrator, and a slip that waits.</summary>
    private async Task<Redemption> SeedAsync()
    {
        var writes = site.Services.GetRequiredService<MarketWrites>();
        var lots = site.Services.GetRequiredService<LotBook>();
        await writes.RunAsync(async db =>
        {
            if (await db.Goods.AnyAsync(g => g.Sku == "DESKRICE")) return 0;
            var book = await Journal.OpenBookAsync(db, "DESK");
            var area = new Area { Code = "DESK", Name = "柜台派出所", Kind = AreaKind.Station, Path = "DESK/", BookId = book, Households = 120, Residents = 400 };
            var outlet = new Outlet { Code = "DESKO", Name = "柜台兑换点", Area = area };
            var goods = new Goods { Sku = "DESKRICE", NameZh = "大米5公斤", NameEn = "Rice 5 kg", Unit = "袋", Points = 30, ValueFen = 3000, Section = "food", Picture = "g-rice" };
            db.AddRange(area, outlet, goods, new KioskDevice { Name = "01 号机", Outlet = outlet, TokenHash = Secrets.Hash("desk"), PairedAt = DateTime.UtcNow });
            for (var i = 0; i < 12; i++)
                db.Add(new Member { Code = $"DESK{i:D2}", Number = $"9000{i:D2}", Name = "王桂兰", Kind = i == 11 ? MemberKind.Informant : MemberKind.Volunteer, Area = area, Joined = new(2025, 1, 1), CardNumber = CardNumbers.Of(9_000_000_000 + i) });
            var hash = new PasswordHasher<AppUser>();
            var user = new AppUser { UserName = "desk-admin", NormalizedUserName = "DESK-ADMIN", DisplayName = "周文静", SecurityStamp = "desk", Area = area, CreatedAt = DateTime.UtcNow, LockoutEnabled = true };
            user.PasswordHash = hash.HashPassword(user, Password);
            db.Add(user);
            await db.SaveChangesAsync();
            db.UserRoles.Add(new IdentityUserRole<int> { UserId = user.Id, RoleId = await db.Roles.Where(r => r.Name == Roles.Administrator).Select(r => r.Id).SingleAsync() });
            await db.SaveChangesAsync();
            await PostAsync(db, lots, book, AccountCode.Issue("task"), AccountCode.Member("DESK00"), Asset.Points, 5000);
            await PostAsync(db, lots, book, AccountCode.Purchase, AccountCode.Shelf("DESKO"), Asset.Goods("DESKRICE"), 90);
            return 1;
        });
        var kiosk = await ReadAsync(db => db.KioskDevices.Where(k => k.Outlet.Code == "DESKO").Select(k => k.Id).SingleAsync());
        var services = site.Services;
        var welcome = Assert.IsType<IdentifyAtKiosk.Welcome>(await services.GetRequiredService<IdentifyAtKiosk>().ExecuteAsync(new() { DeviceId = kiosk, Code = CardNumbers.Of(9_000_000_000) }));
        var session = (await services.GetRequiredService<KioskSessions>().TouchAsync(kiosk, welcome.Token))!;
        await services.GetRequiredService<ChooseGoods>().ExecuteAsync(new() { SessionId = session.Id, Sku = "DESKRICE", Change = 1 });
        var shop = (await ReadAsync(db => services.GetRequiredService<ReadShop>().ExecuteAsync(db, session.Id)))!;
        var done = Assert.IsType<RedeemAtKiosk.Redeemed>(await services.GetRequiredService<RedeemAtKiosk>().ExecuteAsync(new() { SessionId = session.Id, BasketKey = shop.BasketKey, ExpectedPoints = shop.Total }));
        return await ReadAsync(db => db.Redemptions.SingleAsync(r => r.Id == done.RedemptionId));
    }

    private static Task<PostResult> PostAsync(MarketDb db, LotBook lots, int book, AccountCode from, AccountCode to, Asset asset, long amount) => lots.PostAsync(db, new TransactionRequest
    {
        BookId = book, Key = Guid.NewGuid().ToString("N"), Kind = asset == Asset.Points ? TransactionKinds.TaskReward : TransactionKinds.Delivery, Subject = "R000001",
        HappenedAt = DateTime.UtcNow, Actor = Actor.System("demo"), Postings = [new Posting(from, to, asset, amount)],
    });

    private async Task<T> ReadAsync<T>(Func<MarketDb, Task<T>> read)
    {
        await using var db = site.Services.GetRequiredService<MarketContexts>().Read();
        return await read(db);
    }
}
