using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Jobs;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Jobs;

/// <summary>Month's end on the station's clock: every month that is missing, once.</summary>
public sealed class MonthTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Draft_AfterMonthsOff_MakesUpEveryMonthOnce(DatabaseProvider provider)
    {
        await using var market = await StartAsync(provider, "2026-10-20T12:00:00+08:00");
        Assert.Equal(0, await DraftAsync(market)); // the station began this month

        market.Clock.Set(Time("2027-02-01T00:30:00+08:00"));
        Assert.Equal(4, await DraftAsync(market));
        Assert.Equal(["2026-10", "2026-11", "2026-12", "2027-01"], await MonthsAsync(market));
        Assert.Equal(0, await DraftAsync(market));
        Assert.All(await market.ReadAsync(db => db.Assessments.Select(a => a.ShownAt).ToListAsync()), shown => Assert.NotNull(shown));
    }

    /// <summary>The month ends when it ends in Shanghai, eight hours before it does in UTC; a leap day belongs to February.</summary>
    [Fact]
    public async Task Draft_AroundMidnightAndOnALeapYear_FollowsTheStationsClock()
    {
        await using var market = await StartAsync(DatabaseProvider.Sqlite, "2028-02-29T23:30:00+08:00");
        Assert.Equal(0, await DraftAsync(market));
        market.Clock.Set(Time("2028-02-29T15:59:59Z"));
        Assert.Equal(0, await DraftAsync(market));
        market.Clock.Set(Time("2028-02-29T16:00:00Z"));
        Assert.Equal(1, await DraftAsync(market));
        Assert.Equal(["2028-02"], await MonthsAsync(market));
    }

    [Fact]
    public async Task Draft_ClockSetBackADay_DraftsNothingTwiceAndNothingTooEarly()
    {
        await using var market = await StartAsync(DatabaseProvider.Sqlite, "2026-10-20T12:00:00+08:00");
        market.Clock.Set(Time("2026-11-01T00:30:00+08:00"));
        Assert.Equal(1, await DraftAsync(market));
        market.Clock.Set(Time("2026-10-31T00:30:00+08:00"));
        Assert.Equal(0, await DraftAsync(market));
        market.Clock.Set(Time("2026-11-01T00:30:00+08:00"));
        Assert.Equal(0, await DraftAsync(market));
        Assert.Equal(["2026-10"], await MonthsAsync(market));
    }

    [Fact]
    public async Task Draft_StoppedInTheMiddle_GoesOn()
    {
        await using var market = await StartAsync(DatabaseProvider.Sqlite, "2026-10-20T12:00:00+08:00");
        market.Clock.Set(Time("2027-02-01T00:30:00+08:00"));
        using var stop = new CancellationTokenSource();
        var report = new RunReport(market.Clock);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await stop.CancelAsync();
            await market.Get<DraftMonths>().ExecuteAsync(report, stop.Token);
        });
        Assert.Equal(4, await DraftAsync(market));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task AskToReconcile_MonthsOpen_TellsFinanceOnceAMonth(DatabaseProvider provider)
    {
        await using var market = await StartAsync(provider, "2026-10-20T12:00:00+08:00");
        market.Clock.Set(Time("2026-12-01T01:00:00+08:00"));
        Assert.Equal(2, await market.Get<AskToReconcile>().ExecuteAsync(new RunReport(market.Clock)));
        Assert.Equal(0, await market.Get<AskToReconcile>().ExecuteAsync(new RunReport(market.Clock)));
        Assert.Equal(["STA 2026-10", "STA 2026-11"], await market.ReadAsync(db => db.InboxMessages.Where(m => m.Kind == InboxKinds.MonthOpen).Select(m => m.Subject).OrderBy(s => s).ToListAsync()));
    }

    private static async Task<TestMarket> StartAsync(DatabaseProvider provider, string now)
    {
        var market = await TestMarket.StartAsync(provider);
        market.Clock.Set(Time(now));
        await JobRunTests.StationAsync(market, Roles.Finance);
        await market.Writes.RunAsync(async db =>
        {
            db.Members.Add(new Member { Code = "G0001", Number = "100001", Name = "张桂兰", Kind = MemberKind.Volunteer, AreaId = await db.Areas.Select(a => a.Id).SingleAsync(), Joined = StationTime.Day(market.Clock.GetUtcNow().UtcDateTime) });
            return await db.SaveChangesAsync();
        });
        Assert.True((await market.PostAsync(market.Request(1, "first", new Posting(AccountCode.Issue("opening"), AccountCode.Member("G0001"), Asset.Points, 5)))).Stands);
        return market;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Task<int> DraftAsync(TestMarket market) => market.Get<DraftMonths>().ExecuteAsync(new RunReport(market.Clock));

    private static async Task<List<string>> MonthsAsync(TestMarket market) =>
        [.. (await market.ReadAsync(db => db.Assessments.Select(a => a.Month).ToListAsync())).Order().Select(StationMonth.Text)];
}
