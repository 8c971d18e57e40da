using System.Text;
using PointsMarket.Import;
using PointsMarket.Tests.Kit;
using Xunit.Abstractions;

namespace PointsMarket.Tests.Import;

/// <summary>
/// Bytes of the real files changed at random: an import never throws, and either takes everything or changes nothing. The seed
/// is printed; POINTSMARKET_FUZZ_SEED repeats a run.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Mutations = 3000;

    private static readonly string[] Splices = ["\"", ",", "\n", "\r\n", "\0", "\uFEFF", "=", "-1", "99999999999999999999", "2026-02-30", "G0001", "😀", ";", ":", "\u202E"];

    [Fact]
    public async Task Import_MutatedFiles_NeverThrowsAndIsAllOrNothing()
    {
        var seed = Environment.GetEnvironmentVariable("POINTSMARKET_FUZZ_SEED") is { } given ? int.Parse(given) : Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var market = await TestMarket.StartAsync();
        var files = Enum.GetValues<ImportFile>().Select(f => $"{f.ToString().ToLowerInvariant()}.csv").ToDictionary(f => f, Small);
        await market.ImportAsync([.. files.Where(f => f.Key is not "reports.csv" and not "cases.csv" and not "redemptions.csv").Select(f => Xinggu.Source(f.Key, f.Value))]);

        var (taken, refused) = (0, 0);
        var before = await market.StateAsync();
        for (var i = 0; i < Mutations; i++)
        {
            var (name, bytes) = files.ElementAt(random.Next(files.Count));
            var mutated = Mutate(random, bytes);
            ImportOutcome outcome;
            try
            {
                outcome = await market.ImportAsync([Xinggu.Source(name, mutated)]);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, mutation {i}, {name}: {Encoding.UTF8.GetString(mutated)}", e);
            }

            var after = await market.StateAsync();
            if (outcome.Refused || outcome.New == 0) Assert.True(before == after, $"seed {seed}, mutation {i}, {name}: changed though refused");
            else Assert.True(before != after, $"seed {seed}, mutation {i}, {name}: taken, but nothing changed");
            _ = outcome.Refused ? refused++ : taken++;
            before = after;
        }
        output.WriteLine($"{taken} taken, {refused} refused");
        Assert.True(taken > 20 && refused > 1000);
    }

    /// <summary>The header and the first rows: enough to go wrong, small enough for thousands of runs.</summary>
    private static byte[] Small(string file) => Encoding.UTF8.GetBytes(
        string.Join('\n', Xinggu.Text(file).Split('\n').Take(file is "areas.csv" or "members.csv" ? 400 : 12)) + "\n");

    private static byte[] Mutate(Random random, byte[] bytes)
    {
        var mutated = bytes.ToList();
        for (var n = random.Next(1, 4); n > 0 && mutated.Count > 0; n--)
        {
            var at = random.Next(mutated.Count);
            switch (random.Next(6))
            {
                case 0: mutated[at] = (byte)random.Next(256); break;
                case 1: mutated[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: mutated.RemoveRange(at, Math.Min(random.Next(1, 20), mutated.Count - at)); break;
                case 3: mutated.InsertRange(at, Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)])); break;
                case 4: mutated.InsertRange(at, mutated.Skip(random.Next(mutated.Count)).Take(random.Next(1, 60)).ToList()); break;
                default: mutated[at] = (byte)('0' + random.Next(10)); break;
            }
        }
        return [.. mutated];
    }
}
