using System.Net;
using AngleSharp.Dom;
using PointsMarket.Accounts;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web.Me;

public sealed class MyPagesTests : IAsyncLifetime
{
    private static readonly string[] Pages = ["/me", "/me/card", "/me/ledger", "/me/redemptions", "/me/ledger?handler=csv"];

    private KioskSite site = null!;

    public async Task InitializeAsync() => site = await KioskSite.StartAsync();

    public Task DisposeAsync() => site.DisposeAsync().AsTask();

    [Fact]
    public async Task Page_ForAVisitor_AsksToSignIn()
    {
        using var visitor = site.Host.Visitor();
        foreach (var path in Pages.Append("/me/redemptions/K261001-AAAAAA"))
        {
            await visitor.GetAsync(path);
            Assert.StartsWith("/account/login", visitor.Path, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Roles.Attendant)]
    [InlineData(Roles.Finance)]
    [InlineData(Roles.Administrator)]
    public async Task Page_ForAnotherRole_IsRefused(string role)
    {
        using var client = await site.Host.SignInAsync(role);
        foreach (var path in Pages)
        {
            await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, client.Status);
        }
    }

    [Fact]
    public async Task Account_WithoutAPointsFile_IsToldWhomToAsk()
    {
        using var client = await site.Host.SignInAsync(Roles.Member);
        foreach (var path in Pages)
        {
            await client.GetAsync(path);
            Assert.Equal("/me", client.Path);
            Assert.Contains("还没有连到积分档案", client.Text);
        }
    }

    [Fact]
    public async Task Home_OfAMember_ShowsPointsMonthCodeAndLatest()
    {
        await site.Village.ReportAsync(TestVillage.Zhang, "patrol", 5);
        using var me = await MemberAsync(TestVillage.Zhang);
        await me.GetAsync("/me");
        Assert.Contains("张桂兰", me.Text);
        Assert.Equal("505", me.Page.QuerySelector(".p-pts b")!.TextContent);
        Assert.Contains("本月 +505", me.Text);
        Assert.Contains("义务巡逻", me.Text);
        Assert.NotNull(me.Page.QuerySelector("a.p-qr svg.qr"));
        Assert.All(me.Page.QuerySelectorAll("main a[href^='/']"), a => Assert.NotEqual("#", a.GetAttribute("href")));
    }

    [Fact]
    public async Task Home_OfAnInformant_ShowsTheCode()
    {
        using var me = await MemberAsync(TestVillage.Informant);
        await me.GetAsync("/me");
        Assert.Contains(TestVillage.Informant, me.Text);
        Assert.DoesNotContain("孙不言", me.Body);
    }

    [Fact]
    public async Task Card_OfAMember_ShowsItsDigits()
    {
        using var me = await MemberAsync(TestVillage.Zhang);
        await me.GetAsync("/me/card");
        Assert.Contains(TestVillage.CardOf(TestVillage.Zhang), me.Text.Replace(" ", ""));
    }

