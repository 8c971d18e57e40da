using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web.Kiosk;

/// <summary>Tampered forms, visits that are over, other people's slips: refused in words, and nothing changed.</summary>
public sealed class KioskSafetyTests : IAsyncLifetime
{
    private KioskSite site = null!;

    public async Task InitializeAsync() => site = await KioskSite.StartAsync();

    public Task DisposeAsync() => site.DisposeAsync().AsTask();

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
    public async Task Tap_WithoutTheFormsToken_IsRefused()
    {
        using var screen = await site.StepUpAsync();
        using var answer = await screen.Http.PostAsync("/kiosk/shop", new FormUrlEncodedContent([new("Input.Sku", "RICE5"), new("Input.Change", "1")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await screen.GetAsync("/kiosk/shop");
        Assert.Contains("已选 0 件", screen.Text);
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
