using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Settings;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Assessments;

/// <summary>The job of the month's end: time zones, leap days, clocks set back, servers that were off.</summary>
public sealed class MissingMonthTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Draft_AfterMonthsOff_MakesUpEachMissingMonthOnce(DatabaseProvider provider)
    {
        await using var market = await MonthEnd.StartAsync(provider);
        var draft = market.Get<DraftMissingMonths>();
        Set(market, 2026, 10, 4, 0, 0, -1);
        Assert.Equal(0, await draft.ExecuteAsync()); // the raters' three days are not over: 3 October, 23:59:59 in Shanghai
        Set(market, 2026, 10, 4);
        Assert.Equal(1, await draft.ExecuteAsync()); // not August, in which the station began on the 21st
        Assert.Equal(Xinggu.Expected("assessment-2026-09.csv"), await market.CsvAsync());
        Assert.Equal(0, await draft.ExecuteAsync());
        Set(market, 2026, 10, 3);
        Assert.Equal(0, await draft.ExecuteAsync()); // a clock set back a day

        Set(market, 2027, 3, 20);
        Assert.Equal(5, await draft.ExecuteAsync()); // October to February, the server was off
        Assert.Equal(0, await draft.ExecuteAsync());
        Assert.Equal(
            [new(2026, 9, 1), new(2026, 10, 1), new(2026, 11, 1), new(2026, 12, 1), new(2027, 1, 1), new DateOnly(2027, 2, 1)],
            await market.ReadAsync(db => db.Assessments.OrderBy(a => a.Month).Select(a => a.Month).ToListAsync()));
        Assert.True(await market.ReadAsync(db => db.Assessments.AllAsync(a => a.State == AssessmentState.Draft && a.ShownAt != null)));
    }

    [Fact]
    public async Task Draft_WithOtherDaysAndBeginning_FollowsTheSettings()
    {
        await using var market = await MonthEnd.StartAsync();
        Set(market, 2026, 10, 1);
        await market.SetAsync(SettingList.DraftAfterDays, 10);
        await market.SetAsync(SettingList.BeganBy, 25);
        var draft = market.Get<DraftMissingMonths>();
        Set(market, 2026, 10, 10);
        Assert.Equal(1, await draft.ExecuteAsync()); // August, in which the station began on the 21st
        Set(market, 2026, 10, 11);
        Assert.Equal(1, await draft.ExecuteAsync());
    }

    [Theory]
    [InlineData("2028-02-29T15:59:59Z", false)] // 29 February, 23:59:59 in Shanghai
    [InlineData("2028-02-29T16:00:00Z", true)] // 1 March
    [InlineData("2026-12-31T15:59:59.999Z", false)]
    [InlineData("2026-12-31T16:00:00Z", true)]
    public async Task Draft_AroundTheEndOfAMonth_GoesByTheStationsClock(string now, bool over)
    {
        await using var market = await TestMarket.StartAsync();
        await TestStation.BuildAsync(market);
        market.Clock.Set(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        var month = now.StartsWith("2028", StringComparison.Ordinal) ? new DateOnly(2028, 2, 1) : new DateOnly(2026, 12, 1);
        Assert.Equal(over ? DraftAssessment.Outcome.Drafted : DraftAssessment.Outcome.MonthNotOver, await market.DraftAsync(month));
    }

    [Fact]
    public async Task Draft_OnALeapDay_CountsItInFebruary()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        Set(market, 2028, 3, 4);
        await market.Writes.RunAsync(db =>
        {
            db.Evaluations.Add(new Evaluation { Month = new DateOnly(2028, 2, 1), RaterId = station.Informant.Id, MemberId = station.Zhang.Id, Marks = new Marks(5, 5, 5, 5, 5, 5) });
            return db.SaveChangesAsync();
        });
        var reports = new[] { "2028-02-28T16:00:00Z", "2028-02-29T15:59:59Z", "2028-02-29T16:00:00Z", "2028-01-31T15:59:59Z" };
        foreach (var (at, i) in reports.Select((at, i) => (DateTime.Parse(at, null, System.Globalization.DateTimeStyles.AdjustToUniversal), i)))
        {
            Assert.True((await market.PostAsync(market.Request(station.BookId, $"task:{i}", new Posting(AccountCode.Issue("task"), AccountCode.Member("G0001"), Asset.Points, 10)) with
            {
                Kind = TransactionKinds.TaskReward, HappenedAt = at,
            })).Stands);
        }

        Assert.Equal(1, await market.Get<DraftMissingMonths>().ExecuteAsync());
        Assert.Equal(20, await market.ReadAsync(db => db.AssessmentLines.Where(l => l.MemberId == station.Zhang.Id).Select(l => l.Points).SingleAsync()));
    }

    [Fact]
    public async Task Draft_StoppedInTheMiddle_GoesOnWithTheNextRun()
    {
        await using var market = await MonthEnd.StartAsync();
        Set(market, 2026, 10, 4);
        // What a killed server leaves: the row is there, its lines are not.
        await market.Writes.RunAsync(db =>
        {
            db.Assessments.Add(new Assessment { BookId = 1, Month = MonthEnd.September, DraftedBy = "system:schedule" });
            return db.SaveChangesAsync();
        });
        Assert.Equal(1, await market.Get<DraftMissingMonths>().ExecuteAsync());
        Assert.Equal(Xinggu.Expected("assessment-2026-09.csv"), await market.CsvAsync());
    }

    private static void Set(TestMarket market, int year, int month, int day, int hour = 0, int minute = 0, int second = 0) =>
        market.Clock.Set(new DateTimeOffset(year, month, day, hour, minute, 0, TimeSpan.FromHours(8)).AddSeconds(second));
}
