using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Assessments;
using PointsMarket.Browser.Kit;
using PointsMarket.Data;
using PointsMarket.Effects;
using PointsMarket.Ledger;
using PointsMarket.Members;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>The month's end in a browser: from draft to published with an objection answered, an evaluation on a phone, the effects.</summary>
[Collection("desk")]
public sealed class MonthEndTests(Site site)
{
    private const string Password = "correct horse battery", Village = "MES/MESV/";

    private static readonly DateOnly Month = new DateOnly(StationTime.Day(DateTime.UtcNow).Year, StationTime.Day(DateTime.UtcNow).Month, 1).AddMonths(-1);

    [Fact]
    public async Task Assessment_DraftedObjectedAnswered_IsPublished()
    {
        await SeedAsync();
        await using var desk = await SignInAsync(Screens.Desk, "mes-one", "zh-CN", "");
        await desk.GoAsync($"/desk/assessment?month={StationMonth.Text(Month)}");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "拟定", Exact = true }).ClickAsync();
        await Expect(desk.Page.Locator(".note[role=status]").First).ToContainTextAsync("草案拟好了");

        await using var phone = await SignInAsync(Screens.Phone, "mes-member", "zh-CN", "");
        await phone.GoAsync("/me/assessment");
        await phone.Page.Locator("summary", new() { HasText = "觉得不对" }).First.TapAsync();
        await phone.Page.FillAsync("#Input_Text", "20号的巡逻没有算");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "提出异议" }).First.TapAsync();
        await Expect(phone.Page.Locator(".m-said").First).ToContainTextAsync("20号的巡逻没有算");
        await phone.ShotAsync("month-phone-objected");
        await phone.LooksRightAsync(24);

        // Three days later.
        await site.Services.GetRequiredService<MarketWrites>().RunAsync(async db =>
        {
            var draft = await db.Assessments.AsTracking().SingleAsync(a => a.Month == Month && db.Areas.Any(s => s.Code == "MES" && s.BookId == a.BookId));
            draft.ShownAt -= AssessmentPolicy.Default.Shown;
            return await db.SaveChangesAsync();
        });
        await using var other = await SignInAsync(Screens.Desk, "mes-two", "zh-CN", "");
        await other.GoAsync($"/desk/assessment?month={StationMonth.Text(Month)}");
        await other.Page.Locator("textarea[name='Input.Answer']").FillAsync("查过签到表，那天没有签到。");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "答复" }).ClickAsync();
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "公布并发奖励积分" }).ClickAsync();
        await Expect(other.Page.Locator(".note[role=status]").First).ToContainTextAsync("已公布");
        await other.ShotAsync("month-desk-published");
        await other.LooksRightAsync(24);
    }

    [Theory, InlineData("zh-CN", ""), InlineData("en", "xl")]
    public async Task Evaluation_OnAPhone_TakesSixTapsAndOne(string culture, string size)
    {
        await SeedAsync();
        await using var phone = await SignInAsync(Screens.Phone, "mes-member", culture, size);
        await phone.GoAsync("/me/evaluations");
        await phone.ShotAsync($"month-phone-evaluations-{culture}{size}");
        await phone.LooksRightAsync(44);
        await phone.Page.Locator(".rt-people a").First.TapAsync();
        await Expect(phone.Page.Locator(".rt-row")).ToHaveCountAsync(6); // the page is there: AllAsync does not wait for it
        foreach (var row in await phone.Page.Locator(".rt-row").AllAsync()) await row.Locator("label").Nth(3).TapAsync();
        await phone.ShotAsync($"month-phone-rate-{culture}{size}");
        await phone.LooksRightAsync(44);
        await phone.Page.Locator(".rt-save button").TapAsync();
        await Expect(phone.Page.Locator(".note[role=status]")).ToBeVisibleAsync();
        await Expect(phone.Page.Locator(".rt-people .tag.ok").First).ToBeVisibleAsync();
        await phone.GoAsync("/me/actions");
        await phone.LooksRightAsync(44);
    }

    [Theory, InlineData("desk", "zh-CN", ""), InlineData("desk", "en", ""), InlineData("phone", "en", "xl")]
    public async Task Pages_OnEveryScreen_LookRight(string screen, string culture, string size)
    {
        await SeedAsync();
        await using var desk = await SignInAsync(Screens.Named(screen), "mes-one", culture, size);
        var month = StationMonth.Text(Month);
        foreach (var (path, name) in ((string, string)[])[
            ("/desk/evaluations", "evaluations"), ("/desk/meetings", "meetings"), ("/desk/meetings/new", "meeting-new"), ($"/desk/assessment/compare?month={month}", "compare"),
            ($"/desk/assessment/payroll?month={month}", "payroll"), ($"/desk/assessment/corrections?month={month}", "corrections"),
            ($"/desk/effects?period={month}", "effects"), ($"/desk/effects/print?period={month}", "board"), ("/desk/effects/figures", "figures"), ("/effects?station=MES&period=" + Month.Year, "public")])
        {
            await desk.GoAsync(path);
            await desk.ShotAsync($"month-{name}-{screen}-{culture}{size}");
            await desk.LooksRightAsync(24);
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

    private Task<int> SeedAsync() => site.Services.GetRequiredService<MarketWrites>().RunAsync(async db =>
    {
        if (await db.Areas.AnyAsync(a => a.Code == "MES")) return 0;
        var book = await Journal.OpenBookAsync(db, "MES");
        var station = new Area { Code = "MES", Name = "月末派出所", Kind = AreaKind.Station, Path = "MES/", BookId = book };
        var village = new Area { Code = "MESV", Name = "吴场村", Kind = AreaKind.Village, Path = Village, BookId = book, Parent = station, Households = 820, Residents = 3100 };
        var grid = new Area { Code = "MESG", Name = "吴场村1号网格", Kind = AreaKind.Grid, Path = Village + "MESG/", BookId = book, Parent = village };
        var members = new[] { MemberKind.GridChief, MemberKind.Coordinator, MemberKind.GridManager, MemberKind.GridMember, MemberKind.GridMember, MemberKind.GridMember, MemberKind.GridMember, MemberKind.GridMember }
            .Select((kind, i) => new Member { Code = $"MES{i:00}", Number = $"97413{i}", Name = "周吴郑王冯陈褚卫"[i] + "桂兰", Kind = kind, Area = kind == MemberKind.GridMember ? grid : kind == MemberKind.GridChief ? station : village, Joined = new(2024, 1, 1) }).ToList();
        db.AddRange(station, village, grid);
        db.AddRange(members);
        db.AddRange(from key in PoliceKeys.All from back in (int[])[0, 12] select new PoliceFigure { Month = Month.AddMonths(-back), Area = station, Key = key, Value = 20 + key.Length + back, ImportedAt = DateTime.UtcNow, ImportedBy = "user:1" });
        await db.SaveChangesAsync();
        await AccountAsync(db, "mes-member", Roles.Member, null, members[3].Id);
        await AccountAsync(db, "mes-two", Roles.Administrator, station.Id, null);
        return await AccountAsync(db, "mes-one", Roles.Approver, station.Id, null);
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
}
