using System.Net;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Members;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>The approver's desk, through its forms.</summary>
public sealed class ReportDeskTests(ReportSite reports) : IClassFixture<ReportSite>
{
    [Fact]
    public async Task Verify_OneFromTheList_GivesItsPoints()
    {
        var filed = await reports.FiledAsync("捡到钱包交还失主 <i>x</i>");
        var before = await reports.BalanceAsync();
        using var client = await reports.Site.SignInAsync(Roles.Approver, ReportSite.Village);
        await client.GetAsync("/desk/reports?q=" + filed.Reference);
        Assert.Contains("捡到钱包交还失主 <i>x</i>", client.Text, StringComparison.Ordinal);

        await client.PostAsync("form[data-working]", ("one", $"{filed.ReportId}"));

        Assert.Contains("通过了 1 条，共 20 分", client.Text, StringComparison.Ordinal);
        Assert.EndsWith("?q=" + filed.Reference, client.Path, StringComparison.Ordinal); // the filter stays
        Assert.Equal((ReportOutcome.Verified, before + 20), ((await reports.ReadAsync(filed.ReportId)).Outcome, await reports.BalanceAsync()));

        await client.GetAsync($"/desk/reports/{filed.Reference}");
        await client.ForgeAsync("/desk/reports?handler=verify", ("id", $"{filed.ReportId}"));
        Assert.Contains("没有通过任何一条", client.Text, StringComparison.Ordinal);
        Assert.Equal(before + 20, await reports.BalanceAsync());
    }

