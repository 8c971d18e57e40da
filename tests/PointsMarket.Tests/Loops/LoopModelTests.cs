using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Loops;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;
using Xunit.Abstractions;

namespace PointsMarket.Tests.Loops;

/// <summary>Random walks through the three lives, with corrections, verdicts and a clock that jumps; the record must hold.</summary>
public sealed class LoopModelTests(ITestOutputHelper output)
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Walks_AtRandom_KeepTheRecordWhole(DatabaseProvider provider)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("POINTSMARKET_TEST_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        output.WriteLine($"POINTSMARKET_TEST_SEED={seed}");
        var random = new Random(seed);
        var desk = await LoopDesk.OpenAsync(provider);
        await using var market = desk.Market;
        foreach (var kind in Enumerable.Range(0, 12).Select(i => (LoopKind)(i % 3)))
        {
            var loop = await desk.OpenedAsync(kind, random.Next(2) == 0 ? "G0001" : null);
            for (var i = 0; i < 14; i++)
            {
                market.Clock.Advance(TimeSpan.FromHours(random.Next(-30, 60)));
                loop = await OneAsync(desk, loop, random);
                Check(loop);
                if (await DoubledAsync(market, loop) is { } category) Assert.Fail($"{category} twice for {loop.Reference}");
            }
        }

        var reports = await market.ReadAsync(db => market.Get<PointsMarket.Ledger.LedgerVerifier>().VerifyAsync(db, null, default));
        Assert.True(Assert.Single(reports).IsClean);
    }

    /// <summary>One thing that somebody might do: mostly a step that may follow, sometimes one that may not, a correction, or a verdict on a report.</summary>
    private static async Task<Loop> OneAsync(LoopDesk desk, Loop loop, Random random)
    {
        var next = LoopTable.Next(loop.Kind, loop.State);
        switch (random.Next(10))
        {
            case 0:
                var any = (LoopAction)random.Next(1, 16);
                var tried = await desk.StepAsync(desk.Step(loop, any));
                Assert.Equal(LoopTable.Rule(loop.Kind, loop.State, any) is not null, tried is LoopOutcome.Stepped);
                break;
            case 1 or 2:
                var counting = LoopLife.Counting(loop.Steps);
                var stands = counting.Count > 1 && counting[^1].Report?.Outcome == ReportOutcome.Verified;
                var corrected = await desk.CorrectAsync(loop);
                if (counting.Count < 2) Assert.IsType<LoopOutcome.Moved>(corrected);
                else if (stands) Assert.IsType<LoopOutcome.PointsStand>(corrected);
                else Assert.Equal(counting[^2].To, Assert.IsType<LoopOutcome.Stepped>(corrected).State);
                break;
            case 3:
                var waiting = loop.Steps.Select(s => s.Report).OfType<TaskReport>().FirstOrDefault(r => r.Outcome == ReportOutcome.Pending);
                if (waiting is not null) Assert.Single((await desk.VerifyAsync(waiting.Id)).Done);
                break;
            default:
                if (next.Count == 0) break;
                var rule = next[random.Next(next.Count)];
                Assert.IsType<LoopOutcome.Stepped>(await desk.StepAsync(desk.Step(loop, rule.Action, rule.Asks(LoopNeeds.Member) && random.Next(2) == 0 ? "G0001" : null)));
                break;
        }

        return await desk.ReadAsync(loop.Id);
    }

    private static void Check(Loop loop)
    {
        var steps = loop.Steps.OrderBy(s => s.Number).ToList();
        Assert.Equal(Enumerable.Range(1, loop.Version), steps.Select(s => s.Number)); // no gap, none twice
        Assert.Equal(steps.Select(s => s.At).Order(), steps.Select(s => s.At)); // whatever the clock did
        Assert.All(steps.Where(s => s.DueDay is not null), s => Assert.True(s.DueDay >= StationTime.Day(s.At)));
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.All(LoopLife.Counting(steps).Skip(1), s => Assert.Equal(s.To, LoopTable.Rule(loop.Kind, s.From, s.Action)!.To));
        var stand = LoopLife.Replay(steps);
        Assert.Equal(
            (stand.State, stand.DueDay, stand.Owner, stand.OwnerMemberId, stand.Side, stand.EndedAt), (loop.State, loop.DueDay, loop.Owner, loop.OwnerMemberId, loop.Side, loop.EndedAt));
        Assert.Equal(LoopTable.Ends.Contains(loop.State), loop.DueDay is null);
        Assert.Equal(LoopTable.Ends.Contains(loop.State), loop.EndedAt is not null);
    }

    /// <summary>A category for which one loop has two reports that count.</summary>
    private static async Task<string?> DoubledAsync(TestMarket market, Loop loop)
    {
        var ids = loop.Steps.Select(s => s.ReportId).Append(loop.ReportId).OfType<int>().Distinct().ToList();
        var live = await market.ReadAsync(db => db.TaskReports.Where(r => ids.Contains(r.Id) && r.Outcome != ReportOutcome.Rejected && r.Outcome != ReportOutcome.Reversed).Select(r => r.Category).ToListAsync());
        return live.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1)?.Key;
    }
}
