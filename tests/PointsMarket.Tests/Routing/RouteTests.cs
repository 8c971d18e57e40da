using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Routing;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;
using PointsMarket.Tests.Tasks;

namespace PointsMarket.Tests.Routing;

public sealed class RouteTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task At_AskedOfTheDatabase_FindsWhatStandsThere(DatabaseProvider provider)
    {
        var desk = await ReportDesk.OpenAsync(provider);
        await using var market = desk.Market;
        foreach (var category in DefaultCategories.Codes)
        {
            foreach (var hours in (int[])[1, 23, 24, 25, 47, 48, 71, 72, 73, 119, 120, 121, 200])
                await AddAsync(desk, category, hours);
        }
        var routes = await market.ReadAsync(db => RouteBook.ReadAsync(db));
        var all = await market.ReadAsync(db => db.TaskReports.AsNoTracking().ToListAsync());
        Assert.Equal(13 * 13, all.Count);

        foreach (var level in Enum.GetValues<MemberKind>())
        {
            foreach (var climbed in (bool[])[false, true])
            {
                var found = await market.ReadAsync(db => db.TaskReports.Where(routes.At<TaskReport>(Matter.Report, level, desk.Now, r => r.Category, r => r.FiledAt, climbed)).Select(r => r.Id).ToListAsync());
                var expected = all.Where(r => routes.LevelAt(Matter.Report, r.Category, r.FiledAt, desk.Now) is var s && s.Level == level && (!climbed || s.Step > 0)).Select(r => r.Id);
                Assert.Equal(expected.Order(), found.Order());
            }
        }
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task TellClimbed_AgainAndByManyAtOnce_TellsEachLevelOnce(DatabaseProvider provider)
    {
        var desk = await ReportDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var manager = await NewMemberAsync(market, "M0001", MemberKind.GridManager);
        var first = await market.AddAccountAsync(Roles.Approver, "STA/V1/", manager);
        var chief = await market.AddAccountAsync(Roles.Approver);
        var other = await market.AddAccountAsync(Roles.Approver, "STA/V2/"); // also the chief's level, of another village
        await market.AddAccountAsync(Roles.Attendant);
        await AddAsync(desk, "dispute", 47);
        await AddAsync(desk, "dispute", 49);
        await AddAsync(desk, "clue", 25);
        await AddAsync(desk, "clue", 500, ReportOutcome.Verified);

        var told = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => market.Get<TellClimbedReports>().ExecuteAsync())));

        Assert.Equal(2, told.Sum());
        Assert.Equal([(chief, InboxKinds.ReportClimbed, "clue-25"), (chief, InboxKinds.ReportClimbed, "dispute-49")], await ToldAsync(market));
        market.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await market.Get<TellClimbedReports>().ExecuteAsync());
        market.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, await market.Get<TellClimbedReports>().ExecuteAsync());
        Assert.DoesNotContain(await ToldAsync(market), t => t.Item1 == first || t.Item1 == other);

        for (var i = 0; i < ClimbNews.OneByOne + 1; i++) await AddAsync(desk, "clue", 100 + i);
        await market.Get<TellClimbedReports>().ExecuteAsync();
        Assert.Contains((chief, InboxKinds.ReportsClimbed, "6"), await ToldAsync(market));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Save_ARoute_HoldsAtOnceAndIsOnRecord(DatabaseProvider provider)
    {
        var desk = await ReportDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var input = new SaveRoute.Input
        {
            Matter = Matter.Report, Kind = "dispute", Rungs = [new(MemberKind.Coordinator, 1)], Actor = Actor.User(1), AreaPath = "STA/",
        };
        (SaveRoute.Input Input, SaveRoute.Outcome Outcome)[] tries =
        [
            (input with { Rungs = [] }, SaveRoute.Outcome.BadCount),
            (input with { Rungs = [new(MemberKind.Informant, 1)] }, SaveRoute.Outcome.BadLevel),
            (input with { Rungs = [new(MemberKind.GridChief, 1), new(MemberKind.GridChief, 1)] }, SaveRoute.Outcome.LevelTwice),
            (input with { Rungs = [new(MemberKind.GridChief, 0)] }, SaveRoute.Outcome.BadDays), (input with { Rungs = [new(MemberKind.GridChief, 61)] }, SaveRoute.Outcome.BadDays),
            (input with { AreaPath = "STA/V1/" }, SaveRoute.Outcome.NotTheStation), (input with { Kind = "gossip" }, SaveRoute.Outcome.NoSuchRoute),
        ];
        foreach (var (wrong, outcome) in tries) Assert.Equal(outcome, await market.Get<SaveRoute>().ExecuteAsync(wrong));
        Assert.Empty(await market.ReadAsync(db => db.ChangeRecords.ToListAsync()));

        Assert.Equal(SaveRoute.Outcome.Saved, await market.Get<SaveRoute>().ExecuteAsync(input));
        Assert.Equal(SaveRoute.Outcome.Saved, await market.Get<SaveRoute>().ExecuteAsync(input)); // nothing new
        Assert.Equal([new Rung(MemberKind.Coordinator, 1)], (await market.ReadAsync(db => RouteBook.ReadAsync(db))).Of(Matter.Report, "dispute"));
        Rung[] longer = [new(MemberKind.GridManager, 1), new(MemberKind.Coordinator, 2), new(MemberKind.GridChief, 3)];
        Assert.Equal(SaveRoute.Outcome.Saved, await market.Get<SaveRoute>().ExecuteAsync(input with { Rungs = longer }));
        Assert.Equal(longer, (await market.ReadAsync(db => RouteBook.ReadAsync(db))).Of(Matter.Report, "dispute"));
        Assert.Equal(["GridManager 2, GridChief 3 → Coordinator 1", "Coordinator 1 → GridManager 1, Coordinator 2, GridChief 3"], await market.ReadAsync(db => db.ChangeRecords.OrderBy(c => c.Id).Select(c => c.Detail).ToListAsync()));
    }

    private static Task<int> AddAsync(ReportDesk desk, string category, int hours, ReportOutcome outcome = ReportOutcome.Pending) => desk.Market.Writes.RunAsync(db =>
    {
        var filed = desk.Now.AddHours(-hours);
        db.Add(new TaskReport
        {
            Reference = $"{category}-{hours}", MemberId = desk.Station.Zhang.Id, Category = category, HappenedAt = filed, HappenedDay = Areas.StationTime.Day(filed),
            FiledAt = filed, AreaId = desk.Station.Zhang.AreaId, Text = "事情", Outcome = outcome,
        });
        return db.SaveChangesAsync();
    });

    private static Task<int> NewMemberAsync(TestMarket market, string code, MemberKind kind) => market.Writes.RunAsync(async db =>
    {
        var member = new Member { Code = code, Number = "9" + code[1..], Name = "周文静", Kind = kind, AreaId = (await db.Areas.SingleAsync(a => a.Code == "V1")).Id, Joined = new(2025, 1, 1) };
        db.Add(member);
        await db.SaveChangesAsync();
        return member.Id;
    });

    private static async Task<List<(int, string, string)>> ToldAsync(TestMarket market) =>
        [.. (await market.ReadAsync(db => db.InboxMessages.OrderBy(m => m.Subject).Select(m => new { m.UserId, m.Kind, m.Subject }).ToListAsync())).Select(m => (m.UserId!.Value, m.Kind, m.Subject))];
}
