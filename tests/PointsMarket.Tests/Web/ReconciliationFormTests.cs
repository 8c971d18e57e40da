using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Funding;
using PointsMarket.Ledger;
using PointsMarket.Reconciliations;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>What the forms of the month's reconciliation keep and refuse. The clock stands at noon of 1 October 2026; one fund, and nothing on any shelf.</summary>
public sealed class ReconciliationFormTests : IAsyncLifetime
{
    private const string Month = "/finance/reconciliation/month/2026-09", Header = "fund,date,reference,amount_fen,description\n";

    private SiteHost site = null!;

    public async Task InitializeAsync()
    {
        site = await SiteHost.StartAsync();
        await site.Writes.RunAsync(async db =>
        {
            db.Add(new Fund { BookId = site.BookId, Code = "care-fund", NameZh = "关爱基金", NameEn = "Care fund", Purposes = FundPurpose.Goods | FundPurpose.Cards });
            return await db.SaveChangesAsync();
        });
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Statement_RefusedOfAFundThatNothingMovedIn_KeepsTheChosenFund()
    {
        using var finance = await site.SignInAsync(Roles.Finance);
        await finance.GetAsync(Month);
        await finance.PostAsync("form[action*=Look]", ("Input.Fund", "care-fund"));
        Assert.Contains("请选择文件。", finance.Text, StringComparison.Ordinal);
        Assert.Equal("care-fund", finance.Page.QuerySelector("#fund option[selected]")?.GetAttribute("value"));
        await LookAsync(finance, "other-fund,2026-09-01,R1,25000,捐款");
        Assert.Contains("other-fund", finance.Page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("care-fund", finance.Page.QuerySelector("#fund option[selected]")?.GetAttribute("value"));
    }

    [Fact]
    public async Task Record_OfALineThatIsBooked_IsNotOfferedLeadsToTheMovementAndKeepsTheWords()
    {
        using var finance = await site.SignInAsync(Roles.Finance);
        await GrantAsync("R1", new(2026, 8, 31));
        await RunAsync(finance, "care-fund,2026-09-01,R1,25000,捐款", "care-fund,2026-09-03,,7777,捐款");
        var (run, booked, missed) = await site.ReadAsync(async db => (
            await db.Reconciliations.Select(r => r.Id).SingleAsync(), await db.FollowUps.SingleAsync(f => f.Item == "R1"), await db.FollowUps.SingleAsync(f => f.Outside == 7777)));
        await finance.GetAsync($"/finance/reconciliation/{run}/item/{booked.Id}");
        Assert.Null(finance.Page.QuerySelector("a[href*='do=Record'], form[action*='do=Record']"));
        Assert.Equal("R1", finance.Page.QuerySelector("main a[href^='/finance/funds/movement/']")!.TextContent);

        await finance.ForgeAsync($"/finance/reconciliation/{run}/item/{booked.Id}?do=Record", ("Input.Words", "银行有 <b>，账上漏了"));
        Assert.Contains("账上已经有这一笔", finance.Text, StringComparison.Ordinal);
        Assert.Equal("银行有 <b>，账上漏了", finance.Page.QuerySelector("#Input_Words")!.TextContent.Trim());
        Assert.Equal(FollowUpState.Open, (await site.ReadAsync(db => db.FollowUps.SingleAsync(f => f.Id == booked.Id))).State);

        // Two of an amount that do not fit: refused, and the words stay too.
        await finance.ForgeAsync($"/finance/reconciliation/{run}/item/{missed.Id}?do=Match", ("Input.Words", "是同一笔"), ("Input.With", $"{booked.Id}"));
        Assert.NotNull(finance.Page.QuerySelector("[role=alert]"));
        Assert.Equal("是同一笔", finance.Page.QuerySelector("#Input_Words")!.TextContent.Trim());
    }

    [Fact]
    public async Task Record_OfMoneyThatWentOut_AsksForAPurposeAndForOthersWhoAreTold()
    {
        using var finance = await site.SignInAsync(Roles.Finance);
        using var approver = await site.SignInAsync(Roles.Approver);
        await GrantAsync("G1", new(2026, 9, 1));
        await RunAsync(finance, "care-fund,2026-09-01,G1,25000,拨款", "care-fund,2026-09-03,Q1,-12000,某某商店");
        var item = await site.ReadAsync(db => db.FollowUps.Where(f => f.Item == "Q1").Select(f => $"/finance/reconciliation/{f.ReconciliationId}/item/{f.Id}").SingleAsync());
        await finance.GetAsync(item);
        Assert.Equal(["", "Goods", "Cards"], finance.Page.QuerySelectorAll("#Input_Purpose option").Select(o => o.GetAttribute("value")));
        await finance.PostAsync("form.form", ("Input.Words", "买米，忘了登记"), ("Input.Purpose", ""));
        Assert.Equal("请选这个基金的一种用途。", finance.ErrorOf("Input.Purpose"));
        Assert.Equal("买米，忘了登记", finance.Page.QuerySelector("#Input_Words")!.TextContent.Trim());
        await finance.PostAsync("form.form", ("Input.Purpose", "Goods"));
        Assert.Contains("等人批准", finance.Page.QuerySelector(".a-head .tag")!.TextContent, StringComparison.Ordinal);
        Assert.Null(finance.Page.QuerySelector("form.form"));

        await approver.GetAsync("/desk");
        Assert.NotNull(approver.Page.QuerySelector(".todo a[href='/finance/payments?show=Mine']"));
        var payment = finance.Page.QuerySelector("main a[href^='/finance/payments/']")!.GetAttribute("href")!;
        await approver.GetAsync(payment);
        Assert.Contains("银行已经付了这笔钱", approver.Text, StringComparison.Ordinal);
        await approver.PostAsync("form[action*=pprove]");
        Assert.Contains("已记入账本", approver.Text, StringComparison.Ordinal);
        await finance.GetAsync(item);
        Assert.Contains("已办妥", finance.Page.QuerySelector(".a-head .tag")!.TextContent, StringComparison.Ordinal);
        await approver.GetAsync("/desk");
        Assert.Null(approver.Page.QuerySelector(".todo a[href='/finance/payments?show=Mine']"));
    }

    [Fact]
    public async Task Match_WithWhatAnEarlierMonthLeftOver_IsOfferedAndLeadsToTheOtherHalf()
    {
        using var finance = await site.SignInAsync(Roles.Finance);
        await GrantAsync("R1", new(2026, 8, 31));
        Assert.IsType<TakeMonthFile.Taken>(await site.Services.GetRequiredService<TakeMonthFile>().ExecuteAsync(new TakeMonthFile.Input
        {
            Month = new(2026, 8, 1), Kind = MonthFileKind.Bank, Fund = "care-fund", Source = new("b.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(Header))), Actor = Actor.User(1), AreaPath = "STA/", Keep = true,
        }));
        Assert.IsType<ReconcileMonth.Reconciled>(await site.Services.GetRequiredService<ReconcileMonth>().ExecuteAsync(new ReconcileMonth.Input { Month = new(2026, 8, 1), Bank = null, Stocktake = null, Actor = Actor.User(1), AreaPath = "STA/" }));
        await RunAsync(finance, "care-fund,2026-09-01,X9,25000,捐款");
        var line = await site.ReadAsync(db => db.FollowUps.SingleAsync(f => f.Item == "X9"));
        await finance.GetAsync($"/finance/reconciliation/{line.ReconciliationId}/item/{line.Id}");
        await finance.PostAsync("form.form", ("Input.Words", "八月三十一日记的")); // matching stands first, and there is one to choose
        Assert.Contains("已配成一对", finance.Text, StringComparison.Ordinal);
        await finance.GetAsync(finance.Page.QuerySelector("dl.facts a[href*='/item/']")!.GetAttribute("href")!);
        Assert.Contains("R1", finance.Text, StringComparison.Ordinal);
        Assert.Contains("已办妥", finance.Page.QuerySelector(".a-head .tag")!.TextContent, StringComparison.Ordinal);
    }

    private async Task GrantAsync(string reference, DateOnly day)
    {
        var user = await site.ReadAsync(db => db.Users.OrderBy(u => u.Id).Select(u => u.Id).FirstAsync());
        Assert.IsType<PaymentOutcome.Done>(await site.Services.GetRequiredService<EnterGrant>().ExecuteAsync(new EnterGrant.Input
        {
            Fund = "care-fund", Reference = reference, Day = day, AmountFen = 25_000, By = new PaymentActor { UserId = user, AreaPath = "STA/" },
        }));
    }

    private static Task<PageClient> LookAsync(PageClient finance, params string[] lines) => finance.ForgeAsync(Month + "?handler=Look", ("Input.Kind", "Bank"), ("Input.Fund", "care-fund"), ("Input.Name", "bank-2026-09.csv"),
        ("Input.Bytes", Convert.ToBase64String(Encoding.UTF8.GetBytes(Header + string.Concat(lines.Select(l => l + "\n"))))));

    private static async Task RunAsync(PageClient finance, params string[] lines)
    {
        await finance.GetAsync(Month);
        await LookAsync(finance, lines);
        await finance.PostAsync("form[action*=Keep]");
        await finance.PostAsync("form[action*=Run]");
        Assert.Matches("^/finance/reconciliation/[0-9]+$", finance.Path);
    }
}