    [Fact]
    public async Task Verify_ManyAndAllOfAFilter_ShowsWhatCapsCut()
    {
        var mark = "批量甲";
        for (var i = 0; i < 25; i++) await reports.FiledAsync($"{mark}{i}", "service");
        using var client = await reports.Site.SignInAsync(Roles.Approver);
        await client.GetAsync($"/desk/reports?q={mark}");
        var ids = client.Page.QuerySelectorAll("input[name=id]").Select(e => e.GetAttribute("value")!).ToList();
        Assert.Equal(20, ids.Count);
        await client.ForgeAsync($"/desk/reports?q={mark}&handler=verify", [.. ids.Take(2).Select(id => ("id", id))]);
        Assert.Contains("通过了 2 条，共 8 分", client.Text, StringComparison.Ordinal);

        await client.PostAsync(".all-of form");

        Assert.Contains("通过了 23 条，共 4 分；其中 22 条到了上限", client.Text, StringComparison.Ordinal);
        Assert.Equal(25, await reports.Site.ReadAsync(db => db.TaskReports.CountAsync(r => r.Text.StartsWith(mark) && r.Outcome == ReportOutcome.Verified)));
        await client.GetAsync($"/desk/reports?q={mark}&state=Verified");
        Assert.Contains("当天次数已满", client.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_WithWords_ReturnsRejectsAndTakesBack()
    {
        var (asked, refused, wrong) = (await reports.FiledAsync("退回的"), await reports.FiledAsync("驳回的"), await reports.FiledAsync("撤回的"));
        using var client = await reports.Site.SignInAsync(Roles.Approver);
        await client.GetAsync($"/desk/reports/judge?to=Returned&id={asked.ReportId}");
        await client.PostAsync(("Input.Words", "  "));
        Assert.Contains("请填写", client.Text, StringComparison.Ordinal);
        await client.PostAsync(("Input.Words", "在哪里?"));
        Assert.Contains("退回了 1 条", client.Text, StringComparison.Ordinal);
        await client.ForgeAsync("/desk/reports?handler=choose&to=Rejected", ("id", $"{refused.ReportId}"));
        Assert.Contains("驳回的", client.Text, StringComparison.Ordinal);
        await client.PostAsync(("Input.Words", "不属于积分事项"));
        await client.GetAsync($"/desk/reports/{wrong.Reference}");
        await client.PostAsync("form[action*=erify]");
        var before = await reports.BalanceAsync();
        await client.GetAsync($"/desk/reports/judge?to=Reversed&id={wrong.ReportId}");
        await client.PostAsync(("Input.Words", "重复上报"));

        Assert.Contains("已撤回，扣回 20 分", client.Text, StringComparison.Ordinal);
        Assert.Contains("重复上报", client.Text, StringComparison.Ordinal);
        Assert.Equal(before - 20, await reports.BalanceAsync());
        Assert.Equal([ReportOutcome.Returned, ReportOutcome.Rejected, ReportOutcome.Reversed],
            await Task.WhenAll(((int[])[asked.ReportId, refused.ReportId, wrong.ReportId]).Select(async id => (await reports.ReadAsync(id)).Outcome)));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/desk/reports/judge?to=Filed&id={asked.ReportId}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/desk/reports/judge?to=Rejected&id=999999")).Status);
    }

    [Fact]
    public async Task OwnReport_AtTheDesk_IsForSomebodyElse()
    {
        var filed = await reports.FiledAsync("本人报的");
        var name = await reports.Site.AddAccountAsync(Roles.Approver, ReportSite.Village, memberId: await NewMemberAsync("G0077", filed.ReportId));
        using var client = await reports.Site.SignInAsAsync(name);
        await client.GetAsync("/desk/reports?q=" + filed.Reference);
        Assert.Contains("请别人审", client.Text, StringComparison.Ordinal);
        Assert.Empty(client.Page.QuerySelectorAll($"input[name=id][value='{filed.ReportId}'],button[name=one][value='{filed.ReportId}']"));
        await client.GetAsync("/desk/reports/judge?to=Rejected&id=" + filed.ReportId);
        await client.ForgeAsync("/desk/reports?handler=verify", ("one", $"{filed.ReportId}"));
        Assert.Contains("没有通过任何一条", client.Text, StringComparison.Ordinal);
        Assert.Equal(ReportOutcome.Pending, (await reports.ReadAsync(filed.ReportId)).Outcome);
    }

    [Fact]
    public async Task OtherArea_AtTheDesk_SeesNothing()
    {
        var filed = await reports.FiledAsync("别村的事", "hazard-found", null, Pictures.Png);
        var photo = (await reports.ReadAsync(filed.ReportId)).Photos.Single().Id;
        using var client = await reports.Site.SignInAsync(Roles.Approver, ReportSite.OtherVillage);
        await client.GetAsync("/desk/reports?state=All");
        Assert.DoesNotContain("别村的事", client.Text, StringComparison.Ordinal);
        foreach (var path in (string[])[$"/desk/reports/{filed.Reference}", $"/desk/reports/photo/{photo}", $"/desk/reports/judge?to=Rejected&id={filed.ReportId}"])
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path)).Status);
        await client.GetAsync("/desk/reports/file?who=100001");
        Assert.Contains("辖区里没有这个编号", client.Text, StringComparison.Ordinal);
        await client.GetAsync("/account/logout");
        await client.ForgeAsync("/desk/reports?handler=verify", ("id", $"{filed.ReportId}"));
        Assert.Equal(ReportOutcome.Pending, (await reports.ReadAsync(filed.ReportId)).Outcome);
        using var mine = await reports.Site.SignInAsync(Roles.Approver, ReportSite.Village);
        Assert.Equal(HttpStatusCode.OK, (await mine.GetAsync($"/desk/reports/photo/{photo}")).Status);
    }

    [Fact]
    public async Task File_ForSomebody_IsOnRecordAndForSomebodyElseToVerify()
    {
        using var client = await reports.Site.SignInAsync(Roles.Attendant, ReportSite.Village);
        await client.GetAsync("/desk/reports/file?who=100002");
        Assert.Contains("X0001", client.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("孙不言", client.Body, StringComparison.Ordinal);
        await ReportSite.SendAsync(client, [new MemoryStream(Pictures.Webp)],
            ("Input.Category", "clue"), ("Input.Text", "代报的线索"), ("Input.HappenedAt", "2026-10-01T09:00"), ("Input.AreaId", $"{reports.GridId}"));
        Assert.Contains("等别人审核", client.Text, StringComparison.Ordinal);
        var report = await reports.Site.ReadAsync(db => db.TaskReports.Include(r => r.Events).SingleAsync(r => r.Text == "代报的线索"));
        Assert.Equal((reports.Informant, ReportChange.FiledFor), (report.MemberId, report.Events.Single().Change));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/desk/reports")).Status); // an attendant decides nothing
    }

    [Fact]
    public async Task List_AndItsCsv_NameInformantsByCodeAndGuardFormulas()
    {
        await reports.FiledAsync("=HYPERLINK(\"x\")", "clue", reports.Informant);
        using var client = await reports.Site.SignInAsync(Roles.Approver);
        await client.GetAsync("/desk/reports?q=孙不言");
        Assert.Contains("没有符合条件的事项", client.Text, StringComparison.Ordinal);
        await client.GetAsync("/desk/reports?q=HYPERLINK");
        Assert.Contains("X0001", client.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("孙不言", client.Body, StringComparison.Ordinal);
        await client.GetAsync("/desk/reports?q=HYPERLINK&handler=csv");
        Assert.Contains("X0001", client.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("孙不言", client.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(",=HYPERLINK", client.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(",\"=HYPERLINK", client.Body, StringComparison.Ordinal);
    }

    [Theory, InlineData("/desk/reports"), InlineData("/desk/reports/R1"), InlineData("/desk/reports/judge?to=Rejected&id=1"), InlineData("/desk/reports/photo/1"), InlineData("/desk/reports?handler=csv")]
    public async Task Pages_ForOthers_AreClosed(string path)
    {
        using var visitor = reports.Site.Visitor();
        Assert.StartsWith("/account/login", (await visitor.GetAsync(path)).Path, StringComparison.Ordinal);
        foreach (var role in (string[])[Roles.Attendant, Roles.Finance, Roles.Sponsor])
        {
            using var client = await reports.Site.SignInAsync(role);
            Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(path)).Status);
        }
    }

    /// <summary>Makes a member and gives them a report, so that an approver may be its author.</summary>
    private Task<int> NewMemberAsync(string code, int report) => reports.Site.Writes.RunAsync(async db =>
    {
        var member = new Member { Code = code, Number = code[1..] + "99", Name = "周文静", Kind = MemberKind.GridManager, AreaId = reports.GridId, Joined = new(2025, 1, 1) };
        db.Add(member);
        await db.SaveChangesAsync();
        await db.TaskReports.Where(r => r.Id == report).ExecuteUpdateAsync(s => s.SetProperty(r => r.MemberId, member.Id));
        return member.Id;
    });
}
