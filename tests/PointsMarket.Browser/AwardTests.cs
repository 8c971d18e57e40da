using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Assessments;
using PointsMarket.Awards;
using PointsMarket.Browser.Kit;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Sponsors;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>An award in a browser: from the ranking to the PDF, and every page of it on every screen.</summary>
[Collection("desk")]
public sealed class AwardTests(Site site)
{
    private const string Password = "correct horse battery", Station = "AWS/";

    [Fact]
    public async Task Award_FromRankingToPdf_GoesThroughTwoPeopleAndANotice()
    {
        await SeedAsync();
        await using var one = await SignInAsync(Screens.Desk, "award-one", "zh-CN", "");
        await one.GoAsync("/desk/awards/new?kind=Activist");
        await one.Page.FillAsync("#Input_Title", "年度积极分子");
        await one.Page.FillAsync("#Input_Quota", "3");
        await one.Page.FillAsync("#Input_LeastMonths", "1");
        await one.Page.FillAsync("#Input_Amount", "0");
        await one.LooksRightAsync(24);
        await PressAsync(one, "保存");
        await PressAsync(one, "算出排名");
        await Expect(one.Page.Locator("tr.sel")).ToHaveCountAsync(3);
        await one.ShotAsync("awards-ranked");
        await one.LooksRightAsync(24);
        await PressAsync(one, "提交名单");
        var path = new Uri(one.Page.Url).PathAndQuery;
        await using var two = await SignInAsync(Screens.Desk, "award-two", "zh-CN", "");
        await two.GoAsync(path);
        await PressAsync(two, "复核通过");
        await Expect(two.Page.Locator(".tag.big")).ToHaveTextAsync("公示中");
        await using var phone = await SignInAsync(Screens.Phone, "award-member", "zh-CN", "");
        await phone.GoAsync("/me/awards");
        await phone.Page.Locator("summary").First.TapAsync();
        await phone.Page.Locator("textarea").First.FillAsync("请核实他的巡逻记录");
        await phone.ShotAsync("awards-object");
        await phone.LooksRightAsync(44);
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "提交" }).TapAsync();
        await Expect(phone.Page.Locator(".note[role=status]")).ToContainTextAsync("已收到");

        await site.Services.GetRequiredService<MarketWrites>().RunAsync(db => db.AwardCycles.Where(c => c.State == AwardState.Noticed)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.NoticeTo, new DateOnly(2026, 1, 1)).SetProperty(c => c.NoticeFrom, new DateOnly(2025, 12, 24)))); // as if the seven days were over
        await two.GoAsync(path);
        await two.Page.Locator("[name='Input.Answer']").FillAsync("核实过了，记录属实");
        await PressAsync(two, "异议不成立");
        await PressAsync(two, "审定");
        await PressAsync(two, "签发全部证书");
        await two.ShotAsync("awards-issued");
        await two.LooksRightAsync(24);
        await PressAsync(two, "打印全部 3 张");
        await two.ShotAsync("awards-printing");
        await Expect(two.Page.GetByRole(AriaRole.Link, new() { Name = "下载 PDF" })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await two.LooksRightAsync(24);
        var download = await two.Page.RunAndWaitForDownloadAsync(() => two.Page.GetByRole(AriaRole.Link, new() { Name = "下载 PDF" }).ClickAsync());
        if (Environment.GetEnvironmentVariable("SHOTS") is { Length: > 0 } folder) await download.SaveAsAsync(Path.Combine(folder, "awards.pdf"));
        var pdf = await File.ReadAllTextAsync((await download.PathAsync())!, System.Text.Encoding.Latin1);
        Assert.Matches(@"/Count 3\b", pdf);
        Assert.Matches(@"/MediaBox ?\[0 0 84[12][.\d]* 59[45][.\d]*\]", pdf); // A4 across

        await phone.GoAsync("/me/certificates");
        await phone.Page.GetByRole(AriaRole.Link, new() { Name = "查看和打印" }).First.TapAsync();
        await Expect(phone.Page.Locator(".cert-head")).ToHaveTextAsync("荣誉证书");
        await phone.ShotAsync("awards-sheet-phone");
    }

    [Theory, InlineData("desk", "zh-CN", ""), InlineData("desk", "en", ""), InlineData("phone", "en", "xl")]
    public async Task Pages_OnEveryScreen_LookRight(string screen, string culture, string size)
    {
        await SeedAsync();
        var (cycle, certificate, code) = await IssuedAsync();
        await using var desk = await SignInAsync(Screens.Named(screen), "award-one", culture, size);
        foreach (var (path, name) in ((string, string)[])[
            ("/desk/awards", "list"), ("/desk/awards/new?kind=ModelAide", "new"), ($"/desk/awards/{cycle}", "cycle"), ("/desk/certificates", "certificates"), ("/desk/certificates?q=nothing-like-it", "none"),
            ($"/desk/certificates/{certificate}", "certificate"), ($"/desk/certificates/{certificate}/sheet", "sheet"), ($"/verify/{code}", "verify"), ("/verify", "ask")])
        {
            await desk.GoAsync(path);
            await desk.ShotAsync($"awards-{name}-{screen}-{culture}{size}");
            await desk.LooksRightAsync(24);
        }
    }

    [Theory, InlineData("zh-CN", ""), InlineData("en", "xl")]
    public async Task PhonePages_InBothLanguages_LookRight(string culture, string size)
    {
        await SeedAsync();
        await IssuedAsync();
        await using var phone = await SignInAsync(Screens.Phone, "award-member", culture, size);
        foreach (var (path, name) in ((string, string)[])[("/me/certificates", "mine"), ("/me/awards", "notices")])
        {
            await phone.GoAsync(path);
            await phone.ShotAsync($"awards-phone-{name}-{culture}{size}");
            await phone.LooksRightAsync(44);
        }
    }

    private static Task PressAsync(Watched page, string button) => page.Page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();

    private async Task<Watched> SignInAsync(BrowserNewContextOptions screen, string user, string culture, string size)
    {
        var page = await site.OpenAsync(screen, "/account/login", culture, size);
        await page.Page.FillAsync("#Input_Name", user);
        await page.Page.FillAsync("#Input_Password", Password);
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page).Not.ToHaveURLAsync(new Regex("login"));
        return page;
    }

    /// <summary>A commendation of the member with the rare name, issued.</summary>
    private async Task<(int Cycle, int Certificate, string Code)> IssuedAsync()
    {
        T Get<T>() where T : notnull => site.Services.GetRequiredService<T>();
        var (one, two, area) = await ReadAsync(async db => (await UserAsync(db, "award-one"), await UserAsync(db, "award-two"), await db.Areas.Where(a => a.Code == "AWS").Select(a => a.Id).SingleAsync()));
        var saved = (SaveCycle.Saved)await Get<SaveCycle>().ExecuteAsync(new()
        {
            Kind = AwardKind.Commendation, Year = 2026, Title = "见义勇为表彰", Quota = 2, AreaId = area, Kinds = [], LeastMonths = 1, Words = "您在平安建设工作中见义勇为、热心助人，特予表彰。", AmountFen = 0, MonthlyFen = 0, Fund = null, UserId = one, AreaPath = Station,
        });
        AwardStep By(int user) => new() { CycleId = saved.CycleId, UserId = user, AreaPath = Station };
        await Get<NameRecipient>().ExecuteAsync(new() { Step = By(one), MemberCode = "AWS01" });
        await Get<FixList>().ExecuteAsync(By(one));
        await Get<ConfirmList>().ExecuteAsync(By(two));
        Assert.Equal(AwardOutcome.Done, await Get<IssueCertificates>().ExecuteAsync(new() { Step = By(two) }));
        var made = await ReadAsync(db => db.Certificates.Where(c => c.CycleId == saved.CycleId).Select(c => new { c.Id, c.Code }).SingleAsync());
        return (saved.CycleId, made.Id, made.Code);
    }

    private static Task<int> UserAsync(MarketDb db, string name) => db.Users.Where(u => u.UserName == name).Select(u => u.Id).SingleAsync();

    private Task<int> SeedAsync() => site.Services.GetRequiredService<MarketWrites>().RunAsync(async db =>
    {
        if (await db.Areas.AnyAsync(a => a.Code == "AWS")) return 0;
        var book = await Journal.OpenBookAsync(db, "AWS");
        var station = new Area { Code = "AWS", Name = "表彰派出所", Kind = AreaKind.Station, Path = Station, BookId = book };
        var members = Enumerable.Range(1, 5).Select(i => new Member { Code = $"AWS{i:00}", Number = $"97000{i}", Name = i == 1 ? "欧阳玥喆" : $"王小{"二三四五"[i - 2]}", Kind = MemberKind.Volunteer, Area = station, Joined = new(2024, 1, 1) }).ToList();
        var month = new Assessment { BookId = book, Month = new(DateTime.UtcNow.Year - (DateTime.UtcNow.Month <= 6 ? 1 : 0), 3, 1), State = AssessmentState.Published, DraftedBy = "user:1", PublishedBy = "user:2" };
        db.AddRange(members);
        db.AddRange(station, month, new Sponsor { Code = "AWSP", Name = "兴谷粮油店" });
        await db.SaveChangesAsync();
        db.AddRange(members.Select((m, i) => new AssessmentLine { AssessmentId = month.Id, MemberId = m.Id, Score = 9800 - (i * 120), Points = 60 - i }));
        await db.SaveChangesAsync();
        await AccountAsync(db, "award-member", Roles.Member, null, members[0].Id);
        await AccountAsync(db, "award-one", Roles.Approver, station.Id, null);
        return await AccountAsync(db, "award-two", Roles.Approver, station.Id, null);
    });

    private static async Task<int> AccountAsync(MarketDb db, string name, string role, int? area, int? member)
    {
        var user = new AppUser { UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = "沈警官", SecurityStamp = name, AreaId = area, MemberId = member, CreatedAt = DateTime.UtcNow, LockoutEnabled = true };
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
