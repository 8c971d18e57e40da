using System.Net;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Funding;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>Funds and payments through their forms. The clock stands at noon of 1 October 2026.</summary>
public sealed class FundPagesTests : IAsyncLifetime
{
    private const string Path = "/finance/payments/1";

    private SiteHost site = null!;

    public async Task InitializeAsync() => site = await SiteHost.StartAsync();

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Payment_AskedApprovedTwiceAndPaid_StandsInTheFundAndTheBook()
    {
        using var admin = await site.SignInAsync(Roles.Administrator);
        using var finance = await site.SignInAsync(Roles.Finance);
        using var approver = await site.SignInAsync(Roles.Approver);
        using var other = await site.SignInAsync(Roles.Approver);
        using var auditor = await site.SignInAsync(Roles.Auditor);
        using var village = await site.SignInAsync(Roles.Approver, "STA/PR1/V1/");
        await FundAsync(admin);
        await GrantAsync(finance);

        await AskAsync(finance);

        // Approved by two.
        Assert.Equal(HttpStatusCode.NotFound, (await village.GetAsync(Path)).Status);
        await auditor.GetAsync(Path);
        Assert.Contains("买大米", auditor.Text, StringComparison.Ordinal);
        Assert.Empty(auditor.Page.QuerySelectorAll("main form"));
        await approver.GetAsync("/finance/payments");
        Assert.Contains("¥600.00", approver.Text, StringComparison.Ordinal); // my turn
        await approver.GetAsync(Path);
        await approver.PostAsync("form[action*=pprove]");
        Assert.Contains("还要等别人", approver.Text, StringComparison.Ordinal);
        await approver.ForgeAsync(Path + "?handler=Approve");
        Assert.Contains("您已经批准过了", approver.Text, StringComparison.Ordinal);
        Assert.Contains("没有等您办的付款", (await approver.GetAsync("/finance/payments")).Text, StringComparison.Ordinal);
        await other.GetAsync(Path);
        await other.PostAsync("form[action*=efuse]", ("Input.Reason", " "));
        Assert.Contains("请写不批准的原因", other.Text, StringComparison.Ordinal);
        await other.PostAsync("form[action*=pprove]");
        Assert.Contains("等财务付款", other.Text, StringComparison.Ordinal);

        // Paid by finance.
        await finance.GetAsync(Path);
        await finance.PostAsync("form[action*=Pay]", ("Paid.Reference", "B 1"), ("Paid.Day", "2026-10-01"));
        Assert.Contains("请填银行的流水号", finance.ErrorOf("Paid.Reference")!, StringComparison.Ordinal);
        await finance.PostAsync("form[action*=Pay]", ("Paid.Reference", "B0002"), ("Paid.Day", "2026-10-02"));
        Assert.Contains("日期不对", finance.ErrorOf("Paid.Day")!, StringComparison.Ordinal);
        await finance.PostAsync("form[action*=Pay]", ("Paid.Reference", "B0002"), ("Paid.Day", "2026-10-01"));
        Assert.Contains("已付，已记入账本", finance.Text, StringComparison.Ordinal);

        await finance.GetAsync("/finance/funds/care-fund");
        Assert.Contains("¥9,400.00", finance.Text, StringComparison.Ordinal);
        Assert.Contains("B0002", finance.Text, StringComparison.Ordinal);
        await finance.GetAsync("/finance/payments?show=Paid&q=大米&handler=csv");
        Assert.Contains("FK00001", finance.Body, StringComparison.Ordinal);
        await finance.GetAsync("/finance/journal");
        Assert.Contains("B0002", finance.Text, StringComparison.Ordinal);
        await finance.GetAsync("/account/inbox");
        Assert.Contains("付款 FK00001 已批准", finance.Text, StringComparison.Ordinal);
        foreach (var show in Enum.GetNames<PointsMarket.Web.Pages.Payments.IndexModel.Showing>())
            Assert.Equal(HttpStatusCode.OK, (await auditor.GetAsync($"/finance/payments?show={show}&sort=-amount&fund=care-fund&q=FK00001")).Status);
    }

