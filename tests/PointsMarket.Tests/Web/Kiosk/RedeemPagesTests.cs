using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web.Kiosk;

/// <summary>The shop, the confirm page and the slip, through their forms and against them.</summary>
public sealed class RedeemPagesTests : IAsyncLifetime
{
    private KioskSite site = null!;

    public async Task InitializeAsync() => site = await KioskSite.StartAsync();

    public Task DisposeAsync() => site.DisposeAsync().AsTask();

    [Fact]
    public async Task Visit_FromShopToSlip_RedeemsOnceAndShowsTheCode()
    {
        using var screen = await site.StepUpAsync();
        await screen.ChooseAsync("RICE5", "SOAP", "SOAP");
        Assert.Contains("36", screen.Page.QuerySelector("[data-total]")!.TextContent);
        await screen.ConfirmAsync();

        Assert.Equal("/kiosk/slip", screen.Path);
        var redemption = Assert.Single(await site.RedemptionsAsync());
        Assert.Equal(redemption.PickupCode, screen.Code());
        Assert.Contains("谢谢您为大家做的好事，张*兰", screen.Text);
        Assert.DoesNotContain("张桂兰", screen.Body);
        Assert.Equal(464, await site.Village.PointsOfAsync(TestVillage.Zhang));
        Assert.Equal(11, await site.Village.OnShelfAsync("RICE5"));
        await using var db = site.Get<MarketContexts>().Read();
        Assert.All(await site.Get<LedgerVerifier>().VerifyAsync(db), r => Assert.Empty(r.Findings));
    }

    [Fact]
    public async Task Slip_ReloadedOrConfirmedAgain_IsTheSame()
    {
        using var screen = await site.StepUpAsync();
        await screen.ChooseAsync("RICE5");
        var (key, points) = (screen.Value("Input.BasketKey"), screen.Value("Input.ExpectedPoints"));
        await screen.ConfirmAsync();
        var code = screen.Code();
        await screen.GetAsync("/kiosk/slip");
        Assert.Equal(code, screen.Code());
        await screen.ForgeAsync("/kiosk/confirm", ("Input.BasketKey", key), ("Input.ExpectedPoints", points));
        Assert.Equal("/kiosk/slip", screen.Path);
        Assert.Equal(code, screen.Code());
        Assert.Single(await site.RedemptionsAsync());
        await screen.GetAsync("/kiosk/confirm");
        Assert.Equal("/kiosk/shop", screen.Path);
    }

