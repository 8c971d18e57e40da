using System.Net;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Cases;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>The desk's cases, through their forms.</summary>
public sealed class CaseDeskPageTests(CaseSite cases) : IClassFixture<CaseSite>
{
    private static readonly (string, string)[] Good =
        [("Input.Title", "两户排水不和"), ("Input.Wanted", "谈成一个办法"), ("Input.Sealed", CaseSite.Secret), ("Input.Kind", "dispute"), ("Input.Reward", "90"), ("Input.Days", "12"), ("Input.ClaimBy", "2026-10-20")];

    [Fact]
    public async Task Edit_NewCase_IsSavedPublishedAndKeepsWhatWasTypedWhenRefused()
    {
        using var client = await cases.Site.SignInAsync(Roles.Approver, CaseSite.Village);
        await client.GetAsync("/desk/cases/edit");
        Assert.Contains("不要写姓名、住址", client.Text, StringComparison.Ordinal);
        var area = client.Page.QuerySelectorAll("#Input_AreaId option")[^1].GetAttribute("value")!;
        await client.PostAsync(".b-edit", [.. Good.Where(g => g.Item1 != "Input.Reward"), ("Input.AreaId", area), ("Input.Reward", "0")]);
        Assert.NotNull(client.ErrorOf("Input.Reward"));
        Assert.Contains("谈成一个办法", client.Body, StringComparison.Ordinal);
        await client.PostAsync(".b-edit", [.. Good.Where(g => g.Item1 != "Input.ClaimBy"), ("Input.AreaId", area), ("Input.ClaimBy", "2026-09-01")]);
        Assert.Contains("不能早于今天", client.ErrorOf("Input.ClaimBy"), StringComparison.Ordinal);
        Assert.Equal(0, await cases.Site.ReadAsync(db => db.Cases.CountAsync(c => c.Title == "两户排水不和")));

        await client.PostAsync(".b-edit", [.. Good, ("Input.AreaId", area), ("Input.Publish", "true")]);
        Assert.Contains("已贴上认领榜", client.Text, StringComparison.Ordinal);
        Assert.Contains(CaseSite.Secret, client.Text, StringComparison.Ordinal);
        var made = await cases.Site.ReadAsync(db => db.Cases.SingleAsync(c => c.Title == "两户排水不和"));
        Assert.Equal((CaseState.Open, 90, 12), (made.State, made.Reward, made.Days));
        using var elsewhere = await cases.Site.SignInAsync(Roles.Approver, CaseSite.OtherVillage);
        foreach (var path in (string[])["", "edit/", "decide/", "for/"]) Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.GetAsync($"/desk/cases/{path}{made.Number}")).Status);
    }

    [Fact]
    public async Task Decide_FromApprovalToReopening_DoesWhatItSays()
    {
        var c = await cases.PostedAsync("从头到尾");
        var refused = await cases.AskedAsync(c, "G0002");
        var claim = await cases.AskedAsync(c, "G0001", wait: true);
        using var client = await cases.Site.SignInAsync(Roles.Approver, CaseSite.Village);
        await client.GetAsync($"/desk/cases/decide/{c.Number}?to=Refuse&claim={refused}");
        await client.PostAsync(".panel form", ("Input.Words", " "));
        Assert.NotNull(client.ErrorOf("Input.Words"));
        await client.PostAsync(".panel form", ("Input.Words", "是当事人的亲戚"));
        Assert.Contains("申请没有批准", client.Text, StringComparison.Ordinal);
        var other = await cases.PostedAsync("另一件");
        foreach (var path in (string[])[$"decide/{other.Number}?to=Approve&claim={claim}", $"decide/{c.Number}?to=99", $"{other.Number}?handler=submit&claim={claim}&member={cases.Id("G0001")}"])
        {
            await client.GetAsync($"/desk/cases/{c.Number}");
            Assert.Equal(HttpStatusCode.NotFound, (await client.ForgeAsync("/desk/cases/" + path, ("Input.Result", "x"))).Status);
        }
        await client.GetAsync($"/desk/cases/{c.Number}");
        await client.PostAsync("form[action*='to=Approve']");
        Assert.Contains("认领已批准", client.Text, StringComparison.Ordinal);
        await client.ForgeAsync($"/desk/cases/decide/{c.Number}?to=Approve&claim={claim}");
        Assert.Contains("可能别人刚处理过", client.Text, StringComparison.Ordinal);

        // somebody at the desk submits for a member without a phone
        using var attendant = await cases.Site.SignInAsync(Roles.Attendant, CaseSite.Village);
        await attendant.GetAsync($"/desk/cases/{c.Number}");
        Assert.DoesNotContain(CaseSite.Secret, attendant.Body, StringComparison.Ordinal);
        await attendant.PostAsync("form[action*='handler=submit']", ("Input.Result", "当面说办好了"));
        Assert.Contains("已代为提交", attendant.Text, StringComparison.Ordinal);
        await attendant.ForgeAsync($"/desk/cases/decide/{c.Number}?to=Close&claim={claim}");
        Assert.Equal(HttpStatusCode.Forbidden, attendant.Status);

        var before = await cases.PointsAsync("G0001");
        await client.GetAsync($"/desk/cases/{c.Number}");
        Assert.Contains("现在办结发 80 分", client.Text, StringComparison.Ordinal);
        await client.PostAsync("form[action*='to=Close']");
        Assert.Contains("发了 80 分", client.Text, StringComparison.Ordinal);
        Assert.Equal(before + 80, await cases.PointsAsync("G0001"));
        await client.GetAsync($"/desk/cases/decide/{c.Number}?to=Reopen");
        await client.PostAsync(".panel form", ("Input.Words", "又丢了"));
        Assert.Contains("收回 80 分", client.Text, StringComparison.Ordinal);
        Assert.Equal((before, CaseState.Open), (await cases.PointsAsync("G0001"), (await cases.CaseAsync(c.Id)).State));
    }

    [Fact]
    public async Task List_TabsFiltersAndCsv_ShowWhatWaits()
    {
        var c = await cases.PostedAsync("=列表里的事");
        await cases.AskedAsync(c, "G0003");
        using var client = await cases.Site.SignInAsync(Roles.Approver, CaseSite.Village);
        await client.GetAsync("/desk/cases");
        Assert.Contains("=列表里的事", client.Text, StringComparison.Ordinal);
        await client.GetAsync("/desk/cases?tab=Closed&q=列表里");
        Assert.Contains("没有这样的案事件", client.Text, StringComparison.Ordinal);
        foreach (var tab in (string[])["ToDo", "Open", "Claimed", "Submitted", "Revisit", "Closed", "Draft", "Withdrawn", "All", "nonsense"])
        {
            foreach (var sort in (string[])["number", "-due", "due", "-reward", "opened"]) Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/desk/cases?tab={tab}&sort={sort}&kind=lead&area=1")).Status);
        }
        await client.GetAsync("/desk/cases?tab=Open&q=列表里&handler=csv");
        Assert.Contains("'=列表里的事", client.Body, StringComparison.Ordinal);
        using var elsewhere = await cases.Site.SignInAsync(Roles.Approver, CaseSite.OtherVillage);
        await elsewhere.GetAsync("/desk/cases?tab=All");
        Assert.DoesNotContain("列表里的事", elsewhere.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_AMemberWithoutAPhone_IsOnRecordAndSomebodyElseApproves()
    {
        var c = await cases.PostedAsync("代办的事");
        using var client = await cases.Site.SignInAsync(Roles.Approver, CaseSite.Village);
        await client.GetAsync($"/desk/cases/for/{c.Number}?who=100004");
        await client.PostAsync("form.wide", ("Input.NoInterest", "true"), ("Input.Share", "50"), ("Input.Partners[0].Code", "G0006"), ("Input.Partners[0].Share", "50"));
        Assert.Contains("已代 赵国庆 申请", client.Text, StringComparison.Ordinal);
        Assert.Contains("请别的审核人决定", client.Text, StringComparison.Ordinal);
        await client.PostAsync("form[action*='handler=agree']", ("yes", "true"));
        Assert.Contains("请先勾选声明", client.Text, StringComparison.Ordinal);
        await client.PostAsync("form[action*='handler=agree']", ("yes", "true"), ("Input.NoInterest", "true"));
        Assert.Contains("已记下同意", client.Text, StringComparison.Ordinal);
        var claim = await cases.Site.ReadAsync(db => db.Claims.SingleAsync(x => x.CaseId == c.Id));
        await client.ForgeAsync($"/desk/cases/decide/{c.Number}?to=Approve&claim={claim.Id}");
        Assert.Contains("要由别的审核人决定", client.Text, StringComparison.Ordinal);
        using var second = await cases.Site.SignInAsync(Roles.Approver, CaseSite.Village);
        await second.GetAsync($"/desk/cases/{c.Number}");
        await second.PostAsync("form[action*='to=Approve']");
        Assert.Equal(ClaimState.Held, (await cases.ClaimAsync(claim.Id)).State);
        await cases.GiveBackAsync(claim.Id);
    }

    [Fact]
    public async Task Close_OverTheThreshold_IsLeftToAnother()
    {
        var c = await cases.PostedAsync("大奖的事", reward: 300);
        var claim = await cases.AskedAsync(c, "G0006");
        using var first = await cases.Site.SignInAsync(Roles.Approver, CaseSite.Village);
        await first.GetAsync($"/desk/cases/{c.Number}");
        await first.PostAsync("form[action*='to=Approve']");
        Assert.IsType<CaseOutcome.Done>(await cases.Get<SubmitClaim>().ExecuteAsync(claim, "好了", new() { MemberId = cases.Id("G0006"), Actor = Actor.System("test") }));
        await first.GetAsync($"/desk/cases/{c.Number}");
        Assert.Null(first.Page.QuerySelector("form[action*='to=Close']"));
        await first.ForgeAsync($"/desk/cases/decide/{c.Number}?to=Close&claim={claim}");
        Assert.Contains("请另一位审核人来办结", first.Text, StringComparison.Ordinal);
        using var second = await cases.Site.SignInAsync(Roles.Approver, CaseSite.Village);
        await second.GetAsync($"/desk/cases/{c.Number}");
        await second.PostAsync("form[action*='to=Close']");
        Assert.Equal(300, await cases.PointsAsync("G0006"));
    }
}
