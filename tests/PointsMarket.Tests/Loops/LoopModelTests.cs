using FsCheck;
using FsCheck.Fluent;
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
    private const int Length = 12;

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    /// <summary>One thing that somebody might do; what it comes to depends on where the loop stands.</summary>
    /// <param name="What">0 a step that may not follow, 1 a correction, 2 a verdict, else a step that may.</param>
    /// <param name="Pick">Which of those there are.</param>
    /// <param name="Member">True to name the member whose work it was.</param>
    /// <param name="Hours">How far the clock jumps before it, back or forth.</param>
    public readonly record struct Move(int What, int Pick, bool Member, int Hours);

    public sealed record Walk(LoopKind Kind, bool Finder, Move[] Moves);

    private static Arbitrary<Walk[]> Walks { get; } = (
        from walks in Gen.ArrayOf(
            from kind in Gen.Elements(Enum.GetValues<LoopKind>())
            from finder in Gen.Elements(true, false)
            from moves in Gen.ArrayOf(
                from what in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Constant(1)), (1, Gen.Constant(2)), (6, Gen.Constant(3)))
                from pick in Gen.Choose(0, 15)
                from member in Gen.Elements(true, false)
                from hours in Gen.Choose(-30, 60)
                select new Move(what, pick, member, hours), Length)
            select new Walk(kind, finder, moves), 4)
        select walks).ToArbitrary();

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Walks_AtRandom_KeepTheRecordWhole(DatabaseProvider provider)
    {
        await using var skipped = await TestDatabase.CreateAsync(provider); // where there is no such server, before anything is drawn
        var seed = Environment.GetEnvironmentVariable("POINTSMARKET_TEST_SEED") is { Length: > 0 } given ? ulong.Parse(given) : (ulong)Random.Shared.NextInt64();
        output.WriteLine($"POINTSMARKET_TEST_SEED={seed}");
        var ended = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest((Environment.GetEnvironmentVariable("CI") is null ? 4 : 12) / (provider == DatabaseProvider.Sqlite ? 1 : 3)).WithReplay(seed, 0x9E3779B97F4A7C15),
            Prop.ForAll(Walks, walks => { ended += WalkAsync(provider, walks).GetAwaiter().GetResult(); }));
        output.WriteLine($"{ended} came to an end");
    }

    /// <summary>How many of the loops came to their end.</summary>
    private static async Task<int> WalkAsync(DatabaseProvider provider, Walk[] walks)
    {
        var desk = await LoopDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var ended = 0;
        foreach (var walk in walks)
        {
            var loop = await desk.OpenedAsync(walk.Kind, walk.Finder ? "G0001" : null);
            foreach (var move in walk.Moves)
            {
                market.Clock.Advance(TimeSpan.FromHours(move.Hours));
                loop = await OneAsync(desk, loop, move);
                Whole(loop);
                if (await DoubledAsync(market, loop) is { } category) Assert.Fail($"{category} twice for {loop.Reference}");
            }
            if (loop.EndedAt is not null) ended++;
        }

        Assert.True(Assert.Single(await market.ReadAsync(db => market.Get<PointsMarket.Ledger.LedgerVerifier>().VerifyAsync(db, null, default))).IsClean);
        return ended;
    }

    private static async Task<Loop> OneAsync(LoopDesk desk, Loop loop, Move move)
    {
        var next = LoopTable.Next(loop.Kind, loop.State);
        switch (move.What)
        {
            case 0:
                var any = (LoopAction)(move.Pick % 15 + 1);
                var tried = await desk.StepAsync(desk.Step(loop, any));
                Assert.Equal(LoopTable.Rule(loop.Kind, loop.State, any) is not null, tried is LoopOutcome.Stepped);
                break;
            case 1:
                var counting = LoopLife.Counting(loop.Steps);
                var stands = counting.Count > 1 && counting[^1].Report?.Outcome == ReportOutcome.Verified;
                var corrected = await desk.CorrectAsync(loop);
                if (counting.Count < 2) Assert.IsType<LoopOutcome.Moved>(corrected);
                else if (stands) Assert.IsType<LoopOutcome.PointsStand>(corrected);
                else Assert.Equal(counting[^2].To, Assert.IsType<LoopOutcome.Stepped>(corrected).State);
                break;
            case 2:
                var waiting = loop.Steps.Select(s => s.Report).OfType<TaskReport>().FirstOrDefault(r => r.Outcome == ReportOutcome.Pending);
                if (waiting is not null) Assert.Single((await desk.VerifyAsync(waiting.Id)).Done);
                break;
            default:
                Assert.Equal(LoopTable.Ends.Contains(loop.State), next.Count == 0); // every state but an end has a way out
                if (next.Count == 0) break;
                var rule = next[move.Pick % next.Count];
                Assert.IsType<LoopOutcome.Stepped>(await desk.StepAsync(desk.Step(loop, rule.Action, rule.Asks(LoopNeeds.Member) && move.Member ? "G0001" : null)));
                break;
        }

        return await desk.ReadAsync(loop.Id);
    }

    private static void Whole(Loop loop)
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
