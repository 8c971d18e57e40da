using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Assessments;
using PointsMarket.Awards;
using PointsMarket.Members;
using PointsMarket.Sponsors;
using PointsMarket.Tests.Kit;
using PointsMarket.Web.Awards;
using PointsMarket.Web.Documents;

namespace PointsMarket.Tests.Web;

/// <summary>Awards and certificates through their forms. The clock stands at noon of 1 October 2026; one site for the class.</summary>
public sealed class AwardPageTests(SiteHost site) : IClassFixture<SiteHost>
{
    [Fact]
    public async Task Award_FromRankingToCertificate_IsSeenByEverybodyItConcerns()
    {
        var members = await ScoredAsync("R", 4);
        using var one = await site.SignInAsync(Roles.Approver);
        using var two = await site.SignInAsync(Roles.Approver);
        using var member = await site.SignInAsync(Roles.Member, null, members[0]);
        var path = await ProposeAsync(one);
        await one.PostAsync("form[action*='do=Fix']");
        Assert.Null(one.Page.QuerySelector("form[action*='do=Confirm']"));
        await one.ForgeAsync(path + "?handler=step&do=Confirm");
        Assert.Contains("这一步要换一个人", one.Text, StringComparison.Ordinal);
        await two.GetAsync("/account/inbox");
        Assert.Contains("等您复核", two.Text, StringComparison.Ordinal);
        await two.GetAsync(path);
        await two.PostAsync("form[action*='do=Confirm']");
        Assert.Contains("公示期还没有结束", two.Text, StringComparison.Ordinal);

        using var visitor = site.Visitor();
        await visitor.GetAsync("/notices");
        Assert.Contains("<b>标兵</b>", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("成*1", visitor.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("成员1", visitor.Text, StringComparison.Ordinal);
        await member.GetAsync("/me/awards");
        await member.PostAsync("form.p-form", ("Input.Text", ""));
        Assert.Contains("请填写", member.Text, StringComparison.Ordinal);
        await member.PostAsync("form.p-form", ("Input.Text", "请再核实一下"));
        Assert.Contains("您的异议已收到", member.Text, StringComparison.Ordinal);
        await site.Writes.RunAsync(db => db.AwardCycles.Where(c => c.State == AwardState.Noticed) // as if the seven days were over
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.NoticeFrom, new DateOnly(2026, 9, 22)).SetProperty(c => c.NoticeTo, new DateOnly(2026, 9, 30))));
        await two.GetAsync(path);
        Assert.Contains("还有异议没有答复", two.Text, StringComparison.Ordinal);
        await two.PostAsync("form[action*='do=Dismiss']", ("Input.Answer", "核实过了，没有问题"));
        await two.PostAsync("form[action*='do=Decide']");
        await two.PostAsync("form[action*='do=Issue']");
        Assert.Contains("有效 2 张", two.Text, StringComparison.Ordinal);
        await member.GetAsync("/me/awards");
        Assert.Contains("核实过了，没有问题", member.Text, StringComparison.Ordinal);

        await member.GetAsync("/me/certificates");
        Assert.Contains("ZS-2026-", member.Text, StringComparison.Ordinal);
        var mine = member.Page.QuerySelector("h2 a[href*='/me/certificates/']")!.GetAttribute("href")!;
        await member.GetAsync(mine);
        Assert.Contains("成员1", member.Text, StringComparison.Ordinal);
        Assert.Contains("荣誉证书", member.Text, StringComparison.Ordinal);
        using var other = await site.SignInAsync(Roles.Member, null, members[1]);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(mine)).Status);
        using var village = await site.SignInAsync(Roles.Approver, "STA/PR1/V1/");
        Assert.Equal(HttpStatusCode.NotFound, (await village.GetAsync(path)).Status);
    }

    /// <summary>Proposes an award through the form, with the slips that people make, and ranks the members; its path.</summary>
    private static async Task<string> ProposeAsync(PageClient one)
    {
        await one.GetAsync("/desk/awards/new?kind=ModelAide");
        Assert.StartsWith("1000", one.Page.QuerySelector("#Input_Amount")!.GetAttribute("value"), StringComparison.Ordinal);
        await one.PostAsync("form.wide", ("Input.Title", ""), ("Input.Year", "2099"));
        Assert.NotNull(one.ErrorOf("Input.Title"));
        await one.PostAsync("form.wide", ("Input.Title", "<b>标兵</b>"), ("Input.Year", "2027"), ("Input.Amount", "0"), ("Input.Monthly", "0"));
        Assert.Contains("不能是将来的年份", one.ErrorOf("Input.Year")!, StringComparison.Ordinal);
        await one.PostAsync("form.wide", ("Input.Title", "<b>标兵</b>"), ("Input.Year", "2026"), ("Input.Quota", "2"), ("Input.LeastMonths", "1"), ("Input.Amount", "1000"), ("Input.Monthly", "0"));
        Assert.Contains("有奖金就要选一个", one.Text, StringComparison.Ordinal); // the station has no fund
        await one.PostAsync("form.wide", ("Input.Title", "<b>标兵</b>"), ("Input.Year", "2026"), ("Input.Quota", "2"), ("Input.LeastMonths", "1"), ("Input.Amount", "0"), ("Input.Monthly", "0"));
        var path = one.Path;
        Assert.Contains("<b>标兵</b>", one.Text, StringComparison.Ordinal);
        await one.PostAsync("form[action*='do=Rank']");
        Assert.Contains("97.50", one.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("秘密", one.Text, StringComparison.Ordinal); // the informant's name
        await one.GetAsync(path + "?handler=csv");
        Assert.Contains("R0002", one.Body, StringComparison.Ordinal);
        await one.GetAsync(path);
        return path;
    }

    [Fact]
    public async Task Certificate_RevokedByAnother_SaysSoInPublicAndIsNotPrinted()
    {
        var (cycle, two) = await ThankedAsync("SPR", "兴谷粮油店");
        using var issuer = await site.SignInAsAsync(two);
        using var other = await site.SignInAsync(Roles.Approver);
        var face = await site.ReadAsync(db => db.Certificates.Where(c => c.CycleId == cycle).Select(CertificateFace.Of).SingleAsync());
        await issuer.GetAsync($"/desk/certificates/{face.Id}");
        Assert.Contains("要撤销请别人来", issuer.Text, StringComparison.Ordinal);
        await issuer.ForgeAsync($"/desk/certificates/{face.Id}?handler=revoke", ("Input.Reason", "x"));
        Assert.Contains("要撤销请别人来", issuer.Text, StringComparison.Ordinal);
        using var visitor = site.Visitor();
        await visitor.GetAsync($"/verify/{face.Code}");
        Assert.Contains("证书有效", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("兴谷粮油店", visitor.Text, StringComparison.Ordinal);

        await other.GetAsync($"/desk/certificates/{face.Id}");
        await other.PostAsync("form.c-why", ("Input.Reason", " "));
        Assert.NotNull(other.ErrorOf("Input.Reason"));
        await other.PostAsync("form.c-why", ("Input.Reason", "捐赠没有到位"));
        Assert.Contains("已撤销", other.Text, StringComparison.Ordinal);
        await visitor.GetAsync($"/verify?code={face.Code.ToLowerInvariant()[..7]}-{face.Code[7..]}"); // as somebody types it
        Assert.Contains("证书已撤销", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("2026年10月", visitor.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("捐赠没有到位", visitor.Text, StringComparison.Ordinal);
        await other.GetAsync($"/desk/certificates/{face.Id}/sheet");
        Assert.DoesNotContain("handler=pdf", other.Body, StringComparison.Ordinal);
        await other.GetAsync("/desk/certificates?revoked=true&q=兴谷粮油");
        Assert.Contains(face.Number, other.Text, StringComparison.Ordinal);
        await other.GetAsync("/desk/certificates?handler=csv&q=" + face.Number);
        Assert.Contains(face.Number, other.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync("/desk/certificates/99999")).Status);
        using var sponsor = await site.SignInAsync(Roles.Sponsor, null, null, await site.ReadAsync(db => db.Sponsors.Where(s => s.Code == "SPR").Select(s => s.Id).SingleAsync()));
        await sponsor.GetAsync("/sponsor/certificates");
        Assert.Contains(face.Number, sponsor.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await sponsor.GetAsync($"/sponsor/certificates/{face.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sponsor.GetAsync($"/sponsor/certificates/{face.Id + 1}")).Status);
    }

    [Fact]
    public async Task Verify_UnknownOrMalformed_GivesTheSameAnswer()
    {
        using var visitor = site.Visitor();
        var answers = new HashSet<string>();
        foreach (var code in (string[])["AAAAAAAAAAAAAA", "AAAAAAAAAAAAAB", "x", "00000000000000", "%27%20OR%201%3D1", "%3Cb%3E", new string('A', 300), "ZS-2026-000001"])
        {
            await visitor.GetAsync("/verify/" + code);
            Assert.Equal(HttpStatusCode.NotFound, visitor.Status);
            answers.Add(visitor.Page.QuerySelector("main")!.OuterHtml);
        }

        Assert.Single(answers); // to the letter: what was asked for is not repeated either
        Assert.Contains("没有查到这张证书", visitor.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/verify")).Status);
    }

    [Fact]
    public async Task Verify_TooOften_IsBraked()
    {
        await using var small = await SiteHost.StartAsync(PointsMarket.Data.DatabaseProvider.Sqlite, ("Certificates:ChecksPerMinute", "3"));
        using var visitor = small.Visitor();
        for (var i = 0; i < 3; i++) await visitor.GetAsync("/verify/AAAAAAAAAAAAAA");
        Assert.Equal(HttpStatusCode.NotFound, visitor.Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.GetAsync("/verify/AAAAAAAAAAAAAA")).Status);
    }

    [SkippableFact]
    public async Task Batch_Chosen_IsPrintedInTheBackgroundAndOnlyItsOwnersToFetch()
    {
        Skip.IfNot(site.Services.GetRequiredService<MachineBrowser>().Path is not null, "No Chromium, Chrome or Edge on this machine.");
        var (cycle, two) = await ThankedAsync("SPB", "林疃超市");
        using var client = await site.SignInAsAsync(two);
        await client.GetAsync($"/desk/awards/{cycle}");
        await client.PostAsync("form[action*='printCycle']");
        var here = client.Path;
        Assert.StartsWith("/desk/certificates/print/", here, StringComparison.Ordinal);
        using var other = await site.SignInAsync(Roles.Approver);
        await other.GetAsync(here);
        Assert.Contains("这一批已经不在了", other.Text, StringComparison.Ordinal);
        var run = site.Services.GetRequiredService<PrintRuns>();
        var id = Guid.Parse(here.Split('/')[^1]);
        var owner = await site.ReadAsync(db => db.Users.Where(u => u.UserName == two).Select(u => u.Id).SingleAsync());
        for (var i = 0; i < 600 && run.Find(id, owner)!.State == PrintState.Running; i++) await Task.Delay(50);
        await client.GetAsync(here);
        Assert.Contains("1 张证书打印好了", client.Text, StringComparison.Ordinal);
        using var pdf = await client.Http.GetAsync(new Uri(here + "?handler=pdf", UriKind.Relative));
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType?.MediaType);
        Assert.Equal(1, await site.ReadAsync(db => db.CertificatePrints.CountAsync(p => p.Certificate.CycleId == cycle)));
        await client.GetAsync("/desk/certificates");
        await client.ForgeAsync("/desk/certificates?handler=print");
        Assert.Contains("还没有选中", client.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deed_ThatMakesNoSense_IsRefusedInWords()
    {
        using var client = await site.SignInAsync(Roles.Approver);
        await client.GetAsync("/desk/awards/new?kind=Team");
        await client.PostAsync("form.wide", ("Input.Title", "先进集体"));
        var path = client.Path;
        await client.ForgeAsync(path + "?handler=step&do=Decide");
        Assert.Contains("现在不能做这一步", client.Text, StringComparison.Ordinal);
        await client.ForgeAsync(path + "?handler=step&do=Fix");
        Assert.Contains("名单上还没有人", client.Text, StringComparison.Ordinal);
        await client.ForgeAsync(path + "?handler=step&do=CallOff", ("Input.Reason", ""));
        Assert.Contains("请写清楚原因", client.Text, StringComparison.Ordinal);
        await client.ForgeAsync(path + "?handler=step&do=Strike&target=7", ("Input.Reason", "x"));
        Assert.Contains("没有找到", client.Text, StringComparison.Ordinal);
        await client.PostAsync("form[action*='do=Name']", ("Input.Name", "<i>巡逻队</i>"));
        Assert.Contains("<i>巡逻队</i>", client.Text, StringComparison.Ordinal);
        await client.ForgeAsync(path + "?handler=step&do=Nonsense");
        Assert.NotEqual(HttpStatusCode.InternalServerError, client.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/desk/awards/99999")).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/desk/awards?kind=Nonsense&state=7&year=x&sort=-title&p=9")).Status);
        using var attendant = await site.SignInAsync(Roles.Attendant);
        Assert.Equal(HttpStatusCode.Forbidden, (await attendant.GetAsync("/desk/awards")).Status);
    }

    [Fact]
    public async Task Deed_RefusedWithWords_KeepsThemAndCountsALinesEndOnce()
    {
        using var client = await site.SignInAsync(Roles.Approver);
        await client.GetAsync("/desk/awards/new?kind=Team");
        await client.PostAsync("form.wide", ("Input.Title", "模范队伍"));
        var path = client.Path;
        var tooLong = new string('长', AwardDesk.MostWords + 1);
        await client.PostAsync("form[action*='do=CallOff']", ("Input.Reason", tooLong));
        Assert.NotNull(client.Page.QuerySelector(".note.bad"));
        Assert.Equal(tooLong, client.Page.QuerySelector("details[open] form[action*='do=CallOff'] textarea")!.TextContent);
        await client.PostAsync("form[action*='do=Name']", ("Input.Name", "巡逻一队"));
        await client.PostAsync("form[action*='do=Name']", ("Input.Name", "巡逻一队"));
        Assert.Contains("已经有了，不用再来一次", client.Text, StringComparison.Ordinal);
        Assert.Equal("巡逻一队", client.Page.QuerySelector("#Input_Name")!.GetAttribute("value"));

        // As a browser posts it: as many characters as the field takes, with a line's end after every other one.
        await client.GetAsync(path);
        await client.PostAsync("form[action*='do=CallOff']", ("Input.Reason", string.Concat(Enumerable.Repeat("一\r\n", (AwardDesk.MostWords / 2) - 1)) + "二"));
        Assert.Contains("已取消", client.Page.QuerySelector(".a-head")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>Members with a published month; the last is an informant.</summary>
    private Task<List<int>> ScoredAsync(string prefix, int count) => site.Writes.RunAsync(async db =>
    {
        var area = await db.Areas.Where(a => a.Code == "V1").Select(a => a.Id).SingleAsync();
        var members = Enumerable.Range(1, count).Select(i => new Member
        {
            Code = $"{prefix}{i:0000}", Number = $"77{i:0000}", Name = i == count ? "秘密" : $"成员{i}", Kind = i == count ? MemberKind.Informant : MemberKind.GridMember, AreaId = area, Joined = new(2024, 1, 1),
        }).ToList();
        var month = new Assessment { BookId = site.BookId, Month = new(2026, 3, 1), State = AssessmentState.Published, DraftedBy = "user:1", PublishedBy = "user:2" };
        db.AddRange(members);
        db.Add(month);
        await db.SaveChangesAsync();
        db.AddRange(members.Select((m, i) => new AssessmentLine { AssessmentId = month.Id, MemberId = m.Id, Score = 9900 - (i * 150), Points = 60 }));
        await db.SaveChangesAsync();
        return members.ConvertAll(m => m.Id);
    });

    /// <summary>A firm thanked with a certificate; the cycle, and the user name of who issued it.</summary>
    private async Task<(int Cycle, string Issuer)> ThankedAsync(string code, string firm)
    {
        await site.Writes.RunAsync(db =>
        {
            db.Add(new Sponsor { Code = code, Name = firm });
            return db.SaveChangesAsync();
        });
        using var one = await site.SignInAsync(Roles.Approver);
        await one.GetAsync("/desk/awards/new?kind=SponsorThanks");
        await one.PostAsync("form.wide", ("Input.Title", "爱心企业"));
        var path = one.Path;
        await one.PostAsync("form[action*='do=Firm']", ("Input.SponsorCode", code));
        await one.PostAsync("form[action*='do=Fix']");
        var name = await site.AddAccountAsync(Roles.Approver);
        using var two = await site.SignInAsAsync(name);
        await two.GetAsync(path);
        await two.PostAsync("form[action*='do=Confirm']");
        await two.PostAsync("form[action*='do=Issue']");
        return (int.Parse(path.Split('/')[^1]), name);
    }
}
