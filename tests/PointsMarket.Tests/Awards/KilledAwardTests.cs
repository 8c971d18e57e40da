using Microsoft.EntityFrameworkCore;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Notices;
using PointsMarket.Tests.Kit;
using static PointsMarket.Tests.Awards.AwardRoom;

namespace PointsMarket.Tests.Awards;

/// <summary>
/// An award is paid and its certificates issued by a process that is killed with SIGKILL at named statements, and started again each
/// time: everybody has one certificate, numbers have no gap, and the money is asked for once. Most points run in CI only, for their time.
/// </summary>
public sealed class KilledAwardTests
{
    private static readonly bool InCi = Environment.GetEnvironmentVariable("CI") is not null;

    private static readonly (string Point, bool Always)[] Sqlite =
    [
        ("after|1|INSERT INTO \"Payments\"", true), ("before|1|COMMIT", false), ("after|1|UPDATE \"AwardCycles\"", false), ("after|10|INSERT INTO \"Certificates\"", true), ("before|3|COMMIT", false),
    ];

    private static readonly (string Point, bool Always)[] Postgres = [("before|1|COMMIT", false), ("after|1|INSERT INTO \"Certificates\"", true), ("before|3|COMMIT", false)];

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Award_KilledWhilePaidAndIssued_GivesEverythingOnce(DatabaseProvider provider)
    {
        Skip.If(provider == DatabaseProvider.SqlServer, "The kill points are those of the other two.");
        var room = await OpenAsync(provider);
        await using var market = room.Market;
        await room.ScoredAsync(30);
        var cycle = await room.NoticedAsync(quota: 30, amount: 1_000_00);
        market.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(AwardOutcome.Done, await market.Get<DecideAward>().ExecuteAsync(By(room.Two, cycle)));
        string[] work = ["award", $"{cycle}:{room.Two}"];
        foreach (var (point, always) in provider == DatabaseProvider.Sqlite ? Sqlite : Postgres)
        {
            if (!always && !InCi) continue;
            using var process = new KilledProcess(market.Storage, work, point);
            var said = await process.RunAsync();
            Assert.True(process.ExitCode == 137, $"{point}: exit code {process.ExitCode} {string.Join(' ', said)}\n{process.Errors}");
        }

        using (var last = new KilledProcess(market.Storage, work))
        {
            await last.RunAsync();
            Assert.True(last.ExitCode == 0, last.Errors);
        }

        Assert.Equal(AwardState.Issued, await room.StateAsync(cycle));
        var certificates = await market.ReadAsync(db => db.Certificates.AsNoTracking().OrderBy(c => c.Serial).ToListAsync());
        Assert.Equal(Enumerable.Range(1, 30), certificates.Select(c => c.Serial));
        Assert.Equal(30, certificates.Select(c => c.NomineeId).Distinct().Count());
        Assert.Equal(30, await market.ReadAsync(db => db.InboxMessages.CountAsync(m => m.Kind == InboxKinds.CertificateIssued)));
        var payment = await market.ReadAsync(db => db.Payments.Include(p => p.Lines).AsNoTracking().SingleAsync());
        Assert.Equal((PaymentState.Asked, 30_000_00L, 30), (payment.State, payment.AmountFen, payment.Lines.Count));
        Assert.Equal(1, await market.ReadAsync(db => db.AwardEvents.CountAsync(e => e.Change == AwardChange.MoneyAsked)));
        Assert.Equal(1, await market.ReadAsync(db => db.AwardEvents.CountAsync(e => e.Change == AwardChange.Issued)));
    }
}
