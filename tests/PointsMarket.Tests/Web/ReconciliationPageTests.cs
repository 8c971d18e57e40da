using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Auditing;
using PointsMarket.Import;
using PointsMarket.Ledger;
using PointsMarket.Reconciliations;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>The month's reconciliation, the cover and the auditor, through their forms, over the September of Xinggu.</summary>
public sealed class ReconciliationPageTests(ReconciliationPageTests.Books books) : IClassFixture<ReconciliationPageTests.Books>
{
    private const string Month = "/finance/reconciliation/month/2026-09";

    private SiteHost Site => books.Site;

    public sealed class Books : IAsyncLifetime
    {
        public SiteHost Site { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Site = await SiteHost.StartAsync();
            // The kit's areas have other names than the files give the same codes.
            await Site.Writes.RunAsync(async db =>
            {
                await db.Areas.Where(a => a.Code == "V1").ExecuteDeleteAsync();
                await db.Areas.Where(a => a.Code == "PR1").ExecuteDeleteAsync();
                return await db.Areas.Where(a => a.Code == "STA").ExecuteUpdateAsync(s => s.SetProperty(a => a.Name, "房山派出所"));
            });
            var outcome = await Site.Services.GetRequiredService<ImportFiles>().ExecuteAsync(new ImportFiles.Input { Sources = Xinggu.Sources, Actor = Actor.System("import") });
            Assert.False(outcome.Refused, outcome.Words());
        }

        public async Task DisposeAsync() => await Site.DisposeAsync();
    }

    /// <summary>One after another, because a month closes once.</summary>
    [Fact]
    public async Task Month_FromFilesToClosedAndOpenAgain()
    {
        using var finance = await Site.SignInAsync(Roles.Finance);
        using var admin = await Site.SignInAsync(Roles.Administrator);
        await TakeFilesAsync(finance);
        await finance.PostAsync("form[action*=Run]");
        Assert.Equal(13, finance.Page.QuerySelectorAll("table.t tbody tr").Length); // 6 money, 5 goods, 2 cards
        Assert.Contains("F0023", finance.Text, StringComparison.Ordinal);
        var shown = finance.Path;
        await SettleAsync(finance, admin, shown);
        await CloseAndReopenAsync(finance, admin, shown);
    }

