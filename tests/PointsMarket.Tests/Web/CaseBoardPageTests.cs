using System.Net;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Cases;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>The public board and the member's claims, through their forms.</summary>
public sealed class CaseBoardPageTests(CaseSite cases) : IClassFixture<CaseSite>
{
    [Fact]
    public async Task Board_ForAVisitor_ShowsPublicWordsOnlyAndFilters()
    {
        var open = await cases.PostedAsync("榜上的 <b>甲</b> 事", 120);
        var draft = await cases.PostedAsync("草稿乙", draft: true);
        var late = await cases.PostedAsync("过期丙", by: new DateOnly(2026, 10, 1));
        var held = await cases.PostedAsync("有人丁");
        var claim = await cases.HeldAsync(held, "G0006");
        using var visitor = cases.Site.Visitor();

        await visitor.GetAsync("/board");
        Assert.Contains("榜上的 <b>甲</b> 事", visitor.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("草稿乙", visitor.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("有人丁", visitor.Text, StringComparison.Ordinal);
        await visitor.GetAsync("/board?show=taken");
        Assert.Contains("有人丁", visitor.Text, StringComparison.Ordinal);
        await visitor.GetAsync("/board?kind=dispute&q=榜上");
        Assert.Contains("没有找到", visitor.Text, StringComparison.Ordinal);
        await visitor.GetAsync("/board?sort=-reward&area=nonsense");
        Assert.Equal(HttpStatusCode.OK, visitor.Status);
        foreach (var path in (string[])[$"/board/{open.Number}", $"/board/{held.Number}", "/board", "/board?show=taken"])
        {
            await visitor.GetAsync(path);
            foreach (var secret in (string[])[CaseSite.Secret, "周小梅", "G0006"]) Assert.DoesNotContain(secret, visitor.Body, StringComparison.Ordinal);
        }
        await visitor.GetAsync($"/board/{draft.Number}");
        Assert.Equal(HttpStatusCode.NotFound, visitor.Status);
        Assert.Equal(CaseState.Open, late.State);
        await cases.GiveBackAsync(claim);
    }

    [Fact]
    public async Task Ask_SecondInLine_IsToldWhoIsFirstAndMayWait()
    {
        var c = await cases.PostedAsync("排队的事");
        var first = await cases.AskedAsync(c, "X0001");
        using var client = await cases.MemberAsync("G0002");
        await client.GetAsync($"/me/claims/ask/{c.Number}");
        await client.PostAsync("form.p-form", ("Input.Plan", "我认识车主"));
        Assert.Contains("请先勾选声明", client.ErrorOf("Input.NoInterest"), StringComparison.Ordinal);
        Assert.Contains("我认识车主", client.Body, StringComparison.Ordinal);

        await client.PostAsync("form.p-form", ("Input.NoInterest", "true"), ("Input.Plan", "我认识车主"));
        Assert.Contains("X0001 排在第一位", client.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("孙不言", client.Body, StringComparison.Ordinal);
        Assert.Contains("我认识车主", client.Body, StringComparison.Ordinal);
        Assert.Equal(1, await cases.Site.ReadAsync(db => db.Claims.CountAsync(x => x.CaseId == c.Id)));

        await client.PostAsync("form.p-form", ("Input.Wait", "true"));
        Assert.Contains("您排在第 2 位", client.Text, StringComparison.Ordinal);
        var mine = await cases.Site.ReadAsync(db => db.Claims.SingleAsync(x => x.CaseId == c.Id && x.State == ClaimState.Waiting));
        await client.PostAsync("form[action*='handler=release']");
        Assert.Equal(ClaimState.Dropped, (await cases.ClaimAsync(mine.Id)).State);
        Assert.Equal(ClaimState.Asked, (await cases.ClaimAsync(first)).State);
    }

    [Fact]
    public async Task Ask_AsATeam_NeedsSharesOfAHundredAndThePartnersWord()
    {
        var c = await cases.PostedAsync("合伙的事");
        using var client = await cases.MemberAsync("G0003");
        await client.GetAsync($"/me/claims/ask/{c.Number}");
        await client.PostAsync("form.p-form", ("Input.NoInterest", "true"), ("Input.Share", "60"), ("Input.Partners[0].Code", "100004"), ("Input.Partners[0].Share", "30"));
        Assert.Contains("加起来正好 100", client.ErrorOf("Input.Share"), StringComparison.Ordinal);
        Assert.Contains("value=\"100004\"", client.Body, StringComparison.Ordinal);
        await client.PostAsync("form.p-form", ("Input.NoInterest", "true"), ("Input.Share", "60"), ("Input.Partners[0].Code", "没有"), ("Input.Partners[0].Share", "40"));
        Assert.Contains("找不到编号", client.Text, StringComparison.Ordinal);
        await client.PostAsync("form.p-form", ("Input.NoInterest", "true"), ("Input.Share", "60"), ("Input.Partners[0].Code", "100004"), ("Input.Partners[0].Share", "40"));
        Assert.Contains("等伙伴同意", client.Text, StringComparison.Ordinal);
        var claim = await cases.Site.ReadAsync(db => db.Claims.SingleAsync(x => x.CaseId == c.Id));

        using var partner = await cases.MemberAsync("G0004");
        await partner.GetAsync("/me/claims");
        Assert.Contains("有人邀您一起办", partner.Text, StringComparison.Ordinal);
        await partner.GetAsync($"/me/claims/{claim.Id}");
        await partner.PostAsync(".b-ask form", ("yes", "true"));
        Assert.Contains("请先勾选声明", partner.Text, StringComparison.Ordinal);
        await partner.PostAsync(".b-ask form", ("yes", "true"), ("Input.NoInterest", "true"));
        Assert.Contains("您已同意一起办", partner.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(CaseSite.Secret, partner.Body, StringComparison.Ordinal);
        Assert.All((await cases.ClaimAsync(claim.Id)).Members, m => Assert.NotNull(m.AgreedAt));
    }

    [Fact]
    public async Task Claim_InHand_ShowsTheSealedDetailsAndTakesEveryStep()
    {
        var c = await cases.PostedAsync("在办的事");
        var id = await cases.HeldAsync(c, "G0001");
        using var client = await cases.MemberAsync("G0001");
        await client.GetAsync($"/me/claims/{id}");
        Assert.Contains(CaseSite.Secret, client.Text, StringComparison.Ordinal);

        await client.PostAsync("form[action*='handler=extend']", ("Input.Days", "99"), ("Input.More", "等结果"));
        Assert.Contains("天数不对", client.ErrorOf("Input.Days"), StringComparison.Ordinal);
        Assert.Contains("等结果", client.Body, StringComparison.Ordinal);
        await client.PostAsync("form[action*='handler=extend']", ("Input.Days", "3"), ("Input.More", "等结果"));
        Assert.Contains("已申请延期 3 天", client.Text, StringComparison.Ordinal);
        await ReportSite.SendAsync(client, [new MemoryStream("no photo\0"u8.ToArray())], ("Input.Note", "去现场看过"));
        Assert.Contains("去现场看过", client.Body, StringComparison.Ordinal);
        Assert.NotNull(client.ErrorOf("Input.Photos"));
        await ReportSite.SendAsync(client, [new MemoryStream(Pictures.Png)], ("Input.Note", "去现场看过"));
        await client.GetAsync($"/me/claims/{id}");
        var photo = client.Page.QuerySelector(".b-thumbs a")!.GetAttribute("href")!;
        await client.PostAsync("form[action*='handler=offer']", ("Input.To", "100002"));
        Assert.Contains("李*", client.Text.Replace("李强", "李*", StringComparison.Ordinal), StringComparison.Ordinal);

        using var other = await cases.MemberAsync("G0002");
        await other.GetAsync($"/me/claims/{id}");
        Assert.DoesNotContain(CaseSite.Secret, other.Body, StringComparison.Ordinal);
        await other.PostAsync(".b-ask form", ("yes", "true"), ("Input.NoInterest", "true"));
        Assert.Equal(HandOverState.Signed, (await cases.ClaimAsync(id)).HandOvers.Single().State);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(photo)).Status);
        using var stranger = await cases.MemberAsync("G0003");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/me/claims/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(photo)).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(photo)).Status);

