using System.Net;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Jobs;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Jobs;

/// <summary>The administrators' page of the schedule, on a node that runs no jobs itself.</summary>
public sealed class JobPageTests(SiteHost site) : IClassFixture<SiteHost>
{
    [Fact]
    public async Task List_ByState_ShowsSearchesAndExportsTheHistory()
    {
        var (good, bad) = (await AddAsync("verify", RunState.Done, null), await AddAsync("backup", RunState.Failed, RunFailures.Disk));
        using var admin = await site.SignInAsync(Roles.Administrator);
        await admin.GetAsync("/admin/jobs");
        Assert.Contains("核验账本", admin.Text, StringComparison.Ordinal);
        Assert.Contains("每天 03:30", admin.Text, StringComparison.Ordinal);
        Assert.Contains("不运行定时任务", admin.Text, StringComparison.Ordinal);

        await admin.GetAsync("/admin/jobs?state=Failed&job=backup&q=abc123&from=2026-09-30&to=2026-10-02");
        Assert.NotNull(admin.Page.QuerySelector($".card td a[href='/admin/jobs/{bad}']"));
        await admin.GetAsync("/admin/jobs?state=Failed&q=nowhere");
        Assert.Contains("没有这样的运行记录", admin.Text, StringComparison.Ordinal);
        foreach (var odd in (string[])["?state=Nonsense", "?p=99999999999&size=7", "?job=none&from=x", "?sort=bad&q=%25"])
        {
            await admin.GetAsync("/admin/jobs" + odd);
            Assert.Equal(HttpStatusCode.OK, admin.Status);
        }

        await admin.GetAsync("/admin/jobs?handler=csv&job=backup");
        Assert.Contains("备份,没有成功", admin.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("核验账本", admin.Body, StringComparison.Ordinal);

        await admin.GetAsync($"/admin/jobs/{good}");
        Assert.Contains("账本 STA 没有问题：12 笔交易，30 条分录。", admin.Text, StringComparison.Ordinal);
        await admin.GetAsync($"/admin/jobs/{bad}");
        Assert.Contains("看看磁盘满没满", admin.Text, StringComparison.Ordinal);
        Assert.Contains("abc123", admin.Text, StringComparison.Ordinal);
        await admin.GetAsync("/admin/jobs/99999");
        Assert.Equal(HttpStatusCode.NotFound, admin.Status);
    }

    [Theory, InlineData(Roles.Attendant), InlineData(Roles.Approver), InlineData(Roles.Finance), InlineData(Roles.Auditor)]
    public async Task Page_ForOtherRoles_IsClosed(string role)
    {
        using var client = await site.SignInAsync(role);
        foreach (var path in (string[])["/admin/jobs", "/admin/jobs/1", "/admin/jobs?handler=csv"])
        {
            await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, client.Status);
        }
        await client.GetAsync("/account/inbox");
        await client.ForgeAsync("/admin/jobs?handler=run&job=verify");
        Assert.Equal(HttpStatusCode.Forbidden, client.Status);
    }

    [Fact]
    public async Task Buttons_OnANodeWithoutJobsOrWithNonsense_RefuseInWords()
    {
        using var admin = await site.SignInAsync(Roles.Administrator);
        foreach (var handler in (string[])["run&job=verify", "pause&job=verify", "resume&job=verify"])
        {
            await admin.GetAsync("/admin/jobs");
            await admin.ForgeAsync("/admin/jobs?handler=" + handler);
            Assert.Contains("这台服务器不运行定时任务", admin.Text, StringComparison.Ordinal);
        }
        foreach (var handler in (string[])["run&job=none", "pause", "resume&job=%00"])
        {
            await admin.GetAsync("/admin/jobs");
            await admin.ForgeAsync("/admin/jobs?handler=" + handler);
            Assert.Contains(admin.Status, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.BadRequest]);
        }
        await admin.GetAsync("/admin/jobs");
        await admin.ForgeAsync("/admin/jobs?handler=cancel&run=99999");
        Assert.Contains("已经结束了", admin.Text, StringComparison.Ordinal);
        Assert.False(await site.ReadAsync(db => db.JobRuns.AnyAsync(r => r.Live != null)));
    }

    [Fact]
    public async Task Health_WhenANightlyJobFailedLast_IsDegradedUntilItWorksAgain()
    {
        await using var own = await SiteHost.StartAsync();
        using var visitor = own.Visitor();
        Assert.Equal("Healthy", (await visitor.GetAsync("/health")).Body);
        await AddAsync("verify", RunState.Failed, RunFailures.Books, own);
        Assert.Equal("Degraded", (await visitor.GetAsync("/health")).Body);
        await AddAsync("verify", RunState.Done, null, own);
        Assert.Equal("Healthy", (await visitor.GetAsync("/health")).Body);
    }

    private async Task<long> AddAsync(string job, RunState state, string? failure, SiteHost? on = null)
    {
        var host = on ?? site;
        var at = host.Clock.GetUtcNow().UtcDateTime;
        return await host.Writes.RunAsync(async db =>
        {
            var report = new RunReport(host.Clock);
            report.Say(RunLines.BookProved, "STA", 12, 30);
            var run = new JobRun { Job = job, State = state, Cause = RunCause.Schedule, AskedAt = at, StartedAt = at, EndedAt = at.AddSeconds(3), Failure = failure, TraceId = failure is null ? null : "abc123", Log = report.Told().Log, Node = "node-1" };
            db.JobRuns.Add(run);
            await db.SaveChangesAsync();
            return run.Id;
        });
    }
}
