using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Import;
using PointsMarket.Tests.Kit;
using PointsMarket.Web.Importing;

namespace PointsMarket.Tests.Import;

/// <summary>The administrator's import page, without script: upload, preview, confirm, result.</summary>
public sealed class ImportPageTests(SiteHost site) : IClassFixture<SiteHost>
{
    private const string Good = "code,name\nS71,好心粮油\nS72,兴谷日化厂\n";
    private const string Bad = "code,name\nS81,好心粮油\nS82,=1+1\nS 3,坏\n";

    private ImportDesk Desk => site.Services.GetRequiredService<ImportDesk>();

    [Fact]
    public async Task Upload_GoodFile_IsPreviewedThenImported()
    {
        using var admin = await site.SignInAsync(Roles.Administrator);
        var before = Desk.FilesKept; // what other tests uploaded and did not confirm
        await UploadAsync(admin, ("sponsors.csv", Good));
        Assert.Equal(before + 1, Desk.FilesKept);
        Assert.Contains("可以导入：新增 2 行，不变 0 行", admin.Text, StringComparison.Ordinal);
        Assert.False(await AnySponsorAsync("S71"));

        await ConfirmAsync(admin);

        Assert.Contains("导入完成：新增 2 行", admin.Text, StringComparison.Ordinal);
        Assert.True(await AnySponsorAsync("S71"));
        Assert.Equal(before, Desk.FilesKept);
        await UploadAsync(admin, ("sponsors.csv", Good));
        Assert.Contains("不用再导入", admin.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_ByAnAdministratorOfOneVillage_IsRefusedInWords()
    {
        using var admin = await site.SignInAsync(Roles.Administrator, "STA/PR1/V1/");
        await admin.GetAsync("/admin/import");
        Assert.Contains("管整个派出所的管理员", admin.Text, StringComparison.Ordinal);
        Assert.Empty(admin.Page.QuerySelectorAll("input[type=file]"));

        await admin.ForgeAsync("/admin/import", ("anything", "at all"));
        Assert.Equal(HttpStatusCode.Forbidden, admin.Status);
    }

    [Fact]
    public async Task Upload_BadFile_NamesEveryRowAndCannotBeConfirmed()
    {
        using var admin = await site.SignInAsync(Roles.Administrator);
        await UploadAsync(admin, ("sponsors.csv", Bad));
        Assert.Contains("有 2 处要改", admin.Text, StringComparison.Ordinal);
        var rows = admin.Page.QuerySelectorAll(".import-bad tbody tr").Select(r => r.Children[1].TextContent.Trim());
        Assert.Equal(["3", "4"], rows);

        var path = admin.Path;
        Assert.Equal(ImportDesk.StartOutcome.Refused, Desk.Start(Guid.Parse(path[(path.LastIndexOf('/') + 1)..]), await LastUserAsync()));
        await admin.GetAsync(path + "?handler=csv");
        Assert.Contains("sponsors.csv", admin.Body, StringComparison.Ordinal);
        Assert.Equal(3, admin.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.False(await AnySponsorAsync("S81"));
    }

    [Fact]
    public async Task Upload_NothingOrTooLarge_IsRefusedInWords()
    {
        using var admin = await site.SignInAsync(Roles.Administrator);
        await UploadAsync(admin);
        Assert.Contains("请先选一个", admin.Text, StringComparison.Ordinal);
        await UploadAsync(admin, ("sponsors.csv", new string('x', (int)ImportLimits.FileBytes + 1)));
        Assert.Contains("太大了", admin.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, admin.Status);
    }

    [Fact]
    public async Task Upload_OfAnotherAdministrator_IsNotFound()
    {
        using var admin = await site.SignInAsync(Roles.Administrator);
        using var other = await site.SignInAsync(Roles.Administrator);
        await UploadAsync(admin, ("sponsors.csv", "code,name\nS91,甲\n"));
        await other.GetAsync("/admin/import");

        await other.ForgeAsync(admin.Path + "?handler=confirm");

        Assert.Equal("/admin/import", other.Path);
        Assert.Contains("已经不在了", other.Text, StringComparison.Ordinal);
        Assert.False(await AnySponsorAsync("S91"));
        Assert.Contains("可以导入", (await admin.GetAsync(admin.Path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_AfterAnHour_IsGoneWithItsFiles()
    {
        await using var alone = await SiteHost.StartAsync();
        using var admin = await alone.SignInAsync(Roles.Administrator);
        await UploadAsync(admin, ("sponsors.csv", Good));
        var desk = alone.Services.GetRequiredService<ImportDesk>();
        Assert.Equal(1, desk.FilesKept);
        alone.Clock.Advance(ImportDesk.Kept);

        await admin.GetAsync(admin.Path);

        Assert.Equal("/admin/import", admin.Path);
        Assert.Equal(0, desk.FilesKept);
    }

    [Fact]
    public async Task Page_WrongRole_IsForbidden()
    {
        using var approver = await site.SignInAsync(Roles.Approver);
        await approver.GetAsync("/admin/import");
        Assert.Equal(HttpStatusCode.Forbidden, approver.Status);
    }

    private static async Task UploadAsync(PageClient client, params (string Name, string Text)[] files)
    {
        await client.GetAsync("/admin/import");
        var token = client.Page.QuerySelector<IHtmlInputElement>("main input[name=__RequestVerificationToken]")!.Value;
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" } };
        foreach (var (name, text) in files) form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "Input.Files", name);
        await client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/admin/import") { Content = form });
    }

    private static async Task ConfirmAsync(PageClient client)
    {
        await client.ForgeAsync(client.Path + "?handler=confirm");
        for (var i = 0; i < 200 && client.Text.Contains("正在导入", StringComparison.Ordinal); i++)
        {
            await Task.Delay(50);
            await client.GetAsync(client.Path);
        }
    }

    private Task<bool> AnySponsorAsync(string code) => site.ReadAsync(db => db.Sponsors.AnyAsync(s => s.Code == code));

    private Task<int> LastUserAsync() => site.ReadAsync(db => db.Users.OrderByDescending(u => u.Id).Select(u => u.Id).FirstAsync());
}
