using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PointsMarket.Accounts;
using PointsMarket.Browser.Kit;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Sponsors;
using PointsMarket.Tests.Kit;
using PointsMarket.Web.Text;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>From a firm's pledge to the towel in somebody's hands, and supermarket cards at the counter, in a browser.</summary>
[Collection("desk")]
public sealed class SponsorTests(Site site)
{
    private static readonly ResourceManager Words = new(typeof(Texts).FullName!, typeof(Texts).Assembly);

    [Theory, InlineData("zh-CN"), InlineData("en")]
    public async Task Pledge_FromTheWishToTheHands(string culture)
    {
        ILocator Button(Watched page, string key) => page.Page.GetByRole(AriaRole.Button, new() { Name = Text(key, culture), Exact = true });
        var firm = await FirmAsync();
        await using var sponsor = await SignInAsync(Screens.Phone, firm, culture);
        var place = culture == "en" ? "O2" : "O1"; // one each: the kiosk gives the oldest lot, and it has to be this firm's
        var outlet = await site.Village.ReadAsync(db => db.Outlets.Where(o => o.Code == place).Select(o => o.Id).SingleAsync());
        await sponsor.GoAsync($"/sponsor/pledges/new?outlet={outlet}&sku=TOWEL");
        await sponsor.Page.FillAsync("#Input_Quantity", "30");
        await LookAsync(sponsor, "sponsor-pledge", 24);
        await Button(sponsor, "Sponsor.Pledge.Now").TapAsync();
        await Expect(sponsor.Page).ToHaveURLAsync(new Regex("/sponsor/pledges/P[0-9]{6}-"));
        var pledge = new Uri(sponsor.Page.Url).AbsolutePath.Split('/')[^1];
        await Expect(sponsor.Page.Locator(".note[role=status]")).ToContainTextAsync(Text("Sponsor.Pledge.Made", culture, pledge));

        await using var approver = await SignInAsync(Screens.Desk, await StaffAccounts.AddAsync(site, Roles.Approver), culture);
        await approver.GoAsync("/desk/sponsors");
        await LookAsync(approver, "sponsor-desk", 24);
        await approver.Page.Locator($"a[href$='{pledge}']").ClickAsync();
        await LookAsync(approver, "sponsor-decide", 24);
        await Button(approver, "Sponsor.Decide.Accept").ClickAsync();
        await Expect(approver.Page.Locator(".note[role=status]")).ToContainTextAsync(pledge);

        await sponsor.GoAsync($"/sponsor/pledges/{pledge}");
        await LookAsync(sponsor, "sponsor-announce", 24);
        await Button(sponsor, "Sponsor.Announce.Now").TapAsync();
        var announced = sponsor.Page.Locator(".note[role=status]");
        await Expect(announced).ToContainTextAsync(new Regex("A[0-9]{6}-"));
        var announcement = Regex.Match(await announced.InnerTextAsync(), "A[0-9]{6}-[A-Z0-9]+").Value;
        Assert.Contains(Text("Sponsor.Announce.Done", culture, announcement), await announced.InnerTextAsync(), StringComparison.Ordinal);

        await using var attendant = await SignInAsync(Screens.Desk, await StaffAccounts.AddAsync(site, Roles.Attendant), culture);
        await attendant.GoAsync("/desk/arrivals");
        await LookAsync(attendant, "sponsor-arrivals", 24);
        await attendant.Page.Locator($"a[href*='announced={announcement}']").First.ClickAsync();
        await attendant.Page.FillAsync("[name='Input.Lines[0].Accepted']", "28");
        await attendant.Page.FillAsync("[name='Input.Lines[0].Refused']", "2");
        await attendant.Page.FillAsync("[name='Input.Lines[0].Reason']", "包装破损");
        await LookAsync(attendant, "sponsor-count-in", 24);
        await Button(attendant, "Desk.CountIn.Now").First.ClickAsync();
        await Expect(attendant.Page.Locator(".note[role=status]")).ToContainTextAsync("28");
        await TakeAtKioskAsync(attendant, "TOWEL", place, culture);

        await sponsor.GoAsync("/sponsor/impact");
        var row = sponsor.Page.Locator("tbody tr").First;
        await Expect(row.Locator("td").Nth(1)).ToContainTextAsync("28");
        await Expect(row.Locator("td").Nth(2)).ToHaveTextAsync("1");
        await LookAsync(sponsor, "sponsor-impact", 24);
        await sponsor.GoAsync("/sponsor/deliveries");
        await sponsor.Page.Locator("tbody a").First.TapAsync();
        await Expect(sponsor.Page.Locator("main")).ToContainTextAsync("包装破损");
        await sponsor.GoAsync(new Uri(sponsor.Page.Url).AbsolutePath + "/receipt");
        await LookAsync(sponsor, "sponsor-receipt-phone", 24);
    }