    [Fact]
    public async Task Confirm_TappedTwiceAtOnce_GivesOneSlip()
    {
        using var screen = await site.StepUpAsync();
        await screen.ChooseAsync("RICE5");
        var form = new KeyValuePair<string, string>[]
        {
            new("Input.BasketKey", screen.Value("Input.BasketKey")), new("Input.ExpectedPoints", "30"), new("__RequestVerificationToken", screen.Value("__RequestVerificationToken")),
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => screen.Http.PostAsync("/kiosk/confirm", new FormUrlEncodedContent(form))));
        Assert.All(answers, a => Assert.Equal("/kiosk/slip", a.Headers.Location!.OriginalString));
        Assert.Single(await site.RedemptionsAsync());
        Assert.Equal(470, await site.Village.PointsOfAsync(TestVillage.Zhang));
    }

    [Fact]
    public async Task LastBag_AtTwoScreens_GoesToOneAndTheOtherIsToldSo()
    {
        var first = await site.Village.NewcomerAsync();
        var second = await site.Village.NewcomerAsync();
        using var left = await site.StepUpAsync(first);
        using var right = await site.StepUpAsync(second);
        await left.ChooseAsync("EGGS", "EGGS", "EGGS");
        await right.ChooseAsync("EGGS", "SOAP");
        await left.ConfirmAsync();
        Assert.Equal("/kiosk/slip", left.Path);
        await right.ConfirmAsync();

        Assert.Equal("/kiosk/shop", right.Path);
        Assert.Contains("鸡蛋20枚刚刚被别人换完了", right.Said());
        Assert.Contains("已选 2 件", right.Text);
        Assert.Null(right.Page.QuerySelector("a[href='/kiosk/confirm']"));
        await right.TapAsync("EGGS", -1);
        await right.GetAsync("/kiosk/confirm");
        await right.ConfirmAsync();
        Assert.Equal("/kiosk/slip", right.Path);
        Assert.Equal(497, await site.Village.PointsOfAsync(second));
        Assert.Equal(0, await site.Village.OnShelfAsync("EGGS"));
    }

    [Fact]
    public async Task SameMember_AtTwoScreens_NeverPassesTheMonthsLimit()
    {
        using var left = await site.StepUpAsync();
        await left.ChooseAsync("CARD50", "CARD50");
        var key = left.Value("Input.BasketKey");
        await left.ConfirmAsync();
        Assert.NotEmpty(key);
        using var right = await site.StepUpAsync();
        Assert.Contains("本月换满了", right.Page.QuerySelector("[data-good=CARD50]")!.TextContent);
        Assert.Null(right.Page.QuerySelector("[data-good=CARD50] form"));
        await right.ForgeAsync("/kiosk/shop", ("Input.Sku", "CARD50"), ("Input.Change", "1"));
        Assert.Contains("本月还能换 0 份", right.Said());
    }

    [Fact]
    public async Task Article_OutOfReach_SaysHowManyPointsAreMissing()
    {
        using var screen = await site.StepUpAsync(TestVillage.Li);
        Assert.Contains("还差 10 分", screen.Page.QuerySelector("[data-good=RICE5]")!.TextContent);
        Assert.Contains("换完啦", screen.Page.QuerySelector("[data-good=TOWEL]")!.TextContent);
        await screen.ForgeAsync("/kiosk/shop", ("Input.Sku", "RICE5"), ("Input.Change", "1"));
        Assert.Contains("还差 10 分", screen.Said());
        Assert.Contains("已选 0 件", screen.Text);
    }

    [Fact]
    public async Task Price_ChangedMeanwhile_IsShownBeforeItCounts()
    {
        using var screen = await site.StepUpAsync();
        await screen.ChooseAsync("RICE5");
        await site.Host.Writes.RunAsync(async db =>
        {
            (await db.Goods.SingleAsync(g => g.Sku == "RICE5")).Points = 35;
            return await db.SaveChangesAsync();
        });
        await screen.ConfirmAsync();
        Assert.Equal("/kiosk/confirm", screen.Path);
        Assert.Contains("请再看一遍", screen.Said());
        Assert.Equal("35", screen.Value("Input.ExpectedPoints"));
        await screen.ConfirmAsync();
        Assert.Equal(465, await site.Village.PointsOfAsync(TestVillage.Zhang));
    }

    [Fact]
    public async Task LostSlip_AfterSteppingUpAgain_IsStillThere()
    {
        using var screen = await site.StepUpAsync();
        await screen.ChooseAsync("RICE5");
        await screen.ConfirmAsync();
        var code = screen.Code();
        using var again = await site.StepUpAsync();
        await again.GetAsync("/kiosk/waiting");
        Assert.Contains(code, again.Text.Replace(" ", ""));
        using var other = await site.StepUpAsync(TestVillage.Li);
        await other.GetAsync("/kiosk/waiting");
        Assert.Contains("东西都取走了", other.Text);
    }

    [Fact]
    public async Task Slip_HandedOverMeanwhile_ShowsNoCode()
    {
        using var screen = await site.StepUpAsync();
        await screen.ChooseAsync("RICE5");
        await screen.ConfirmAsync();
        var id = Assert.Single(await site.RedemptionsAsync()).Id;
        await site.Get<EndRedemption>().ExecuteAsync(
            new() { RedemptionId = id, To = RedemptionState.HandedOver, Actor = Actor.System("test"), AreaPath = TestVillage.Path });
        await screen.GetAsync("/kiosk/slip");
        Assert.Null(screen.Page.QuerySelector(".k-ticket .code"));
        Assert.Contains("已经取走", screen.Text);
    }

    [Fact]
    public async Task Shop_AskedByHtmx_AnswersThePartAndLeadsAwayByHeader()
    {
        using var screen = await site.StepUpAsync();
        screen.Http.DefaultRequestHeaders.Add("HX-Request", "true");
        await screen.TapAsync("RICE5");
        Assert.Contains("已选 1 件", screen.Text);
        Assert.DoesNotContain("<html", screen.Body);
        var token = screen.Value("__RequestVerificationToken");
        site.Host.Clock.Advance(TimeSpan.FromSeconds(61));
        using var answer = await screen.Http.PostAsync("/kiosk/shop", new FormUrlEncodedContent([new("Input.Sku", "RICE5"), new("Input.Change", "1"), new("__RequestVerificationToken", token)]));
        Assert.Equal("/kiosk", Assert.Single(answer.Headers.GetValues("HX-Redirect")));
    }

    [Fact]
    public async Task Help_WithATelephone_ShowsItAndLeadsBack()
    {
        await using var with = await KioskSite.StartAsync(("Kiosk:HelpPhone", "0516-8888 1234"));
        using var screen = await with.StepUpAsync();
        await screen.GetAsync("/kiosk/help");
        Assert.Contains("0516-8888 1234", screen.Text);
        Assert.Equal("/kiosk/shop", screen.Page.QuerySelector("a.primary")!.GetAttribute("href"));
    }
}
