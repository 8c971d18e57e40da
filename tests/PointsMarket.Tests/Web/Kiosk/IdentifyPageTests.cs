using System.Net;
using AngleSharp.Dom;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web.Kiosk;

public sealed class IdentifyPageTests : IAsyncLifetime
{
    private KioskSite site = null!;

    public async Task InitializeAsync() => site = await KioskSite.StartAsync();

    public Task DisposeAsync() => site.DisposeAsync().AsTask();

    [Fact]
    public async Task Card_OfAMember_OpensTheShopUnderAMaskedName()
    {
        using var screen = await site.StepUpAsync();
        Assert.Contains("张*兰，您好", screen.Text);
        Assert.DoesNotContain("张桂兰", screen.Body);
        Assert.DoesNotContain(TestVillage.CardOf(TestVillage.Zhang), screen.Body);
    }

    [Fact]
    public async Task Card_OfAnInformant_ShowsTheCodeAndNeverTheName()
    {
        using var screen = await site.StepUpAsync(TestVillage.Informant);
        Assert.Contains(TestVillage.Informant, screen.Text);
        Assert.DoesNotContain("孙", screen.Body);
    }

    [Fact]
    public async Task Number_WithItsPin_OpensTheShop()
    {
        using var screen = await site.ScreenAsync();
        await screen.PostAsync(("Input.Code", TestVillage.NumberOf(TestVillage.Zhang)), ("Input.Pin", TestVillage.Pin));
        Assert.Equal("/kiosk/shop", screen.Path);
    }

    [Theory]
    [InlineData("", "", "请先刷卡")]
    [InlineData("100001", "", "还要输入密码")]
    [InlineData("100001", "0000", "还可以再试 5 次")]
    [InlineData("999999", "2468", "编号或密码不对")]
    [InlineData("2100000000098", "", "不认识这张卡")]
    [InlineData("2100000000001", "", "没有读清")]
    [InlineData("' OR 1=1 --", "2468", "编号或密码不对")]
    [InlineData("100001", "2468246824682468", "请先刷卡")]
    public async Task Person_TypedWrong_IsToldWhatToDo(string code, string pin, string words)
    {
        using var screen = await site.ScreenAsync();
        await screen.PostAsync(("Input.Code", code), ("Input.Pin", pin));
        Assert.Equal("/kiosk", screen.Path);
        Assert.Contains(words, screen.Said());
        await screen.GetAsync("/kiosk/shop");
        Assert.Equal("/kiosk", screen.Path);
    }

    [Fact]
    public async Task Number_WithAWrongPin_StaysInItsBoxAndThePinDoesNot()
    {
        using var screen = await site.ScreenAsync();
        await screen.PostAsync(("Input.Code", "100001"), ("Input.Pin", "0000"));
        Assert.Equal("100001", screen.Page.GetElementById("code")!.GetAttribute("value"));
        Assert.Null(screen.Page.GetElementById("pin")!.GetAttribute("value"));
        Assert.DoesNotContain("0000\"", screen.Body);
    }

    [Fact]
    public async Task Slip_ScannedAtTheScreen_IsSentToTheCounter()
    {
        using var screen = await site.ScreenAsync();
        await screen.PostAsync(("Input.Code", CardNumbers.ForSlip("482913")));
        Assert.Contains("柜台", screen.Said());
    }

