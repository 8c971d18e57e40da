using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Tasks;

/// <summary>The small station of <see cref="TestStation"/> with a way to file and judge in one line.</summary>
internal sealed class ReportDesk(TestMarket market, TestStation station)
{
    public const string Village = "STA/V1/", OtherVillage = "STA/V2/";

    private int keys;

    public TestMarket Market => market;

    public TestStation Station => station;

    public DateTime Now => market.Clock.GetUtcNow().UtcDateTime;

    public static async Task<ReportDesk> OpenAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var market = await TestMarket.StartAsync(provider);
        return new ReportDesk(market, await TestStation.BuildAsync(market));
    }

    public Task<Area> AreaAsync(string path) => market.ReadAsync(db => db.Areas.SingleAsync(a => a.Path == path));

    /// <summary>What 张桂兰 would send.</summary>
    public FileReport.Input Input(string category = "clue", string text = "在村口发现可疑车辆", DateTime? at = null, Member? member = null) => new()
    {
        MemberId = (member ?? station.Zhang).Id, ClientKey = $"key-{++keys}", Category = category, HappenedAt = at ?? Now.AddHours(-1),
        AreaId = station.Zhang.AreaId, Text = text, Actor = Actor.User(1),
    };

    public Task<FileReport.Outcome> FileAsync(FileReport.Input input) => market.Get<FileReport>().ExecuteAsync(input);

    /// <summary>Files one and gives its key.</summary>
    public async Task<int> FiledAsync(FileReport.Input? input = null) => Assert.IsType<FileReport.Filed>(await FileAsync(input ?? Input())).ReportId;

    public async Task<int[]> FiledAsync(int count, Func<int, FileReport.Input> input)
    {
        var ids = new int[count];
        for (var i = 0; i < count; i++)
        {
            ids[i] = await FiledAsync(input(i));
            market.Clock.Advance(TimeSpan.FromMinutes(10));
        }
        return ids;
    }

    public static Judgement By(int user = 2, int? member = null, string area = Village, params int[] reports) =>
        new() { ReportIds = reports, Actor = Actor.User(user), ActorMemberId = member, AreaPath = area };

    public Task<Judged> VerifyAsync(params int[] reports) => market.Get<VerifyReports>().ExecuteAsync(By(reports: reports));

    public Task<TaskReport> ReadAsync(int id) => market.ReadAsync(db => db.TaskReports.Include(r => r.Events).Include(r => r.Photos).SingleAsync(r => r.Id == id));

    /// <summary>What a member has earned with tasks, beyond what the station gave at its opening.</summary>
    public async Task<long> EarnedAsync(string member = "G0001", long opening = 100) =>
        await station.BalanceAsync(AccountCode.Member(member), Asset.Points) - opening;

    public Task<int> EntriesAsync() => market.ReadAsync(db => db.LedgerTransactions.CountAsync(t => t.Kind == TransactionKinds.TaskReward));
}
