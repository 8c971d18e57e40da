using PointsMarket.Data;
using PointsMarket.Ledger;
using Move = PointsMarket.Ledger.Posting;

namespace PointsMarket.Benchmarks;

/// <summary>
/// Posting through the door against <see cref="HandWritten"/>: each on a database of its own, in turns, in one run. The ratio is
/// door's postings a second over the floor's.
/// </summary>
internal static class Posting
{
    private const int Members = 64;
    private const int AtOnce = 256;

    public static async Task RunAsync(DatabaseProvider provider, bool quick)
    {
        await using var ours = await StartAsync(provider);
        await using var theirs = await StartAsync(provider);
        using var floor = new HandWritten(theirs.Storage, theirs.Book);
        var (rounds, each) = quick ? (2, 32) : (15, 200);

        var single = await Bench.InTurnsAsync(rounds, async round =>
        {
            for (var i = 0; i < each; i++) await ours.PostAsync($"single:{round}:{i}", OneOf(i));
        }, round => Floor(floor, $"single:{round}", each));
        Table.Row($"{provider}: one posting after another, door to hand-written", [.. single.Select(t => t.Second / t.First)], least: 0.8);

        var many = await Bench.InTurnsAsync(rounds, async round =>
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => Task.Run(() => ours.PostAsync($"many:{round}:{i}", OneOf(i))))),
            round => Floor(floor, $"many:{round}", AtOnce));
        Table.Row($"{provider}: 256 postings at once, door to hand-written one COMMIT each", [.. many.Select(t => t.Second / t.First)], least: provider == DatabaseProvider.Sqlite ? 2 : null);
    }

    private static async Task<Bench> StartAsync(DatabaseProvider provider)
    {
        var bench = await Bench.StartAsync(provider);
        // Enough that the runtime has compiled the whole path for good: a site runs for weeks, a benchmark for seconds.
        for (var i = 0; i < 4_000; i++) await bench.PostAsync($"opening:{i}", OneOf(i));
        return bench;
    }

    private static Move OneOf(int i) => new(AccountCode.Issue("task"), AccountCode.Member($"G{i % Members:0000}"), Asset.Points, 5);

    private static Task Floor(HandWritten floor, string key, int count)
    {
        for (var i = 0; i < count; i++) floor.Post($"{key}:{i}", AccountCode.Issue("task").Value, AccountCode.Member($"G{i % Members:0000}").Value, 5);
        return Task.CompletedTask;
    }
}
