using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Demo;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Tasks;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Demo;

/// <summary>The demo station: the numbers of DESIGN 1, made by the rules, never mixed with anybody's data.</summary>
public sealed class DemoTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Load_EmptyDatabase_HasTheNumbersOfTheDesignAndACleanLedger(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);

        Assert.IsType<LoadDemo.Loaded>(await LoadAsync(market));

        var areas = await market.ReadAsync(db => db.Areas.AsNoTracking().ToListAsync());
        Assert.Equal((1, 1, 5, 65), (Count(AreaKind.Station), Count(AreaKind.PoliceRoom), Count(AreaKind.Village), Count(AreaKind.Grid)));
        Assert.Equal((4530, 21295), (areas.Sum(a => a.Households), areas.Sum(a => a.Residents)));
        Assert.True(areas.Where(a => a.Kind == AreaKind.Grid).All(a => a.Households > 40 && a.Residents > 150));
        var kinds = await market.ReadAsync(db => db.Members.GroupBy(m => m.Kind).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count));
        Assert.Equal([1, 5, 6, 45, 75, 60], Enum.GetValues<MemberKind>().Select(k => kinds[k]));

        Assert.All(await market.ReadAsync(db => db.LedgerAccounts.GroupBy(a => a.Asset).Select(g => g.Sum(a => a.Balance)).ToListAsync()), sum => Assert.Equal(0, sum));
        var reports = await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db, null, default));
        Assert.True(Assert.Single(reports).IsClean);

        int Count(AreaKind kind) => areas.Count(a => a.Kind == kind);
    }

    [Fact]
    public async Task Load_Market_HasEveryStateThatAPageShows()
    {
        await using var market = await TestMarket.StartAsync();
        await LoadAsync(market);

        var outcomes = await market.ReadAsync(db => db.TaskReports.GroupBy(r => r.Outcome).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count));
        Assert.Equal(15, outcomes[ReportOutcome.Pending]);
        Assert.InRange(outcomes[ReportOutcome.Rejected], 20, 150);
        Assert.InRange(outcomes[ReportOutcome.Verified], 900, 2500);
        Assert.True(await market.ReadAsync(db => db.TaskReports.AllAsync(r => r.Outcome != ReportOutcome.Rejected || r.Reason != null)));
        var states = await market.ReadAsync(db => db.Cases.Select(c => c.State).Distinct().ToListAsync());
        Assert.Equal(Enum.GetValues<CaseState>().Length, states.Count);
        var slips = await market.ReadAsync(db => db.Redemptions.GroupBy(r => new { r.Outlet.Code, r.State }).Select(g => new { g.Key.Code, g.Key.State, Count = g.Count() }).ToListAsync());
        Assert.Equal(4, slips.Single(s => s is { Code: "O1", State: RedemptionState.Held }).Count);
        Assert.Equal(3, slips.Single(s => s is { Code: "O2", State: RedemptionState.Held }).Count);
        Assert.InRange(slips.Where(s => s.State == RedemptionState.HandedOver).Sum(s => s.Count), 80, 400);
        Assert.Equal(["card", "daily", "food"], await market.ReadAsync(db => db.Goods.Select(g => g.Section).Distinct().OrderBy(s => s).ToListAsync()));
        var now = market.Clock.GetUtcNow().UtcDateTime;
        Assert.True(await market.ReadAsync(db => db.Redemptions.AllAsync(r => r.HappenedAt <= now && (r.EndedAt == null || r.EndedAt <= now))));
        Assert.True(await market.ReadAsync(db => db.TaskReports.AllAsync(r => r.FiledAt <= now)));
    }

    [Fact]
    public async Task Load_OpenSlip_IsHandedOverAtTheCounter()
    {
        await using var market = await TestMarket.StartAsync();
        await LoadAsync(market);
        var slip = await market.ReadAsync(db => db.Redemptions.AsNoTracking().FirstAsync(r => r.State == RedemptionState.Held));
        Assert.Equal(6, slip.PickupCode!.Length);

        Assert.Equal(EndRedemption.Outcome.Done, await market.Get<EndRedemption>().ExecuteAsync(new() { RedemptionId = slip.Id, To = RedemptionState.HandedOver, Actor = Actor.User(1), AreaPath = "STA/PR1/" }));
    }

    [Fact]
    public async Task Load_KnownMembers_CanBeTriedAsTheStartPageSays()
    {
        await using var market = await TestMarket.StartAsync();
        await LoadAsync(market);

        var people = await market.ReadAsync(db => DemoPeople.ReadAsync(db));
        Assert.Equal(DemoPeople.All.Select(p => (p.Number, p.Card)), people.Select(p => (p.Number, p.Card!)));
        Assert.Equal("I0001", people[1].Name); // never the name
        var check = market.Get<CheckPin>();
        var ids = await market.ReadAsync(db => db.Members.ToDictionaryAsync(m => m.Code, m => m.Id));
        Assert.Equal(CheckPin.Outcome.Right, (await check.ExecuteAsync(ids["G0001"], DemoPeople.Pin)).Outcome);
        Assert.Equal(CheckPin.Outcome.Locked, (await check.ExecuteAsync(ids["P0002"], DemoPeople.Pin)).Outcome);
        Assert.Equal(CheckPin.Outcome.NoPin, (await check.ExecuteAsync(ids["P0003"], DemoPeople.Pin)).Outcome);
        var names = await market.ReadAsync(db => db.Members.Select(m => m.Name).ToListAsync());
        Assert.Contains(names, n => n.Any(char.IsSurrogate));
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    /// <summary>Month caps fall differently with every date, and midnight and New Year come too.</summary>
    [Theory]
    [InlineData("2026-11-21T21:50:00Z")]
    [InlineData("2026-12-31T16:00:30Z")]
    [InlineData("2027-03-01T02:10:00Z")]
    [InlineData("2028-02-29T09:00:00Z")]
    public async Task Load_OnAnyDay_KeepsItsPromises(string now)
    {
        await using var market = await TestMarket.StartAsync();
        market.Clock.Set(DateTimeOffset.Parse(now));

        Assert.IsType<LoadDemo.Loaded>(await LoadAsync(market));

        var people = await market.ReadAsync(db => DemoPeople.ReadAsync(db));
        Assert.InRange(people[0].Points, 300, 380); // with the bonus of a month
        Assert.InRange(people[2].Points, 3, 15);
        Assert.Equal((0, 2), (await LeftAsync("WASH"), await LeftAsync("EGGS")));
        Assert.True(await LeftAsync("RICE5") > 10);

        Task<long> LeftAsync(string sku) => market.ReadAsync(db => db.LedgerAccounts.Where(a => a.Code == "shelf:O1" && a.Asset == "GOODS/" + sku).Select(a => a.Balance).SingleAsync());
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Load_AtTheSameMomentAndAgain_GivesTheSameLedgerToTheByte(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await using var other = await TestMarket.StartAsync();
        await LoadAsync(market);
        await LoadAsync(other);
        var before = await market.StateAsync();
        Assert.Equal(await other.StateAsync(), before);
        market.Clock.Advance(TimeSpan.FromDays(3));

        Assert.IsType<LoadDemo.AlreadyLoaded>(await LoadAsync(market));

        Assert.Equal(before, await market.StateAsync());
    }

    [Fact]
    public async Task Load_IntoOtherData_IsRefusedAndChangesNothing()
    {
        await using var market = await TestMarket.StartAsync();
        await TestStation.BuildAsync(market);
        var before = await market.StateAsync();

        Assert.IsType<LoadDemo.OtherData>(await LoadAsync(market));

        Assert.Equal(before, await market.StateAsync());
        Assert.Empty(await market.ReadAsync(db => DemoPeople.ReadAsync(db)));
    }

    private static Task<LoadDemo.Outcome> LoadAsync(TestMarket market) => market.Get<LoadDemo>().ExecuteAsync(new() { Actor = Actor.System("demo") });
}
