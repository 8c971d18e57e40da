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
using PointsMarket.Tasks;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>Reports in a browser: sent with a photo from a phone, judged at the desk one by one and a hundred at once.</summary>
[Collection("site")]
public sealed class ReportTests(Site site)
{
    private const string Password = "correct horse battery";

    private IServiceProvider Services => site.Services;

    [Fact]
    public async Task Report_WithAPhotoFromAPhone_ArrivesSmallerAndIsVerified()
    {
        await SeedAsync();
        await using var phone = await SignInAsync(Screens.Phone, "report-member", "zh-CN", "");
        var page = phone.Page;
        await phone.GoAsync("/me/report");
        await page.GetByLabel("排查隐患").TapAsync();
        await page.FillAsync("#Input_Text", "东头水渠边的护栏松了，小孩容易掉下去");
        var sent = await DrawnAsync(page, 3000, 2000);
        await page.SetInputFilesAsync("#Input_Photos", new FilePayload { Name = "IMG_1.png", MimeType = "image/png", Buffer = sent });
        await Expect(page.Locator("button.thumb canvas")).ToHaveCountAsync(1);
        await phone.ShotAsync("report-form-photo");
        await phone.LooksRightAsync(44);

        // The line is down: nothing is lost, and the second try is the same report.
        await page.EvaluateAsync("window.real = window.fetch; window.fetch = () => Promise.reject(new TypeError('down')); 0");
        await page.GetByRole(AriaRole.Button, new() { Name = "提交" }).TapAsync();
        await Expect(page.Locator("[data-offline-note]")).ToContainTextAsync("没有送到");
        await phone.ShotAsync("report-form-offline");
        await phone.GoAsync("/me/report");
        await Expect(page.Locator("[data-draft]")).ToBeVisibleAsync();
        await Expect(page.Locator("#Input_Text")).ToHaveValueAsync(new Regex("护栏松了"));
        await phone.LooksRightAsync(44);
        await page.SetInputFilesAsync("#Input_Photos", new FilePayload { Name = "IMG_1.png", MimeType = "image/png", Buffer = sent });
        await Expect(page.Locator("button.thumb")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "提交" }).TapAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/me/reports$"));
        await Expect(page.Locator(".note[role=status]")).ToContainTextAsync("已收到");
        await phone.ShotAsync("reports-mine");
        await phone.LooksRightAsync(44);
        await phone.GoAsync("/me/report");
        await Expect(page.Locator("#Input_Text")).ToHaveValueAsync(""); // the draft is gone

