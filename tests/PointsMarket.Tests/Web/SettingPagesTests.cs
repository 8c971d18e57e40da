using System.Net;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Proposals;
using PointsMarket.Settings;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>Settings through their forms. The clock stands at noon of 1 October 2026.</summary>
public sealed class SettingPagesTests(SiteHost site) : IClassFixture<SiteHost>
{
    [Fact]
    public async Task Settings_ProposedAndApproved_AreInForceAndOnTheNoticePage()
    {
        using var one = await site.SignInAsync(Roles.Administrator);
        using var two = await site.SignInAsync(Roles.Finance);
        using var auditor = await site.SignInAsync(Roles.Auditor);
        await one.GetAsync("/admin/settings");
        Assert.Contains("出厂默认", one.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await one.GetAsync("/admin/settings/propose?group=gossip")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await one.GetAsync("/admin/settings/history/gossip")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await one.GetAsync("/admin/settings/99")).Status);

        await one.GetAsync("/admin/settings/propose?group=points");
        Assert.Equal("1.00", one.Page.QuerySelector("#v-points-value")!.GetAttribute("value"));
        foreach (var (bad, kept) in ((string, string)[])[("abc", "abc"), ("0", "0"), ("1.005", "1.005"), ("999999999999999999999", "99999999999999999999"), ("", "")])
        {
            await one.PostAsync("form.wide", ("Input.Values[points.value]", bad.Length > 20 ? kept : bad), ("Input.Reason", "试试"));
            Assert.Contains("要填 ¥0.01 到 ¥100.00 之间的数", one.ErrorOf("v-points-value")!, StringComparison.Ordinal);
            Assert.Equal(kept, one.Page.QuerySelector("#v-points-value")!.GetAttribute("value") ?? "");
        }
        await one.PostAsync("form.wide", ("Input.Values[points.value]", "0.90"), ("Input.From", "2026-10-01"), ("Input.Reason", "试试"));
        Assert.Contains("最早从明天起", one.ErrorOf("Input.From")!, StringComparison.Ordinal);
        await one.PostAsync("form.wide", ("Input.Values[points.value]", "1.00"), ("Input.From", "2026-11-01"), ("Input.Reason", "试试"));
        Assert.Contains("没有改动", one.Text, StringComparison.Ordinal);
        await one.PostAsync("form.wide", ("Input.Values[points.value]", "0.90"), ("Input.Reason", "<b>试试</b>"));
        Assert.Contains("已提交，等别人审批", one.Text, StringComparison.Ordinal);
        Assert.Contains("<b>试试</b>", one.Text, StringComparison.Ordinal);
        var path = one.Path;
        await one.ForgeAsync(path + "?handler=Approve");
        Assert.Contains("自己提的要请别人批", one.Text, StringComparison.Ordinal);

        await auditor.GetAsync(path);
        Assert.Contains("要由全所的另一位管理员或财务审批", auditor.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.GetAsync("/admin/settings/propose?group=points")).Status);
        await two.GetAsync("/account/inbox");
        Assert.Contains("等您审批", two.Text, StringComparison.Ordinal);
        await two.GetAsync(path);
        await two.PostAsync("form[action*=efuse]", ("Input.Answer", " "));
        Assert.Contains("请填写不批准的原因", two.Text, StringComparison.Ordinal);
        await two.PostAsync("form[action*=pprove]");
        Assert.Contains("已批准，到那天自动生效", two.Text, StringComparison.Ordinal);
        await two.ForgeAsync(path + "?handler=Refuse", ("Input.Answer", "晚了"));
        Assert.Contains("已经定了", two.Text, StringComparison.Ordinal);

        using var visitor = site.Visitor();
        await visitor.GetAsync("/notices");
        Assert.Contains("一分积分值多少钱¥0.90", visitor.Text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        await one.GetAsync("/admin/settings");
        Assert.Contains("2026年11月1日起 ¥0.90", one.Text, StringComparison.Ordinal);
        await one.GetAsync("/admin/settings/history/points.value");
        Assert.Contains("¥0.90", one.Text, StringComparison.Ordinal);
        await one.GetAsync("/admin/settings?handler=csv");
        Assert.Contains(",points.value,一分积分值多少钱,2026-11-01,1.00,0.90,", one.Body, StringComparison.Ordinal);
        await one.GetAsync("/admin/changes");
        Assert.Contains("批准参数修改", one.Text, StringComparison.Ordinal);
        Assert.Equal(1, await site.ReadAsync(db => db.SettingValues.CountAsync()));
    }

    [Fact]
    public async Task Settings_TheWrongWayRoundOrTakenBack_ChangeNothing()
    {
        using var one = await site.SignInAsync(Roles.Finance);
        await one.GetAsync("/admin/settings/propose?group=payments");
        await one.PostAsync("form.wide", ("Input.Values[payments.one-approver-up-to]", "5,000.00"), ("Input.Reason", "试试"));
        Assert.Contains("大小颠倒了", one.ErrorOf("v-payments-one-approver-up-to")!, StringComparison.Ordinal);
        await one.PostAsync("form.wide", ("Input.Values[payments.one-approver-up-to]", "600"), ("Input.Reason", "试试"));
        await one.PostAsync("form[action*=ithdraw]");
        Assert.Contains("已撤回", one.Text, StringComparison.Ordinal);
        Assert.Equal(ProposalState.Withdrawn, await site.ReadAsync(db => db.SettingProposals.Where(p => p.Group == "payments").Select(p => p.State).SingleAsync()));
    }
}
