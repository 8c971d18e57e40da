using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Cases;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>A site with two villages and six members with phones in the first, one of them an informant, and a way past the pages.</summary>
public sealed class CaseSite : IAsyncLifetime
{
    public const string Village = "STA/PR1/V1/", OtherVillage = "STA/PR1/V2/", Secret = "失主住东头第三家";

    private readonly Dictionary<string, string> accounts = [];
    private readonly Dictionary<string, int> members = [];
    private int area;

    public SiteHost Site { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Site = await SiteHost.StartAsync();
        await Site.Writes.RunAsync(async db =>
        {
            var village = await db.Areas.SingleAsync(a => a.Path == Village);
            var room = await db.Areas.SingleAsync(a => a.Code == "PR1");
            db.Add(new Area { Code = "V2", Name = "陆圩村", Kind = AreaKind.Village, Path = OtherVillage, BookId = Site.BookId, Parent = room });
            string[] names = ["张桂兰", "李强", "王秀英", "赵国庆", "孙不言", "周小梅"];
            var made = names.Select((n, i) => new Member
            {
                Code = i == 4 ? "X0001" : $"G000{i + 1}", Number = $"10000{i + 1}", Name = n, Kind = i == 4 ? MemberKind.Informant : MemberKind.GridMember, Area = village, Joined = new(2025, 1, 1),
            }).ToList();
            db.AddRange(made);
            await db.SaveChangesAsync();
            foreach (var m in made) members[m.Code] = m.Id;
            area = village.Id;
            return 0;
        });
    }

    public async Task DisposeAsync() => await Site.DisposeAsync();

    public int Id(string code) => members[code];

    public T Get<T>()
        where T : notnull => Site.Services.GetRequiredService<T>();

    /// <summary>Signs a member in; one account serves all tests.</summary>
    public async Task<PageClient> MemberAsync(string code = "G0001")
    {
        if (!accounts.TryGetValue(code, out var name)) accounts[code] = name = await Site.AddAccountAsync(Roles.Member, area: null, memberId: members[code]);
        return await Site.SignInAsAsync(name);
    }

    /// <summary>A case on the board, past the pages.</summary>
    public async Task<Case> PostedAsync(string title = "集市电动车被盗", int reward = 80, bool draft = false, DateOnly? by = null)
    {
        var saved = Assert.IsType<SaveCase.Saved>(await Get<SaveCase>().ExecuteAsync(new()
        {
            Title = title, Wanted = "找到线索", Sealed = Secret, Kind = CaseKinds.Lead, AreaId = area, Reward = reward, Days = 10, ClaimBy = by, By = By(),
        }));
        if (!draft) Assert.IsType<CaseOutcome.Done>(await Get<PublishCase>().ExecuteAsync(saved.CaseId, By()));
        return await CaseAsync(saved.CaseId);
    }

    public async Task<int> AskedAsync(Case c, string code = "G0001", bool wait = false) =>
        Assert.IsType<AskForCase.Asked>(await Get<AskForCase>().ExecuteAsync(new() { CaseId = c.Id, By = new() { MemberId = members[code], Actor = Actor.System("test") }, NoInterest = true, Wait = wait })).ClaimId;

    public async Task<int> HeldAsync(Case c, string code = "G0001")
    {
        var claim = await AskedAsync(c, code);
        Assert.IsType<CaseOutcome.Done>(await Get<ApproveClaim>().ExecuteAsync(claim, By()));
        return claim;
    }

    /// <summary>Ends what a test left in a member's hands, so that the next one's three are free.</summary>
    public async Task GiveBackAsync(int claim) => await Get<ReleaseClaim>().ExecuteAsync(claim, "测试结束", By());

    public static Approver By(int user = 990) => new() { Actor = Actor.User(user), MemberId = null, AreaPath = "STA/" };

    public Task<Case> CaseAsync(int id) => Site.ReadAsync(db => db.Cases.AsNoTracking().SingleAsync(c => c.Id == id));

    public Task<Claim> ClaimAsync(int id) => Site.ReadAsync(db => db.Claims.Include(c => c.Members).Include(c => c.HandOvers).AsNoTracking().SingleAsync(c => c.Id == id));

    public Task<long> PointsAsync(string code) => Site.ReadAsync(db => db.BalanceAsync(Site.BookId, AccountCode.Member(code), Asset.Points));
}
