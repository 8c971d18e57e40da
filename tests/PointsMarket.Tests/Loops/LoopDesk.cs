using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Loops;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Loops;

/// <summary>The small station of <see cref="TestStation"/> with two approvers, and a way to open and step in one line.</summary>
internal sealed class LoopDesk(TestMarket market, TestStation station)
{
    public const string Village = "STA/V1/", OtherVillage = "STA/V2/";

    private int keys;

    public TestMarket Market => market;

    public TestStation Station => station;

    /// <summary>The approver of the village, and the one of the station above.</summary>
    public int Approver { get; private set; }

    public int Chief { get; private set; }

    public DateOnly Today => StationTime.Day(market.Clock.GetUtcNow().UtcDateTime);

    public static async Task<LoopDesk> OpenAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var market = await TestMarket.StartAsync(provider);
        var desk = new LoopDesk(market, await TestStation.BuildAsync(market));
        desk.Approver = await desk.AddAccountAsync("approver-v1", Village);
        desk.Chief = await desk.AddAccountAsync("chief", "STA/");
        await desk.AddAccountAsync("approver-v2", OtherVillage);
        return desk;
    }

    /// <summary>Opens one at the desk, found by nobody in particular unless a member's code is given.</summary>
    public async Task<Loop> OpenedAsync(LoopKind kind = LoopKind.Hazard, string? finder = null) =>
        await ReadAsync(Assert.IsType<LoopOutcome.Opened>(await OpenAsync(Input(kind, finder))).LoopId);

    public OpenLoop.Input Input(LoopKind kind = LoopKind.Hazard, string? finder = null) => new()
    {
        Kind = kind, Type = kind == LoopKind.Mediation ? DisputeType.Noise : null, Place = "集市东侧五金店", Text = "纸箱堆在消防通道上", AreaId = station.Zhang.AreaId,
        FoundAt = market.Clock.GetUtcNow().UtcDateTime.AddMinutes(-30), FinderCode = finder, ClientKey = $"key-{++keys}", Actor = Actor.User(Approver), AreaPath = Village,
    };

    public Task<LoopOutcome> OpenAsync(OpenLoop.Input input) => market.Get<OpenLoop>().ExecuteAsync(input);

    /// <summary>A step with everything that it may ask for.</summary>
    public StepLoop.Input Step(Loop loop, LoopAction action, string? member = null) => new()
    {
        LoopId = loop.Id, Seen = loop.Version, Action = action, Words = "按要求办好了", Who = "集市东侧五金店", MemberCode = member, Photos = [Pictures.Png], Actor = Actor.User(Approver),
        AreaPath = Village, MayDecide = true,
    };

    public Task<LoopOutcome> StepAsync(StepLoop.Input input) => market.Get<StepLoop>().ExecuteAsync(input);

    /// <summary>Takes steps that must succeed, one after another.</summary>
    public async Task<Loop> SteppedAsync(Loop loop, params LoopAction[] actions)
    {
        foreach (var action in actions)
        {
            Assert.IsType<LoopOutcome.Stepped>(await StepAsync(Step(loop, action)));
            loop = await ReadAsync(loop.Id);
        }

        return loop;
    }

    public Task<LoopOutcome> CorrectAsync(Loop loop, string? reason = "记错了") => market.Get<CorrectLoop>().ExecuteAsync(new()
    {
        LoopId = loop.Id, Seen = loop.Version, Reason = reason, Actor = Actor.User(Approver), AreaPath = Village, MayDecide = true,
    });

    public Task<Loop> ReadAsync(int id) => market.ReadAsync(db => db.Loops.AsNoTracking().Include(l => l.Steps).ThenInclude(s => s.Photos).Include(l => l.Steps).ThenInclude(s => s.Report).SingleAsync(l => l.Id == id));

    /// <summary>Verifies a report as the station's chief, who files none here.</summary>
    public Task<Judged> VerifyAsync(int report) => market.Get<VerifyReports>().ExecuteAsync(new() { ReportIds = [report], Actor = Actor.User(Chief), ActorMemberId = null, AreaPath = "STA/" });

    public async Task<int> AddAccountAsync(string name, string area, string role = Roles.Approver) => await market.Writes.RunAsync(async db =>
    {
        var user = new AppUser
        {
            UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = name, SecurityStamp = name, CreatedAt = market.Clock.GetUtcNow().UtcDateTime,
            AreaId = await db.Areas.Where(a => a.Path == area).Select(a => a.Id).SingleAsync(),
        };
        db.Users.Add(user);
        await db.SaveChangesAsync();
        db.UserRoles.Add(new() { UserId = user.Id, RoleId = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync() });
        await db.SaveChangesAsync();
        return user.Id;
    });
}