    [Fact]
    public async Task Pin_WrongAgainAndAgain_WaitsThenLocks()
    {
        using var screen = await site.ScreenAsync();
        for (var i = 0; i < 3; i++) await screen.PostAsync(("Input.Code", "100001"), ("Input.Pin", "0000"));
        await screen.PostAsync(("Input.Code", "100001"), ("Input.Pin", TestVillage.Pin));
        Assert.Contains("请等 10 秒再试", screen.Said());
        site.Host.Clock.Advance(TimeSpan.FromSeconds(4));
        await screen.GetAsync("/kiosk");
        Assert.Contains("请等 6 秒再试", screen.Said());
        Assert.Equal("100001", screen.Page.GetElementById("code")!.GetAttribute("value"));
        site.Host.Clock.Advance(TimeSpan.FromSeconds(7));
        await screen.GetAsync("/kiosk");
        Assert.Null(screen.Said());

        for (var i = 0; i < 3; i++)
        {
            await screen.PostAsync(("Input.Code", "100001"), ("Input.Pin", "0000"));
            site.Host.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        await screen.GetAsync("/kiosk/leave");
        await screen.PostAsync(("Input.Code", "100001"), ("Input.Pin", TestVillage.Pin));
        Assert.Contains("已经锁住", screen.Said());
    }

    [Fact]
    public async Task Member_WithoutAPinOrGone_IsToldWhomToAsk()
    {
        using var screen = await site.ScreenAsync();
        await screen.PostAsync(("Input.Code", TestVillage.NumberOf(TestVillage.WithoutPin)), ("Input.Pin", "1357"));
        Assert.Contains("还没有设密码", screen.Said());
        await screen.PostAsync(("Input.Code", TestVillage.CardOf(TestVillage.Gone)));
        Assert.Contains("没有启用", screen.Said());
    }

    [Fact]
    public async Task Card_WhereThePinIsAskedForToo_OpensOnlyWithIt()
    {
        await using var strict = await KioskSite.StartAsync(("Kiosk:CardNeedsPin", "true"));
        using var screen = await strict.ScreenAsync();
        await screen.PostAsync(("Input.Code", TestVillage.CardOf(TestVillage.Zhang)));
        Assert.Equal("/kiosk", screen.Path);
        Assert.Contains("已读到", screen.Text);
        await screen.PostAsync(("Input.Pin", "0000"));
        Assert.Contains("还可以再试 5 次", screen.Said());
        await screen.PostAsync(("Input.Pin", TestVillage.Pin));
        Assert.Equal("/kiosk/shop", screen.Path);
    }

    [Fact]
    public async Task Form_WithoutItsToken_IsRefusedInTheKiosksWords()
    {
        using var screen = await site.ScreenAsync();
        using var answer = await screen.Http.PostAsync("/kiosk", new FormUrlEncodedContent([new("Input.Code", TestVillage.CardOf(TestVillage.Zhang))]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("class=\"kiosk\"", page);
        Assert.Contains("href=\"/kiosk\"", page);
    }

    [Fact]
    public async Task Tries_TooMany_AreRefusedInWords()
    {
        await using var braked = await KioskSite.StartAsync(("Kiosk:TriesPerMinute", "3"));
        using var screen = await braked.ScreenAsync();
        for (var i = 0; i < 3; i++) await screen.PostAsync(("Input.Code", "999999"), ("Input.Pin", "0000"));
        Assert.Equal(HttpStatusCode.TooManyRequests, screen.Status);
        Assert.Contains("点得太快了", screen.Text);
        Assert.Equal("/kiosk", screen.Page.QuerySelector("a.primary")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Screen_NotPaired_LeadsToPairingFromEveryPage()
    {
        using var screen = site.Screen();
        foreach (var path in (string[])["/kiosk", "/kiosk/shop", "/kiosk/confirm", "/kiosk/slip", "/kiosk/waiting", "/kiosk/help", "/kiosk/leave"])
        {
            await screen.GetAsync(path);
            Assert.Equal("/kiosk/pair", screen.Path);
        }
    }

    [Theory]
    [InlineData("", "6 位数字")]
    [InlineData("12345", "6 位数字")]
    [InlineData("abcdef", "6 位数字")]
    [InlineData("1234567890123456", "6 位数字")]
    [InlineData("000000", "不对，或者已经过期")]
    public async Task PairingCode_Wrong_IsToldSo(string code, string words)
    {
        using var screen = site.Screen();
        await screen.GetAsync("/kiosk/pair");
        await screen.PostAsync(("Input.Code", code));
        Assert.Equal("/kiosk/pair", screen.Path);
        Assert.Contains(words, screen.Said());
    }

    [Fact]
    public async Task PairingCode_UsedOrTooOld_PairsNothing()
    {
        var used = await site.Village.OfferAsync();
        var old = await site.Village.OfferAsync();
        using var first = site.Screen();
        await first.GetAsync("/kiosk/pair");
        await first.PostAsync(("Input.Code", used.Code));
        Assert.Equal("/kiosk", first.Path);
        site.Host.Clock.Advance(TimeSpan.FromMinutes(11));
        using var second = site.Screen();
        foreach (var code in new[] { used.Code, old.Code })
        {
            await second.GetAsync("/kiosk/pair");
            await second.PostAsync(("Input.Code", code));
            Assert.Equal("/kiosk/pair", second.Path);
        }
    }

    [Fact]
    public async Task Cookies_OfScreenAndVisit_AreOutOfReachForScript()
    {
        var offer = await site.Village.OfferAsync();
        using var screen = site.Screen();
        await screen.GetAsync("/kiosk/pair");
        var cookies = new List<string>();
        foreach (var (path, code) in new[] { ("/kiosk/pair", offer.Code), ("/kiosk", TestVillage.CardOf(TestVillage.Zhang)) })
        {
            await screen.GetAsync(path);
            var token = screen.Value("__RequestVerificationToken");
            using var answer = await screen.Http.PostAsync(path, new FormUrlEncodedContent([new("Input.Code", code), new("__RequestVerificationToken", token)]));
            cookies.AddRange(answer.Headers.GetValues("Set-Cookie"));
        }

        foreach (var name in (string[])["pm.kiosk=", "pm.kiosk-visit="])
        {
            var cookie = Assert.Single(cookies, c => c.StartsWith(name, StringComparison.Ordinal));
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task TrialButton_OutsideDevelopment_IsNotThereAndDoesNothing()
    {
        using var screen = site.Screen();
        await screen.GetAsync("/kiosk/pair");
        Assert.Null(screen.Page.QuerySelector(".k-try"));
        await screen.ForgeAsync("/kiosk/pair?handler=Try");
        Assert.Equal(HttpStatusCode.NotFound, screen.Status);
    }

    [Fact]
    public async Task TrialButton_InDevelopment_PairsWithTheFirstOutlet()
    {
        await using var trial = await KioskSite.StartAsync(("environment", "Development"), ("Demo:Load", "false"));
        using var screen = trial.Screen();
        await screen.GetAsync("/kiosk/pair");
        await screen.PostAsync(".k-try");
        Assert.Equal("/kiosk", screen.Path);
        Assert.Contains("第一村兑换点", screen.Text);
    }

    [Fact]
    public async Task Setting_OutOfRange_StopsTheStart() =>
        await Assert.ThrowsAnyAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => KioskSite.StartAsync(("Kiosk:HelpPhone", "<script>")));
}