        await client.GetAsync($"/me/claims/{id}");
        await client.PostAsync("form[action*='handler=submit']", ("Input.Result", "找到了，已还给失主"));
        Assert.Equal(ClaimState.Submitted, (await cases.ClaimAsync(id)).State);
        Assert.Equal(HandOverState.Ended, (await cases.ClaimAsync(id)).HandOvers.Single().State);
        await client.PostAsync("form[action*='handler=release']", ("Input.Why", " "));
        Assert.Contains("请写几句", client.Text, StringComparison.Ordinal);
        await client.PostAsync("form[action*='handler=release']", ("Input.Why", "弄错了"));
        Assert.Equal(ClaimState.Released, (await cases.ClaimAsync(id)).State);
        Assert.DoesNotContain(CaseSite.Secret, (await client.GetAsync($"/me/claims/{id}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claim_PagesForAnybodyElse_LeadToTheSignInOrAreRefused()
    {
        var c = await cases.PostedAsync("门外的事");
        using var visitor = cases.Site.Visitor();
        await visitor.GetAsync($"/me/claims/ask/{c.Number}");
        Assert.StartsWith("/account/login", visitor.Path, StringComparison.Ordinal);
        using var approver = await cases.Site.SignInAsync(Roles.Approver);
        Assert.Equal(HttpStatusCode.Forbidden, (await approver.GetAsync("/me/claims")).Status);
        using var member = await cases.MemberAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync("/me/claims/ask/nothing")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync("/me/claims/999999")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/desk/cases")).Status);
    }
}
