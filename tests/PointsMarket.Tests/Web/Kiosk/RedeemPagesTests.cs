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

    [Theory]
    [InlineData("RICE5", "-5", "已选 0 件")]
    [InlineData("RICE5", "999999", "已选 1 件")]
    [InlineData("RICE5", "0", "已选 0 件")]
    [InlineData("RICE5", "99999999999999999999", "没有这样物品")]
    [InlineData("RICE5", "abc", "没有这样物品")]
    [InlineData("NO-SUCH", "1", "没有这样物品")]
    [InlineData("", "1", "没有这样物品")]
    [InlineData("TOWEL", "1", "只剩 0 份")]
    [InlineData("RICE5;SOAP:99", "1", "没有这样物品")]
    public async Task Tap_Forged_GainsNothing(string sku, string change, string words)
    {
        using var screen = await site.StepUpAsync();
        await screen.ForgeAsync("/kiosk/shop", ("Input.Sku", sku), ("Input.Change", change));
        Assert.Equal(HttpStatusCode.OK, screen.Status);
        Assert.Contains(words, screen.Text);
        Assert.Empty(await site.RedemptionsAsync());
    }

    [Theory]
    [InlineData("3")]
    [InlineData("-30")]
    [InlineData("9223372036854775807")]
    [InlineData("nothing")]
    public async Task Confirm_WithOtherPoints_AsksToLookAgain(string points)
    {
        using var screen = await site.StepUpAsync();
        await screen.ChooseAsync("RICE5");
        await screen.PostAsync("form[data-once]", ("Input.ExpectedPoints", points));
        Assert.Equal("/kiosk/confirm", screen.Path);
        Assert.Contains("请再看一遍", screen.Said());
        Assert.Empty(await site.RedemptionsAsync());
    }

    [Fact]
    public async Task Confirm_WithAnothersBasketKey_GivesNeitherTheirSlipNorANewOne()
    {
        using var theirs = await site.StepUpAsync();
        await theirs.ChooseAsync("RICE5");
        var key = theirs.Value("Input.BasketKey");
        await theirs.ConfirmAsync();
        var code = theirs.Code();

        using var screen = await site.StepUpAsync(await site.Village.NewcomerAsync());
        await screen.ChooseAsync("RICE5");
        await screen.PostAsync("form[data-once]", ("Input.BasketKey", key));
        Assert.Equal("/kiosk/confirm", screen.Path);
        Assert.DoesNotContain(code, screen.Body.Replace(" ", ""));
        await screen.GetAsync("/kiosk/slip");
        Assert.Equal("/kiosk/shop", screen.Path);
        Assert.Single(await site.RedemptionsAsync());
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
    public async Task Visit_UntouchedForAMinute_IsOver()
    {
        using var screen = await site.StepUpAsync();
        await screen.ChooseAsync("RICE5");
        site.Host.Clock.Advance(TimeSpan.FromSeconds(61));
        await screen.ConfirmAsync();
        Assert.Equal("/kiosk", screen.Path);
        Assert.Contains("时间到了", screen.Said());
        Assert.Empty(await site.RedemptionsAsync());
        await screen.GetAsync("/kiosk/shop");
        Assert.Equal("/kiosk", screen.Path);
        Assert.Null(screen.Said());
    }

    [Fact]
    public async Task Visit_TouchedWithoutAskingForAnything_Lasts()
    {
        using var screen = await site.StepUpAsync();
        for (var i = 0; i < 3; i++)
        {
            site.Host.Clock.Advance(TimeSpan.FromSeconds(40));
            using var answer = await screen.Http.GetAsync("/kiosk/shop?handler=touch");
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        await screen.GetAsync("/kiosk/shop");
        Assert.Equal("/kiosk/shop", screen.Path);
    }

    [Fact]
    public async Task Leaving_AtAnyTime_LeavesNothingOfThePerson()
    {
        using var screen = await site.StepUpAsync();
        await screen.GetAsync("/language?to=en&back=/kiosk/shop");
        Assert.Contains("Hello, 张*兰", screen.Text);
        await screen.GetAsync("/kiosk/leave");
        Assert.Equal("/kiosk", screen.Path);
        Assert.Contains("请刷卡", screen.Text);
        foreach (var path in (string[])["/kiosk/shop", "/kiosk/confirm", "/kiosk/slip", "/kiosk/waiting"])
        {
            await screen.GetAsync(path);
            Assert.Equal("/kiosk", screen.Path);
            Assert.DoesNotContain("张*兰", screen.Body);
        }
    }

    [Fact]
    public async Task Start_WithSomebodysVisit_EndsIt()
    {
        using var screen = await site.StepUpAsync();
        await screen.GetAsync("/kiosk");
        Assert.Equal("/kiosk", screen.Path);
        await screen.GetAsync("/kiosk/shop");
        Assert.Equal("/kiosk", screen.Path);
    }

    [Fact]
    public async Task Visit_TakenToAnotherScreen_IsNone()
    {
        var (here, _) = await site.Village.PairAsync();
        var (_, there) = await site.Village.PairAsync();
        var welcome = Assert.IsType<IdentifyAtKiosk.Welcome>(
            await site.Get<IdentifyAtKiosk>().ExecuteAsync(new() { DeviceId = here, Code = TestVillage.CardOf(TestVillage.Zhang) }));
        using var client = site.Host.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        using var stolen = new HttpRequestMessage(HttpMethod.Get, "/kiosk/shop");
        stolen.Headers.Add("Cookie", $"pm.kiosk={there}; pm.kiosk-visit={welcome.Token}");
        using var answer = await client.SendAsync(stolen);
        Assert.Equal("/kiosk", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Page_OfAVisit_IsKeptByNoBrowser()
    {
        using var screen = await site.StepUpAsync();
        await screen.ChooseAsync("RICE5");
        await screen.ConfirmAsync();
        foreach (var path in (string[])["/kiosk/slip", "/kiosk/waiting", "/kiosk/shop"])
        {
            using var answer = await screen.Http.GetAsync(path);
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("1", 1)]
    [InlineData("0", null)]
    [InlineData("4", null)]
    [InlineData("-1", null)]
    [InlineData("good", null)]
    public async Task Satisfaction_Answered_IsKeptWhenItIsAnAnswer(string answer, int? kept)
    {
        using var screen = await site.StepUpAsync();
        await screen.ChooseAsync("RICE5");
        await screen.ConfirmAsync();
        await screen.ForgeAsync("/kiosk/slip?handler=Rate", ("Input.Satisfaction", answer));
        Assert.Equal("/kiosk/slip", screen.Path);
        Assert.Equal(kept, Assert.Single(await site.RedemptionsAsync()).Satisfaction);
        Assert.Equal(kept is not null, screen.Text.Contains("谢谢您的评价", StringComparison.Ordinal));
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
    public async Task Tap_WithoutTheFormsToken_IsRefused()
    {
        using var screen = await site.StepUpAsync();
        using var answer = await screen.Http.PostAsync("/kiosk/shop", new FormUrlEncodedContent([new("Input.Sku", "RICE5"), new("Input.Change", "1")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await screen.GetAsync("/kiosk/shop");
        Assert.Contains("已选 0 件", screen.Text);
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

    [Fact]
    public async Task Screen_TakenOutOfUse_LeadsToPairing()
    {
        using var screen = await site.StepUpAsync();
        var device = await site.Village.ReadAsync(db => db.KioskDevices.SingleAsync());
        await site.Get<RetireKiosk>().ExecuteAsync(device.Id, Actor.System("test"), TestVillage.Path);
        await screen.GetAsync("/kiosk/shop");
        Assert.Equal("/kiosk/pair", screen.Path);
    }
}
