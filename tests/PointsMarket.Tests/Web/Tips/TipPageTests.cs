using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;
using PointsMarket.Tips;

namespace PointsMarket.Tests.Web.Tips;

/// <summary>The tip pages, the desk's and the unsealing, through their forms.</summary>
public sealed class TipPageTests
{
    [Fact]
    public async Task Tip_WithPhotosThatAreTooLarge_IsRefusedInTheTippersWordsAndKeepsNothing()
    {
        await using var site = await SiteHost.StartAsync();
        using var tipper = site.Visitor();
        foreach (var (address, megabytes, status, words) in ((string, int, HttpStatusCode, string)[])
            [("/tip", 11, HttpStatusCode.OK, "第 1 张"), ("/tip?culture=en", 11, HttpStatusCode.OK, "Photo 1 is too large"),
             ("/tip", 100, HttpStatusCode.RequestEntityTooLarge, "什么都没有保存"), ("/tip?culture=en", 100, HttpStatusCode.RequestEntityTooLarge, "Nothing was kept")])
        {
            await tipper.GetAsync(address);
            using var form = new MultipartFormDataContent
            {
                { new StringContent(tipper.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
                { new StringContent(tipper.Page.QuerySelector("input[name='Input.FormKey']")!.GetAttribute("value")!), "Input.FormKey" },
                { new StringContent("Gambling"), "Input.Kind" }, { new StringContent("河堤东头夜里有人赌博"), "Input.Text" }, { new ByteArrayContent(new byte[megabytes * 1024 * 1024]), "Input.Photos", "a.jpg" },
            };
            await tipper.SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = form });
            Assert.Equal(status, tipper.Status);
            Assert.Contains(words, tipper.Text, StringComparison.Ordinal);
            if (status == HttpStatusCode.OK) Assert.Contains("河堤东头夜里有人赌博", tipper.Body, StringComparison.Ordinal); // what was typed is still there
        }
        Assert.Equal(0, await site.ReadAsync(db => db.Tips.CountAsync()));
    }

    [Fact]
    public async Task Tip_FromFormToVoucherAndKiosk_IsAnsweredRewardedAndSpent()
    {
        await using var kiosk = await KioskSite.StartAsync();
        var site = kiosk.Host;
        using var tipper = site.Visitor();
        await tipper.GetAsync("/tip");
        await tipper.PostAsync(("Input.Kind", "Gambling"), ("Input.Text", "河堤东头夜里有人赌博"), ("Input.Place", "废砖房"), ("Input.Pin", "849302"));
        var code = tipper.Page.QuerySelector("[data-code]")!.TextContent;
        Assert.Equal(("849302", "/tip"), (tipper.Page.QuerySelector("[data-pin]")!.TextContent, tipper.Path));

        using var approver = await site.SignInAsync(Roles.Approver);
        await approver.GetAsync("/desk/tips");
        Assert.DoesNotContain("河堤东头", approver.Body);
        await approver.GetAsync(approver.Page.QuerySelector("td a")!.GetAttribute("href")!);
        Assert.DoesNotContain("河堤东头", approver.Body);
        await approver.PostAsync("form[action$='handler=open']");
        Assert.Contains("河堤东头夜里有人赌博", approver.Text);
        Assert.Contains("废砖房", approver.Text);
        await approver.PostAsync(("Input.Text", "一般几点开始？"));
        await approver.PostAsync("form[action$='handler=close']", ("Input.Yes", "true"));
        await approver.PostAsync("form[action$='handler=reward']", ("Input.Points", "100"));
        Assert.Contains("100 分，下一批发", approver.Text);

        await OpenAsync(tipper, code.ToLowerInvariant().Replace("-", ""), "849302");
        Assert.Contains("一般几点开始？", tipper.Text);
        Assert.Contains("下周请再来看", tipper.Text);
        await tipper.PostAsync(("Input.Text", "晚上十点"));
        Assert.Contains("已经交到警务室", tipper.Text);
        Assert.Contains("晚上十点", tipper.Text);

        site.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(1, await site.Services.GetRequiredService<GrantTipRewards>().ExecuteAsync());
        await OpenAsync(tipper, code, "849302");
        var voucher = tipper.Page.QuerySelector("[data-voucher]")!.TextContent;

        using var screen = await kiosk.ScreenAsync();
        await screen.GetAsync("/kiosk/voucher");
        await screen.PostAsync(("Input.Code", voucher));
        Assert.Equal("/kiosk/shop", screen.Path);
        Assert.Contains("持券人", screen.Text);
        await screen.ChooseAsync("RICE5");
        await screen.ConfirmAsync();
        Assert.Equal("/kiosk/slip", screen.Path);
        Assert.Contains("70", screen.Page.QuerySelector(".k-sum b")!.TextContent);
        var pickup = screen.Code();
        using var attendant = await site.SignInAsync(Roles.Attendant);
        foreach (var path in (string[])["/desk/counter", "/desk/redemptions", "/desk"]) Assert.Equal(HttpStatusCode.OK, (await attendant.GetAsync(path)).Status);
        await attendant.GetAsync("/desk/counter");
        await attendant.PostAsync(("Input.Code", pickup));
        Assert.Contains("持券人", attendant.Text);
        await attendant.PostAsync("form[action*='HandOver' i]");
        await attendant.GetAsync("/desk/redemptions");
        await attendant.GetAsync(attendant.Page.QuerySelector("td a")!.GetAttribute("href")!);
        Assert.Equal(HttpStatusCode.OK, attendant.Status);
        await OpenAsync(tipper, code, "849302");
        Assert.Contains("还剩 70 分", tipper.Text);
    }

