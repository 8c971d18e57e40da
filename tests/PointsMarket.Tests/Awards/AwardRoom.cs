using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Assessments;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Members;
using PointsMarket.Sponsors;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Awards;

/// <summary>
/// The small station of <see cref="TestStation"/> with more members, published assessments of 2026, three approvers of the whole
/// station and one who is a member. The clock stands at noon of 1 October 2026.
/// </summary>
internal sealed class AwardRoom(TestMarket market, TestStation station)
{
    public const string Everywhere = "STA/";

    public TestMarket Market => market;

    public int BookId => station.BookId;

    public int Village => station.Zhang.AreaId;

    public int One { get; private set; }

    public int Two { get; private set; }

    public int Three { get; private set; }

    /// <summary>An approver who is the member G0001.</summary>
    public int Candidate { get; private set; }

    public static async Task<AwardRoom> OpenAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var market = await TestMarket.StartAsync(provider);
        var room = new AwardRoom(market, await TestStation.BuildAsync(market));
        (room.One, room.Two, room.Three) = (await market.AddAccountAsync(Roles.Approver), await market.AddAccountAsync(Roles.Approver), await market.AddAccountAsync(Roles.Administrator));
        room.Candidate = await market.AddAccountAsync(Roles.Approver, AwardRoom.Everywhere, room.Member("G0001"));
        await market.Writes.RunAsync(async db =>
        {
            db.Add(new Sponsor { Code = "SP1", Name = "兴谷粮油店" });
            db.Add(new Fund { BookId = room.BookId, Code = "volunteer-fund", NameZh = "平安志愿者基金", NameEn = "Volunteer fund", Purposes = FundPurposes.Any });
            db.Add(new Fund { BookId = room.BookId, Code = "goods-fund", NameZh = "物资基金", NameEn = "Goods fund", Purposes = FundPurpose.Goods });
            return await db.SaveChangesAsync();
        });
        return room;
    }

    public int Member(string code) => market.ReadAsync(db => db.Members.Where(m => m.Code == code).Select(m => m.Id).SingleAsync()).GetAwaiter().GetResult();

    /// <summary>Adds members G1001, G1002, …</summary>
    public Task<int> AddMembersAsync(int count, MemberKind kind = MemberKind.GridMember, string prefix = "G1") => market.Writes.RunAsync(db =>
    {
        db.AddRange(Enumerable.Range(1, count).Select(i => new Member { Code = $"{prefix}{i:000}", Number = $"5{prefix[^1]}{i:0000}", Name = $"王{i}", Kind = kind, AreaId = Village, Joined = new(2024, 1, 1) }));
        return db.SaveChangesAsync();
    });

    /// <summary>A published month with a score for each code.</summary>
    public Task<int> PublishedAsync(int month, params (string Code, int Score, long Points)[] lines) => market.Writes.RunAsync(async db =>
    {
        var assessment = new Assessment { BookId = BookId, Month = new(2026, month, 1), State = AssessmentState.Published, DraftedBy = "user:1", PublishedBy = "user:2", PublishedAt = market.Clock.GetUtcNow().UtcDateTime };
        db.Add(assessment);
        await db.SaveChangesAsync();
        foreach (var (code, score, points) in lines)
            db.Add(new AssessmentLine { AssessmentId = assessment.Id, MemberId = await db.Members.Where(m => m.Code == code).Select(m => m.Id).SingleAsync(), Score = score, Points = points });
        return await db.SaveChangesAsync();
    });

    /// <summary>Three published months in which G0001 stands first, then G1001, G1002 …</summary>
    public async Task ScoredAsync(int others)
    {
        await AddMembersAsync(others);
        for (var month = 1; month <= 3; month++)
            await PublishedAsync(month, [("G0001", 9900, 60), ("I0001", 9000, 40), .. Enumerable.Range(1, others).Select(i => ($"G1{i:000}", 9800 - (i * 10), 50L))]);
    }

    public SaveCycle.Input Input(AwardKind kind = AwardKind.ModelAide, int quota = 3, long amount = 0) => new()
    {
        Kind = kind, Year = 2026, Title = $"2026年度{kind}", Quota = quota, AreaId = AreaId(), Kinds = AwardRule.For(kind).Ranked ? AwardRule.Measured : [], LeastMonths = 1,
        Words = "特发此证，以资鼓励。", AmountFen = amount, MonthlyFen = amount > 0 ? 100_00 : 0, Fund = amount > 0 ? "volunteer-fund" : null, UserId = One, AreaPath = Everywhere,
    };

    public async Task<int> BegunAsync(AwardKind kind = AwardKind.ModelAide, int quota = 3, long amount = 0) =>
        Assert.IsType<SaveCycle.Saved>(await market.Get<SaveCycle>().ExecuteAsync(Input(kind, quota, amount))).CycleId;

    public static AwardStep By(int user, int cycle, string path = Everywhere) => new() { CycleId = cycle, UserId = user, AreaPath = path };

    /// <summary>A ranked cycle whose list is on notice.</summary>
    public async Task<int> NoticedAsync(int quota = 3, long amount = 0)
    {
        var id = await BegunAsync(quota: quota, amount: amount);
        Assert.Equal(AwardOutcome.Done, await market.Get<RankCandidates>().ExecuteAsync(By(One, id)));
        Assert.Equal(AwardOutcome.Done, await market.Get<FixList>().ExecuteAsync(By(One, id)));
        Assert.Equal(AwardOutcome.Done, await market.Get<ConfirmList>().ExecuteAsync(By(Two, id)));
        return id;
    }

    /// <summary>A cycle of names written down, decided.</summary>
    public async Task<int> DecidedAsync(int people, AwardKind kind = AwardKind.Team)
    {
        var id = await BegunAsync(kind, quota: Math.Max(1, people));
        for (var i = 1; i <= people; i++) Assert.Equal(AwardOutcome.Done, await market.Get<NameRecipient>().ExecuteAsync(new() { Step = By(One, id), Name = $"第{i}队" }));
        Assert.Equal(AwardOutcome.Done, await market.Get<FixList>().ExecuteAsync(By(One, id)));
        Assert.Equal(AwardOutcome.Done, await market.Get<ConfirmList>().ExecuteAsync(By(Two, id)));
        return id;
    }

    public Task<AwardOutcome> IssueAsync(int cycle, int? user = null, IProgress<(int, int)>? progress = null, CancellationToken ct = default) =>
        market.Get<IssueCertificates>().ExecuteAsync(new() { Step = By(user ?? Two, cycle), Progress = progress }, ct);

    public Task<AwardState> StateAsync(int cycle) => market.ReadAsync(db => db.AwardCycles.Where(c => c.Id == cycle).Select(c => c.State).SingleAsync());

    public Task<List<string>> NamedAsync(int cycle) => market.ReadAsync(db => db.AwardNominees.Where(n => n.CycleId == cycle && n.Named).OrderBy(n => n.Place).Select(n => n.Member!.Code).ToListAsync());

    private int AreaId() => market.ReadAsync(db => db.Areas.Where(a => a.Path == Everywhere).Select(a => a.Id).SingleAsync()).GetAwaiter().GetResult();
}
