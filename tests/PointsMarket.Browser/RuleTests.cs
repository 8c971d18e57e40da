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
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Proposals;
using PointsMarket.Rules;
using PointsMarket.Tasks;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>Inbox, rule book, routes and notice page in a browser.</summary>
[Collection("desk")]
public sealed class RuleTests(Site site)
{
    private const string Password = "correct horse battery";

    private IServiceProvider Services => site.Services;

    [Fact]
    public async Task Rule_FromTheFirstWordToTheNoticePage()
    {
        await SeedAsync();
        await using var one = await SignInAsync(Screens.Desk, "rule-one", "zh-CN", "");
        await one.GoAsync("/desk/rules/propose?category=service");
        await one.Page.FillAsync("#Input_Points", "9");
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "先算一算" }).ClickAsync();
        await Expect(one.Page.Locator("#what-if")).ToBeVisibleAsync();
        await Expect(one.Page.Locator("#Input_Points")).ToHaveValueAsync("9");
        await one.Page.Locator("#what-if summary").ClickAsync();
        await one.ShotAsync("rule-what-if");
        await one.LooksRightAsync(24);
        await one.Page.FillAsync("#Input_Reason", "代办的事越来越多");
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "提交审批" }).ClickAsync();
        await Expect(one.Page).ToHaveURLAsync(new Regex(@"/desk/rules/\d+$"));

        await using var two = await SignInAsync(Screens.Phone, "rule-two", "zh-CN", "");
        var bell = two.Page.Locator("a.bell");
        await Expect(bell).ToHaveAttributeAsync("aria-label", new Regex("未读"));
        await bell.TapAsync();
        await two.Page.Locator(".inbox li.new button").First.TapAsync();
        await Expect(two.Page).ToHaveURLAsync(new Regex(@"/desk/rules/\d+$"));
        await two.Page.GetByRole(AriaRole.Button, new() { Name = "批准", Exact = true }).TapAsync();
        await Expect(two.Page.Locator(".note[role=status]")).ToContainTextAsync("公示页");

        await using var anybody = await site.OpenAsync(Screens.Phone, "/notices");
        await Expect(anybody.Page.Locator("main")).ToContainTextAsync("每次 9 分");
    }

    [Theory, InlineData("desk", "zh-CN", ""), InlineData("desk", "en", ""), InlineData("phone", "zh-CN", ""), InlineData("phone", "en", "xl")]
    public async Task Pages_OnEveryScreen_LookRight(string screen, string culture, string size)
    {
        await SeedAsync();
        var waiting = await ReadAsync(db => db.RuleProposals.Where(p => p.Category == "training").Select(p => p.Id).FirstAsync());
        await using (var anybody = await site.OpenAsync(Screens.Named(screen), "/notices?station=RUL", culture, size))
        {
            await Expect(anybody.Page.Locator(".podium")).ToBeVisibleAsync();
            await LookAsync(anybody, "/notices?station=RUL", screen == "phone" ? 44 : 24, "notices");
            await LookAsync(anybody, "/notices?station=RUL&village=RULW", 24, "notices-few");
        }

        await using (var desk = await SignInAsync(Screens.Named(screen), "rule-two", culture, size))
        {
            foreach (var (path, name) in ((string, string)[])[
                ("/desk/rules", "rules"), ($"/desk/rules/{waiting}", "rule"), ("/desk/rules/propose?category=care", "propose"), ("/admin/routes", "routes"), ("/admin/routes?matter=Report&kind=hazard-found", "route"),
                ("/desk/reports?state=Mine", "mine"), ("/desk/cases?tab=Mine", "cases-mine"), ("/desk/rules/category", "category"), ("/desk/rules/retire/publicity", "retire"), ("/account/inbox", "inbox-desk")])
                await LookAsync(desk, path, 24, name);
        }

        await using var phone = await SignInAsync(Screens.Named(screen), "rule-member", culture, size);
        await LookAsync(phone, "/account/inbox", 44, "inbox-phone");
        await LookAsync(phone, "/account/inbox?fresh=true&p=9", 44, "inbox-none");
        await LookAsync(phone, "/me", 44, "me");

        async Task LookAsync(Watched page, string path, int target, string name)
        {
            await page.GoAsync(path);
            await page.ShotAsync($"{name}-{screen}-{culture}{size}");
            await page.LooksRightAsync(target);
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

    /// <summary>A station with six in one village, four with points, and one person in another; a change that waits, and one to come.</summary>
    private async Task SeedAsync()
    {
        var made = await Services.GetRequiredService<MarketWrites>().RunAsync(AddAsync);
        if (made.Length == 0) return;
        var (now, today) = (DateTime.UtcNow, StationTime.Day(DateTime.UtcNow));
        var file = Services.GetRequiredService<FileReport>();
        var filed = new List<int>();
        for (var i = 0; i < made.Length; i++)
        {
            filed.Add(((FileReport.Filed)await file.ExecuteAsync(new FileReport.Input
            {
                MemberId = made[i].Member, AreaId = made[i].Area, ClientKey = $"rul-{i}", Category = i % 2 == 0 ? "clue" : "service", HappenedAt = now.AddMinutes(-1), Text = $"第 {i + 1} 件好事，做得很仔细", Actor = Actor.User(999),
            })).ReportId);
        }
        var by = new Judgement { ReportIds = filed[..4], Actor = Actor.User(998), ActorMemberId = null, AreaPath = "RUL/" };
        await Services.GetRequiredService<VerifyReports>().ExecuteAsync(by);
        await Services.GetRequiredService<RejectReports>().ExecuteAsync(by with { ReportIds = [filed[4]] }, "和别人报的是同一件");
        await Services.GetRequiredService<MarketWrites>().RunAsync(async db =>
        {
            var (old, member) = (now.AddDays(-3.2), made[0].Member);
            await db.TaskReports.Where(r => r.Id == filed[5]).ExecuteUpdateAsync(s => s.SetProperty(r => r.FiledAt, old));
            for (var i = 0; i < 24; i++) db.InboxMessages.Add(new InboxMessage { MemberId = member, Kind = InboxKinds.All[i % 4], Subject = $"R2611{i:00}-ABCDE", Href = "/me/reports", At = old.AddHours(-i), ReadAt = i < 3 ? null : old });
            return await db.SaveChangesAsync();
        });
        var propose = Services.GetRequiredService<ProposeRule>();
        var admin = await ReadAsync(db => db.Users.Where(u => u.UserName == "rule-one").Select(u => u.Id).SingleAsync());
        foreach (var (category, points) in ((string, int)[])[("training", 8), ("publicity", 4)])
        {
            var proposed = (ProposeRule.Proposed)await propose.ExecuteAsync(new ProposeRule.Input
            {
                Category = category, From = today.AddDays(30), Points = points, ReportsPerDay = 1, PointsPerMonth = 40, Evidence = Evidence.Photo, Reason = "想请更多的人来参加", Actor = Actor.User(admin), AreaPath = "RUL/",
            });
            var two = await ReadAsync(db => db.Users.Where(u => u.UserName == "rule-two").Select(u => u.Id).SingleAsync());
            if (category == "publicity") await Services.GetRequiredService<ApproveRule>().ExecuteAsync(new ProposalDecision { ProposalId = proposed.Id, UserId = two, AreaPath = "RUL/" });
        }
    }

    /// <summary>The members of the first village; none when they are there already.</summary>
    private static async Task<(int Member, int Area)[]> AddAsync(MarketDb db)
    {
        if (await db.Areas.AnyAsync(a => a.Code == "RUL")) return [];
        var book = await Journal.OpenBookAsync(db, "RUL");
        var station = new Area { Code = "RUL", Name = "规则派出所", Kind = AreaKind.Station, Path = "RUL/", BookId = book };
        var village = new Area { Code = "RULV", Name = "吴场村", Kind = AreaKind.Village, Path = "RUL/RULV/", BookId = book, Parent = station };
        var small = new Area { Code = "RULW", Name = "陆圩村", Kind = AreaKind.Village, Path = "RUL/RULW/", BookId = book, Parent = station };
        string[] names = ["张桂兰", "李国庆", "王秀英", "赵大柱", "陈宝山", "周月娥"];
        var members = names.Select((n, i) => new Member { Code = $"RUL{i}", Number = $"93000{i}", Name = n, Kind = i == 3 ? MemberKind.GridManager : MemberKind.GridMember, Area = village, Joined = new(2024, 1, 1) }).ToList();
        db.AddRange(station, village, small, new Member { Code = "RULW1", Number = "930009", Name = "吴志刚", Kind = MemberKind.Volunteer, Area = small, Joined = new(2024, 1, 1) });
        db.AddRange(members);
        await db.SaveChangesAsync();
        await AccountAsync(db, "rule-one", Roles.Administrator, station.Id, null);
        await AccountAsync(db, "rule-two", Roles.Administrator, station.Id, null);
        await AccountAsync(db, "rule-member", Roles.Member, null, members[0].Id);
        return [.. members.Select(m => (m.Id, village.Id))];
    }

    private static async Task AccountAsync(MarketDb db, string name, string role, int? area, int? member)
    {
        var user = new AppUser { UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = "周文静", SecurityStamp = name, AreaId = area, MemberId = member, CreatedAt = DateTime.UtcNow, LockoutEnabled = true };
        user.PasswordHash = new PasswordHasher<AppUser>().HashPassword(user, Password);
        db.Add(user);
        await db.SaveChangesAsync();
        db.UserRoles.Add(new IdentityUserRole<int> { UserId = user.Id, RoleId = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync() });
        await db.SaveChangesAsync();
    }

    private async Task<T> ReadAsync<T>(Func<MarketDb, Task<T>> read)
    {
        await using var db = Services.GetRequiredService<MarketContexts>().Read();
        return await read(db);
    }
}
