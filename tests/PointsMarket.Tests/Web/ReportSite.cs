using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>A site with two villages, a member with a phone in the first, an informant, and a way to send files.</summary>
public sealed class ReportSite : IAsyncLifetime
{
    public const string Village = "STA/PR1/V1/", OtherVillage = "STA/PR1/V2/";

    private readonly Dictionary<int, string> accounts = [];
    private int keys;

    public SiteHost Site { get; private set; } = null!;

    public int Zhang { get; private set; }

    public int Informant { get; private set; }

    public int GridId { get; private set; }

    public async Task InitializeAsync()
    {
        Site = await SiteHost.StartAsync();
        await Site.Writes.RunAsync(async db =>
        {
            var village = await db.Areas.SingleAsync(a => a.Path == Village);
            var room = await db.Areas.SingleAsync(a => a.Code == "PR1");
            var grid = new Area { Code = "V1G01", Name = "吴场1号网格", Kind = AreaKind.Grid, Path = Village + "V1G01/", BookId = Site.BookId, Parent = village };
            var other = new Area { Code = "V2", Name = "陆圩村", Kind = AreaKind.Village, Path = OtherVillage, BookId = Site.BookId, Parent = room };
            var zhang = new Member { Code = "G0001", Number = "100001", Name = "张桂兰", Kind = MemberKind.GridMember, Area = grid, Joined = new(2025, 1, 1) };
            var informant = new Member { Code = "X0001", Number = "100002", Name = "孙不言", Kind = MemberKind.Informant, Area = grid, Joined = new(2025, 1, 1) };
            db.AddRange(grid, other, zhang, informant);
            await db.SaveChangesAsync();
            (Zhang, Informant, GridId) = (zhang.Id, informant.Id, grid.Id);
            return 0;
        });
    }

    public async Task DisposeAsync() => await Site.DisposeAsync();

    /// <summary>Signs a member in; one account serves all tests.</summary>
    public async Task<PageClient> MemberAsync(int? member = null)
    {
        var who = member ?? Zhang;
        if (!accounts.TryGetValue(who, out var name)) accounts[who] = name = await Site.AddAccountAsync(Roles.Member, area: null, memberId: who);
        return await Site.SignInAsAsync(name);
    }

    /// <summary>Files one past the pages. Gives its key and reference.</summary>
    public async Task<FileReport.Filed> FiledAsync(string text = "在村口发现可疑车辆", string category = "clue", int? member = null, params byte[][] photos) =>
        Assert.IsType<FileReport.Filed>(await Site.Services.GetRequiredService<FileReport>().ExecuteAsync(new FileReport.Input
        {
            MemberId = member ?? Zhang, ClientKey = $"past-{++keys}", Category = category, HappenedAt = Site.Clock.GetUtcNow().UtcDateTime.AddHours(-1), AreaId = GridId,
            Text = text, Photos = [.. photos.Select(p => new ReadOnlyMemory<byte>(p))], Actor = Actor.System("test"),
        }));

    public Task<TaskReport> ReadAsync(int id) => Site.ReadAsync(db => db.TaskReports.Include(r => r.Events).Include(r => r.Photos).SingleAsync(r => r.Id == id));

    public Task<long> BalanceAsync(string member = "G0001") => Site.ReadAsync(db => db.BalanceAsync(Site.BookId, AccountCode.Member(member), Asset.Points));

    /// <summary>Sends the form with files that is open, with these fields instead of its own.</summary>
    public static async Task<PageClient> SendAsync(PageClient client, IEnumerable<Stream> photos, params (string Name, string Value)[] fields)
    {
        var form = client.Page.QuerySelector<IHtmlFormElement>("form[enctype='multipart/form-data']") ?? throw new InvalidOperationException(client.Text);
        using var content = new MultipartFormDataContent();
        foreach (var hidden in form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Where(h => fields.All(f => f.Name != h.Name))) content.Add(new StringContent(hidden.Value), hidden.Name!);
        foreach (var (name, value) in fields) content.Add(new StringContent(value), name);
        foreach (var photo in photos)
        {
            var file = new StreamContent(photo);
            file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            content.Add(file, "Input.Photos", "../../evil.aspx");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action") is { Length: > 0 } own ? own : client.Path) { Content = content };
        return await client.SendAsync(request);
    }
}