        var photo = await ReadAsync(db => db.ReportPhotos.Where(p => p.Report.Text.Contains("护栏松了")).Select(p => new { p.Bytes, p.Kind, p.Report.Reference }).SingleAsync());
        Assert.True(photo.Kind == PhotoKind.Jpeg && photo.Bytes < sent.Length, $"{photo.Bytes} of {sent.Length}");
        await using var desk = await SignInAsync(Screens.Desk, "report-approver", "zh-CN", "");
        await desk.GoAsync($"/desk/reports/{photo.Reference}");
        await Expect(desk.Page.Locator(".photos img")).ToHaveJSPropertyAsync("naturalWidth", 2000);
        await desk.ShotAsync("report-detail");
        await desk.LooksRightAsync(24);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "通过" }).ClickAsync();
        await Expect(desk.Page.Locator(".note[role=status]").First).ToContainTextAsync("共 10 分");
    }

    [Fact]
    public async Task Verify_AHundredAtOnce_ShowsThatItWorksAndThenWhatItDid()
    {
        await SeedAsync();
        await FileManyAsync("一百件", 100);
        await using var desk = await SignInAsync(Screens.Desk, "report-approver", "zh-CN", "");
        var page = desk.Page;
        await desk.GoAsync("/desk/reports?q=一百件&size=100");
        await page.GetByLabel("选中本页全部").CheckAsync();
        await Expect(page.Locator("[data-n]")).ToHaveTextAsync("100");
        // The page is on its way out when the bar shows: it writes down for us whether it did.
        await page.EvaluateAsync("addEventListener('submit', e => sessionStorage.setItem('shown', !e.target.querySelector('[data-work]').hidden)); 0");
        await page.GetByRole(AriaRole.Button, new() { Name = "批量通过" }).ClickAsync();
        await Expect(page.Locator(".note[role=status]").First).ToContainTextAsync("通过了 100 条，共 2,000 分");
        Assert.Equal("true", await page.EvaluateAsync<string>("sessionStorage.getItem('shown')"));
        Assert.Equal(100, await ReadAsync(db => db.TaskReports.CountAsync(r => r.Text.Contains("一百件") && r.Outcome == ReportOutcome.Verified)));
    }

    [Theory, InlineData("desk", "zh-CN", ""), InlineData("desk", "en", ""), InlineData("phone", "en", "xl")]
    public async Task DeskPages_OnEveryScreen_LookRight(string screen, string culture, string size)
    {
        await SeedAsync();
        var id = (await FileManyAsync("版面", 3))[0];
        var reference = await ReadAsync(db => db.TaskReports.Where(r => r.Id == id).Select(r => r.Reference).SingleAsync());
        await using var desk = await SignInAsync(Screens.Named(screen), "report-approver", culture, size);
        foreach (var (path, name) in ((string, string)[])[
            ("/desk/reports?q=版面", "list"), ("/desk/reports?state=All", "all"), ("/desk/reports?q=nothing-like-it", "none"), ($"/desk/reports/{reference}", "one"),
            ($"/desk/reports/judge?to=Returned&id={id}", "judge"), ("/desk/reports/file?who=RPT01", "file"), ("/desk/reports/file", "file-first")])
        {
            await desk.GoAsync(path);
            if (name == "list") await desk.Page.Locator("input[name=id]").First.CheckAsync();
            await desk.ShotAsync($"reports-{name}-{screen}-{culture}{size}");
            await desk.LooksRightAsync(24);
        }
    }

    [Theory, InlineData("zh-CN", ""), InlineData("en", "xl")]
    public async Task PhonePages_InBothLanguages_LookRight(string culture, string size)
    {
        await SeedAsync();
        var ids = await FileManyAsync("手机页", 4);
        Judgement By(int id) => new() { ReportIds = [id], Actor = Actor.User(998), ActorMemberId = null, AreaPath = "RPT/" };
        await Services.GetRequiredService<VerifyReports>().ExecuteAsync(By(ids[0]));
        await Services.GetRequiredService<RejectReports>().ExecuteAsync(By(ids[1]), "和昨天的是同一件事");
        await Services.GetRequiredService<ReturnReports>().ExecuteAsync(By(ids[2]), "具体在哪一段路？");
        var reference = await ReadAsync(db => db.TaskReports.Where(r => r.Id == ids[2]).Select(r => r.Reference).SingleAsync());
        await using var phone = await SignInAsync(Screens.Phone, "report-member", culture, size);
        foreach (var (path, name) in ((string, string)[])[("/me/report", "form"), ("/me/reports", "mine"), ("/me/reports?state=Reversed", "none"), ($"/me/reports/answer/{reference}", "answer")])
        {
            await phone.GoAsync(path);
            await phone.ShotAsync($"phone-{name}-{culture}{size}");
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

    /// <summary>A picture with enough in it to be large.</summary>
    private static async Task<byte[]> DrawnAsync(IPage page, int width, int height) => Convert.FromBase64String((await page.EvaluateAsync<string>(
        """
        ([w, h]) => { const c = document.createElement('canvas'); c.width = w; c.height = h; const g = c.getContext('2d');
          // soft light like a photo's: large as PNG, small as JPEG
          for (let i = 0; i < 14; i++) { const x = i * 997 % w, y = i * 613 % h, r = g.createRadialGradient(x, y, 0, x, y, w * .6);
            r.addColorStop(0, `hsla(${i * 47 % 360},70%,55%,.8)`); r.addColorStop(1, 'rgba(0,0,0,0)'); g.fillStyle = r; g.fillRect(0, 0, w, h); }
          return c.toDataURL('image/png'); }
        """, new[] { width, height })).Split(',')[1]);

    private async Task<int[]> FileManyAsync(string mark, int count)
    {
        var member = await ReadAsync(db => db.Members.Where(m => m.Code == "RPT01").Select(m => new { m.Id, m.AreaId }).SingleAsync());
        var file = Services.GetRequiredService<FileReport>();
        var filed = await Task.WhenAll(Enumerable.Range(0, count).Select(i => file.ExecuteAsync(new FileReport.Input
        {
            MemberId = member.Id, AreaId = member.AreaId, ClientKey = Guid.NewGuid().ToString("N"), Category = "clue", HappenedAt = DateTime.UtcNow.AddHours(-1 - i),
            Text = $"{mark}：第 {i + 1} 件，村口有陌生车辆停了很久", Actor = Actor.User(999),
        })));
        return [.. filed.Cast<FileReport.Filed>().Select(f => f.ReportId)];
    }

    private Task<int> SeedAsync() => Services.GetRequiredService<MarketWrites>().RunAsync(async db =>
    {
        if (await db.Areas.AnyAsync(a => a.Code == "RPT")) return 0;
        var book = await Journal.OpenBookAsync(db, "RPT");
        var station = new Area { Code = "RPT", Name = "上报派出所", Kind = AreaKind.Station, Path = "RPT/", BookId = book };
        var village = new Area { Code = "RPTV", Name = "吴场村", Kind = AreaKind.Village, Path = "RPT/RPTV/", BookId = book, Parent = station };
        var grid = new Area { Code = "RPTG", Name = "吴场村1号网格", Kind = AreaKind.Grid, Path = "RPT/RPTV/RPTG/", BookId = book, Parent = village };
        var member = new Member { Code = "RPT01", Number = "910001", Name = "张桂兰", Kind = MemberKind.GridMember, Area = grid, Joined = new(2024, 1, 1) };
        db.AddRange(station, village, grid, member);
        await db.SaveChangesAsync();
        await AccountAsync(db, "report-member", Roles.Member, null, member.Id);
        return await AccountAsync(db, "report-approver", Roles.Approver, village.Id, null);
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