    [Fact]
    public async Task TipPages_OfAnybody_SetNoCookieButTheFormsAndPutNothingInAddresses()
    {
        await using var site = await SiteHost.StartAsync();
        var http = site.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        foreach (var path in (string[])["/tip", "/tip/mailbox", "/tip?culture=en&size=xl"])
        {
            using var answer = await http.GetAsync(path);
            var cookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.ToList() : [];
            Assert.All(cookies, c => Assert.StartsWith("pm.form=", c));
            Assert.All(cookies, c => Assert.DoesNotContain("expires", c, StringComparison.OrdinalIgnoreCase));
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            var page = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain("/language?", page);
            Assert.DoesNotContain("method=\"get\"", page);
        }
        using var english = site.Visitor();
        await english.GetAsync("/tip?culture=en");
        await english.PostAsync(("Input.Kind", "Theft"), ("Input.Text", "A van at night"));
        Assert.Contains("shown this once", english.Text);
        Assert.Equal("/tip?culture=en", english.Path);
    }

    [Fact]
    public async Task TipPages_WithAHostOfTheirOwn_AnswerOnlyThere()
    {
        await using var site = await SiteHost.StartAsync(settings: ("Tips:Host", "tips.example.org"));
        using var other = site.CreateClient(new() { BaseAddress = new Uri("http://localhost/") });
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync("/tip")).StatusCode);
        using var own = site.CreateClient(new() { BaseAddress = new Uri("http://tips.example.org/") });
        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync("/tip")).StatusCode);
        Assert.Contains("//tips.example.org/tip", await other.GetStringAsync("/"));
    }

    [Fact]
    public async Task TipForm_BadInput_IsWordedAndKeepsWhatWasTyped()
    {
        await using var site = await SiteHost.StartAsync();
        using var tipper = site.Visitor();
        await tipper.GetAsync("/tip");
        await tipper.PostAsync(("Input.Text", "<b>看到</b>一件事"), ("Input.Pin", "111111"));
        Assert.Contains("请选一类", tipper.ErrorOf("Input.Kind"));
        await tipper.PostAsync(("Input.Kind", "Other"), ("Input.Pin", "111111"));
        Assert.Contains("太好猜", tipper.ErrorOf("Input.Pin"));
        Assert.Contains("&lt;b&gt;看到&lt;/b&gt;", tipper.Body);
        await tipper.ForgeAsync("/tip", ("Input.Kind", "Nothing"), ("Input.Text", "看到一件事"));
        Assert.Equal(HttpStatusCode.OK, tipper.Status);
        await OpenAsync(tipper, "7F3K-9QXA-2222-2222", "1");
        Assert.Contains("不对", tipper.Text);
        await tipper.ForgeAsync("/tip/mailbox?handler=write", ("Input.Ticket", "x"), ("Input.Text", "y"));
        Assert.Contains("请再输一次", tipper.Text);
        Assert.Equal(0, await site.ReadAsync(db => db.Tips.CountAsync()));
    }

    [Fact]
    public async Task Name_AskedForOnOnePageAndApprovedByAnother_IsShownOnce()
    {
        await using var kiosk = await KioskSite.StartAsync();
        var site = kiosk.Host;
        await site.Services.GetRequiredService<SealInformants>().ExecuteAsync();
        var id = await kiosk.Village.MemberIdAsync(TestVillage.Informant);
        using var first = await site.SignInAsync(Roles.Approver);
        using var second = await site.SignInAsync(Roles.Administrator);
        await first.GetAsync($"/desk/members/{id}");
        await first.GetAsync(first.Page.QuerySelector("a[href^='/desk/unsealings/ask']")!.GetAttribute("href")!);
        await first.PostAsync(("Input.Reason", "好奇"));
        Assert.NotNull(first.ErrorOf("Input.Reason"));
        await first.PostAsync(("Input.Reason", "需要出庭作证，法院要求核实身份"));
        var path = first.Path;
        Assert.Null(first.Page.QuerySelector("form[action*='approve' i]"));
        await second.GetAsync(path);
        await second.PostAsync("form[action*='approve' i]");
        Assert.DoesNotContain("孙不言", second.Body);
        await first.GetAsync(path);
        await first.PostAsync("form[action*='show' i]");
        Assert.Equal("孙不言", first.Page.QuerySelector("[data-identity]")!.TextContent);
        await first.GetAsync(path);
        Assert.DoesNotContain("孙不言", first.Body);
        Assert.Null(first.Page.QuerySelector("form[action*='show' i]"));
        await second.GetAsync(path);
        await second.PostAsync("form[action*='show' i]");
        Assert.Contains("孙不言", second.Body);
        using var auditor = await site.SignInAsync(Roles.Auditor);
        await auditor.GetAsync("/finance/sealed");
        Assert.Contains("看了姓名", auditor.Text);
        Assert.DoesNotContain("孙不言", auditor.Body);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await site.SignInAsync(Roles.Finance)).GetAsync("/finance/sealed")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await site.SignInAsync(Roles.Approver, "STA/PR1/V2/")).GetAsync(path)).Status);
    }

    [Fact]
    public async Task KioskVoucher_WrongNumbers_AreWordedAndSlowedDown()
    {
        await using var kiosk = await KioskSite.StartAsync();
        using var screen = await kiosk.ScreenAsync();
        await screen.GetAsync("/kiosk/voucher");
        await screen.PostAsync(("Input.Code", "1234"));
        Assert.Contains("可能有一个数字按错了", screen.Said());
        for (var i = 0; i < 5; i++) await screen.PostAsync(("Input.Code", PointsMarket.Market.VoucherNumbers.New()));
        Assert.Contains("没有这张券", screen.Said());
        await screen.PostAsync(("Input.Code", PointsMarket.Market.VoucherNumbers.New()));
        Assert.Contains("请等 10 秒", screen.Said());
    }

    private static async Task OpenAsync(PageClient tipper, string code, string pin)
    {
        await tipper.GetAsync("/tip/mailbox");
        await tipper.PostAsync(("Input.Code", code), ("Input.Pin", pin));
        Assert.Equal("/tip/mailbox", tipper.Path);
    }
}