    /// <summary>Somebody new takes one at the kiosk with their card, and the attendant hands it over for the number on the slip.</summary>
    private async Task TakeAtKioskAsync(Watched attendant, string sku, string outlet, string culture)
    {
        var member = await site.Village.NewcomerAsync();
        await using var kiosk = await site.KioskAsync(Screens.Kiosk, culture: culture, outlet: outlet);
        await kiosk.StepUpAsync(member);
        await kiosk.ChooseAsync(sku);
        await kiosk.Page.Locator(".k-cart .primary").TapAsync();
        await Expect(kiosk.Page).ToHaveURLAsync(new Regex("/kiosk/confirm$"));
        await kiosk.Page.Locator("form[data-once] button").TapAsync();
        await Expect(kiosk.Page.Locator(".k-ticket .code")).ToHaveTextAsync(new Regex(@"^\d{3} \d{3}$"));
        var code = await kiosk.Page.Locator(".k-ticket .code").InnerTextAsync();

        await attendant.GoAsync("/desk/counter");
        await attendant.Page.FillAsync("#Input_Code", code.Replace(" ", "", StringComparison.Ordinal));
        await attendant.Page.Keyboard.PressAsync("Enter");
        await attendant.Page.Locator(".c-hand button").ClickAsync();
        await Expect(attendant.Page.Locator(".note[role=status]")).ToBeVisibleAsync();
    }

    /// <summary>A text of the site in a language.</summary>
    private static string Text(string key, string culture, params object[] values) =>
        string.Format(CultureInfo.InvariantCulture, Words.GetString(key, CultureInfo.GetCultureInfo(culture))!, values);

    [Theory, InlineData("desk", "zh-CN"), InlineData("phone", "en")]
    public async Task Counter_WithNumberedCards_TakesTheScannerAndHandsOver(string screen, string culture)
    {
        var first = $"SC{Guid.NewGuid():N}"[..10].ToUpperInvariant() + "01";
        var (outlet, card) = await site.Village.ReadAsync(async db => (await db.Outlets.Where(o => o.Code == "O1").Select(o => o.Id).SingleAsync(), await db.Goods.Where(g => g.Sku == "CARD50").Select(g => g.Id).SingleAsync()));
        var counted = await site.Services.GetRequiredService<CountIn>().ExecuteAsync(new CountIn.Input
        {
            Reference = $"C{first}", Date = PointsMarket.Areas.StationTime.Day(DateTime.UtcNow), SponsorId = null, OutletId = outlet, Actor = Actor.User(1), AreaPath = TestVillage.Path,
            Lines = [new CountIn.Line { GoodsId = card, Accepted = 1, Serials = [first] }],
        });
        Assert.IsType<CountIn.Counted>(counted);
        var slip = await TakeAsync("CARD50");
        await using var attendant = await SignInAsync(Screens.Named(screen), await StaffAccounts.AddAsync(site, Roles.Attendant), culture);
        await attendant.GoAsync($"/desk/counter?slip={slip}");
        await Expect(attendant.Page.Locator(".c-hand textarea")).ToBeFocusedAsync();
        await attendant.Page.Keyboard.TypeAsync("NOTONE1");
        await attendant.Page.Locator(".c-hand button").ClickAsync();
        await Expect(attendant.Page.Locator(".c-hand .error")).ToContainTextAsync("****ONE1");
        await LookAsync(attendant, $"cards-counter-{screen}", 24);
        await attendant.Page.FillAsync(".c-hand textarea", first);
        await attendant.Page.Locator(".c-hand button").ClickAsync();
        await Expect(attendant.Page.Locator(".note[role=status]")).ToContainTextAsync(slip);
        await attendant.GoAsync("/desk/cards");
        await LookAsync(attendant, $"cards-list-{screen}", 24);
    }