    [Fact]
    public async Task Fund_OpenedGrantedPlannedAndCorrected_ShowsIt()
    {
        using var admin = await site.SignInAsync(Roles.Administrator);
        using var finance = await site.SignInAsync(Roles.Finance);
        using var auditor = await site.SignInAsync(Roles.Auditor);
        Assert.Contains("还没有基金", (await finance.GetAsync("/finance/funds")).Text, StringComparison.Ordinal);
        await admin.GetAsync("/finance/funds/edit");
        await admin.PostAsync("form.form", ("Input.Code", "坏"), ("Input.NameZh", "关爱基金"), ("Input.NameEn", "Care fund"), ("Input.Purposes", "Goods"));
        Assert.Contains("代码只用字母", admin.ErrorOf("Input.Code")!, StringComparison.Ordinal);
        await admin.ForgeAsync("/finance/funds/edit", ("Input.Code", "care-fund"), ("Input.NameZh", "关爱基金"), ("Input.NameEn", "Care fund"), ("Input.Active", "true"));
        Assert.Contains("至少选一种用途", admin.Text, StringComparison.Ordinal);
        await FundAsync(admin);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/finance/funds/edit/99")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/finance/funds/gossip")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/finance/funds/movement/99")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.GetAsync("/finance/funds/care-fund/grant")).Status);