    private static async Task TakeFilesAsync(PageClient finance)
    {
        await finance.GetAsync("/finance/reconciliation?handler=open&month=2026-09");
        Assert.Equal(Month, finance.Path);
        await finance.PostAsync("form[action*=Run]");
        Assert.Contains("还缺银行流水", finance.Text, StringComparison.Ordinal);
        await finance.PostAsync("form[action*=Look]");
        Assert.Contains("请选择文件。", finance.Text, StringComparison.Ordinal);
        string Bytes(string file) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Xinggu.Text(file)));
        foreach (var (kind, file) in ((string, string)[])[("Bank", "bank-2026-09.csv"), ("Stocktake", "stocktake-2026-09.csv")])
        {
            (string, string)[] fields = [("Input.Kind", kind), ("Input.Name", file), ("Input.Bytes", Bytes(file))];
            await finance.ForgeAsync("/finance/reconciliation/month/2026-08?handler=Look", fields);
            Assert.Contains("不是 2026-08 的", finance.Text, StringComparison.Ordinal);
            await finance.ForgeAsync(Month + "?handler=Look", fields);
            Assert.Contains("还没有保存", finance.Text, StringComparison.Ordinal);
            await finance.PostAsync("form[action*=Keep]");
            Assert.Contains($"已导入 {file}", finance.Text, StringComparison.Ordinal);
            await finance.ForgeAsync(Month + "?handler=Look", fields);
            Assert.Contains("这份文件已经导入过", finance.Text, StringComparison.Ordinal);
        }
        await finance.GetAsync(Month);
    }

    private async Task SettleAsync(PageClient finance, PageClient admin, string shown)
    {
        await finance.GetAsync(shown);
        Assert.Null(finance.Page.QuerySelector("form[action*=Close]"));
        await finance.PostAsync("form[action*=Untie]", ("words", ""));
        Assert.Contains("请写明原因", finance.Text, StringComparison.Ordinal);
        await finance.GetAsync(shown);
        foreach (var item in finance.Page.QuerySelectorAll("table.t tbody a").Select(a => a.GetAttribute("href")!).ToList())
        {
            await finance.GetAsync(item);
            if (finance.Text.Contains("已办妥", StringComparison.Ordinal)) continue; // cards, settled with their last shelf
            if (finance.Page.QuerySelector("form.form") is not { } form) continue;
            await finance.PostAsync("form.form", ("Input.Words", ""));
            Assert.NotNull(finance.ErrorOf("Input.Words"));
            await finance.PostAsync("form.form", ("Input.Words", "已与银行和兑换点核对 <b>"));
            if (form.GetAttribute("action")!.Contains("Sign", StringComparison.Ordinal))
            {
                Assert.Contains("还要请另一位同事签", finance.Text, StringComparison.Ordinal);
                await admin.GetAsync(item);
                await admin.PostAsync("form.form", ("Input.Words", "盘过了"));
                Assert.Contains("两人已签字", admin.Text, StringComparison.Ordinal);
            }
            if (finance.Page.QuerySelector("a[href*='do=Explain']") is not null && (await finance.GetAsync(item)).Text.Contains("待处理", StringComparison.Ordinal))
                await finance.PostAsync("form.form", ("Input.Words", "等银行更正")); // what could not be recorded
        }
        var open = await Site.ReadAsync(db => db.FollowUps.Where(f => f.State == FollowUpState.Open).Select(f => f.Id).ToListAsync());
        foreach (var id in open)
        {
            await finance.GetAsync($"{shown}/item/{id}?do=Explain");
            await finance.PostAsync("form.form", ("Input.Words", "等银行更正"));
        }
    }

    private static async Task CloseAndReopenAsync(PageClient finance, PageClient admin, string shown)
    {
        await finance.GetAsync(shown);
        Assert.Contains("已对平", finance.Text, StringComparison.Ordinal);
        await finance.PostAsync("form[action*=Close]");
        Assert.Contains("还要请另一位同事签字", finance.Text, StringComparison.Ordinal);
        await admin.GetAsync(shown);
        await admin.PostAsync("form[action*=Close]");
        Assert.Contains("2026-09 已关账", admin.Text, StringComparison.Ordinal);
        await finance.GetAsync(Month);
        Assert.Null(finance.Page.QuerySelector("form[action*=Look]"));
        Assert.Contains("已关账", (await finance.GetAsync("/finance/reconciliation")).Text, StringComparison.Ordinal);
        await finance.GetAsync(shown + "?handler=csv");
        Assert.Contains("F0011", finance.Body, StringComparison.Ordinal);
        Assert.Contains("月度对账报告", (await finance.GetAsync(shown + "/print")).Text, StringComparison.Ordinal);

        await finance.GetAsync(shown);
        await finance.PostAsync("form[action*=Reopen]", ("words", "漏记一笔"));
        Assert.Contains("要请另一位同事确认", finance.Text, StringComparison.Ordinal);
        Assert.Null(finance.Page.QuerySelector("form[action*=Reopen]"));
        await finance.PostAsync("form[action*=StayClosed]");
        Assert.Contains("已撤回", finance.Text, StringComparison.Ordinal);
        await finance.PostAsync("form[action*=Reopen]", ("words", "漏记一笔"));
        await admin.GetAsync(shown);
        await admin.PostAsync("form[action*=StayClosed]", ("words", " "));
        Assert.Contains("请写明为什么", admin.Text, StringComparison.Ordinal);
        await admin.PostAsync("form[action*=StayClosed]", ("words", "这笔记在十月"));
        Assert.Contains("这笔记在十月", admin.Text, StringComparison.Ordinal);
        await finance.GetAsync(shown);
        await finance.PostAsync("form[action*=Reopen]", ("words", "漏记一笔"));
        await admin.GetAsync(shown);
        await admin.PostAsync("form[action*=Reopen]");
        Assert.Contains("2026-09 已重新打开", admin.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auditor_ReadsEverythingAndWritesNothingButTheirOwn()
    {
        using var auditor = await Site.SignInAsync(Roles.Auditor);
        foreach (var path in (string[])["/finance", "/finance/journal", "/finance/reconciliation", Month, "/finance/audit", "/admin/settings"])
        {
            Assert.Equal(HttpStatusCode.OK, (await auditor.GetAsync(path)).Status);
        }
        await auditor.GetAsync(Month);
        Assert.Null(auditor.Page.QuerySelector("main form[method=post]"));
        foreach (var handler in (string[])["Look", "Keep", "Run", "Withdraw"])
        {
            await auditor.GetAsync(Month); // the page of the refusal has no form
            Assert.Equal(HttpStatusCode.Forbidden, (await auditor.ForgeAsync($"{Month}?handler={handler}", ("file", "1"))).Status);
        }
        using var elsewhere = await Site.SignInAsync(Roles.Auditor, "STA/PR1/");
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.GetAsync(Month)).Status);
        using var finance = await Site.SignInAsync(Roles.Finance);
        Assert.Equal(HttpStatusCode.Forbidden, (await finance.GetAsync("/finance/audit")).Status);
        using var admin = await Site.SignInAsync(Roles.Administrator);
        await admin.GetAsync("/finance/audit");
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.ForgeAsync("/finance/audit", ("Input.Month", "2026-09"), ("Input.Size", "3"), ("Input.Seed", "1"))).Status);
    }

    [Fact]
    public async Task Sample_DrawnAndTickedOff_KeepsTheRemarks()
    {
        using var auditor = await Site.SignInAsync(Roles.Auditor);
        await auditor.GetAsync("/finance/audit");
        await auditor.PostAsync(("Input.Month", "2026-09"), ("Input.Size", "0"), ("Input.Seed", "7"));
        Assert.NotNull(auditor.ErrorOf("Input.Size"));
        await auditor.PostAsync(("Input.Month", "2019-01"), ("Input.Size", "9"), ("Input.Seed", "7"));
        Assert.NotNull(auditor.ErrorOf("Input.Month"));
        await auditor.PostAsync(("Input.Month", "2026-09"), ("Input.Size", "40"), ("Input.Seed", "7"));
        Assert.Matches("^/finance/audit/[0-9]+$", auditor.Path);
        Assert.Equal(40, auditor.Page.QuerySelectorAll("section.rc-sample").Length);
        var informants = Xinggu.Text("members.csv").Split('\n').Select(l => l.Split(',')).Where(c => c is [_, _, "Informant", ..]).Select(c => c[1]).ToList();
        var others = await Site.ReadAsync(db => db.Members.Where(m => m.Kind != PointsMarket.Members.MemberKind.Informant).Select(m => m.Name).ToListAsync());
        Assert.DoesNotContain(informants.Except(others), name => auditor.Text.Contains(name, StringComparison.Ordinal));
        var path = auditor.Path;
        var sequence = auditor.Page.QuerySelector("input[name=sequence]")!.GetAttribute("value")!;
        await auditor.ForgeAsync(path, ("sequence", sequence), ("verdict", "Questioned"), ("remark", ""));
        Assert.Contains("提出疑问要写明", auditor.Text, StringComparison.Ordinal);
        await auditor.GetAsync(path);
        await auditor.ForgeAsync(path, ("sequence", sequence), ("verdict", "Questioned"), ("remark", "照片 <b>在哪</b>"));
        await auditor.GetAsync(path);
        Assert.Contains("照片 <b>在哪</b>", auditor.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.ForgeAsync(path, ("sequence", "999999"), ("verdict", "InOrder"))).Status);
    }

    [Fact]
    public async Task Pack_MadeAndDownloaded_IsAZip()
    {
        using var auditor = await Site.SignInAsync(Roles.Auditor);
        await auditor.GetAsync("/finance/audit");
        Assert.Null(auditor.Page.QuerySelector("a[href*='handler=pack']"));
        await auditor.PostAsync("form[action*=Pack]");
        for (var i = 0; i < 50 && auditor.Page.QuerySelector("a[href*='handler=pack']") is null; i++) await auditor.GetAsync("/finance/audit");
        var answer = await auditor.Http.GetAsync("/finance/audit?handler=pack");
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        using var zip = new System.IO.Compression.ZipArchive(await answer.Content.ReadAsStreamAsync());
        Assert.Contains(zip.Entries, e => e.Name == "transactions.csv" && e.Length > 1000);
    }
}
