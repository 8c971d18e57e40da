using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Browser.Kit;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>The claim board in a browser: from posting to closing at the desk and on the phone, and every page looked at.</summary>
[Collection("desk")]
public sealed class CaseTests(Site site)
{
    private const string Password = "correct horse battery", Secret = "失主住在村东第三家";

    private IServiceProvider Services => site.Services;

    [Fact]
    public async Task Case_FromPostingToClosing_ThroughDeskAndPhone()
    {
        await SeedAsync();
        await using var desk = await SignInAsync(Screens.Desk, "case-approver", "zh-CN", "");
        await desk.GoAsync("/desk/cases/edit");
        await desk.Page.FillAsync("#Input_Title", "集市连续三次丢失电动车电瓶");
        await desk.Page.FillAsync("#Input_Wanted", "说清是谁、怎么拿走的，追回一次以上");
        await desk.Page.FillAsync("#Input_Sealed", Secret);
        await desk.Page.SelectOptionAsync("#Input_Kind", "lead");
        await desk.Page.SelectOptionAsync("#Input_AreaId", new SelectOptionValue { Index = 1 });
        await desk.Page.FillAsync("#Input_Reward", "120");
        await desk.ShotAsync("case-edit");
        await desk.LooksRightAsync(24);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "保存并贴榜" }).ClickAsync();
        await Expect(desk.Page.Locator(".note[role=status]").First).ToContainTextAsync("已贴上认领榜");
        var number = Regex.Match(desk.Page.Url, "[^/]+$").Value;

        await using var phone = await SignInAsync(Screens.Phone, "case-member", "zh-CN", "");
        await phone.GoAsync("/board");
        await phone.Page.GetByRole(AriaRole.Link, new() { Name = "集市连续三次丢失电动车电瓶" }).TapAsync();
        await phone.Page.GetByRole(AriaRole.Link, new() { Name = "我来认领" }).TapAsync();
        await phone.Page.FillAsync("#Input_Plan", "我在集市卖菜，每天都在");
        await phone.ShotAsync("case-ask");
        await phone.LooksRightAsync(44);
        await phone.Page.GetByLabel("我声明").CheckAsync();
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "提交申请" }).TapAsync();
        await Expect(phone.Page.Locator(".note[role=status]").First).ToContainTextAsync("您排在第一位");
        Assert.DoesNotContain(Secret, await phone.Page.ContentAsync(), StringComparison.Ordinal);

        await desk.GoAsync($"/desk/cases/{number}");
        await desk.ShotAsync("case-desk-asked");
        await desk.LooksRightAsync(24);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "批准认领" }).ClickAsync();
        await phone.Page.ReloadAsync();
        await Expect(phone.Page.Locator(".b-sealed")).ToContainTextAsync(Secret);
        await phone.Page.Locator("summary", new() { HasText = "写进展" }).TapAsync();
        await phone.Page.FillAsync("#Input_Note", "问了三家摊主，都说是傍晚丢的");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "记下来" }).TapAsync();
        await Expect(phone.Page.Locator(".b-history")).ToContainTextAsync("问了三家摊主");
        await phone.Page.Locator("summary", new() { HasText = "办好了，提交" }).TapAsync();
        await phone.ShotAsync("case-claim");
        await phone.LooksRightAsync(44);
        await phone.Page.FillAsync("#Input_Result", "电瓶找到两块，已还给失主");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "提交", Exact = true }).TapAsync();
        await Expect(phone.Page.Locator("summary", new() { HasText = "办好了，提交" })).ToHaveCountAsync(0);

        await desk.GoAsync($"/desk/cases/{number}");
        await Expect(desk.Page.Locator(".b-now")).ToContainTextAsync("现在办结发 120 分");
        await desk.ShotAsync("case-desk-submitted");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "办结并发积分" }).ClickAsync();
        await Expect(desk.Page.Locator(".note[role=status]").First).ToContainTextAsync("发了 120 分");
        await desk.LooksRightAsync(24);
        await phone.GoAsync("/me/ledger");
        await Expect(phone.Page.Locator(".p-led").First).ToContainTextAsync("+120");
    }

    [Theory, InlineData("desk", "zh-CN", ""), InlineData("phone", "zh-CN", ""), InlineData("phone", "en", "xl"), InlineData("desk", "en", "")]
    public async Task Board_OnEveryScreen_LooksRight(string screen, string culture, string size)
    {
        await SeedAsync();
        var (held, claim) = await ManyAsync($"{screen}{culture}");
        foreach (var (path, name) in ((string, string)[])[("/board", "board"), ("/board?show=taken", "taken"), ("/board?q=nothing-like-it", "none"), ($"/board/{held}", "one")])
        {
            await using var page = await site.OpenAsync(Screens.Named(screen), path, culture, size);
            await page.ShotAsync($"case-{name}-{screen}-{culture}{size}");
            await page.LooksRightAsync(screen == "phone" ? 44 : 24);
        }
        await GiveBackAsync(claim);
    }

    [Theory, InlineData("zh-CN", ""), InlineData("en", "xl")]
    public async Task PhonePages_InBothLanguages_LookRight(string culture, string size)
    {
        await SeedAsync();
        var (number, claim) = await ManyAsync("手机" + culture);
        await using var phone = await SignInAsync(Screens.Phone, "case-second", culture, size);
        await phone.GoAsync($"/me/claims/ask/{number}");
        await phone.Page.Locator(".b-team summary").TapAsync();
        await phone.ShotAsync($"case-team-{culture}{size}");
        await phone.LooksRightAsync(44);
        await phone.Page.Locator("#Input_NoInterest").CheckAsync();
        await phone.Page.Locator(".p-submit button").TapAsync();
        await Expect(phone.Page.Locator(".note.warn[role=alert]")).ToBeVisibleAsync();
        await phone.ShotAsync($"case-behind-{culture}{size}");
        await phone.LooksRightAsync(44);
        foreach (var (path, name) in ((string, string)[])[("/me/claims", "mine"), ($"/me/claims/{claim}", "handover"), ("/me", "home")])
        {
            await phone.GoAsync(path);
            await phone.ShotAsync($"case-{name}-{culture}{size}");
            await phone.LooksRightAsync(44);
        }
        await using var holder = await SignInAsync(Screens.Phone, "case-member", culture, size);
        foreach (var (path, name) in ((string, string)[])[("/me/claims", "held"), ($"/me/claims/{claim}", "detail")])
        {
            await holder.GoAsync(path);
            if (name == "detail") await holder.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true); 0");
            await holder.ShotAsync($"case-{name}-{culture}{size}");
            await holder.LooksRightAsync(44);
        }
        await GiveBackAsync(claim);
    }

    [Theory, InlineData("desk", "zh-CN", ""), InlineData("desk", "en", ""), InlineData("phone", "en", "xl")]
    public async Task DeskPages_OnEveryScreen_LookRight(string screen, string culture, string size)
    {
        await SeedAsync();
        var (number, claim) = await ManyAsync("柜台" + screen + culture);
        await using var desk = await SignInAsync(Screens.Named(screen), "case-approver", culture, size);
        foreach (var (path, name) in ((string, string)[])[
            ("/desk/cases", "list"), ("/desk/cases?tab=All", "all"), ("/desk/cases?tab=Withdrawn&q=nothing", "empty"), ($"/desk/cases/{number}", "case"), ($"/desk/cases/decide/{number}?to=Release&claim={claim}", "decide"),
            ($"/desk/cases/for/{number}?who=940003", "for"), ("/desk/cases/edit", "new")])
        {
            await desk.GoAsync(path);
            if (name == "case") await desk.Page.EvaluateAsync("document.querySelectorAll('main details').forEach(d => d.open = true); 0");
            await desk.ShotAsync($"case-desk-{name}-{screen}-{culture}{size}");
            await desk.LooksRightAsync(24);
        }
        await GiveBackAsync(claim);
    }

    /// <summary>Some on the board, one held with more time asked for and a hand-over offered. Gives the held one's number and claim.</summary>
    private async Task<(string Number, int Claim)> ManyAsync(string mark)
    {
        var by = new Approver { Actor = Actor.User(981), MemberId = null, AreaPath = "CAS/" };
        var (area, people) = await ReadAsync(async db => (await db.Areas.Where(a => a.Code == "CASG").Select(a => a.Id).SingleAsync(), await db.Members.Where(m => m.Code.StartsWith("CAS0")).OrderBy(m => m.Code).Select(m => m.Id).ToListAsync()));
        var ids = new List<SaveCase.Saved>();
        foreach (var (kind, title, wanted, reward) in ((string, string, string, int)[])[
            ("dispute", "两户因共用排水沟多年不和", "双方谈成一个分摊办法，写下来签字。", 80), ("hazard", "老粮库后墙开裂，需设警戒并联系产权方", "修好前拉起警戒，产权方答应日期。", 60),
            ("lead", "核实多起冒充燃气员上门的情况", "说清时间、人数、怎么骗人。", 260), ("other", "水塘边缺少护栏和救生设备", "装好一段护栏，放一个救生圈。", 50)])
        {
            var saved = (SaveCase.Saved)await Services.GetRequiredService<SaveCase>().ExecuteAsync(new()
            {
                Title = title, Wanted = $"{wanted}（{mark}）", Sealed = Secret, Kind = kind, AreaId = area, Reward = reward, Days = 15, ClaimBy = StationTime.Day(DateTime.UtcNow).AddDays(12), By = by,
            });
            await Services.GetRequiredService<PublishCase>().ExecuteAsync(saved.CaseId, by);
            ids.Add(saved);
        }
        Voice Of(int member) => new() { MemberId = member, Actor = Actor.User(982) };
        var asked = (AskForCase.Asked)await Services.GetRequiredService<AskForCase>().ExecuteAsync(new() { CaseId = ids[0].CaseId, By = Of(people[0]), NoInterest = true, Plan = "两家我都熟，想一起去谈" });
        await Services.GetRequiredService<ApproveClaim>().ExecuteAsync(asked.ClaimId, by);
        await Services.GetRequiredService<AddNote>().ExecuteAsync(new() { ClaimId = asked.ClaimId, By = Of(people[0]), Text = "两户都走访过了，约好周六现场丈量" });
        await Services.GetRequiredService<AskForExtension>().ExecuteAsync(asked.ClaimId, 5, "等测绘结果", Of(people[0]));
        await Services.GetRequiredService<OfferHandOver>().ExecuteAsync(asked.ClaimId, "CAS02", Of(people[0]));
        return (ids[0].Number, asked.ClaimId);
    }

    private async Task GiveBackAsync(int claim) =>
        await Services.GetRequiredService<ReleaseClaim>().ExecuteAsync(claim, "测试结束", new Approver { Actor = Actor.User(981), MemberId = null, AreaPath = "CAS/" });

    private async Task<Watched> SignInAsync(BrowserNewContextOptions screen, string user, string culture, string size)
    {
        var page = await site.OpenAsync(screen, "/account/login", culture, size);
        await page.Page.FillAsync("#Input_Name", user);
        await page.Page.FillAsync("#Input_Password", Password);
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page).Not.ToHaveURLAsync(new Regex("login"));
        return page;
    }

    private Task<int> SeedAsync() => Services.GetRequiredService<MarketWrites>().RunAsync(async db =>
    {
        if (await db.Areas.AnyAsync(a => a.Code == "CAS")) return 0;
        var book = await Journal.OpenBookAsync(db, "CAS");
        var station = new Area { Code = "CAS", Name = "认领派出所", Kind = AreaKind.Station, Path = "CAS/", BookId = book };
        var village = new Area { Code = "CASV", Name = "陆圩村", Kind = AreaKind.Village, Path = "CAS/CASV/", BookId = book, Parent = station };
        var grid = new Area { Code = "CASG", Name = "陆圩村2号网格", Kind = AreaKind.Grid, Path = "CAS/CASV/CASG/", BookId = book, Parent = village };
        string[] names = ["张桂兰", "李强", "王秀英"];
        var members = names.Select((n, i) => new Member { Code = $"CAS0{i + 1}", Number = $"94000{i + 1}", Name = n, Kind = MemberKind.GridMember, Area = grid, Joined = new(2024, 1, 1) }).ToList();
        db.AddRange(station, village, grid);
        db.AddRange(members);
        await db.SaveChangesAsync();
        await AccountAsync(db, "case-member", Roles.Member, null, members[0].Id);
        await AccountAsync(db, "case-second", Roles.Member, null, members[1].Id);
        return await AccountAsync(db, "case-approver", Roles.Approver, village.Id, null);
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
        await using var db = Services.GetRequiredService<MarketContexts>().Read();
        return await read(db);
    }
}
