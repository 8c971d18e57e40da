using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Funding;
using PointsMarket.Reconciliations;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>What the forms of the month's reconciliation keep and refuse. The clock stands at noon of 1 October 2026; one fund, and nothing on any shelf.</summary>
public sealed class ReconciliationFormTests : IAsyncLifetime
{
    private const string Month = "/finance/reconciliation/month/2026-09";

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
        var user = await site.ReadAsync(db => db.Users.Select(u => u.Id).SingleAsync());
        var granted = await site.Services.GetRequiredService<EnterGrant>().ExecuteAsync(new EnterGrant.Input
        {
            Fund = "care-fund", Reference = "R1", Day = new(2026, 8, 31), AmountFen = 25_000, By = new PaymentActor { UserId = user, AreaPath = "STA/" },
        });
        Assert.IsType<PaymentOutcome.Done>(granted);
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

    private static Task<PageClient> LookAsync(PageClient finance, params string[] lines) => finance.ForgeAsync(Month + "?handler=Look", ("Input.Kind", "Bank"), ("Input.Fund", "care-fund"), ("Input.Name", "bank-2026-09.csv"),
        ("Input.Bytes", Convert.ToBase64String(Encoding.UTF8.GetBytes("fund,date,reference,amount_fen,description\n" + string.Concat(lines.Select(l => l + "\n"))))));

    private static async Task RunAsync(PageClient finance, params string[] lines)
    {
        await finance.GetAsync(Month);
        await LookAsync(finance, lines);
        await finance.PostAsync("form[action*=Keep]");
        await finance.PostAsync("form[action*=Run]");
        Assert.Matches("^/finance/reconciliation/[0-9]+$", finance.Path);
    }
}
