using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Effects;
using PointsMarket.Import;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Tasks;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Effects;

/// <summary>Periods, percentages with their base, the sums of a month, and the police's own figures.</summary>
public sealed class EffectsTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [Theory]
    [InlineData("2026-11", "2026-11-27", "2026-11-01", "2026-11-28", "2025-11-01", "2025-11-28")] // still runs: the same days of last year
    [InlineData("2026-10", "2026-11-27", "2026-10-01", "2026-11-01", "2025-10-01", "2025-11-01")]
    [InlineData("2028-02", "2028-02-29", "2028-02-01", "2028-03-01", "2027-02-01", "2027-03-01")] // 29 days beside 28
    [InlineData("2029-02", "2029-03-01", "2029-02-01", "2029-03-01", "2028-02-01", "2028-03-01")] // 28 beside 29
    [InlineData("2028", "2028-02-29", "2028-01-01", "2028-03-01", "2027-01-01", "2027-03-01")]
    [InlineData("2026-Q4", "2026-11-27", "2026-10-01", "2026-11-28", "2025-10-01", "2025-11-28")]
    [InlineData("2026-12", "2026-11-27", "2026-12-01", "2026-12-01", "2025-12-01", "2025-12-01")] // has not begun
    public void Days_OfAPeriod_AreComparedWithTheSameOfLastYear(string period, string today, string from, string next, string fromBefore, string nextBefore)
    {
        var (now, before) = EffectsPeriod.Parse(period)!.Days(Day(today));
        Assert.Equal((Day(from), Day(next), Day(fromBefore), Day(nextBefore)), (now.From, now.Next, before.From, before.Next));
        Assert.Equal(period, EffectsPeriod.Parse(period)!.Text);
    }

    [Theory, InlineData(null), InlineData(""), InlineData("2026-Q5"), InlineData("2026-13"), InlineData("1999"), InlineData("20260"), InlineData("2026-q"), InlineData("٢٠٢٦")]
    public void Parse_NoPeriod_IsNull(string? text) => Assert.Null(EffectsPeriod.Parse(text));

    [Fact]
    public void Percent_OfASmallBase_IsNotTold()
    {
        Assert.Null(new Compared(20, 9).Percent);
        Assert.Equal((100L, -50L, -3L), (new Compared(20, 10).Percent!.Value, new Compared(5, 10).Percent!.Value, new Compared(195, 200).Percent!.Value));
        Assert.Null(new Share(3, 9).PerMille);
        Assert.Equal((667, 1000, 0), (new Share(20, 30).PerMille!.Value, new Share(10, 10).PerMille!.Value, new Share(0, 10).PerMille!.Value));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Report_OfXinggusSeptember_CountsWhatTheFilesSay(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var outcome = await market.ImportAsync(Xinggu.Sources);
        Assert.False(outcome.Refused, outcome.Words());
        var report = await ReadAsync(market, "STA/", "2026-09");

        Assert.Equal((4530L, 21295L), report.People);
        Assert.Equal(await market.ReadAsync(db => db.TaskReports.CountAsync(r => r.Outcome == ReportOutcome.Verified && r.HappenedDay >= Day("2026-09-01") && r.HappenedDay < Day("2026-10-01"))), report.Reports.Now);
        var rewards = await market.ReadAsync(db => db.LedgerTransactions.Where(t => t.Kind == TransactionKinds.TaskReward || t.Kind == TransactionKinds.CaseReward).ToListAsync());
        var entries = await market.ReadAsync(db => db.LedgerEntries.Where(e => e.Amount > 0).ToListAsync());
        var earned = (from t in rewards where StationTime.Day(t.HappenedAt) is { Year: 2026, Month: 9 } join e in entries on t.Sequence equals e.Sequence select e.Amount).Sum();
        Assert.Equal(earned, report.Out.Now);
        var spent = await market.ReadAsync(db => db.Redemptions.Where(r => r.State == RedemptionState.HandedOver).ToListAsync());
        Assert.Equal(spent.Where(r => StationTime.Day(r.HappenedAt) is { Year: 2026, Month: 9 }).Sum(r => r.Points), report.Back.Now);
        Assert.Equal((report.Out.Now, report.Back.Now), (report.Months[^1].Out, report.Months[^1].Back));
        Assert.Equal((0L, (long?)null), (report.Reports.Before, report.Reports.Percent));

        // The villages together are the station, apart from what happened above them.
        var villages = new List<EffectsReport>();
        for (var v = 1; v <= 5; v++) villages.Add(await ReadAsync(market, $"STA/PR1/V{v}/", "2026-09"));
        Assert.Equal(report.Reports.Now, villages.Sum(v => v.Reports.Now));
        Assert.All(villages, v => Assert.Null(v.Cover));
        // The year holds the month.
        Assert.True((await ReadAsync(market, "STA/", "2026")).Reports.Now >= report.Reports.Now);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Figures_Imported_AreAllOrNothingAndTheSameAgainChangesNothing(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await TestStation.BuildAsync(market);
        const string good = "month,area,key,value\n2026-09,STA,calls,412\n2026-09,V1,theft,6\n2025-09,STA,calls,500\n2026-09,V1,theft,6\n";
        Assert.Equal((3, 0, 0), Counts(await ImportAsync(market, good, keep: false)));
        Assert.Equal(0, await market.ReadAsync(db => db.PoliceFigures.CountAsync()));
        Assert.Equal((3, 0, 0), Counts(await ImportAsync(market, good)));
        Assert.Equal((0, 0, 3), Counts(await ImportAsync(market, good)));

        var bad = await ImportAsync(market, "month,area,key,value\n2026-10,STA,calls,1\n2026-9,STA,calls,2\n2026-10,NOWHERE,calls,3\n2026-10,STA,murders,4\n2026-10,STA,fraud,-5\n2026-10,STA,calls,9\n");
        Assert.Equal(
            [(3, ImportReason.BadMonth), (4, ImportReason.UnknownCode), (5, ImportReason.BadChoice), (6, ImportReason.OutOfRange), (7, ImportReason.DuplicateInFile)],
            bad.Problems.Select(p => (p.Row, p.Reason)));
        Assert.Equal(3, await market.ReadAsync(db => db.PoliceFigures.CountAsync()));

        const string other = "month,area,key,value\n2026-09,STA,calls,400\n2026-10,STA,calls,1\n";
        Assert.Equal(ImportReason.DiffersFromStored, Assert.Single((await ImportAsync(market, other)).Problems).Reason);
        Assert.Equal((1, 1, 0), Counts(await ImportAsync(market, other, replace: true)));
        Assert.Equal(ImportReason.UnknownCode, Assert.Single((await ImportAsync(market, other, area: "STA/V1/")).Problems.Take(1)).Reason);

        var report = await ReadAsync(market, "STA/", "2026-09");
        Assert.Equal([new PoliceEffect("calls", 400, 500), new PoliceEffect("theft", 6, null)], report.Police);
    }

    [Theory, InlineData(""), InlineData("month,area\n"), InlineData("month,area,key,value,who\n"), InlineData("\"month,area,key,value\n")]
    public async Task Figures_BrokenFile_IsRefusedInWords(string text)
    {
        await using var market = await TestMarket.StartAsync();
        Assert.True((await ImportAsync(market, text)).Refused);
    }

    private static (int, int, int) Counts(ImportPoliceFigures.Outcome o) => o.Refused ? throw new InvalidOperationException(string.Join('\n', o.Problems)) : (o.New, o.Replaced, o.Unchanged);

    private static Task<ImportPoliceFigures.Outcome> ImportAsync(TestMarket market, string text, bool replace = false, bool keep = true, string area = "STA/") => market.Get<ImportPoliceFigures>().ExecuteAsync(
        new ImportPoliceFigures.Input { Source = Xinggu.Source("figures.csv", text), Replace = replace, Keep = keep, Actor = Actor.User(1), AreaPath = area });

    private static Task<EffectsReport> ReadAsync(TestMarket market, string path, string period) => market.ReadAsync(db => EffectsReport.ReadAsync(db, 1, path, EffectsPeriod.Parse(period)!, Day("2026-10-01")));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
