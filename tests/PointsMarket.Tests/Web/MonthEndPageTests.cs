using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Ledger;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>The pages of the month's end, through their forms: from draft to published with an objection answered, and a month reconciled.</summary>
public sealed class MonthEndPageTests : IAsyncLifetime
{
    private SiteHost site = null!;

    public async Task InitializeAsync()
    {
        site = await SiteHost.StartAsync();
        // The kit's areas have other names than the files give the same codes.
        await site.Writes.RunAsync(async db =>
        {
            await db.Areas.Where(a => a.Code == "V1").ExecuteDeleteAsync();
            await db.Areas.Where(a => a.Code == "PR1").ExecuteDeleteAsync();
            return await db.Areas.Where(a => a.Code == "STA").ExecuteUpdateAsync(s => s.SetProperty(a => a.Name, "房山派出所"));
        });
        var outcome = await site.Services.GetRequiredService<ImportFiles>().ExecuteAsync(new ImportFiles.Input { Sources = Xinggu.Sources, Actor = Actor.System("import") });
        Assert.False(outcome.Refused, outcome.Words());
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Assessment_DraftedObjectedAnsweredPublished_PostsTheBonus()
    {
        using var drafter = await site.SignInAsync(Roles.Approver);
        await drafter.GetAsync("/desk/assessment?month=2026-09");
        Assert.Contains("还没拟定", drafter.Text, StringComparison.Ordinal);
        await drafter.PostAsync("form[action*=Draft]");
        Assert.Contains("草案拟好了", drafter.Text, StringComparison.Ordinal);
        Assert.Contains("G0003", drafter.Text, StringComparison.Ordinal);

        var (id, name) = await site.ReadAsync(db => db.Members.Where(m => m.Code == "G0003").Select(m => new ValueTuple<int, string>(m.Id, m.Name)).SingleAsync());
        using var member = await site.SignInAsync(Roles.Member, area: null, memberId: id);
        await member.GetAsync("/me/assessment");
        Assert.Contains("91.93", member.Text, StringComparison.Ordinal);
        Assert.Contains("20 × 26 ÷ 29 = 17.93", member.Text, StringComparison.Ordinal);
        await member.PostAsync(("Input.Text", " "));
        Assert.NotNull(member.ErrorOf("Input.Text"));
        await member.PostAsync(("Input.Text", "少算了一次 <b>巡逻</b>"));
        Assert.Contains("少算了一次 <b>巡逻</b>", member.Text, StringComparison.Ordinal);

        site.Clock.Advance(AssessmentPolicy.Default.Shown);
        using var publisher = await site.SignInAsync(Roles.Administrator);
        await publisher.GetAsync("/desk/assessment?month=2026-09");
        Assert.Null(publisher.Page.QuerySelector("form[action*=Publish]"));
        Assert.Contains(name, publisher.Text, StringComparison.Ordinal);
        await publisher.PostAsync(("Input.Answer", "否"));
        Assert.NotNull(publisher.Page.QuerySelector(".note.bad"));
        Assert.Equal("否", publisher.Page.QuerySelector("textarea[name='Input.Answer']")!.TextContent); // what was typed stays
        await publisher.PostAsync(("Input.Answer", "已核对，那天没有签到。"));
        await publisher.PostAsync("form[action*=Publish]");
        Assert.Contains("已公布，奖励积分已发完", publisher.Text, StringComparison.Ordinal);
        Assert.Equal(147, await site.ReadAsync(db => db.LedgerTransactions.CountAsync(t => t.Kind == TransactionKinds.AssessmentBonus)));

        await publisher.GetAsync("/desk/assessment?month=2026-09&handler=csv");
        Assert.Contains("G0003", publisher.Body, StringComparison.Ordinal);
        await publisher.GetAsync("/desk/assessment?month=2026-09&grade=NotCompetent&sort=-score&q=zzz");
        Assert.Contains("没有找到这样的人", publisher.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assessment_OvertakenByALateReport_SaysSoAndIsDraftedAgain()
    {
        using var drafter = await site.SignInAsync(Roles.Approver);
        await drafter.GetAsync("/desk/assessment?month=2026-09");
        await drafter.PostAsync("form[action*=Draft]");
        site.Clock.Advance(AssessmentPolicy.Default.Shown);
        using var publisher = await site.SignInAsync(Roles.Administrator);
        await publisher.GetAsync("/desk/assessment?month=2026-09");
        await site.Writes.RunAsync(async db =>
        {
            var late = await db.TaskReports.Where(r => r.HappenedDay >= new DateOnly(2026, 9, 1) && r.Outcome == PointsMarket.Tasks.ReportOutcome.Verified).OrderBy(r => r.Id).Select(r => r.Id).FirstAsync();
            return await db.TaskReports.Where(r => r.Id == late).ExecuteUpdateAsync(s => s.SetProperty(r => r.Outcome, PointsMarket.Tasks.ReportOutcome.Rejected));
        });
        await publisher.PostAsync("form[action*=Publish]");
        Assert.Contains("要先重新核算", publisher.Text, StringComparison.Ordinal);
        Assert.Contains("有 1 人的结果会不一样", publisher.Text, StringComparison.Ordinal);
        Assert.Null(publisher.Page.QuerySelector("form[action*=Publish]"));
        await publisher.PostAsync("form[action*=Draft]");
        Assert.Contains("草案拟好了", publisher.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("结果会不一样", publisher.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assessment_Frozen_IsWatchedUntilTheJobHasPostedTheBonuses()
    {
        using var drafter = await site.SignInAsync(Roles.Approver);
        await drafter.GetAsync("/desk/assessment?month=2026-09");
        await drafter.PostAsync("form[action*=Draft]");
        site.Clock.Advance(AssessmentPolicy.Default.Shown);
        using var client = await site.SignInAsync(Roles.Approver);
        var publish = site.Services.GetRequiredService<PublishAssessment>();
        var id = await site.ReadAsync(db => db.Assessments.Select(a => a.Id).SingleAsync());
        Assert.Equal(PublishAssessment.Outcome.Publishing, await publish.FreezeAsync(new() { AssessmentId = id, Actor = Actor.User(902), AreaPath = "STA/" }));
        Assert.Equal(0, await site.ReadAsync(db => db.LedgerTransactions.CountAsync(t => t.Kind == TransactionKinds.AssessmentBonus)));

        await client.GetAsync("/desk/assessment?month=2026-09");
        Assert.Equal("/desk/assessment?month=2026-09", client.Page.QuerySelector("#month-state")!.GetAttribute("hx-get"));
        Assert.Equal("147", client.Page.QuerySelector("#month-state progress")!.GetAttribute("max"));
        Assert.Equal(1, await publish.FinishAllAsync());
        await client.GetAsync("/desk/assessment?month=2026-09");
        Assert.Null(client.Page.QuerySelector("#month-state")!.GetAttribute("hx-get"));
        Assert.Contains("奖励积分已发完", client.Text, StringComparison.Ordinal);
        Assert.Equal(PublishAssessment.Outcome.Published, await publish.FreezeAsync(new() { AssessmentId = id, Actor = Actor.User(902), AreaPath = "STA/" }));
    }

    [Fact]
    public async Task Assessment_OfInformants_NeverShowsTheirNames()
    {
        using var client = await site.SignInAsync(Roles.Administrator);
        await client.GetAsync("/desk/assessment?month=2026-09");
        await client.PostAsync("form[action*=Draft]");
        await client.GetAsync("/desk/assessment?month=2026-09&size=100&sort=-code");
        var names = Xinggu.Text("members.csv").Split('\n').Select(l => l.Split(',')).Where(c => c is [_, _, "Informant", ..]).Select(c => c[1]).ToList(); // sealed in the database
        var others = await site.ReadAsync(db => db.Members.Where(m => m.Kind != PointsMarket.Members.MemberKind.Informant).Select(m => m.Name).ToListAsync());
        Assert.NotEmpty(names);
        var cells = client.Page.QuerySelectorAll("td .who > span").Select(c => c.ChildNodes[0].TextContent.Trim()).ToList();
        Assert.NotEmpty(cells);
        Assert.Empty(cells.Intersect(names.Except(others)));
    }

    [Fact]
    public async Task Pages_OfTheMonthsEnd_OpenToTheirRolesOnly()
    {
        foreach (var (path, allowed, refused) in new[]
        {
            ("/desk/assessment", Roles.Approver, Roles.Attendant), ("/finance/reconciliation", Roles.Auditor, Roles.Approver), ("/me/assessment", Roles.Member, Roles.Finance),
        })
        {
            using var visitor = site.Visitor();
            Assert.StartsWith("/account/login", (await visitor.GetAsync(path)).Path, StringComparison.Ordinal);
            using var yes = await site.SignInAsync(allowed);
            Assert.Equal(HttpStatusCode.OK, (await yes.GetAsync(path)).Status);
            using var no = await site.SignInAsync(refused);
            Assert.Equal(HttpStatusCode.Forbidden, (await no.GetAsync(path)).Status);
        }
    }
}
