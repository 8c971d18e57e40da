using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Loops;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>Hazards and opinions on the member's phone.</summary>
public sealed class LoopPhoneTests(ReportSite reports) : IClassFixture<ReportSite>
{
    [Fact]
    public async Task Hazard_FromThePhone_IsALoopAndAReportAndIsFollowed()
    {
        using var phone = await reports.MemberAsync();
        await phone.GetAsync("/me/loops");
        Assert.Contains("还没有", phone.Text, StringComparison.Ordinal);
        await phone.GetAsync("/me/loops/new?kind=Hazard");
        Assert.Contains("加 10 分", phone.Text, StringComparison.Ordinal);
        await ReportSite.SendAsync(phone, [], ("Input.Text", "路灯不亮"), ("Input.Place", "文化广场"), ("Input.AreaId", $"{reports.GridId}"), ("Input.FoundAt", "2027-01-01T09:00"));
        Assert.Contains("时间还没到", phone.ErrorOf("Input.FoundAt"), StringComparison.Ordinal);
        Assert.Equal("路灯不亮", phone.Page.QuerySelector<IHtmlTextAreaElement>("#Input_Text")!.Value);
        (string, string)[] fields = [("Input.Text", "路灯不亮"), ("Input.Place", "文化广场"), ("Input.AreaId", $"{reports.GridId}"), ("Input.FoundAt", "2026-10-01T09:00"), ("Input.Key", "same-key")];
        await ReportSite.SendAsync(phone, [new MemoryStream(Pictures.Png)], fields);
        Assert.Contains("已收到", phone.Text, StringComparison.Ordinal);
        await phone.GetAsync("/me/loops/new?kind=Hazard");
        await ReportSite.SendAsync(phone, [new MemoryStream(Pictures.Png)], fields); // the line dropped, and it was sent again
        Assert.Contains("已经登记过了", phone.Text, StringComparison.Ordinal);

        var loop = await reports.Site.ReadAsync(db => db.Loops.Include(l => l.Report).SingleAsync(l => l.Text == "路灯不亮"));
        Assert.Equal((reports.Zhang, "hazard-found", ReportOutcome.Pending), (loop.FoundById, loop.Report!.Category, loop.Report.Outcome));
        await phone.GetAsync($"/me/loops/{loop.Reference}");
        Assert.Contains("新发现", phone.Text, StringComparison.Ordinal);
        Assert.Empty(phone.Page.QuerySelectorAll(".lp-form")); // it is not theirs to step
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync(phone.Page.QuerySelector<IHtmlImageElement>(".lp-photos img")!.GetAttribute("src")!)).Status);
    }

    [Fact]
    public async Task Loop_OfSomebodyElse_IsNotThere()
    {
        var opened = Assert.IsType<LoopOutcome.Opened>(await reports.Site.Services.GetRequiredService<OpenLoop>().ExecuteAsync(new()
        {
            Kind = LoopKind.Hazard, Place = "村口", Text = "井盖松动", AreaId = reports.GridId, FoundAt = reports.Site.Clock.GetUtcNow().UtcDateTime, FinderCode = "X0001",
            ClientKey = Guid.NewGuid().ToString("N"), Actor = PointsMarket.Ledger.Actor.System("test"), AreaPath = "STA/", Photos = [Pictures.Png],
        }));
        var photo = await reports.Site.ReadAsync(db => db.LoopPhotos.Where(p => p.Step.LoopId == opened.LoopId).Select(p => p.Id).SingleAsync());
        using var phone = await reports.MemberAsync();
        await phone.GetAsync("/me/loops/new?kind=Opinion");
        await phone.ForgeAsync($"/me/loops/{opened.Reference}?do=Answer", ("Input.Seen", "1"), ("Input.Words", "x"));
        Assert.Equal(HttpStatusCode.NotFound, phone.Status);
        foreach (var path in (string[])[$"/me/loops/{opened.Reference}", $"/me/loops/photo/{photo}", "/me/loops/new?kind=Mediation"])
            Assert.Equal(HttpStatusCode.NotFound, (await phone.GetAsync(path)).Status);
    }

    [Theory, InlineData("/me/loops"), InlineData("/me/loops/new"), InlineData("/me/loops/H1"), InlineData("/me/loops/photo/1")]
    public async Task Pages_ForOthers_AreClosed(string path)
    {
        using var visitor = reports.Site.Visitor();
        Assert.StartsWith("/account/login", (await visitor.GetAsync(path)).Path, StringComparison.Ordinal);
        using var desk = await reports.Site.SignInAsync(Roles.Approver);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync(path)).Status);
    }
}
