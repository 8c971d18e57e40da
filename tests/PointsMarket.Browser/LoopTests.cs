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
using PointsMarket.Loops;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>A hazard in a browser: from a member's phone, over notice and re-inspection at the desk, to passed.</summary>
[Collection("desk")]
public sealed class LoopTests(Site site)
{
    private const string Password = "correct horse battery", Village = "LPS/LPSV/";

    [Fact]
    public async Task Hazard_FromThePhoneToPassedAtTheDesk_IsFollowedByWhoFoundIt()
    {
        await SeedAsync();
        await using var phone = await SignInAsync(Screens.Phone, "loop-member", "zh-CN", "");
        await phone.GoAsync("/me/loops/new?kind=Hazard");
        await phone.Page.SetInputFilesAsync("#Input_Photos", new FilePayload { Name = "IMG_1.png", MimeType = "image/png", Buffer = Pictures.Png });
        await phone.Page.FillAsync("#Input_Text", "水渠护栏断了一截");
        await phone.Page.FillAsync("#Input_Place", "东头水渠");
        await phone.ShotAsync("loop-phone-new");
        await phone.LooksRightAsync(44);
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "提交" }).TapAsync();
        await Expect(phone.Page).ToHaveURLAsync(new Regex("/me/loops$"));
        await Expect(phone.Page.Locator(".note[role=status]")).ToContainTextAsync("已收到");
        await phone.ShotAsync("loop-phone-mine");
        await phone.LooksRightAsync(44);

        await using var desk = await SignInAsync(Screens.Desk, "loop-approver", "zh-CN", "");
        await desk.GoAsync("/desk/loops");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "水渠护栏断了一截" }).ClickAsync();
        await desk.Page.FillAsync("#Input_Who", "河堤管护站");
        await desk.Page.FillAsync("#Input_Words", "三天内补好，期间拉警戒带");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "发出通知" }).ClickAsync();
        await Expect(desk.Page.Locator(".lp-line")).ToContainTextAsync("河堤管护站");
        await desk.Page.SetInputFilesAsync("#Input_Photos", new FilePayload { Name = "after.png", MimeType = "image/png", Buffer = Pictures.Png });
        await desk.Page.FillAsync("#Input_Words", "护栏补好了");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "记下复查" }).ClickAsync();
        await Expect(desk.Page.Locator(".lp-photos img")).ToHaveCountAsync(2);
        await desk.Page.FillAsync("#Input_MemberCode", "LPS01");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "确认合格" }).ClickAsync();
        await Expect(desk.Page.Locator(".note[role=status]").First).ToContainTextAsync("替成员上报了");
        await desk.ShotAsync("loop-desk-passed");
        await desk.LooksRightAsync(24);

        await phone.GoAsync("/me/loops");
        await phone.Page.Locator(".lp-card").First.TapAsync();
        await Expect(phone.Page.Locator(".lp-state")).ToContainTextAsync("整改合格");
        await phone.ShotAsync("loop-phone-one");
        await phone.LooksRightAsync(44);
    }

    [Theory, InlineData("desk", "zh-CN", ""), InlineData("desk", "en", ""), InlineData("phone", "en", "xl")]
    public async Task DeskPages_OnEveryScreen_LookRight(string screen, string culture, string size)
    {
        await SeedAsync();
        var (hazard, dispute) = (await OpenAsync(LoopKind.Hazard), await OpenAsync(LoopKind.Mediation));
        await StepAsync(hazard, 1, LoopAction.Notify);
        await StepAsync(dispute, 1, LoopAction.Assign);
        await using var desk = await SignInAsync(Screens.Named(screen), "loop-approver", culture, size);
        foreach (var (path, name) in ((string, string)[])[
            ("/desk/loops?kind=Mediation", "list"), ("/desk/loops?q=nothing-like-it", "none"), ($"/desk/loops/{hazard.Reference}", "hazard"), ($"/desk/loops/{dispute.Reference}", "dispute"),
            ($"/desk/loops/{dispute.Reference}?do=Correct", "correct"), ($"/desk/loops/{hazard.Reference}?do=Refer", "refer"), ("/desk/loops/new?kind=Mediation", "new"),
            ($"/desk/loops/{hazard.Reference}/notice?step=2", "notice")])
        {
            await desk.GoAsync(path);
            await desk.ShotAsync($"loops-{name}-{screen}-{culture}{size}");
            await desk.LooksRightAsync(24);
        }

        await using var admin = await SignInAsync(Screens.Named(screen), "loop-admin", culture, size);
        await admin.GoAsync("/admin/mediators");
        await admin.ShotAsync($"loops-mediators-{screen}-{culture}{size}");
        await admin.LooksRightAsync(24);
    }

    [Theory, InlineData("zh-CN", ""), InlineData("en", "xl")]
    public async Task PhonePages_InBothLanguages_LookRight(string culture, string size)
    {
        await SeedAsync();
        var dispute = await OpenAsync(LoopKind.Mediation);
        await StepAsync(dispute, 1, LoopAction.Assign);
        await using var phone = await SignInAsync(Screens.Phone, "loop-member", culture, size);
        foreach (var (path, name) in ((string, string)[])[("/me/loops?given=true", "given"), ($"/me/loops/{dispute.Reference}", "mine"), ("/me/loops/new?kind=Opinion", "new"), ("/me/loops", "found"), ("/me", "home")])
        {
            await phone.GoAsync(path);
            await phone.ShotAsync($"loops-phone-{name}-{culture}{size}");
            await phone.LooksRightAsync(44);
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

    private async Task<LoopOutcome.Opened> OpenAsync(LoopKind kind) => (LoopOutcome.Opened)await site.Services.GetRequiredService<OpenLoop>().ExecuteAsync(new()
    {
        Kind = kind, Type = kind == LoopKind.Mediation ? DisputeType.Neighbours : null, Place = "二组水沟", Text = "排水沟堵了，两边说法不一", FoundAt = DateTime.UtcNow.AddHours(-3),
        AreaId = await ReadAsync(db => db.Areas.Where(a => a.Code == "LPSG").Select(a => a.Id).SingleAsync()), ClientKey = Guid.NewGuid().ToString("N"), Actor = Actor.System("test"), AreaPath = Village,
        Photos = [Pictures.Png],
    });

    private Task<LoopOutcome> StepAsync(LoopOutcome.Opened loop, int seen, LoopAction action) => site.Services.GetRequiredService<StepLoop>().ExecuteAsync(new()
    {
        LoopId = loop.LoopId, Seen = seen, Action = action, Words = "清出水沟，一起出工", Who = "村人民调解委员会", MemberCode = action == LoopAction.Assign ? "LPS01" : null,
        Actor = Actor.System("test"), AreaPath = Village, MayDecide = true,
    });

    private Task<int> SeedAsync() => site.Services.GetRequiredService<MarketWrites>().RunAsync(async db =>
    {
        if (await db.Areas.AnyAsync(a => a.Code == "LPS")) return 0;
        var book = await Journal.OpenBookAsync(db, "LPS");
        var station = new Area { Code = "LPS", Name = "闭环派出所", Kind = AreaKind.Station, Path = "LPS/", BookId = book };
        var village = new Area { Code = "LPSV", Name = "吴场村", Kind = AreaKind.Village, Path = Village, BookId = book, Parent = station };
        var grid = new Area { Code = "LPSG", Name = "吴场村1号网格", Kind = AreaKind.Grid, Path = Village + "LPSG/", BookId = book, Parent = village };
        var member = new Member { Code = "LPS01", Number = "920001", Name = "张桂兰", Kind = MemberKind.GridMember, Area = grid, Joined = new(2024, 1, 1) };
        db.AddRange(station, village, grid, member, new Mediator { Area = village, Type = DisputeType.Neighbours, Office = "村人民调解委员会", Member = member });
        await db.SaveChangesAsync();
        await AccountAsync(db, "loop-member", Roles.Member, null, member.Id);
        await AccountAsync(db, "loop-admin", Roles.Administrator, station.Id, null);
        return await AccountAsync(db, "loop-approver", Roles.Approver, village.Id, null);
    });

    private static async Task<int> AccountAsync(MarketDb db, string name, string role, int? area, int? member)
    {
        var user = new AppUser { UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = "周文静", SecurityStamp = name, AreaId = area, MemberId = member, CreatedAt = DateTime.UtcNow, LockoutEnabled = true };
        user.PasswordHash = new PasswordHasher<AppUser>().HashPassword(user, Password);
        db.Add(user);
        await db.SaveChangesAsync();
        db.UserRoles.Add(new IdentityUserRole<int> { UserId = user.Id, RoleId = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync() });
        return await db.SaveChangesAsync();
    }

    private async Task<T> ReadAsync<T>(Func<MarketDb, Task<T>> read)
    {
        await using var db = site.Services.GetRequiredService<MarketContexts>().Read();
        return await read(db);
    }
}
