using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>The inbox through its forms, for a member, for the desk and for a firm.</summary>
public sealed class InboxPageTests(ReportSite reports) : IClassFixture<ReportSite>
{
    [Fact]
    public async Task Inbox_OfAMember_ShowsTheirOwnAndOpensThem()
    {
        var filed = await reports.FiledAsync("捡到钱包交还失主");
        var secret = await reports.FiledAsync("别人的", member: reports.Informant);
        await VerifyAsync(filed.ReportId, secret.ReportId);
        using var client = await reports.MemberAsync();
        await client.GetAsync("/me");
        Assert.Contains("条未读", client.Page.QuerySelector("a.bell")!.GetAttribute("aria-label")!, StringComparison.Ordinal);

        await client.GetAsync("/account/inbox");
        Assert.Contains($"您报的事项 {filed.Reference} 审核通过了", client.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret.Reference, client.Body, StringComparison.Ordinal);
        var id = Button(client, filed.Reference);
        await client.PostAsync($"form:has(input[value='{id}'])", ("id", id));

        Assert.StartsWith("/me/reports", client.Path, StringComparison.Ordinal);
        Assert.NotNull(client.Page.GetElementById(filed.Reference));
        await client.GetAsync("/account/inbox?fresh=true");
        Assert.DoesNotContain(filed.Reference, client.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inbox_TamperedWith_OpensNobodyElses()
    {
        var secret = await reports.FiledAsync("别人的事", member: reports.Informant);
        await VerifyAsync(secret.ReportId);
        var id = await reports.Site.ReadAsync(db => db.InboxMessages.Where(m => m.Subject == secret.Reference).Select(m => m.Id).SingleAsync());
        using var client = await reports.MemberAsync();
        await client.GetAsync("/me");
        Assert.Equal(HttpStatusCode.NotFound, (await client.ForgeAsync("/account/inbox?handler=Open", ("id", $"{id}"))).Status);
        Assert.Null(await reports.Site.ReadAsync(db => db.InboxMessages.Where(m => m.Id == id).Select(m => m.ReadAt).SingleAsync()));
        using var visitor = reports.Site.Visitor();
        Assert.StartsWith("/account/login", (await visitor.GetAsync("/account/inbox")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inbox_ManyMessages_ArePagedAndReadAtOnce()
    {
        var name = await reports.Site.AddAccountAsync(Roles.Approver, ReportSite.Village);
        var user = await reports.Site.ReadAsync(db => db.Users.Where(u => u.UserName == name).Select(u => u.Id).SingleAsync());
        await reports.Site.Writes.RunAsync(db =>
        {
            for (var i = 0; i < 25; i++) Inbox.TellAccount(db, user, InboxKinds.ReportClimbed, $"RX{i:00}", "/desk/reports", reports.Site.Clock.GetUtcNow().UtcDateTime.AddMinutes(i));
            return db.SaveChangesAsync();
        });
        using var client = await reports.Site.SignInAsAsync(name);
        await client.GetAsync("/account/inbox");
        Assert.Equal("RX24", References(client)[0]); // newest first
        Assert.Equal(20, References(client).Count);
        Assert.Equal("消息，25 条未读", client.Page.QuerySelector("a.bell")!.GetAttribute("aria-label"));
        await client.GetAsync("/account/inbox?p=2");
        Assert.Equal(5, References(client).Count);

        await client.PostAsync("form.inbox-all");

        Assert.Contains("25 条标为已读", client.Text, StringComparison.Ordinal);
        Assert.Equal("消息，没有未读", client.Page.QuerySelector("a.bell")!.GetAttribute("aria-label"));
        await client.GetAsync("/account/inbox?fresh=true");
        Assert.Contains("都看过了", client.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inbox_WithNothingInIt_SaysWhatComesThere()
    {
        using var client = await reports.Site.SignInAsync(Roles.Finance);
        await client.GetAsync("/account/inbox");
        Assert.Contains("还没有消息", client.Text, StringComparison.Ordinal);
        await client.GetAsync("/account/inbox?culture=en");
        Assert.Contains("No messages yet", client.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inbox_WithAHandedOutPassword_IsForLater()
    {
        var name = await reports.Site.AddAccountAsync(Roles.Approver, change: u => u.PasswordIsOneTime = true);
        using var client = await reports.Site.SignInAsAsync(name);
        Assert.StartsWith("/account/security/password", (await client.GetAsync("/account/inbox")).Path, StringComparison.OrdinalIgnoreCase);
        Assert.Null(client.Page.QuerySelector("a.bell"));
    }

    [Fact]
    public async Task MyTurn_AtTheDesk_ListsWhatStandsAtTheUsersLevelAndWhy()
    {
        var old = await reports.FiledAsync("轮到我的旧事", "dispute");
        var late = reports.Site.Clock.GetUtcNow().UtcDateTime.AddDays(-2.5);
        await reports.Site.Writes.RunAsync(db => db.TaskReports.Where(r => r.Id == old.ReportId).ExecuteUpdateAsync(s => s.SetProperty(r => r.FiledAt, late)));
        var fresh = await reports.FiledAsync("轮到我的新事", "dispute");
        using var officer = await reports.Site.SignInAsync(Roles.Approver, ReportSite.Village);
        await officer.GetAsync("/desk/reports?state=Mine&q=轮到我的");
        Assert.Contains("轮到我的旧事", officer.Text, StringComparison.Ordinal);
        Assert.Contains("先由网格管理员办，10月1日 00:00 升到网格长", officer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("轮到我的新事", officer.Text, StringComparison.Ordinal);

        await officer.ForgeAsync("/desk/reports?state=Mine&q=轮到我的&handler=verifyAll");

        Assert.Equal((ReportOutcome.Verified, ReportOutcome.Pending), ((await reports.ReadAsync(old.ReportId)).Outcome, (await reports.ReadAsync(fresh.ReportId)).Outcome));
        await officer.GetAsync("/desk/reports?q=轮到我的");
        Assert.Contains("先由网格管理员办", officer.Text, StringComparison.Ordinal);
    }

    private Task<Judged> VerifyAsync(params int[] ids) => reports.Site.Services.GetRequiredService<VerifyReports>().ExecuteAsync(
        new Judgement { ReportIds = ids, Actor = Actor.User(77), ActorMemberId = null, AreaPath = ReportSite.Village });

    private static string Button(PageClient client, string reference) =>
        client.Page.QuerySelectorAll(".inbox li").Single(l => l.TextContent.Contains(reference, StringComparison.Ordinal)).QuerySelector("input[name=id]")!.GetAttribute("value")!;

    private static List<string> References(PageClient client) =>
        [.. client.Page.QuerySelectorAll(".inbox b").Select(b => System.Text.RegularExpressions.Regex.Match(b.TextContent, "RX\\d\\d").Value)];
}
