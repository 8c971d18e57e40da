using Microsoft.EntityFrameworkCore;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Assessments;

/// <summary>
/// A process that drafts and publishes September is killed (SIGKILL) in the middle of each, again and again; the next one goes on. In
/// the end it is what it would have been: the expected file to the byte, every bonus once. More kills in CI than on a laptop.
/// </summary>
public sealed class KilledMonthTests
{
    private const string Noon = "2026-10-01T04:00:00Z";

    private static readonly bool InCi = Environment.GetEnvironmentVariable("CI") is not null;

    private static readonly (string Point, bool Always)[] Sqlite =
    [
        ("after|1|INSERT INTO \"Assessments\"", false), ("after|150|INSERT INTO \"AssessmentLines\"", true), ("before|3|COMMIT", false),
        ("after|20|INSERT INTO \"LedgerTransactions\"", false), ("after|60|INSERT INTO \"LedgerTransactions\"", true), ("after|30|UPDATE \"AssessmentLines\"", false),
    ];

    private static readonly (string Point, bool Always)[] Postgres =
    [
        ("after|1|INSERT INTO \"Assessments\"", false), ("before|2|COMMIT", true), ("after|2|INSERT INTO \"LedgerTransactions\"", true), // fifty bonuses travel as one text
    ];

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Month_KilledWhileDraftedAndPublished_EndsAsIfNothingHadHappened(DatabaseProvider provider)
    {
        Skip.If(provider == DatabaseProvider.SqlServer, "The kill points are those of the other two.");
        await using var market = await MonthEnd.StartAsync(provider);
        foreach (var (point, always) in provider == DatabaseProvider.Sqlite ? Sqlite : Postgres)
        {
            if (!always && !InCi) continue;
            using var process = new KilledProcess(market.Storage, ["assess", Noon], point);
            var said = await process.RunAsync();
            Assert.True(process.ExitCode == 137, $"{point}: exit code {process.ExitCode} {string.Join(' ', said)}\n{process.Errors}");
            Assert.True((await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db))).All(r => r.IsClean));
        }

        using (var last = new KilledProcess(market.Storage, ["assess", Noon]))
        {
            await last.RunAsync();
            Assert.True(last.ExitCode == 0, last.Errors);
        }

        Assert.Equal(Xinggu.Expected("assessment-2026-09.csv"), await market.CsvAsync());
        Assert.Equal(AssessmentState.Published, await market.ReadAsync(db => db.Assessments.Select(a => a.State).SingleAsync()));
        var lines = await market.ReadAsync(db => db.AssessmentLines.AsNoTracking().ToListAsync());
        Assert.Equal(lines.Count(l => l.Bonus > 0), await market.ReadAsync(db => db.LedgerTransactions.CountAsync(t => t.Kind == TransactionKinds.AssessmentBonus)));
        Assert.Equal(-lines.Sum(l => l.Bonus), await market.ReadAsync(db => db.BalanceAsync(1, AccountCode.Issue("assessment"), Asset.Points)));
    }
}