    private static async Task LookAsync(Watched page, string name, int target)
    {
        await page.ShotAsync(name);
        await page.LooksRightAsync(target);
    }

    /// <summary>Somebody new takes one of an article at the kiosk; gives the slip's reference.</summary>
    private async Task<string> TakeAsync(string sku)
    {
        var member = await site.Village.NewcomerAsync();
        var (device, _) = await site.Village.PairAsync("O1");
        var code = await site.Village.ReadAsync(db => db.Members.Where(m => m.Code == member).Select(m => m.CardNumber!).SingleAsync());
        var welcome = Assert.IsType<IdentifyAtKiosk.Welcome>(await site.Services.GetRequiredService<IdentifyAtKiosk>().ExecuteAsync(new() { DeviceId = device, Code = code }));
        var session = (await site.Services.GetRequiredService<KioskSessions>().TouchAsync(device, welcome.Token))!;
        await site.Services.GetRequiredService<ChooseGoods>().ExecuteAsync(new() { SessionId = session.Id, Sku = sku, Change = 1 });
        var shop = (await site.Village.ReadAsync(db => site.Services.GetRequiredService<ReadShop>().ExecuteAsync(db, session.Id)))!;
        var done = Assert.IsType<RedeemAtKiosk.Redeemed>(await site.Services.GetRequiredService<RedeemAtKiosk>().ExecuteAsync(new() { SessionId = session.Id, BasketKey = shop.BasketKey, ExpectedPoints = shop.Total }));
        return await site.Village.ReadAsync(db => db.Redemptions.Where(r => r.Id == done.RedemptionId).Select(r => r.Reference).SingleAsync());
    }

    private async Task<string> FirmAsync()
    {
        var name = $"f{Guid.NewGuid():N}"[..12];
        await site.Services.GetRequiredService<MarketWrites>().RunAsync(async db =>
        {
            var firm = new Sponsor { Code = name, Name = "兴谷日化厂" };
            db.Add(firm);
            await db.SaveChangesAsync();
            var user = new AppUser
            {
                UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = "周厂长", SecurityStamp = Guid.NewGuid().ToString("N"), PasswordHash = AccountPasswords.Hash(StaffAccounts.Password),
                LockoutEnabled = true, CreatedAt = DateTime.UtcNow, SponsorId = firm.Id,
            };
            db.Users.Add(user);
            await db.SaveChangesAsync();
            db.UserRoles.Add(new IdentityUserRole<int> { UserId = user.Id, RoleId = await db.Roles.Where(r => r.Name == Roles.Sponsor).Select(r => r.Id).SingleAsync() });
            return await db.SaveChangesAsync();
        });
        return name;
    }

    private async Task<Watched> SignInAsync(BrowserNewContextOptions screen, string user, string culture)
    {
        var page = await site.OpenAsync(screen, "/account/login", culture, "");
        await page.Page.FillAsync("#Input_Name", user);
        await page.Page.FillAsync("#Input_Password", StaffAccounts.Password);
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page).Not.ToHaveURLAsync(new Regex("login"));
        return page;
    }
}
