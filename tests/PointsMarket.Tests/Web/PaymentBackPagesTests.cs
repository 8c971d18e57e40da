using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Funding;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;
using PointsMarket.Tests.Tasks;

namespace PointsMarket.Tests.Web;

/// <summary>The evidence of a payment, its way back, and what its member sees, through the forms. The clock stands at noon of 1 October 2026.</summary>
public sealed class PaymentBackPagesTests : IAsyncLifetime
{
    private const string Path = "/finance/payments/1";

    private SiteHost site = null!;

    public async Task InitializeAsync() => site = await SiteHost.StartAsync();

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Payment_WithEvidencePaidAndClaimedBack_ComesBackByTwoPeople()
    {
        var member = await SeedAsync();
        using var finance = await site.SignInAsync(Roles.Finance);
        using var approver = await site.SignInAsync(Roles.Approver);
        using var auditor = await site.SignInAsync(Roles.Auditor);
        using var village = await site.SignInAsync(Roles.Approver, "STA/PR1/V1/");
        using var me = await site.SignInAsync(Roles.Member, null, member);
        Assert.Contains("还没有奖金", (await me.GetAsync("/me/money")).Text, StringComparison.Ordinal);

        // Asked for with a paper; a bad one first keeps what was typed.
        await finance.GetAsync("/finance/payments/ask");
        await AskAsync(finance, ("a.png", "MZ\0"u8.ToArray()));
        Assert.Contains("不是照片、PDF", finance.ErrorOf("Files")!, StringComparison.Ordinal);
        Assert.Equal("88.00", finance.Page.QuerySelector("#Input_Amount")!.GetAttribute("value"));
        await AskAsync(finance, ("发票.pdf", Encoding.Latin1.GetBytes(CleanFileTests.Pdf)), ("收据.jpg", Pictures.JpegFromPhone()));
        Assert.Contains("FK00001 已提交", finance.Text, StringComparison.Ordinal);
        Assert.Contains("发票.pdf", finance.Text, StringComparison.Ordinal);
        Assert.Contains("¥88.00", (await me.GetAsync("/me")).Text, StringComparison.Ordinal);
        Assert.Contains("等审批", (await me.GetAsync("/me/money")).Text, StringComparison.Ordinal);
        await FilesAsync(approver);
        await SeenByAsync(auditor, HttpStatusCode.OK);
        await SeenByAsync(village, HttpStatusCode.NotFound);
        await SeenByAsync(me, HttpStatusCode.Forbidden);

        // Approved and paid; then the reason is gone.
        await approver.GetAsync(Path);
        await approver.PostAsync("form[action*='handler=Approve']");
        await finance.GetAsync(Path);
        await finance.PostAsync("form[action*=Pay]", ("Paid.Reference", "B0002"), ("Paid.Day", "2026-10-01"));
        Assert.Contains("已付", (await me.GetAsync("/me/money")).Text, StringComparison.Ordinal);
        await site.Writes.RunAsync(db => db.Set<PaymentLine>().ExecuteUpdateAsync(s => s.SetProperty(l => l.ClaimBack, "ZS-2026-000001 弄虚作假")));
        Assert.Contains("要退回来", (await me.GetAsync("/me/money")).Text, StringComparison.Ordinal);
        Assert.Contains("待追回", (await finance.GetAsync("/finance/payments")).Text, StringComparison.Ordinal);

        // One press by finance, filled in; another person's word.
        await approver.GetAsync(Path);
        Assert.Null(approver.Page.QuerySelector("form[action$='handler=back']"));
        await finance.GetAsync(Path);
        Assert.Equal("ZS-2026-000001 弄虚作假", finance.Page.QuerySelector(".f-claim input[name='Back.Reason']")!.GetAttribute("value"));
        await finance.PostAsync(".f-claim form");
        Assert.Contains("的冲正申请已提交", finance.Text, StringComparison.Ordinal);
        await finance.ForgeAsync(Path + "?handler=back", ("Back.Reason", "再来"));
        Assert.Contains("已经有一个冲正在等批", finance.Text, StringComparison.Ordinal);
        await finance.ForgeAsync(Path + "?handler=backApprove");
        Assert.Contains("由全所的审核人", finance.Text, StringComparison.Ordinal);
        Assert.Contains("冲正待批", (await approver.GetAsync("/finance/payments")).Text, StringComparison.Ordinal); // their turn
        await approver.GetAsync(Path);
        await approver.PostAsync("form[action*=backEnd]", ("Back.Reason", " "));
        Assert.NotNull(approver.ErrorOf("Back.Reason"));
        await approver.PostAsync("form[action*=backApprove]");
        Assert.Contains("已冲正，钱记回了基金", approver.Text, StringComparison.Ordinal);
        await approver.ForgeAsync(Path + "?handler=backApprove");
        Assert.Contains("已经冲正过了", approver.Text, StringComparison.Ordinal);
        await SaysSoAsync(finance, auditor, me);
    }