    [Fact]
    public async Task Ledger_OfAMember_NamesTheCauseOfEveryChangeAndTheBalanceAfterIt()
    {
        var report = await site.Village.ReportAsync(TestVillage.Zhang, "dispute", 30);
        site.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var slip = await RedeemAsync(TestVillage.Zhang, "RICE5", "SOAP");
        site.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await EndAsync(slip, RedemptionState.Cancelled, "拿错了");
        site.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var sequence = await site.Village.ReadAsync(db => db.SequenceOfAsync(site.Village.BookId, "task:" + report));
        await site.Host.Writes.RunAsync(db => site.Get<ReverseTransaction>().ExecuteAsync(
            db, new() { BookId = site.Village.BookId, Sequence = sequence!.Value, Actor = Actor.System("test"), Reason = "报重了" }));

        using var me = await MemberAsync(TestVillage.Zhang);
        await me.GetAsync("/me/ledger");
        var rows = me.Page.QuerySelectorAll(".p-led li").Select(li => string.Join(' ', li.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Equal(5, rows.Count);
        Assert.Contains("更正：化解纠纷", rows[0]);
        Assert.Contains("报重了", rows[0]);
        Assert.Contains("\u221230余 500", rows[0].Replace(" 余", "余"));
        Assert.Contains("没有领取，积分退回：大米5公斤 × 1、洗衣皂 × 1", rows[1]);
        Assert.Contains("拿错了", rows[1]);
        Assert.Contains("兑换 大米5公斤 × 1、洗衣皂 × 1", rows[2]);
        Assert.Contains("\u221233余 497", rows[2].Replace(" 余", "余"));
        Assert.Contains("化解纠纷", rows[3]);
        Assert.Contains(report, rows[3]);
        Assert.Contains("积分调整", rows[4]);
        Assert.Contains("+500余 500", rows[4].Replace(" 余", "余"));
    }

    [Fact]
    public async Task Ledger_ByMonthAndPage_ShowsItsPartWithTheRightBalance()
    {
        var member = await site.Village.NewcomerAsync(0);
        for (var day = 1; day <= 25; day++) await site.Village.ReportAsync(member, "service", 4, new DateTime(2026, 8, day, 3, 0, 0, DateTimeKind.Utc));
        await site.Village.ReportAsync(member, "patrol", 5, new DateTime(2026, 8, 31, 17, 0, 0, DateTimeKind.Utc)); // 1 September at the station
        using var me = await MemberAsync(member);
        await me.GetAsync("/me/ledger?month=2026-09");
        Assert.Contains("余 105", Assert.Single(me.Page.QuerySelectorAll(".p-led li")).TextContent);
        await me.GetAsync("/me/ledger?month=2026-08");
        Assert.Equal(20, me.Page.QuerySelectorAll(".p-led li").Length);
        Assert.Contains("余 100", me.Page.QuerySelector(".p-led li")!.TextContent);
        await me.GetAsync("/me/ledger?month=2026-08&p=2");
        Assert.Equal(5, me.Page.QuerySelectorAll(".p-led li").Length);
        Assert.Contains("余 20", me.Page.QuerySelector(".p-led li")!.TextContent);
        foreach (var odd in (string[])["2026-13", "abc", "0000-00", "9999-99", "%00"])
        {
            await me.GetAsync("/me/ledger?month=" + odd);
            Assert.True(me.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest, odd);
        }

        await me.GetAsync("/me/ledger?month=2020-01");
        Assert.Contains("这个月没有积分变动", me.Text);
    }

    [Fact]
    public async Task Csv_OfTheLedger_HasEveryRowAndNoFormula()
    {
        var slip = await RedeemAsync(TestVillage.Zhang, "RICE5");
        await EndAsync(slip, RedemptionState.Cancelled, "=HYPERLINK(\"x\")");
        using var me = await MemberAsync(TestVillage.Zhang);
        await me.GetAsync("/me/ledger?handler=csv");
        var lines = me.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.Contains("时间", lines[0]);
        Assert.DoesNotContain(lines, l => l.Split(',').Any(c => c.TrimStart('"').StartsWith('=')));
    }

    [Fact]
    public async Task Redemptions_OpenAndPast_AreShownWithTheirState()
    {
        var first = await RedeemAsync(TestVillage.Zhang, "RICE5");
        await EndAsync(first, RedemptionState.HandedOver, null);
        var second = await RedeemAsync(TestVillage.Zhang, "SOAP");
        using var me = await MemberAsync(TestVillage.Zhang);
        await me.GetAsync("/me/redemptions");
        Assert.Contains(second.PickupCode!, me.Text.Replace(" ", ""));
        Assert.Contains("已经取走", me.Text);
        await me.GetAsync("/me/redemptions/" + second.Reference);
        Assert.Contains(CardNumbers.ForSlip(second.PickupCode!)[6..12], me.Text.Replace(" ", ""));
        await me.GetAsync("/me/redemptions/" + first.Reference);
        Assert.Contains("大米5公斤", me.Text);
        Assert.Null(me.Page.QuerySelector(".p-card"));
    }

    [Fact]
    public async Task Redemption_OfAnother_IsAsIfItWereNotThere()
    {
        var theirs = await RedeemAsync(TestVillage.Zhang, "RICE5");
        using var me = await MemberAsync(TestVillage.Li);
        await me.GetAsync("/me/redemptions/" + theirs.Reference);
        Assert.Equal(HttpStatusCode.NotFound, me.Status);
        foreach (var path in Pages)
        {
            await me.GetAsync(path + (path.Contains('?') ? "&" : "?") + "memberId=1&id=1");
            Assert.DoesNotContain(theirs.Reference, me.Body);
            Assert.DoesNotContain("张桂兰", me.Body);
        }
    }

    private async Task<PageClient> MemberAsync(string code) => await site.Host.SignInAsync(Roles.Member, null, await site.Village.MemberIdAsync(code));

    private async Task<Redemption> RedeemAsync(string member, params string[] skus)
    {
        using var screen = await site.StepUpAsync(member);
        await screen.ChooseAsync(skus);
        await screen.ConfirmAsync();
        var code = screen.Code();
        return (await site.RedemptionsAsync()).Single(r => r.PickupCode == code);
    }

    private async Task EndAsync(Redemption redemption, RedemptionState to, string? reason) => Assert.Equal(
        EndRedemption.Outcome.Done,
        await site.Get<EndRedemption>().ExecuteAsync(new() { RedemptionId = redemption.Id, To = to, Actor = Actor.System("test"), AreaPath = TestVillage.Path, Reason = reason }));
}
