using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Jobs;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Jobs;

/// <summary>Month's end on the station's clock: finance is told of every month that is open, once. (Drafting is the assessments' own test.)</summary>
public sealed class MonthTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task AskToReconcile_AfterMonthsOff_TellsOfEveryMonthOnce(DatabaseProvider provider)
    {
        await using var market = await StartAsync(provider, "2026-10-20T12:00:00+08:00");
        Assert.Equal(0, await AskAsync(market)); // the station began this month

        market.Clock.Set(Time("2027-02-01T01:00:00+08:00"));
        Assert.Equal(4, await AskAsync(market));
        Assert.Equal(0, await AskAsync(market));
        Assert.Equal(["STA 2026-10", "STA 2026-11", "STA 2026-12", "STA 2027-01"], await ToldAsync(market));
    }

    /// <summary>The month ends when it ends in Shanghai, eight hours before it does in UTC; a leap day belongs to February.</summary>
    [Fact]
    public async Task AskToReconcile_AroundMidnightOnALeapDay_FollowsTheStationsClock()
    {
        await using var market = await StartAsync(DatabaseProvider.Sqlite, "2028-02-29T23:30:00+08:00");
        market.Clock.Set(Time("2028-02-29T15:59:59Z"));
        Assert.Equal(0, await AskAsync(market));
        market.Clock.Set(Time("2028-02-29T16:00:00Z"));
        Assert.Equal(1, await AskAsync(market));
        Assert.Equal(["STA 2028-02"], await ToldAsync(market));
    }

    [Fact]
    public async Task AskToReconcile_ClockSetBackADay_TellsNothingTwiceAndNothingTooEarly()
    {
        await using var market = await StartAsync(DatabaseProvider.Sqlite, "2026-10-20T12:00:00+08:00");
        foreach (var (now, told) in ((string, int)[])[("2026-11-01T01:00:00+08:00", 1), ("2026-10-31T01:00:00+08:00", 0), ("2026-11-01T01:00:00+08:00", 0)])
        {
            market.Clock.Set(Time(now));
            Assert.Equal(told, await AskAsync(market));
        }
        Assert.Equal(["STA 2026-10"], await ToldAsync(market));
    }

    private static async Task<TestMarket> StartAsync(DatabaseProvider provider, string now)
    {
        var market = await TestMarket.StartAsync(provider);
        market.Clock.Set(Time(now));
        await JobRunTests.StationAsync(market, Roles.Finance);
        Assert.True((await market.PostAsync(market.Request(1, "first", new Posting(AccountCode.Issue("opening"), AccountCode.Member("G0001"), Asset.Points, 5)))).Stands);
        return market;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Task<int> AskAsync(TestMarket market) => market.Get<AskToReconcile>().ExecuteAsync(new RunReport(market.Clock));

    private static async Task<List<string>> ToldAsync(TestMarket market) =>
        [.. (await market.ReadAsync(db => db.InboxMessages.Where(m => m.Kind == InboxKinds.MonthOpen).Select(m => m.Subject).ToListAsync())).Order(StringComparer.Ordinal)];
}
