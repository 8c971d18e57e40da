using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Browser.Kit;
using PointsMarket.Data;
using PointsMarket.Jobs;
using PointsMarket.Ledger;
using PointsMarket.Web.Jobs;
using static Microsoft.Playwright.Assertions;

namespace PointsMarket.Browser;

/// <summary>A site whose schedule runs, with a job that takes until it is stopped.</summary>
public sealed class ScheduledSite : Site
{
    public const string Password = "correct horse battery";

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Jobs:Run", "true");
        builder.ConfigureTestServices(services => services.AddSingleton(new JobList(
        [
            new("assess", JobTime.EveryMonth(1, 0, 30), Nothing), new("reconcile", JobTime.EveryMonth(1, 1, 0), Nothing), new("backup", JobTime.EveryDay(3, 0), Nothing),
            new("verify", JobTime.EveryDay(3, 30), StandStillAsync), new("tips", JobTime.EveryHour(7), Nothing), new("slips", JobTime.EveryMinutes(30), Nothing),
        ])));
    }

    protected override Task FillAsync() => Services.GetRequiredService<MarketWrites>().RunAsync(async db =>
    {
        var book = await Journal.OpenBookAsync(db, "STA");
        var station = new Area { Code = "STA", Name = "兴谷派出所", Kind = AreaKind.Station, Path = "STA/", BookId = book };
        var admin = new AppUser { UserName = "admin", NormalizedUserName = "ADMIN", DisplayName = "周文静", SecurityStamp = "x", Area = station, CreatedAt = DateTime.UtcNow, LockoutEnabled = true };
        admin.PasswordHash = new PasswordHasher<AppUser>().HashPassword(admin, Password);
        db.AddRange(station, admin);
        await db.SaveChangesAsync();
        db.UserRoles.Add(new IdentityUserRole<int> { UserId = admin.Id, RoleId = await db.Roles.Where(r => r.Name == Roles.Administrator).Select(r => r.Id).SingleAsync() });
        var report = new RunReport(TimeProvider.System);
        report.Say(RunLines.BookOff, "STA", 3);
        report.Say(RunLines.BookProved, "STB", 1286, 5120);
        for (var i = 0; i < 24; i++)
        {
            var at = DateTime.UtcNow.AddHours(-1 - i);
            var failed = i % 6 == 2;
            db.JobRuns.Add(new JobRun
            {
                Job = i % 2 == 0 ? "verify" : "backup", State = failed ? RunState.Failed : RunState.Done, Failure = failed ? RunFailures.Books : null, TraceId = failed ? "5d1f0c7e8a9b4f23a6c1d2e3f4a5b6c7" : null,
                Cause = RunCause.Schedule, AskedAt = at, StartedAt = at, EndedAt = at.AddSeconds(2.4 * i), Node = "market-1-812-1f3a", Percent = 100, Log = report.Told().Log,
            });
        }
        return await db.SaveChangesAsync();
    });

    private static Task Nothing(JobWork work, CancellationToken ct)
    {
        work.Report.Count(0);
        return Task.CompletedTask;
    }

    private static Task StandStillAsync(JobWork work, CancellationToken ct)
    {
        work.Report.Say(RunLines.BookProved, "STA", 1286, 5120);
        work.Report.Progress(64, 100);
        return Task.Delay(Timeout.Infinite, ct);
    }
}

/// <summary>The administrators' page of the schedule.</summary>
public sealed class JobTests(ScheduledSite site) : IClassFixture<ScheduledSite>
{
    [Fact]
    public async Task Job_RunNowWatchedAndStopped_StandsInTheHistory()
    {
        await using var admin = await SignInAsync(Screens.Desk, "zh-CN", "");
        await admin.GoAsync("/admin/jobs");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "马上运行：核验账本" }).ClickAsync();
        // The page looks again by itself until the bar is there.
        await Expect(admin.Page.Locator("#jobs-now progress")).ToHaveAttributeAsync("value", "64", new() { Timeout = 15000 });
        await admin.ShotAsync("jobs-running");
        await admin.LooksRightAsync(24);
        await Expect(admin.Page.Locator("#run-verify")).ToBeDisabledAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "停止：核验账本" }).ClickAsync();
        await Expect(admin.Page.Locator("#jobs-now progress")).ToHaveCountAsync(0, new() { Timeout = 15000 });
        await admin.GoAsync("/admin/jobs?job=verify&state=Cancelled");
        await admin.Page.Locator("section.card .t a[href^='/admin/jobs/']").Last.ClickAsync();
        await Expect(admin.Page.Locator("main")).ToContainTextAsync("已停止");
        await Expect(admin.Page.Locator(".jobs-log")).ToContainTextAsync("1286 笔交易");
    }

    [Theory, InlineData("desk", "zh-CN", ""), InlineData("desk", "en", ""), InlineData("phone", "zh-CN", ""), InlineData("phone", "en", "xl")]
    public async Task Pages_OnEveryScreen_LookRight(string screen, string culture, string size)
    {
        await using var admin = await SignInAsync(Screens.Named(screen), culture, size);
        await LookAsync("/admin/jobs", "jobs");
        await LookAsync("/admin/jobs?q=nowhere", "jobs-none");
        await admin.GoAsync("/admin/jobs?state=Failed");
        await admin.Page.Locator("section.card .t a[href^='/admin/jobs/']").Last.ClickAsync();
        await Expect(admin.Page).ToHaveURLAsync(new Regex(@"/admin/jobs/\d+$"));
        await LookAsync(new Uri(admin.Page.Url).PathAndQuery, "job-run");

        async Task LookAsync(string path, string name)
        {
            await admin.GoAsync(path);
            await admin.ShotAsync($"{name}-{screen}-{culture}{size}");
            await admin.LooksRightAsync(24);
        }
    }

    private async Task<Watched> SignInAsync(BrowserNewContextOptions screen, string culture, string size)
    {
        var page = await site.OpenAsync(screen, "/account/login", culture, size);
        await page.Page.FillAsync("#Input_Name", "admin");
        await page.Page.FillAsync("#Input_Password", ScheduledSite.Password);
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page).Not.ToHaveURLAsync(new Regex("login"));
        return page;
    }
}
