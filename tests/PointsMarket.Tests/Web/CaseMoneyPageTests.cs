using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Cases;
using PointsMarket.Funding;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>A case that pays money beside the points, from the form to the board, the member, and back.</summary>
public sealed class CaseMoneyPageTests(CaseSite cases) : IClassFixture<CaseSite>
{
    [Fact]
    public async Task Case_WithMoney_ShowsItPublishesWhatTheFundHasAndAsksForIt()
    {
        await cases.Site.Writes.RunAsync(db =>
        {
            db.Add(new Fund { BookId = cases.Site.BookId, Code = "care-fund", NameZh = "关爱基金", NameEn = "Care fund", Purposes = FundPurpose.CaseRewards });
            db.Add(new Fund { BookId = cases.Site.BookId, Code = "goods-fund", NameZh = "物资基金", NameEn = "Goods fund", Purposes = FundPurpose.Goods });
            return db.SaveChangesAsync();
        });
        using var finance = await cases.Site.SignInAsync(Roles.Finance);
        await finance.GetAsync("/finance/funds/care-fund/grant");
        await finance.PostAsync("form.form", ("Input.Amount", "300"), ("Input.Reference", "B0001"), ("Input.Day", "2026-09-28"), ("Input.Note", "镇政府"));
        using var desk = await cases.Site.SignInAsync(Roles.Approver);
        await desk.GetAsync("/desk/cases/edit");
        Assert.Equal(["", "care-fund"], desk.Page.QuerySelectorAll("#Input_Fund option").Select(o => o.GetAttribute("value")!)); // not the one for goods
        var area = desk.Page.QuerySelectorAll("#Input_AreaId option")[^1].GetAttribute("value")!;
        (string, string)[] good = [("Input.Title", "有奖金的事"), ("Input.Kind", "lead"), ("Input.Reward", "40"), ("Input.Days", "10"), ("Input.AreaId", area)];
        await desk.PostAsync(".b-edit", [.. good, ("Input.Fund", "care-fund"), ("Input.Money", "12.345")]);
        Assert.Contains("0.01 到 10000 元", desk.ErrorOf("Input.Money")!, StringComparison.Ordinal);
        Assert.Equal("12.345", desk.Page.QuerySelector("#Input_Money")!.GetAttribute("value"));
        await desk.PostAsync(".b-edit", [.. good, ("Input.Fund", ""), ("Input.Money", "5")]);
        Assert.NotNull(desk.ErrorOf("Input.Money"));
        await desk.PostAsync(".b-edit", [.. good, ("Input.Fund", "care-fund"), ("Input.Money", "300.50"), ("Input.Publish", "true")]);
        Assert.Contains("还差 0.50 元", desk.Text, StringComparison.Ordinal); // saved, not on the board
        var c = await cases.Site.ReadAsync(db => db.Cases.SingleAsync(x => x.Title == "有奖金的事"));
        Assert.Equal((CaseState.Draft, 30_050L), (c.State, c.MoneyFen));
        await desk.GetAsync($"/desk/cases/edit/{c.Number}");
        Assert.Equal("300.50", desk.Page.QuerySelector("#Input_Money")!.GetAttribute("value"));
        await desk.PostAsync(".b-edit", [.. good, ("Input.Fund", "care-fund"), ("Input.Money", "300"), ("Input.Publish", "true")]);
        Assert.Contains("已贴上认领榜", desk.Text, StringComparison.Ordinal);

        using var visitor = cases.Site.Visitor();
        Assert.Contains("¥300.00", (await visitor.GetAsync("/board")).Text, StringComparison.Ordinal);
        Assert.Contains("¥300.00", (await visitor.GetAsync($"/board/{c.Number}")).Text, StringComparison.Ordinal);

        // An informant settles it: by code wherever the money goes.
        var claim = await cases.HeldAsync(c, "X0001");
        Assert.IsType<CaseOutcome.Done>(await cases.Get<SubmitClaim>().ExecuteAsync(claim, "办好了", new() { MemberId = cases.Id("X0001"), Actor = PointsMarket.Ledger.Actor.System("test") }));
        await desk.GetAsync($"/desk/cases/{c.Number}");
        await desk.PostAsync("form[action*='to=Close']");
        Assert.Contains("奖金 ¥300.00 已申请", desk.Text, StringComparison.Ordinal);
        var payment = await cases.Site.ReadAsync(db => db.CaseMoney.Where(m => m.CaseId == c.Id).Select(m => m.PaymentId).SingleAsync());
        await finance.GetAsync($"/finance/payments/{payment}");
        Assert.Contains("X0001", finance.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("孙不言", finance.Body, StringComparison.Ordinal);
        using var me = await cases.MemberAsync("X0001");
        Assert.Contains("¥300.00", (await me.GetAsync($"/me/claims/{claim}")).Text, StringComparison.Ordinal);
        Assert.Contains("有奖金的事", (await me.GetAsync("/me/money")).Text, StringComparison.Ordinal);

        await desk.GetAsync($"/desk/cases/decide/{c.Number}?to=Reopen");
        await desk.PostAsync(".panel form", ("Input.Words", "又来了"));
        Assert.Contains("还没付的奖金已停付", desk.Text, StringComparison.Ordinal);
        Assert.Contains(Payment.NumberOf(payment), desk.Text, StringComparison.Ordinal);
        await desk.GetAsync($"/desk/cases/decide/{c.Number}?to=Withdraw");
        await desk.PostAsync(".panel form", ("Input.Words", "测试结束"));
    }
}