    /// <summary>The list, the fund, the movement, the file and the member all say that it came back.</summary>
    private async Task SaysSoAsync(PageClient finance, PageClient auditor, PageClient me)
    {
        await finance.GetAsync("/finance/payments?show=Back&handler=csv");
        Assert.Contains("88.00,ZS-2026-000001 弄虚作假", finance.Body, StringComparison.Ordinal);
        await finance.GetAsync("/finance/funds/care-fund");
        Assert.Contains("¥10,000.00", finance.Text, StringComparison.Ordinal);
        Assert.Contains("已退回", finance.Text, StringComparison.Ordinal);
        var movement = await site.ReadAsync(db => db.FundMovements.Where(m => m.Reference == "B0002").Select(m => m.Id).SingleAsync());
        await auditor.GetAsync($"/finance/funds/movement/{movement}");
        Assert.Contains("弄虚作假", auditor.Text, StringComparison.Ordinal);
        await finance.ForgeAsync($"/finance/funds/movement/{movement}", ("Input.Reason", "再来"));
        Assert.Contains("已经冲正过了", finance.Text, StringComparison.Ordinal);
        Assert.Contains("已退回", (await me.GetAsync("/me/money")).Text, StringComparison.Ordinal);
    }

    /// <summary>One more file by an approver, a bad one refused beside its field.</summary>
    private static async Task FilesAsync(PageClient approver)
    {
        await approver.GetAsync(Path);
        await SendAsync(approver, Path + "?handler=files", []);
        Assert.Contains("请选 1 到 6 个文件", approver.ErrorOf("Files")!, StringComparison.Ordinal);
        await SendAsync(approver, Path + "?handler=files", [], ("清单.txt", "大米 20 袋"u8.ToArray()));
        Assert.Contains("凭证已加上", approver.Text, StringComparison.Ordinal);
        Assert.Contains("3 / 6", approver.Text, StringComparison.Ordinal);
    }

    private static async Task SeenByAsync(PageClient client, HttpStatusCode expected)
    {
        foreach (var number in (int[])[1, 2, 3])
        {
            using var answer = await client.Http.GetAsync($"{Path}/file/{number}");
            Assert.Equal(expected, answer.StatusCode);
            if (expected != HttpStatusCode.OK) continue;
            Assert.Equal(number switch { 1 => "application/pdf", 2 => "image/jpeg", _ => "text/plain" }, answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal(number == 2 ? null : "attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
            Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
        if (expected == HttpStatusCode.OK) Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{Path}/file/9")).Status);
    }

    private static Task<PageClient> AskAsync(PageClient finance, params (string Name, byte[] Content)[] files) => SendAsync(finance, "/finance/payments/ask",
        [("Input.Fund", "care-fund"), ("Input.Purpose", "Awards"), ("Input.Amount", "88.00"), ("Input.Member", "G0001"), ("Input.Words", "台风夜转移群众"), ("Input.Once", finance.Page.QuerySelector("#Input_Once")!.GetAttribute("value")!)], files);

    private static Task<PageClient> SendAsync(PageClient client, string path, (string Name, string Value)[] fields, params (string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent { { new StringContent(client.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" } };
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        foreach (var (name, content) in files) form.Add(new ByteArrayContent(content), "Files", name);
        return client.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = form });
    }

    /// <summary>A fund of 10,000 yuan and a member.</summary>
    private async Task<int> SeedAsync()
    {
        var member = await site.Writes.RunAsync(async db =>
        {
            db.Add(new Fund { BookId = site.BookId, Code = "care-fund", NameZh = "关爱基金", NameEn = "Care fund", Purposes = FundPurposes.Any });
            var person = new Member { Code = "G0001", Number = "100001", Name = "张桂兰", Kind = MemberKind.GridMember, Area = await db.Areas.SingleAsync(a => a.Path == "STA/PR1/V1/"), Joined = new(2025, 1, 1) };
            db.Add(person);
            await db.SaveChangesAsync();
            return person.Id;
        });
        using var finance = await site.SignInAsync(Roles.Finance);
        await finance.GetAsync("/finance/funds/care-fund/grant");
        await finance.PostAsync("form.form", ("Input.Amount", "10000"), ("Input.Reference", "B0001"), ("Input.Day", "2026-09-28"), ("Input.Note", "镇政府"));
        return member;
    }
}