        await GrantAsync(finance);
        await finance.GetAsync("/finance/funds/care-fund/budget");
        await finance.PostAsync("form.form", ("Amounts[Goods]", "viel"));
        Assert.Contains("请填一个金额", finance.ErrorOf("b-Goods")!, StringComparison.Ordinal);
        Assert.Equal("viel", finance.Page.QuerySelector("#b-Goods")!.GetAttribute("value"));
        await finance.PostAsync("form.form", ("Amounts[Goods]", "2,000"));
        Assert.Contains("2026 年的预算已保存", finance.Text, StringComparison.Ordinal);
        Assert.Contains("¥2,000.00", finance.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await finance.GetAsync("/finance/funds/care-fund/budget?year=1999")).Status);

        var id = await site.ReadAsync(db => db.FundMovements.Select(m => m.Id).SingleAsync());
        await auditor.GetAsync($"/finance/funds/movement/{id}");
        Assert.Empty(auditor.Page.QuerySelectorAll("main form"));
        await finance.GetAsync($"/finance/funds/movement/{id}");
        await finance.PostAsync("form.form", ("Input.Reason", " "));
        Assert.NotNull(finance.ErrorOf("Input.Reason"));
        await finance.PostAsync("form.form", ("Input.Reason", "记了两次"));
        Assert.Contains("B0001 已冲正", finance.Text, StringComparison.Ordinal);
        await finance.ForgeAsync($"/finance/funds/movement/{id}", ("Input.Reason", "再来"));
        Assert.Contains("已经冲正过了", finance.Text, StringComparison.Ordinal);
        await finance.GetAsync("/finance/funds/care-fund?kind=Grant&from=2026-09-01&to=2026-10-01&q=B0001&sort=amount");
        Assert.Contains("已冲正", finance.Text, StringComparison.Ordinal);
        await finance.GetAsync("/finance/funds/care-fund?handler=csv");
        Assert.Contains("B0001", finance.Body, StringComparison.Ordinal);
        await finance.GetAsync("/finance/funds?handler=csv");
        Assert.Contains("care-fund", finance.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Purposes_ChangedByOneAdministrator_WaitForAnother()
    {
        using var admin = await site.SignInAsync(Roles.Administrator);
        using var second = await site.SignInAsync(Roles.Administrator);
        using var approver = await site.SignInAsync(Roles.Approver);
        await FundAsync(admin);
        await admin.GetAsync("/finance/funds/edit/1");
        (string, string)[] fields = [("Input.NameZh", "关爱基金"), ("Input.NameEn", "Care fund"), ("Input.Purposes", "Awards"), ("Input.Active", "true")];
        await admin.ForgeAsync("/finance/funds/edit/1", fields);
        Assert.Contains("改用途要写明原因", admin.ErrorOf("Input.Reason")!, StringComparison.Ordinal);
        Assert.NotNull(admin.Page.QuerySelector("#p-Awards[checked]"));
        await admin.ForgeAsync("/finance/funds/edit/1", [.. fields, ("Input.Reason", "理事会 <b>决定")]);
        Assert.Contains("用途的修改等另一个人审批", admin.Text, StringComparison.Ordinal);
        await admin.GetAsync("/finance/funds/edit/1");
        var page = admin.Page.QuerySelector("main a[href^='/admin/settings/fund/']")!.GetAttribute("href")!;
        await admin.GetAsync(page);
        Assert.Contains("理事会 <b>决定", admin.Text, StringComparison.Ordinal);
        Assert.Null(admin.Page.QuerySelector("form[action*=pprove]"));

        await approver.GetAsync(page);
        Assert.Null(approver.Page.QuerySelector("main form[method=post]"));
        await second.GetAsync("/desk");
        Assert.NotNull(second.Page.QuerySelector($".todo a[href='{page}']"));
        await second.GetAsync(page);
        await second.PostAsync("form[action*=efuse]", ("Input.Answer", " "));
        Assert.NotNull(second.ErrorOf("Input.Answer"));
        await second.PostAsync("form[action*=pprove]");
        Assert.Contains("新用途马上生效", second.Text, StringComparison.Ordinal);
        Assert.Equal(FundPurpose.Awards, await site.ReadAsync(db => db.Funds.Select(f => f.Purposes).SingleAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await second.GetAsync("/admin/settings/fund/99")).Status);
    }

    /// <summary>Finance asks, after every mistake there is to make, and may do no more about it.</summary>
    private static async Task AskAsync(PageClient finance)
    {
        await finance.GetAsync("/finance/payments/ask?fund=care-fund");
        await finance.PostAsync("form.wide", ("Input.Purpose", "Goods"), ("Input.Amount", "abc"), ("Input.Payee", "好又多超市"), ("Input.Words", "买大米"));
        Assert.Contains("请填一个金额", finance.ErrorOf("Input.Amount")!, StringComparison.Ordinal);
        Assert.Equal("abc", finance.Page.QuerySelector("#Input_Amount")!.GetAttribute("value"));
        await finance.PostAsync("form.wide", ("Input.Purpose", "Awards"), ("Input.Amount", "600"), ("Input.Payee", "好又多超市"), ("Input.Words", "买大米"));
        Assert.Contains("不能用在这里", finance.ErrorOf("Input.Purpose")!, StringComparison.Ordinal);
        await finance.PostAsync("form.wide", ("Input.Purpose", "Goods"), ("Input.Amount", "600"), ("Input.Payee", ""), ("Input.Words", "买大米"));
        Assert.Contains("请写付给谁", finance.ErrorOf("Input.Payee")!, StringComparison.Ordinal);
        await finance.PostAsync("form.wide", ("Input.Purpose", "Goods"), ("Input.Amount", "600"), ("Input.Member", "X1"), ("Input.Words", "买大米"));
        Assert.Contains("没有编号为 X1 的成员", finance.ErrorOf("Input.Member")!, StringComparison.Ordinal);
        await finance.PostAsync("form.wide", ("Input.Purpose", "Goods"), ("Input.Amount", "600"), ("Input.Payee", "好又多超市"), ("Input.Member", ""), ("Input.Words", "<b>买大米</b>"));
        Assert.Contains("FK00001 已提交", finance.Text, StringComparison.Ordinal);
        Assert.Contains("<b>买大米</b>", finance.Text, StringComparison.Ordinal);
        await finance.ForgeAsync(Path + "?handler=Approve");
        Assert.Contains("自己申请的要请别人来批", finance.Text, StringComparison.Ordinal);
        await finance.ForgeAsync(Path + "?handler=Pay", ("Paid.Reference", "B0009"), ("Paid.Day", "2026-10-01"));
        Assert.Contains("现在不能这样办", finance.Text, StringComparison.Ordinal);
    }

    private static async Task FundAsync(PageClient admin)
    {
        await admin.GetAsync("/finance/funds/edit");
        await admin.ForgeAsync("/finance/funds/edit", ("Input.Code", "care-fund"), ("Input.NameZh", "关爱基金"), ("Input.NameEn", "Care fund"), ("Input.Purposes", "Goods"), ("Input.Purposes", "Cards"), ("Input.Active", "true"));
        Assert.Equal("/finance/funds/care-fund", admin.Path);
        Assert.Contains("购买商品", admin.Text, StringComparison.Ordinal);
    }

    private static async Task GrantAsync(PageClient finance)
    {
        await finance.GetAsync("/finance/funds/care-fund/grant");
        await finance.PostAsync("form.form", ("Input.Amount", "-1"), ("Input.Reference", "B0001"), ("Input.Note", "镇政府"));
        Assert.Contains("请填一个金额", finance.ErrorOf("Input.Amount")!, StringComparison.Ordinal);
        await finance.PostAsync("form.form", ("Input.Amount", "10000"), ("Input.Reference", "B0001"), ("Input.Day", "2026-10-02"), ("Input.Note", "镇政府"));
        Assert.Contains("日期不对", finance.ErrorOf("Input.Day")!, StringComparison.Ordinal);
        await finance.PostAsync("form.form", ("Input.Amount", "10000"), ("Input.Reference", "B0001"), ("Input.Day", "2026-09-28"), ("Input.Note", "镇政府"));
        Assert.Contains("拨款 B0001 已登记", finance.Text, StringComparison.Ordinal);
        Assert.Contains("¥10,000.00", finance.Text, StringComparison.Ordinal);
    }
}
