using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Cases;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;
using PointsMarket.Tests.Tasks;

namespace PointsMarket.Tests.Web;

/// <summary>PDF and text with a note on a claim: sent from the phone, kept outside the web folder, handed out as a download to whom it concerns.</summary>
public sealed class NoteFilePageTests(CaseSite cases) : IClassFixture<CaseSite>
{
    [Fact]
    public async Task File_SentWithANote_IsADownloadForThoseOfTheCase()
    {
        var c = await cases.PostedAsync("夜里有人倒垃圾");
        var claim = await cases.HeldAsync(c, "G0002");
        using var member = await cases.MemberAsync("G0002");
        await member.GetAsync($"/me/claims/{claim}");
        await SendAsync(member, claim, "走访了三户", ("走访<记录>.exe", Encoding.Latin1.GetBytes(CleanFileTests.Pdf)), ("时间.txt", "周六上午"u8.ToArray()), ("a.png", Pictures.Png));
        Assert.Equal(HttpStatusCode.OK, member.Status);
        var files = await cases.Site.ReadAsync(db => db.CaseFiles.Where(f => f.Event.ClaimId == claim).OrderBy(f => f.Number).ToListAsync());
        Assert.Equal([("走访记录.pdf", FileKind.Pdf), ("时间.txt", FileKind.Text)], files.Select(f => (f.Name, f.Kind)));
        Assert.Contains("走访记录.pdf", member.Text, StringComparison.Ordinal);
        Assert.All(files, f => Assert.False(File.Exists(Path.Combine(Repository.Web, "wwwroot", f.FileName))));

        using var answer = await member.Http.GetAsync($"/me/claims/file/{files[0].Id}");
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(CleanFileTests.Pdf, await answer.Content.ReadAsStringAsync());
        using var text = await member.Http.GetAsync($"/me/claims/file/{files[1].Id}");
        Assert.Equal("text/plain; charset=utf-8", text.Content.Headers.ContentType!.ToString());

        using var stranger = await cases.MemberAsync("G0003");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/me/claims/file/{files[0].Id}")).Status);
        using var here = await cases.Site.SignInAsync(Roles.Approver, CaseSite.Village);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync($"/desk/cases/file/{files[0].Id}")).Status);
        using var elsewhere = await cases.Site.SignInAsync(Roles.Approver, CaseSite.OtherVillage);
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.GetAsync($"/desk/cases/file/{files[0].Id}")).Status);
        await cases.GiveBackAsync(claim);
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync($"/me/claims/file/{files[0].Id}")).Status); // the next holder's business
    }

    [Fact]
    public async Task File_ThatIsTwoInOne_IsRefusedInWordsAndNothingIsKept()
    {
        var c = await cases.PostedAsync("树倒了没人管");
        var claim = await cases.HeldAsync(c, "G0004");
        using var member = await cases.MemberAsync("G0004");
        await member.GetAsync($"/me/claims/{claim}");
        await SendAsync(member, claim, "走访", ("a.pdf", [.. Encoding.Latin1.GetBytes(CleanFileTests.Pdf), .. "PK\x03\x04zip"u8]));
        Assert.Contains("夹着别的东西", member.Text, StringComparison.Ordinal);
        await SendAsync(member, claim, "走访", ("a.txt", "<html>"u8.ToArray()));
        Assert.Contains("不是照片、PDF，也不是纯文本", member.Text, StringComparison.Ordinal);
        Assert.Equal(0, await cases.Site.ReadAsync(db => db.CaseFiles.CountAsync(f => f.Event.ClaimId == claim)));
        await cases.GiveBackAsync(claim);
    }

    [Fact]
    public async Task File_Of100Megabytes_IsRefusedInWordsAndKeepsTheNote()
    {
        var c = await cases.PostedAsync("灯坏了没人管");
        var claim = await cases.HeldAsync(c, "G0004");
        using var member = await cases.MemberAsync("G0004");
        await member.GetAsync($"/me/claims/{claim}");
        await SendAsync(member, claim, "这句话不能丢", ("a.jpg", new byte[100 * 1024 * 1024]));
        Assert.Equal(HttpStatusCode.OK, member.Status);
        Assert.Contains("太大", member.ErrorOf("Input.Photos"), StringComparison.Ordinal);
        Assert.Contains("这句话不能丢", member.Body, StringComparison.Ordinal);
        Assert.Equal(0, await cases.Site.ReadAsync(db => db.CaseEvents.CountAsync(e => e.ClaimId == claim && e.Change == CaseChange.Noted)));
        await cases.GiveBackAsync(claim);
    }

    [Fact]
    public async Task List_OfTheDesk_SaysWhoseTurnACaseIsAndWhy()
    {
        var c = await cases.PostedAsync("谁的电瓶丢了");
        var claim = await cases.AskedAsync(c, "G0001");
        using var officer = await cases.Site.SignInAsync(Roles.Approver, CaseSite.Village);
        await officer.GetAsync("/desk/cases?tab=Mine");
        Assert.DoesNotContain("谁的电瓶丢了", officer.Text, StringComparison.Ordinal); // the grid manager's first
        await officer.GetAsync("/desk/cases?tab=ToDo");
        Assert.Contains("等批认领", officer.Text, StringComparison.Ordinal);
        Assert.Contains("先由网格管理员办", officer.Text, StringComparison.Ordinal);
        cases.Site.Clock.Advance(TimeSpan.FromDays(4));
        using var later = await cases.Site.SignInAsync(Roles.Approver, CaseSite.Village);
        await later.GetAsync("/desk/cases?tab=Mine");
        Assert.Contains("谁的电瓶丢了", later.Text, StringComparison.Ordinal);
        Assert.Contains("升到网格长", later.Text, StringComparison.Ordinal);
        Assert.IsType<CaseOutcome.Done>(await cases.Get<RefuseClaim>().ExecuteAsync(claim, "测试结束", CaseSite.By()));
    }

    private static Task<PageClient> SendAsync(PageClient member, int claim, string note, params (string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent { { new StringContent(member.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" }, { new StringContent(note), "Input.Note" } };
        foreach (var (name, content) in files) form.Add(new ByteArrayContent(content), "Input.Photos", name);
        return member.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/me/claims/{claim}?handler=note") { Content = form });
    }
}
