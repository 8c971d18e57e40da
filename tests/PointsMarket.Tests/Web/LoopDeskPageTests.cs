using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Ledger;
using PointsMarket.Loops;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>Loops at the desk, through their forms.</summary>
public sealed class LoopDeskPageTests(ReportSite reports) : IClassFixture<ReportSite>
{
    [Fact]
    public async Task Hazard_FromTheFormToPassed_GoesThroughEveryPage()
    {
        using var client = await reports.Site.SignInAsync(Roles.Approver, ReportSite.Village);
        await client.GetAsync("/desk/loops/new?kind=Hazard");
        await ReportSite.SendAsync(client, [], ("Input.Text", "护栏断了 <b>x</b>"), ("Input.Place", ""), ("Input.AreaId", $"{reports.GridId}"), ("Input.FoundAt", "2026-10-01T09:00"), ("Input.Finder", "NOBODY"));
        Assert.Contains("请填写", client.ErrorOf("Input.Place"), StringComparison.Ordinal);
        Assert.Equal("护栏断了 <b>x</b>", client.Page.QuerySelector<IHtmlTextAreaElement>("#Input_Text")!.Value); // what was typed stays
        await ReportSite.SendAsync(client, [], ("Input.Text", "护栏断了 <b>x</b>"), ("Input.Place", "河堤"), ("Input.AreaId", $"{reports.GridId}"), ("Input.FoundAt", "2026-10-01T09:00"), ("Input.Finder", "NOBODY"));
        Assert.Contains("没有这个编号", client.ErrorOf("Input.Finder"), StringComparison.Ordinal);
        await ReportSite.SendAsync(client, [new MemoryStream(Pictures.Png)],
            ("Input.Text", "护栏断了 <b>x</b>"), ("Input.Place", "河堤"), ("Input.AreaId", $"{reports.GridId}"), ("Input.FoundAt", "2026-10-01T09:00"), ("Input.Finder", "G0001"));
        Assert.Contains("已登记", client.Text, StringComparison.Ordinal);
        Assert.Contains("护栏断了 <b>x</b>", client.Text, StringComparison.Ordinal);
        var reference = client.Path.Split('/')[^1];

        await client.PostAsync(".lp-form", ("Input.Who", ""), ("Input.Words", "三天内补好"), ("Input.DueDay", "2026-10-08"));
        Assert.Contains("请写清", client.ErrorOf("Input.Who"), StringComparison.Ordinal);
        await client.PostAsync(".lp-form", ("Input.Who", "河堤管护站"), ("Input.Words", "三天内补好"), ("Input.DueDay", "2026-09-01"));
        Assert.Contains("期限已经过去了", client.ErrorOf("Input.DueDay"), StringComparison.Ordinal);
        Assert.Equal("三天内补好", client.Page.QuerySelector<IHtmlTextAreaElement>("#Input_Words")!.Value);
        await client.PostAsync(".lp-form", ("Input.Who", "河堤管护站"), ("Input.Words", "三天内补好"), ("Input.DueDay", "2026-10-08"));
        Assert.Contains("已通知整改", client.Text, StringComparison.Ordinal);
        await client.GetAsync($"/desk/loops/{reference}/notice?step=2");
        Assert.Contains($"{reference}-2", client.Text, StringComparison.Ordinal);
        Assert.Contains("2026年10月8日", client.Text, StringComparison.Ordinal);

        await client.GetAsync($"/desk/loops/{reference}");
        await ReportSite.SendAsync(client, [], ("Input.Words", "补好了"));
        Assert.Contains("请传一张现场照片", client.Text, StringComparison.Ordinal);
        await ReportSite.SendAsync(client, [new MemoryStream(Pictures.Webp)], ("Input.Words", "补好了"));
        Assert.Contains("已复查", client.Text, StringComparison.Ordinal);
        Assert.Equal(2, client.Page.QuerySelectorAll(".lp-photos img").Length);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(client.Page.QuerySelector<IHtmlImageElement>(".lp-photos img")!.GetAttribute("src")!)).Status);
        await client.GetAsync($"/desk/loops/{reference}");
        await client.PostAsync(".lp-form", ("Input.MemberCode", "G0001"));
        Assert.Contains("替成员上报了", client.Text, StringComparison.Ordinal);
        Assert.Contains("整改合格", client.Text, StringComparison.Ordinal);

        await client.GetAsync($"/desk/loops/{reference}?do=Correct");
        await client.PostAsync(".lp-form", ("Input.Words", "还有一处没补"));
        Assert.Contains("还有一处没补", client.Text, StringComparison.Ordinal);
        Assert.Contains("已更正", client.Text, StringComparison.Ordinal);
        var loop = await reports.Site.ReadAsync(db => db.Loops.SingleAsync(l => l.Reference == reference));
        Assert.Equal((LoopState.Reinspected, 5), (loop.State, loop.Version));
    }

    [Fact]
    public async Task Mediation_AtTheDesk_OffersTheFittingMediatorAndStepsOnce()
    {
        using var admin = await reports.Site.SignInAsync(Roles.Administrator);
        await admin.GetAsync("/admin/mediators");
        var village = admin.Page.QuerySelectorAll("#Input_AreaId option").Cast<IHtmlOptionElement>().Single(o => o.Text.Trim() == "吴场村").Value;
        await admin.PostAsync(("Input.AreaId", village), ("Input.Type", "Money"), ("Input.Office", " "), ("Input.MemberCode", ""));
        Assert.NotNull(admin.ErrorOf("Input.Office"));
        await admin.PostAsync(("Input.AreaId", village), ("Input.Type", "Money"), ("Input.Office", "镇法律援助站"), ("Input.MemberCode", "G0001"));
        Assert.Contains("镇法律援助站", admin.Text, StringComparison.Ordinal);

        using var client = await reports.Site.SignInAsync(Roles.Approver, ReportSite.Village);
        var loop = await OpenAsync(LoopKind.Mediation);
        await client.GetAsync($"/desk/loops/{loop.Reference}");
        Assert.Equal(("镇法律援助站", "G0001"), (client.Page.QuerySelector<IHtmlInputElement>("#Input_Who")!.Value, client.Page.QuerySelector<IHtmlInputElement>("#Input_MemberCode")!.Value));
        using var second = await reports.Site.SignInAsync(Roles.Approver);
        await second.GetAsync($"/desk/loops/{loop.Reference}");
        await client.PostAsync(".lp-form", ("Input.Words", "请先看账"));
        Assert.Contains("调解中", client.Text, StringComparison.Ordinal);
        await second.PostAsync(".lp-form", ("Input.Words", "请先看账"));
        Assert.Contains("刚才已经有人办了一步", second.Text, StringComparison.Ordinal);

        // The member takes the next step on the phone.
        using var phone = await reports.MemberAsync();
        await phone.GetAsync("/me/loops?given=true");
        Assert.Contains(loop.Reference, phone.Text, StringComparison.Ordinal);
        await phone.GetAsync($"/me/loops/{loop.Reference}");
        Assert.Contains("不写当事人的姓名", phone.Text, StringComparison.Ordinal);
        await phone.PostAsync(".lp-form", ("Input.Words", " "));
        Assert.Contains("请写一两句", phone.Text, StringComparison.Ordinal);
        await phone.PostAsync(".lp-form", ("Input.Words", "分两次付清"));
        Assert.Contains("替成员上报了", phone.Text, StringComparison.Ordinal);
        Assert.Equal(LoopState.Mediated, (await reports.Site.ReadAsync(db => db.Loops.SingleAsync(l => l.Id == loop.LoopId))).State);
    }

    [Fact]
    public async Task FromReport_ByOneButton_LinksBothWays()
    {
        var filed = await reports.FiledAsync("村民希望加一盏路灯", "opinion");
        using var client = await reports.Site.SignInAsync(Roles.Approver);
        await client.GetAsync($"/desk/reports/{filed.Reference}");
        Assert.Empty(client.Page.QuerySelectorAll(".lp-from form")); // not verified yet
        await client.PostAsync("form[action*=erify]");
        await client.PostAsync(".lp-from form");
        var reference = client.Path.Split('/')[^1];
        Assert.Contains($"/desk/reports/{filed.Reference}", client.Body, StringComparison.Ordinal);
        await client.GetAsync($"/desk/reports/{filed.Reference}");
        Assert.Contains($"/desk/loops/{reference}", client.Body, StringComparison.Ordinal);
        Assert.Empty(client.Page.QuerySelectorAll(".lp-from form"));
        using var attendant = await reports.Site.SignInAsync(Roles.Attendant);
        await attendant.GetAsync("/desk/loops/new");
        await attendant.ForgeAsync($"/desk/loops/new?handler=fromReport&report={filed.Reference}");
        Assert.Equal(HttpStatusCode.Forbidden, attendant.Status);
    }

    [Fact]
    public async Task List_FiltersAndCsv_ShowWhatIsAskedFor()
    {
        var loop = await OpenAsync(LoopKind.Opinion, "=1+1 加一班公交");
        using var client = await reports.Site.SignInAsync(Roles.Attendant, ReportSite.Village);
        await client.GetAsync("/desk/loops?kind=Opinion&q=公交");
        Assert.Contains(loop.Reference, client.Text, StringComparison.Ordinal);
        Assert.Contains("待审核人安排", client.Text, StringComparison.Ordinal);
        foreach (var none in (string[])["show=overdue", "show=ended", "show=Owned", "area=999999"])
        {
            await client.GetAsync($"/desk/loops?kind=Opinion&q=公交&{none}");
            Assert.Contains("没有符合条件的", client.Text, StringComparison.Ordinal);
        }

        await client.GetAsync("/desk/loops?kind=Opinion&show=all&q=公交&handler=csv");
        Assert.Contains(loop.Reference, client.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(",=1+1", client.Body, StringComparison.Ordinal);
        // An attendant decides nothing, and is told whose turn it is.
        await client.GetAsync($"/desk/loops/{loop.Reference}");
        Assert.Empty(client.Page.QuerySelectorAll(".lp-form"));
        Assert.Contains("由审核人决定", client.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_OfAnotherArea_AreNotThere()
    {
        var loop = await OpenAsync(LoopKind.Hazard, photo: true);
        var photo = await reports.Site.ReadAsync(db => db.LoopPhotos.Where(p => p.Step.LoopId == loop.LoopId).Select(p => p.Id).SingleAsync());
        await reports.Site.Services.GetRequiredService<StepLoop>().ExecuteAsync(new()
        {
            LoopId = loop.LoopId, Seen = 1, Action = LoopAction.Notify, Words = "补好", Who = "管护站", Actor = Actor.System("test"), AreaPath = "STA/", MayDecide = true,
        });
        using var client = await reports.Site.SignInAsync(Roles.Approver, ReportSite.OtherVillage);
        await client.GetAsync("/desk/loops?show=all");
        Assert.DoesNotContain(loop.Reference, client.Body, StringComparison.Ordinal);
        foreach (var path in (string[])[$"/desk/loops/{loop.Reference}", $"/desk/loops/photo/{photo}", $"/desk/loops/{loop.Reference}/notice?step=2", $"/desk/loops/{loop.Reference}/notice?step=2&handler=pdf"])
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path)).Status);
        await client.GetAsync("/desk/loops/new");
        await client.ForgeAsync($"/desk/loops/{loop.Reference}?handler=step&do=Refer", ("Input.Seen", "2"), ("Input.Words", "x"), ("Input.Who", "x"));
        Assert.Equal(HttpStatusCode.NotFound, client.Status);
        using var mine = await reports.Site.SignInAsync(Roles.Approver, ReportSite.Village);
        Assert.Equal(HttpStatusCode.OK, (await mine.GetAsync($"/desk/loops/photo/{photo}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await mine.GetAsync($"/desk/loops/{loop.Reference}/notice?step=1")).Status); // not a notice
    }

    [Theory, InlineData("/desk/loops"), InlineData("/desk/loops/H1"), InlineData("/desk/loops/new"), InlineData("/desk/loops/photo/1"), InlineData("/desk/loops/H1/notice?step=1"), InlineData("/admin/mediators")]
    public async Task Pages_ForOthers_AreClosed(string path)
    {
        using var visitor = reports.Site.Visitor();
        Assert.StartsWith("/account/login", (await visitor.GetAsync(path)).Path, StringComparison.Ordinal);
        foreach (var role in (string[])[Roles.Finance, Roles.Auditor, Roles.Sponsor])
        {
            using var client = await reports.Site.SignInAsync(role);
            Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(path)).Status);
        }
    }

    [Fact]
    public async Task Informant_WhoFound_IsShownByCode()
    {
        var loop = await OpenAsync(LoopKind.Hazard, "窨井盖松动", finder: "X0001");
        using var client = await reports.Site.SignInAsync(Roles.Approver);
        await client.GetAsync($"/desk/loops/{loop.Reference}");
        Assert.Contains("X0001", client.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("孙不言", client.Body, StringComparison.Ordinal);
    }

    private async Task<LoopOutcome.Opened> OpenAsync(LoopKind kind, string text = "有人反映", string? finder = null, bool photo = false) =>
        Assert.IsType<LoopOutcome.Opened>(await reports.Site.Services.GetRequiredService<OpenLoop>().ExecuteAsync(new()
        {
            Kind = kind, Type = kind == LoopKind.Mediation ? DisputeType.Money : null, Place = "村口", Text = text, AreaId = reports.GridId, FoundAt = reports.Site.Clock.GetUtcNow().UtcDateTime,
            FinderCode = finder, ClientKey = Guid.NewGuid().ToString("N"), Actor = Actor.System("test"), AreaPath = "STA/", Photos = photo ? [Pictures.Png] : [],
        }));
}
