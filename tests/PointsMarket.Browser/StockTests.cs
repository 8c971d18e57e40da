using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Browser.Kit;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Sponsors;
using PointsMarket.Stock;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>Goods in the house on a tablet: a delivery counted in, a shelf counted blind, and two people who sign.</summary>
[Collection("desk")]
public sealed class StockTests(Site site)
{
    private static readonly BrowserNewContextOptions Tablet = new(Screens.Kiosk) { ViewportSize = new() { Width = 1024, Height = 768 } };

    [Fact]
    public async Task Tablet_FromADeliveryToTwoSignatures_PutsTheShelfRight()
    {
        var outlet = await SeedAsync();
        await using var first = await SignInAsync(Tablet, "zh-CN", "gds-one");
        await CountInAsync(first, outlet);
        await first.GoAsync("/desk/stocktakes");
        await first.Page.SelectOptionAsync("#outletId", $"{outlet}");
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "开始盘点" }).ClickAsync();
        Assert.DoesNotContain("账上", await first.Page.InnerTextAsync("main"), StringComparison.Ordinal); // blind
        await CountAsync(first, "GDSRICE", 11);
        foreach (var input in await first.Page.Locator(".g-count input.input").AllAsync())
        {
            if ((await input.InputValueAsync()).Length == 0) await input.FillAsync("0");
        }
        await first.ShotAsync("stock-count");
        await first.LooksRightAsync(24);
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "点完了" }).ClickAsync();
        await Expect(first.Page.Locator(".g-count h2")).ToHaveTextAsync("这些再点一遍");
        Assert.Equal("", await first.Page.Locator(".g-count input.input").First.InputValueAsync());
        await first.ShotAsync("stock-recount");
        await CountAsync(first, "GDSRICE", 11);
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "复点完了" }).ClickAsync();
        await first.Page.FillAsync("#Input_Reason", "漏登记一袋");
        await first.LooksRightAsync(24);
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "签字", Exact = true }).ClickAsync();
        await Expect(first.Page.Locator("main")).ToContainTextAsync("您已经签过");

        await using var second = await SignInAsync(Tablet, "en", "gds-two");
        await second.Page.GotoAsync(first.Page.Url);
        await second.ShotAsync("stock-sign-english");
        await second.LooksRightAsync(24);
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Sign", Exact = true }).ClickAsync();
        await Expect(second.Page.Locator(".note[role=status]")).ToContainTextAsync("signed by two people");
        Assert.Equal(11, await ReadAsync(async db => await db.BalanceAsync(await db.LedgerBooks.Where(b => b.Code == "GDS").Select(b => b.Id).SingleAsync(), AccountCode.Shelf("GDS1"), Asset.Goods("GDSRICE"))));
    }

    [Theory, InlineData("zh-CN", ""), InlineData("en", "xl")]
    public async Task Tablet_NumberedCards_AreScannedAndTheMissingOneIsNamed(string culture, string size)
    {
        await SeedAsync();
        var outlet = await SeedCardsAsync("GDS" + culture[..2].ToUpperInvariant());
        await using var first = await SignInAsync(Tablet, culture, "gds-one", size);
        await first.GoAsync("/desk/stocktakes");
        await first.Page.SelectOptionAsync("#outletId", $"{outlet}");
        await first.Page.Locator(".g-open button").ClickAsync();
        await Expect(first.Page.Locator(".g-cards textarea")).ToBeVisibleAsync(); // what comes next takes the fields that are there
        foreach (var input in await first.Page.Locator(".g-count input.input").AllAsync()) await input.FillAsync("0");
        var numbers = first.Page.Locator(".g-cards textarea");
        await numbers.FillAsync("C0001\nC0009");
        await first.Page.Locator(".g-bar .btn").First.ClickAsync();
        await Expect(first.Page.Locator(".g-cards .error")).ToContainTextAsync("****0009");
        await Expect(numbers).ToHaveValueAsync("C0001\nC0009"); // what was scanned is not lost
        await first.ShotAsync("stock-cards-unknown-" + culture + size);
        await first.LooksRightAsync(24);
        await numbers.FillAsync("");
        await numbers.PressSequentiallyAsync("C0001\nC0002\n"); // a scanner types, and ends with Enter
        await first.Page.Locator(".g-bar .primary").ClickAsync();
        await Expect(first.Page.Locator(".g-cards textarea")).ToHaveValueAsync("");
        var shown = await first.Page.InnerTextAsync("main");
        Assert.False(shown.Contains("*0003", StringComparison.Ordinal) || shown.Contains("C0003", StringComparison.Ordinal), shown); // blind
        await first.Page.Locator(".g-cards textarea").FillAsync("C0001\nC0002");
        await first.Page.Locator(".g-bar .primary").ClickAsync();
        await Expect(first.Page.Locator("main")).ToContainTextAsync("****0003");
        await first.ShotAsync("stock-cards-missing-" + culture + size);
        await first.LooksRightAsync(24);
        await first.Page.FillAsync("#Input_Reason", "找遍了也没有");
        await first.Page.Locator("form[action*=Sign] .primary").ClickAsync();
        await using var second = await SignInAsync(Tablet, culture, "gds-two", size);
        await second.Page.GotoAsync(first.Page.Url);
        await second.Page.Locator("form[action*=Sign] .primary").ClickAsync();
        await Expect(second.Page.Locator(".g-signs li.on")).ToHaveCountAsync(2);
        Assert.Equal(CardState.Lost, await ReadAsync(db => db.SupermarketCards.Where(c => c.OutletId == outlet && c.Serial.EndsWith("0003")).Select(c => c.State).SingleAsync()));
        await second.Page.GotoAsync(site.Url + $"/desk/goods/GDSCARD{culture[..2].ToUpperInvariant()}/correct?outlet={outlet}");
        await second.Page.FillAsync("#Input_Counted", "1");
        await second.Page.FillAsync("#Input_Reason", "又少一张");
        await second.Page.Locator("main form .primary").ClickAsync();
        await Expect(second.Page.Locator(".g-name textarea")).ToBeVisibleAsync(); // by pieces: it asks which
        await second.ShotAsync("stock-cards-which-" + culture + size);
        await second.LooksRightAsync(24);
        await second.GoAsync($"/desk/moves/send?from={outlet}"); // cards go by their numbers
        await Expect(second.Page.Locator(".g-cards textarea")).ToBeVisibleAsync();
        await second.ShotAsync("stock-cards-send-" + culture + size);
        await second.LooksRightAsync(24);
    }

    [Theory, InlineData("desk", "zh-CN", ""), InlineData("phone", "en", "xl")]
    public async Task Pages_OfGoods_LookRight(string screen, string culture, string size)
    {
        await SeedAsync();
        var (outlet, stocktake, move) = await ReadAsync(async db => (
            await db.Outlets.Where(o => o.Code == "GDS2").Select(o => o.Id).SingleAsync(), await db.Stocktakes.Where(s => s.Outlet.Code == "GDS2").Select(s => s.Id).SingleAsync(),
            await db.StockMoves.Where(m => m.ToOutlet.Code == "GDS1").Select(m => m.Id).SingleAsync()));
        await using var page = await SignInAsync(Screens.Named(screen), culture, "gds-two", size);
        foreach (var path in (string[])[$"/desk/stock?outlet={outlet}&show=all", "/desk/stocktakes?show=all", $"/desk/stocktakes/{stocktake}", "/desk/stocktakes/import", "/desk/moves", $"/desk/moves/send?from={outlet}", $"/desk/moves/{move}", "/desk/signatures", "/desk/goods/count-in"])
        {
            await page.GoAsync(path);
            await page.ShotAsync($"stock-{screen}-{culture}{size}-{path.Trim('/').Split('?')[0].Replace('/', '-')}");
            await page.LooksRightAsync(24);
        }
    }

    private static async Task CountInAsync(Watched page, int outlet)
    {
        await page.GoAsync($"/desk/goods/count-in?outlet={outlet}");
        await page.Page.SelectOptionAsync("#Input_Lines_0__GoodsId", new SelectOptionValue { Index = 1 });
        await page.Page.FillAsync("#Input_Lines_0__Accepted", "10");
        await page.Page.FillAsync("#Input_Lines_0__Refused", "2");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "登记到货" }).ClickAsync();
        await Expect(page.Page.Locator("#Input_Lines_0__Reason-error")).ToContainTextAsync("为什么拒收");
        await page.ShotAsync("stock-count-in");
        await page.LooksRightAsync(24);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "再加一种" }).ClickAsync();
        Assert.Equal("10", await page.Page.InputValueAsync("#Input_Lines_0__Accepted"));
        var rice = await page.Page.Locator("#Input_Lines_0__GoodsId option").AllAsync();
        foreach (var option in rice)
        {
            if ((await option.InnerTextAsync()).Contains("GDSRICE", StringComparison.Ordinal)) await page.Page.SelectOptionAsync("#Input_Lines_0__GoodsId", await option.GetAttributeAsync("value") ?? "");
        }
        await page.Page.FillAsync("#Input_Lines_0__Reason", "破损");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "登记到货" }).ClickAsync();
        await Expect(page.Page.Locator(".note[role=status]")).ToContainTextAsync("已登记 10 件");
    }

    private static async Task CountAsync(Watched page, string sku, int pieces) =>
        await page.Page.Locator(".g-count li").Filter(new() { HasText = sku }).Locator("input.input").FillAsync($"{pieces}");

    private async Task<Watched> SignInAsync(BrowserNewContextOptions screen, string culture, string name, string size = "")
    {
        var page = await site.OpenAsync(screen, "/account/login", culture, size);
        await page.Page.FillAsync("#Input_Name", name);
        await page.Page.FillAsync("#Input_Password", StaffAccounts.Password);
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("login"));
        return page;
    }

    /// <summary>A station with two outlets and two people; at the second one a lot that has expired, a count that waits, and goods on their way.</summary>
    private async Task<int> SeedAsync()
    {
        var writes = site.Services.GetRequiredService<MarketWrites>();
        var fresh = await writes.RunAsync(async db =>
        {
            if (await db.Outlets.AnyAsync(o => o.Code == "GDS1")) return false;
            var area = new Area { Code = "GDS", Name = "仓房派出所", Kind = AreaKind.Station, Path = "GDS/", BookId = await Journal.OpenBookAsync(db, "GDS") };
            db.AddRange(area, new Outlet { Code = "GDS1", Name = "东头兑换点", Area = area }, new Outlet { Code = "GDS2", Name = "西头兑换点", Area = area },
                new Goods { Sku = "GDSRICE", NameZh = "大米2公斤", NameEn = "Rice 2 kg", Unit = "袋", Points = 12, ValueFen = 1200, Section = "food", Picture = "g-rice" },
                new Goods { Sku = "GDSEGGS", NameZh = "鸡蛋10枚", NameEn = "10 eggs", Unit = "盒", Points = 12, ValueFen = 1200, Section = "food", Picture = "g-egg" });
            await db.SaveChangesAsync();
            foreach (var (name, role) in new[] { ("gds-one", Roles.Attendant), ("gds-two", Roles.Approver) })
            {
                var user = new AppUser
                {
                    UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = name == "gds-one" ? "周小燕" : "沈警官", SecurityStamp = name, PasswordHash = AccountPasswords.Hash(StaffAccounts.Password),
                    Area = area, CreatedAt = DateTime.UtcNow, LockoutEnabled = true,
                };
                db.Add(user);
                await db.SaveChangesAsync();
                db.UserRoles.Add(new() { UserId = user.Id, RoleId = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync() });
                await db.SaveChangesAsync();
            }
            return true;
        });
        var (first, second, rice, eggs, book) = await ReadAsync(async db => (
            await db.Outlets.Where(o => o.Code == "GDS1").Select(o => o.Id).SingleAsync(), await db.Outlets.Where(o => o.Code == "GDS2").Select(o => o.Id).SingleAsync(),
            await db.Goods.Where(g => g.Sku == "GDSRICE").Select(g => g.Id).SingleAsync(), await db.Goods.Where(g => g.Sku == "GDSEGGS").Select(g => g.Id).SingleAsync(),
            await db.LedgerBooks.Where(b => b.Code == "GDS").Select(b => b.Id).SingleAsync()));
        if (!fresh) return first;
        var today = StationTime.Day(DateTime.UtcNow);
        T Get<T>()
            where T : notnull => site.Services.GetRequiredService<T>();
        Assert.IsType<CountIn.Counted>(await Get<CountIn>().ExecuteAsync(new()
        {
            Reference = "GDS-D1", Date = today.AddDays(-20), SponsorId = null, OutletId = second, Actor = Actor.System("demo"), AreaPath = "GDS/",
            Lines = [new() { GoodsId = rice, Accepted = 30, Expires = today.AddDays(20) }, new() { GoodsId = eggs, Accepted = 6, Expires = today.AddDays(-1) }, new() { GoodsId = eggs, Accepted = 8, Expires = today.AddDays(9) }],
        }));
        Assert.IsType<SendStock.Sent>(await Get<SendStock>().ExecuteAsync(new() { Key = Guid.NewGuid(), FromOutletId = second, ToOutletId = first, Lines = [new(eggs, 3)], Note = "小心轻放", Actor = Actor.System("demo"), AreaPath = "GDS/" }));
        Assert.IsType<ReportDifference.Waits>(await Get<ReportDifference>().ExecuteAsync(new() { Key = Guid.NewGuid(), OutletId = second, Article = (rice, 28), Reason = "破损两袋", Actor = Actor.System("demo"), AreaPath = "GDS/" }));
        Assert.IsType<CountIn.Counted>(await Get<CountIn>().ExecuteAsync(new()
        {
            Reference = "GDS-D2", Date = today, SponsorId = null, OutletId = second, Actor = Actor.System("demo"), AreaPath = "GDS/", Lines = [new() { GoodsId = eggs, Accepted = 1 }],
        }));
        var counted = (await ReadAsync(db => db.SequenceOfAsync(book, "delivery:GDS-D2")))!.Value;
        Assert.IsType<TakeBackDelivery.Waits>(await Get<TakeBackDelivery>().AskAsync(new() { BookId = book, Sequence = counted, Reason = "登记到别的兑换点了", Actor = Actor.System("demo"), AreaPath = "GDS/" }));
        return first;
    }

    /// <summary>An outlet with three cards that have their numbers.</summary>
    private async Task<int> SeedCardsAsync(string code)
    {
        var sku = "GDSCARD" + code[3..];
        var (outlet, card) = await site.Services.GetRequiredService<MarketWrites>().RunAsync(async db =>
        {
            var place = new Outlet { Code = code, Name = "卡点" + code, Area = await db.Areas.SingleAsync(a => a.Code == "GDS") };
            var goods = new Goods { Sku = sku, NameZh = "超市卡20元", NameEn = "Supermarket card 20", Unit = "张", Points = 20, ValueFen = 2000, Kind = GoodsKind.Card, Section = "card", Picture = "g-card" };
            db.AddRange(place, goods);
            await db.SaveChangesAsync();
            return (place.Id, goods.Id);
        });
        Assert.IsType<CountIn.Counted>(await site.Services.GetRequiredService<CountIn>().ExecuteAsync(new()
        {
            Reference = code + "-D1", Date = StationTime.Day(DateTime.UtcNow), SponsorId = null, OutletId = outlet, Actor = Actor.System("demo"), AreaPath = "GDS/", Lines = [new() { GoodsId = card, Accepted = 3, Serials = CardSerials.Range("C0001", 3)! }],
        }));
        return outlet;
    }

    private async Task<T> ReadAsync<T>(Func<MarketDb, Task<T>> read)
    {
        await using var db = site.Services.GetRequiredService<MarketContexts>().Read();
        return await read(db);
    }
}
