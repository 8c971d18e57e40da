using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Browser.Kit;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Ledger;
using PointsMarket.Members;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>A shift from signing up to the points, on a phone and at the desk; and every page of it, looked at.</summary>
[Collection("site")]
public sealed class DutyTests(Site site)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task Shift_FromSigningUpToPoints_GoesByTaps()
    {
        await SeedAsync();
        var id = await ShiftAsync("河堤巡逻");
        await using var phone = await SignInAsync(Screens.Phone, "duty-member", "zh-CN", "");
        await phone.GoAsync("/me/duties?all=true");
        await phone.Page.Locator($"form[action='/me/duties/{id}?handler=ask'] button").TapAsync();
        await Expect(phone.Page.Locator(".note[role=status]")).ToContainTextAsync("报上了");
        await site.Services.GetRequiredService<DrawShifts>().ExecuteAsync();
        await phone.GoAsync($"/me/duties/{id}");
        await Expect(phone.Page.Locator(".d-mine")).ToContainTextAsync("轮到我了");

        await using var desk = await SignInAsync(Screens.Desk, "duty-approver", "zh-CN", "");
        await desk.GoAsync($"/desk/duties/{id}/code");
        await Expect(desk.Page.Locator(".d-code svg.qr")).ToBeVisibleAsync();
        await desk.LooksRightAsync(24);
        var code = await desk.Page.Locator(".d-digits").InnerTextAsync();
        await phone.Page.GetByRole(AriaRole.Link, new() { Name = "签到", Exact = true }).TapAsync();
        await phone.Page.FillAsync("#Input_Code", code);
        await phone.LooksRightAsync(44);
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "我到了" }).TapAsync();
        await Expect(phone.Page.Locator(".note[role=status]")).ToContainTextAsync("签到成功");
        await phone.ShotAsync("duty-there");

        await EndAsync(id);
        await desk.GoAsync($"/desk/duties/{id}");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "确认到场" }).ClickAsync();
        await desk.LooksRightAsync(24);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "确认并记分" }).ClickAsync();
        await Expect(desk.Page.Locator(".note[role=status]").First).ToContainTextAsync("共 5 分");
        await desk.ShotAsync("duty-confirmed");
        await phone.GoAsync("/me");
        await Expect(phone.Page.Locator(".p-led")).ToContainTextAsync("+5");
    }

    [Theory, InlineData("zh-CN", ""), InlineData("en", ""), InlineData("en", "xl")]
    public async Task PhonePages_InBothLanguages_LookRight(string culture, string size)
    {
        await SeedAsync();
        var (open, mine) = (await ShiftAsync("村口值守"), await ShiftAsync("集市一带", member: true)); // in this order: each call takes the member off the others
        await using var phone = await SignInAsync(Screens.Phone, "duty-member", culture, size);
        foreach (var (path, name) in ((string, string)[])[
            ("/me/duties?all=true", "list"), ("/me/duties", "near"), ($"/me/duties/{open}", "open"), ($"/me/duties/{mine}", "mine"), ($"/me/duties/{mine}/code", "code"), ($"/me/duties/{mine}/crew", "crew"),
            ($"/me/checkin?s={mine}&c=123456", "checkin"), ("/me/checkin?s=999999", "checkin-none")])
        {
            await phone.GoAsync(path);
            if (name == "mine") await phone.Page.Locator(".d-how summary").TapAsync();
            await phone.ShotAsync($"duty-{name}-{culture}{size}");
            await phone.LooksRightAsync(44);
        }
    }

    [Theory, InlineData("desk", "zh-CN", ""), InlineData("desk", "en", ""), InlineData("phone", "en", "xl")]
    public async Task DeskPages_OnEveryScreen_LookRight(string screen, string culture, string size)
    {
        await SeedAsync();
        var (open, taken) = (await ShiftAsync("文化广场"), await ShiftAsync("老粮库", member: true));
        var (day, duty) = await ReadAsync(db => db.Shifts.Where(s => s.Id == open).Select(s => new ValueTuple<DateOnly, int>(s.Day, s.DutyId)).SingleAsync());
        await using var desk = await SignInAsync(Screens.Named(screen), "duty-approver", culture, size);
        foreach (var (path, name) in ((string, string)[])[
            ($"/desk/duties?week={day:yyyy-MM-dd}", "week"), ("/desk/duties?week=2030-01-01", "empty"), ("/desk/duties/plan", "plan"), ("/desk/duties/plan/new", "new"), ($"/desk/duties/plan/{duty}", "edit"),
            ($"/desk/duties/{open}", "open"), ($"/desk/duties/{taken}", "taken"), ($"/desk/duties/{taken}/code", "code"), ($"/desk/duties/{taken}/attendance", "attendance"), ($"/desk/duties/{open}/cancel", "cancel")])
        {
            await desk.GoAsync(path);
            await desk.ShotAsync($"duty-desk-{name}-{screen}-{culture}{size}");
            await desk.LooksRightAsync(24);
        }
    }

    /// <summary>A shift that begins in a quarter of an hour; with the member in it, drawn.</summary>
    private async Task<int> ShiftAsync(string place, bool member = false)
    {
        var starts = StationTime.Local(DateTime.UtcNow.AddMinutes(15));
        var (grid, who) = await ReadAsync(db => db.Members.Where(m => m.Code == "DTY01").Select(m => new ValueTuple<int, int>(m.AreaId, m.Id)).SingleAsync());
        // A member is on one shift at a time.
        await WriteAsync(db => db.ShiftSignUps.Where(u => u.MemberId == who).ExecuteUpdateAsync(s => s.SetProperty(u => u.State, SignUpState.Withdrawn).SetProperty(u => u.Seat, (int?)null)));
        var day = DateOnly.FromDateTime(starts);
        var saved = (SaveDuty.Saved)await site.Services.GetRequiredService<SaveDuty>().ExecuteAsync(new SaveDuty.Input
        {
            Kind = DutyKind.Patrol, Place = place, AreaId = grid, Weekdays = Weekdays.All, StartsAt = new(starts.Hour, starts.Minute), EndsAt = new TimeOnly(starts.Hour, starts.Minute).AddHours(2),
            FirstDay = day, LastDay = day, Crew = [(MemberKind.GridMember, 1), (null, 2)], DrawDays = 1, Actor = Actor.System("test"), AreaPath = "DTY/",
        });
        var id = await ReadAsync(db => db.Shifts.Where(s => s.DutyId == saved.DutyId).Select(s => s.Id).SingleAsync());
        if (!member) return id;
        await site.Services.GetRequiredService<AskForSeat>().ExecuteAsync(new() { ShiftId = id, MemberId = who, Actor = Actor.System("test") });
        await site.Services.GetRequiredService<DrawShifts>().ExecuteAsync();
        return id;
    }

    /// <summary>It was held two hours ago.</summary>
    private Task<int> EndAsync(int id) => WriteAsync(async db =>
    {
        var shift = await db.Shifts.SingleAsync(s => s.Id == id);
        (shift.StartsAt, shift.EndsAt) = (DateTime.UtcNow.AddHours(-2), DateTime.UtcNow.AddMinutes(-1));
        return await db.SaveChangesAsync();
    });

    private async Task<Watched> SignInAsync(BrowserNewContextOptions screen, string user, string culture, string size)
    {
        var page = await site.OpenAsync(screen, "/account/login", culture, size);
        await page.Page.FillAsync("#Input_Name", user);
        await page.Page.FillAsync("#Input_Password", Password);
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page).Not.ToHaveURLAsync(new Regex("login"));
        return page;
    }

    private Task<int> SeedAsync() => WriteAsync(async db =>
    {
        if (await db.Areas.AnyAsync(a => a.Code == "DTY")) return 0;
        var book = await Journal.OpenBookAsync(db, "DTY");
        var station = new Area { Code = "DTY", Name = "勤务派出所", Kind = AreaKind.Station, Path = "DTY/", BookId = book };
        var village = new Area { Code = "DTYV", Name = "吴场村", Kind = AreaKind.Village, Path = "DTY/DTYV/", BookId = book, Parent = station };
        var grid = new Area { Code = "DTYG", Name = "吴场村1号网格", Kind = AreaKind.Grid, Path = "DTY/DTYV/DTYG/", BookId = book, Parent = village };
        var member = new Member { Code = "DTY01", Number = "950001", Name = "张桂兰", Kind = MemberKind.GridMember, Area = grid, Joined = new(2024, 1, 1) };
        db.AddRange(station, village, grid, member);
        await db.SaveChangesAsync();
        await AccountAsync(db, "duty-member", Roles.Member, null, member.Id);
        return await AccountAsync(db, "duty-approver", Roles.Approver, station.Id, null);
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

    private Task<int> WriteAsync(Func<MarketDb, Task<int>> write) => site.Services.GetRequiredService<MarketWrites>().RunAsync(write);

    private async Task<T> ReadAsync<T>(Func<MarketDb, Task<T>> read)
    {
        await using var db = site.Services.GetRequiredService<MarketContexts>().Read();
        return await read(db);
    }
}
