using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Cases;

/// <summary>The small station of <see cref="TestStation"/>, ten more members, and a line for each step of a case's life.</summary>
internal sealed class CaseDesk(TestMarket market, TestStation station)
{
    public const string Village = "STA/V1/", OtherVillage = "STA/V2/";

    public TestMarket Market => market;

    public TestStation Station => station;

    /// <summary>P1 … P10, keys in order.</summary>
    public int[] People { get; private set; } = [];

    public static async Task<CaseDesk> OpenAsync(DatabaseProvider provider = DatabaseProvider.Sqlite, int people = 10)
    {
        var market = await TestMarket.StartAsync(provider);
        var desk = new CaseDesk(market, await TestStation.BuildAsync(market));
        desk.People = await market.Writes.RunAsync(async db =>
        {
            var area = desk.Station.Zhang.AreaId;
            var made = Enumerable.Range(1, people).Select(i => new Member
            {
                Code = $"P{i}", Number = $"{200000 + i}", Name = $"王小{i}", Kind = MemberKind.Volunteer, AreaId = area, Joined = new(2025, 1, 1),
            }).ToList();
            db.AddRange(made);
            await db.SaveChangesAsync();
            return made.Select(m => m.Id).ToArray();
        });
        return desk;
    }

    public static Approver By(int user = 2, int? member = null, string area = Village) => new() { Actor = Actor.User(user), MemberId = member, AreaPath = area };

    /// <summary>A member's own word.</summary>
    public static Voice Of(int member) => new() { MemberId = member, Actor = Actor.User(1000 + member) };

    /// <summary>The same written down at the desk.</summary>
    public static Voice For(int member, int user = 7, string area = Village) => new() { MemberId = member, Actor = Actor.User(user), RecordedIn = area };

    public SaveCase.Input Draft(int reward = 80, int days = 10, int? id = null, DateOnly? by = null, int? offered = null) => new()
    {
        CaseId = id, Title = "集市电动车被盗", Wanted = "找到线索", Sealed = "失主住 3 号", Kind = CaseKinds.Lead, AreaId = station.Zhang.AreaId,
        OfferedToId = offered, Reward = reward, Days = days, ClaimBy = by, By = By(),
    };

    /// <summary>A case on the board.</summary>
    public async Task<int> PostedAsync(int reward = 80, int days = 10, DateOnly? by = null, int? offered = null)
    {
        var saved = Assert.IsType<SaveCase.Saved>(await market.Get<SaveCase>().ExecuteAsync(Draft(reward, days, by: by, offered: offered)));
        Done(await market.Get<PublishCase>().ExecuteAsync(saved.CaseId, By()));
        return saved.CaseId;
    }

    public Task<CaseOutcome> AskAsync(int caseId, int member, bool wait = false, int share = 100, params AskForCase.Partner[] partners) =>
        market.Get<AskForCase>().ExecuteAsync(new() { CaseId = caseId, By = Of(member), NoInterest = true, Wait = wait, Share = share, Partners = partners });

    public async Task<int> AskedAsync(int caseId, int member, bool wait = false) => Assert.IsType<AskForCase.Asked>(await AskAsync(caseId, member, wait)).ClaimId;

    /// <summary>A claim that was approved by user 2.</summary>
    public async Task<int> HeldAsync(int caseId, int member)
    {
        var claim = await AskedAsync(caseId, member);
        Done(await market.Get<ApproveClaim>().ExecuteAsync(claim, By()));
        return claim;
    }

    public async Task<int> SubmittedAsync(int caseId, int member)
    {
        var claim = await HeldAsync(caseId, member);
        Done(await market.Get<SubmitClaim>().ExecuteAsync(claim, "办好了", Of(member)));
        return claim;
    }

    public async Task<int> ClosedAsync(int caseId, int member)
    {
        var claim = await SubmittedAsync(caseId, member);
        Assert.IsType<CloseCase.Closed>(await market.Get<CloseCase>().ExecuteAsync(claim, By()));
        return claim;
    }

    public Task<CaseOutcome> SubmitAsync(int claim, int member) => market.Get<SubmitClaim>().ExecuteAsync(claim, "办好了", Of(member));

    public Task<CaseOutcome> CloseAsync(int claim, int user = 2) => market.Get<CloseCase>().ExecuteAsync(claim, By(user));

    public Task<Case> ReadAsync(int id) => market.ReadAsync(db => db.Cases.Include(c => c.Claimants).AsNoTracking().SingleAsync(c => c.Id == id));

    public Task<Claim> ClaimAsync(int id) => market.ReadAsync(db => db.Claims.Include(c => c.Members).Include(c => c.HandOvers).AsNoTracking().SingleAsync(c => c.Id == id));

    public Task<List<CaseChange>> HistoryAsync(int caseId) => market.ReadAsync(db => db.CaseEvents.Where(e => e.CaseId == caseId).OrderBy(e => e.Id).Select(e => e.Change).ToListAsync());

    public Task<long> PointsAsync(string code) => station.BalanceAsync(AccountCode.Member(code), Asset.Points);

    public Task<int> RewardsAsync() => market.ReadAsync(db => db.LedgerTransactions.CountAsync(t => t.Kind == TransactionKinds.CaseReward));

    public Task<List<string>> InboxAsync(int member) => market.ReadAsync(db => db.InboxMessages.Where(m => m.MemberId == member).OrderBy(m => m.Id).Select(m => m.Kind).ToListAsync());

    public Task<int> AreaAsync(string code) => market.ReadAsync(db => db.Areas.Where(a => a.Code == code).Select(a => a.Id).SingleAsync());

    public async Task CleanAsync() => Assert.All(await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db)), r => Assert.True(r.IsClean, string.Join('\n', r.Findings)));

    public static void Done(CaseOutcome outcome) => Assert.IsType<CaseOutcome.Done>(outcome);

    public static void Refused(CaseRefusal why, CaseOutcome outcome) => Assert.Equal(why, Assert.IsType<CaseOutcome.Refused>(outcome).Why);
}
