using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Demo;
using PointsMarket.Ledger;
using PointsMarket.Loops;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Demo;

/// <summary>The loops of the demo station: the number asked for, every stage, by day, with pictures that are there.</summary>
public sealed class DemoLoopsTests
{
    [Fact]
    public async Task Load_Loops_ShowEveryStageOfTheLastMonth()
    {
        await using var market = await TestMarket.StartAsync();
        Assert.IsType<LoadDemo.Loaded>(await market.Get<LoadDemo>().ExecuteAsync(new() { Actor = Actor.System("demo") }));
        var now = market.Clock.GetUtcNow().UtcDateTime;

        var loops = await market.ReadAsync(db => db.Loops.Include(l => l.Steps).ThenInclude(s => s.Photos).Include(l => l.Report).AsNoTracking().ToListAsync());

        Assert.Equal([7, 7, 5], Enum.GetValues<LoopKind>().Select(k => loops.Count(l => l.Kind == k)));
        Assert.True(loops.Select(l => l.State).Distinct().Count() >= 12);
        Assert.Contains(loops, l => l.DueDay < StationTime.Day(now)); // one is overdue
        Assert.Contains(loops, l => l.Steps.Any(s => s.Action == LoopAction.Correct));
        Assert.Equal(2, loops.Count(l => l.Report?.Outcome == ReportOutcome.Verified));
        Assert.All(loops.SelectMany(l => l.Steps), s =>
        {
            Assert.InRange(s.At, now.AddDays(-31), now);
            Assert.InRange(StationTime.Local(s.At).Hour, 7, 19);
        });
        Assert.All(loops, l => Assert.Equal(LoopLife.Replay([.. l.Steps]).State, l.State));
        Assert.All(loops.SelectMany(l => l.Steps).SelectMany(s => s.Photos), p =>
        {
            using var file = market.Get<PhotoFolder>().Open(p.FileName);
            Assert.Equal(p.Bytes, file?.Length);
        });
    }
}
