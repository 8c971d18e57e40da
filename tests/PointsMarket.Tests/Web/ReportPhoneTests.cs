using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Ledger;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>A report from the member's phone, through its forms.</summary>
public sealed class ReportPhoneTests(ReportSite reports) : IClassFixture<ReportSite>
{
    private (string, string)[] Fields(string category = "hazard-found", string text = "水渠边护栏松动", string at = "2026-10-01T11:30") =>
        [("Input.Category", category), ("Input.Text", text), ("Input.HappenedAt", at), ("Input.AreaId", $"{reports.GridId}")];

    [Fact]
    public async Task Report_WithAPhoto_IsFiledAndItsPlaceIsGone()
    {
        using var client = await reports.MemberAsync();
        await client.GetAsync("/me/report");
        Assert.Contains("每次 10 分", client.Text, StringComparison.Ordinal);

        await ReportSite.SendAsync(client, [new MemoryStream(Pictures.JpegFromPhone())], Fields());

        Assert.Equal("/me/reports", client.Path);
        Assert.Contains("已收到", client.Text, StringComparison.Ordinal);
        Assert.Contains("水渠边护栏松动", client.Text, StringComparison.Ordinal);
        var photo = client.Page.QuerySelector("a.thumb")!.GetAttribute("href")!;
        using var answer = await client.Http.GetAsync(photo);
        Assert.Equal(("image/jpeg", "no-store", "nosniff"),
            (answer.Content.Headers.ContentType!.ToString(), answer.Headers.CacheControl!.ToString(), answer.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.DoesNotContain(Pictures.Place, System.Text.Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);

        using var other = await reports.MemberAsync(reports.Informant);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(photo)).Status);
        using var visitor = reports.Site.Visitor();
        Assert.StartsWith("/account/login", (await visitor.GetAsync(photo)).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_WithAPhotoOf100Megabytes_IsRefusedInWordsAndKeepsTheForm()
    {
        using var client = await reports.MemberAsync();
        await client.GetAsync("/me/report");
        var before = await CountAsync();
        await ReportSite.SendAsync(client, [new MemoryStream(Pictures.Jpeg), new MemoryStream(new byte[100 * 1024 * 1024])], Fields(text: "这句话不能丢"));
        Assert.Equal(HttpStatusCode.OK, client.Status);
        Assert.Contains("第 2 张", client.Text, StringComparison.Ordinal);
        Assert.Contains("这句话不能丢", client.Body, StringComparison.Ordinal);
        await client.GetAsync("/me/report");
        await ReportSite.SendAsync(client, [new MemoryStream(new byte[130 * 1024 * 1024])], Fields()); // over what the page reads at all
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, client.Status);
        Assert.Contains("什么都没有保存", client.Text, StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Report_SentTwiceFromTheSameForm_IsOne()
    {
        using var client = await reports.MemberAsync();
        await client.GetAsync("/me/report");
        var key = client.Page.QuerySelector("input[name='Input.Key']")!.GetAttribute("value")!;
        var before = await CountAsync();
        await ReportSite.SendAsync(client, [], Fields("clue", "同一件事"));
        await client.GetAsync("/me/report");
        await ReportSite.SendAsync(client, [], [.. Fields("clue", "同一件事"), ("Input.Key", key)]);
        Assert.Contains("刚才已经收到了", client.Text, StringComparison.Ordinal);
        Assert.Equal(before + 1, await CountAsync());
    }

    [Theory]
    [InlineData("Input.HappenedAt", "2026-10-01T12:30", "时间还没到")]
    [InlineData("Input.HappenedAt", "2026-07-01T12:30", "60 天以内")]
    [InlineData("Input.HappenedAt", "yesterday", "不对")]
    [InlineData("Input.Text", "", "请填写")]
    [InlineData("Input.Category", "gossip", "请选一类事")]
    [InlineData("Input.AreaId", "1", "请选本所的一个村或网格")]
    public async Task Report_OfWhatCannotBe_IsWordedAndKeepsTheForm(string field, string value, string words)
    {
        using var client = await reports.MemberAsync();
        await client.GetAsync("/me/report");
        var before = await CountAsync();
        await ReportSite.SendAsync(client, [], [.. Fields().Where(f => f.Item1 != field), (field, value)]);
        Assert.Equal(HttpStatusCode.OK, client.Status);
        Assert.Contains(words, client.Text, StringComparison.Ordinal);
        if (field != "Input.Text") Assert.Contains("水渠边护栏松动", client.Body, StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Report_WithWhatIsNoPhoto_IsWordedAndLeavesNothing()
    {
        using var client = await reports.MemberAsync();
        await client.GetAsync("/me/report");
        var before = await CountAsync();
        await ReportSite.SendAsync(client, [new MemoryStream("GIF89a<script>alert(1)</script>"u8.ToArray())], Fields());
        Assert.Contains("第 1 个文件不是照片", client.Text, StringComparison.Ordinal);
        await ReportSite.SendAsync(client, [new MemoryStream(Pictures.Jpeg), new MemoryStream([0xFF, 0xD8, 0xFF, 1, 2, 3])], Fields());
        Assert.Contains("第 2 张照片打不开", client.Text, StringComparison.Ordinal);
        await ReportSite.SendAsync(client, Enumerable.Range(0, 7).Select(_ => new MemoryStream(Pictures.Jpeg)), Fields());
        Assert.Contains("照片最多 6 张", client.Text, StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Report_WithAPhotoOf100Megabytes_IsRefusedPolitely()
    {
        using var client = await reports.MemberAsync();
        await client.GetAsync("/me/report");
        var before = await CountAsync();
        await ReportSite.SendAsync(client, [new MemoryStream(new byte[100 * 1024 * 1024])], Fields());
        Assert.Equal(HttpStatusCode.OK, client.Status);
        Assert.Contains("第 1 张照片太大了，一张最多 10 MB", client.Text, StringComparison.Ordinal);
        Assert.Contains("水渠边护栏松动", client.Body, StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Report_WithHtmlInItsWords_ShowsThemAsWords()
    {
        using var client = await reports.MemberAsync();
        await client.GetAsync("/me/report");
        await ReportSite.SendAsync(client, [], Fields("clue", "<img src=x onerror=alert(1)><b>粗</b>"));
        Assert.Contains("<img src=x onerror=alert(1)><b>粗</b>", client.Text, StringComparison.Ordinal);
        Assert.Empty(client.Page.QuerySelectorAll("img[src=x]"));
    }

    [Fact]
    public async Task Report_ForSomebodyElse_CannotBeForged()
    {
        using var client = await reports.MemberAsync();
        await client.GetAsync("/me/report");
        await ReportSite.SendAsync(client, [], [.. Fields("clue", "冒名"), ("Input.MemberId", $"{reports.Informant}"), ("MemberId", $"{reports.Informant}")]);
        Assert.Equal(reports.Zhang, await reports.Site.ReadAsync(db => db.TaskReports.Where(r => r.Text == "冒名").Select(r => r.MemberId).SingleAsync()));
    }

    [Fact]
    public async Task Answer_AQuestion_SendsItBackToTheDesk()
    {
        var filed = await reports.FiledAsync("有人乱停车");
        await reports.Site.Services.GetRequiredService<ReturnReports>().ExecuteAsync(
            new Judgement { ReportIds = [filed.ReportId], Actor = Actor.User(99), ActorMemberId = null, AreaPath = "STA/" }, "<b>哪里</b>?");
        using var other = await reports.MemberAsync(reports.Informant);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/me/reports/answer/{filed.Reference}")).Status);

        using var client = await reports.MemberAsync();
        await client.GetAsync("/me/reports?state=Returned");
        Assert.Contains("审核员问：<b>哪里</b>?", client.Text, StringComparison.Ordinal);
        await client.GetAsync($"/me/reports/answer/{filed.Reference}");
        await ReportSite.SendAsync(client, [], ("Input.Answer", ""), ("Input.Text", "有人乱停车"));
        Assert.Contains("请填写", client.Text, StringComparison.Ordinal);
        await ReportSite.SendAsync(client, [new MemoryStream(Pictures.Png)], ("Input.Answer", "村口"), ("Input.Text", "村口有人乱停车"));

        Assert.Equal("/me/reports", client.Path);
        var report = await reports.ReadAsync(filed.ReportId);
        Assert.Equal((ReportOutcome.Pending, "村口有人乱停车", 1), (report.Outcome, report.Text, report.Photos.Count));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/me/reports/answer/{filed.Reference}")).Status);
    }

    [Theory, InlineData("/me/report"), InlineData("/me/reports"), InlineData("/me/reports/answer/R1")]
    public async Task Pages_ForOthers_AreClosed(string path)
    {
        using var visitor = reports.Site.Visitor();
        Assert.StartsWith("/account/login", (await visitor.GetAsync(path)).Path, StringComparison.Ordinal);
        foreach (var role in (string[])[Roles.Approver, Roles.Attendant, Roles.Finance, Roles.Sponsor])
        {
            using var client = await reports.Site.SignInAsync(role);
            Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(path)).Status);
        }
    }

    private Task<int> CountAsync() => reports.Site.ReadAsync(db => db.TaskReports.CountAsync());
}
