using System.Net;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Members;
using PointsMarket.Proposals;
using PointsMarket.Rules;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>Rule book, routes and notice page through their forms. The clock stands at noon of 1 October 2026.</summary>
public sealed class RulePagesTests : IAsyncLifetime
{
    private SiteHost site = null!;

    public async Task InitializeAsync() => site = await SiteHost.StartAsync();

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Rule_ProposedPreviewedAndApproved_StandsOnTheNoticePage()
    {
        using var one = await site.SignInAsync(Roles.Administrator);
        using var two = await site.SignInAsync(Roles.Administrator);
        await one.GetAsync("/desk/rules/propose?category=dispute");
        Assert.Contains("每次 30 分，每天最多 2 次", one.Text, StringComparison.Ordinal);

        await one.PostAsync("form.wide", [.. Fields(), ("Input.Reason", "")]);
        Assert.Contains("请填写为什么改", one.ErrorOf("Input.Reason")!, StringComparison.Ordinal);
        Assert.Equal("25", one.Page.QuerySelector("#Input_Points")!.GetAttribute("value")); // what was typed is kept
        await one.PostAsync("form.wide", [.. Fields("2026-10-01"), ("Input.Reason", "x")]);
        Assert.Contains("最早从明天起", one.ErrorOf("Input.From")!, StringComparison.Ordinal);
        await one.PostAsync("form.wide", [.. Fields(), ("Input.PointsPerMonth", "20"), ("Input.Reason", "x")]);
        Assert.Contains("不能比一次的积分还少", one.ErrorOf("Input.PointsPerMonth")!, StringComparison.Ordinal);
        await one.ForgeAsync("/desk/rules/propose?handler=Preview", [.. Fields()]);
        Assert.NotNull(one.Page.QuerySelector("#what-if"));
        Assert.Equal(0, await site.ReadAsync(db => db.RuleProposals.CountAsync()));
        await one.PostAsync("form.wide", [.. Fields(), ("Input.Reason", "<b>试试</b>")]);
        Assert.Contains("已提交，等别人审批", one.Text, StringComparison.Ordinal);
        Assert.Contains("<b>试试</b>", one.Text, StringComparison.Ordinal);
        Assert.Null(one.Page.QuerySelector("form[action*=pprove]"));
        var path = one.Path;
        await one.ForgeAsync(path + "?handler=Approve");
        Assert.Contains("自己提的要请别人批", one.Text, StringComparison.Ordinal);

        using var visitor = site.Visitor();
        Assert.Contains("最近没有变化", (await visitor.GetAsync("/notices")).Text, StringComparison.Ordinal);
        await two.GetAsync("/account/inbox");
        Assert.Contains("等您审批", two.Text, StringComparison.Ordinal);
        await two.GetAsync(path);
        await two.PostAsync("form[action*=efuse]", ("Input.Answer", " "));
        Assert.Contains("请填写不批准的原因", two.Text, StringComparison.Ordinal);
        await two.PostAsync("form[action*=pprove]");
        Assert.Contains("已批准，并在公示页上公布", two.Text, StringComparison.Ordinal);
        await two.ForgeAsync(path + "?handler=Approve");
        Assert.Contains("已经定了", two.Text, StringComparison.Ordinal);

        await visitor.GetAsync("/notices");
        Assert.Contains("2026年11月1日起", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("每次 25 分", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("原来：每次 30 分", visitor.Text, StringComparison.Ordinal);
        await one.GetAsync("/desk/rules");
        Assert.Contains("已批准", one.Text, StringComparison.Ordinal);
        await one.GetAsync("/desk/rules?handler=csv");
        Assert.Contains("JF0001", one.Body, StringComparison.Ordinal);
        await one.GetAsync("/admin/changes");
        Assert.Contains("批准规则修改", one.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_TakenBackOrRefused_ChangesNothing()
    {
        using var one = await site.SignInAsync(Roles.Administrator);
        using var approver = await site.SignInAsync(Roles.Approver); // the second pair of eyes: there is one administrator
        using var village = await site.SignInAsync(Roles.Approver, "STA/PR1/V1/");
        await one.GetAsync("/desk/rules/propose?category=dispute");
        await one.PostAsync("form.wide", [.. Fields(), ("Input.Reason", "甲")]);
        await one.PostAsync("form[action*=ithdraw]");
        Assert.Contains("已撤回", one.Text, StringComparison.Ordinal);
        await one.GetAsync("/desk/rules/propose?category=dispute");
        await one.PostAsync("form.wide", [.. Fields(), ("Input.Reason", "乙")]);
        var path = one.Path;
        await village.GetAsync(path);
        Assert.Contains("要由另一位管理员审批", village.Text, StringComparison.Ordinal);
        await village.ForgeAsync(path + "?handler=Approve");
        Assert.Contains("要由另一位管理员审批", village.Text, StringComparison.Ordinal);
        await approver.GetAsync(path);
        await approver.PostAsync("form[action*=efuse]", ("Input.Answer", "先看看"));
        Assert.Contains("没有批准", approver.Text, StringComparison.Ordinal);
        Assert.Equal([ProposalState.Withdrawn, ProposalState.Refused], await site.ReadAsync(db => db.RuleProposals.OrderBy(p => p.Id).Select(p => p.State).ToListAsync()));
        Assert.Equal(13, await site.ReadAsync(db => db.ScoringRules.CountAsync()));
        Assert.Equal(HttpStatusCode.Forbidden, (await approver.GetAsync("/desk/rules/propose")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await approver.GetAsync("/desk/rules/99")).Status);
    }

    [Fact]
    public async Task Route_ChangedByAnAdministrator_HoldsAtOnce()
    {
        using var admin = await site.SignInAsync(Roles.Administrator);
        await admin.GetAsync("/admin/routes?matter=Report&kind=dispute");
        await admin.PostAsync("form.aside", ("Input.Second.Level", "GridManager"));
        Assert.Contains("同一级不能出现两次", admin.Text, StringComparison.Ordinal);
        await admin.PostAsync("form.aside", ("Input.First.Days", "99"));
        Assert.Contains("要在 1 到 60 之间", admin.Text, StringComparison.Ordinal);
        Assert.Equal("99", admin.Page.QuerySelector("#Input_First_Days")!.GetAttribute("value"));
        await admin.PostAsync("form.aside", ("Input.First.Days", ""));
        Assert.Contains("每一级都要写天数", admin.Text, StringComparison.Ordinal);
        await admin.PostAsync("form.aside", ("Input.First.Level", "Coordinator"), ("Input.First.Days", "4"));
        Assert.Equal("/admin/routes", admin.Path);
        Assert.Equal((MemberKind.Coordinator, 4), await site.ReadAsync(db => db.RouteSteps.Where(s => s.Kind == "dispute" && s.Matter == PointsMarket.Routing.Matter.Report && s.Position == 0).Select(s => new ValueTuple<MemberKind, int>(s.Level, s.Days)).SingleAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/admin/routes?matter=Report&kind=gossip")).Status);
        using var village = await site.SignInAsync(Roles.Administrator, "STA/PR1/V1/");
        await village.GetAsync("/admin/routes?matter=Case");
        await village.PostAsync("form.aside", ("Input.First.Days", "9"));
        Assert.Contains("您的权限不到全所", village.Text, StringComparison.Ordinal);
        using var approver = await site.SignInAsync(Roles.Approver);
        Assert.Equal(HttpStatusCode.Forbidden, (await approver.GetAsync("/admin/routes")).Status);
    }

    private static (string, string)[] Fields(string from = "2026-11-01") =>
        [("Input.Category", "dispute"), ("Input.Points", "25"), ("Input.ReportsPerDay", "2"), ("Input.Evidence", "Text"), ("Input.From", from)];
}
