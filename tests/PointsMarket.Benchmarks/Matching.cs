using System.Diagnostics;
using System.Globalization;
using System.Text;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Ledger;
using PointsMarket.Reconciliations;
using Move = PointsMarket.Ledger.Posting;

namespace PointsMarket.Benchmarks;

/// <summary>A bank statement of a million lines against a million movements, to reading both and sorting once.</summary>
internal static class Matching
{
    private const string Fund = "big-fund";
    private static readonly DateOnly Month = new(2026, 9, 1);

    public static async Task RunAsync(bool quick)
    {
        var count = quick ? 5_000 : 1_000_000;
        await using var bench = await Bench.StartAsync(DatabaseProvider.Sqlite);
        await FillAsync(bench, count);
        var file = Path.Combine(Path.GetTempPath(), $"pointsmarket-bank-{Guid.NewGuid():N}.csv");
        try
        {
            await WriteAsync(file, count);
            var times = await Bench.InTurnsAsync(quick ? 2 : 5, async _ =>
            {
                var (lines, flows) = await ReadAsync(bench, file);
                var match = BankMatching.Match(lines, flows);
                if (match.Matched < count * 9 / 10) throw new InvalidOperationException($"Only {match.Matched} matched.");
            }, async _ =>
            {
                var (lines, flows) = await ReadAsync(bench, file);
                lines.Sort((a, b) => string.CompareOrdinal(a.Reference, b.Reference));
                flows.Sort((a, b) => string.CompareOrdinal(a.Reference, b.Reference));
            });
            Table.Row("Sqlite: reading and matching 1,000,000 bank lines to reading both and sorting once", [.. times.Select(t => t.First / t.Second)], most: 3);
            await MemoryAsync(bench, file, count);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>What the matching itself holds beyond the lines and movements it was given: bytes for each line, a tenth of the lines and all of them.</summary>
    private static async Task MemoryAsync(Bench bench, string file, int count)
    {
        var (lines, flows) = await ReadAsync(bench, file);
        double Each(int take)
        {
            var (some, moved) = (lines.GetRange(0, take), flows.GetRange(0, take));
            GC.Collect();
            var before = GC.GetAllocatedBytesForCurrentThread();
            BankMatching.Match(some, moved);
            return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)take;
        }
        Each(count / 10);
        var (few, all) = (Each(count / 10), Each(count));
        Console.Error.WriteLine($"matching allocates {few:0} bytes a line at {count / 10:#,0} lines and {all:0} at {count:#,0}");
        Table.Row("memory of the matching for each line, 1,000,000 lines to 100,000", [all / few], most: 1.5);
    }

    private static async Task<(List<BankLine> Lines, List<FundFlow> Flows)> ReadAsync(Bench bench, string file)
    {
        var known = new KnownNames(new HashSet<string> { Fund }, new HashSet<string>(), new HashSet<string>());
        var problems = new ImportProblems();
        var lines = await StatementFiles.BankAsync(new ImportSource("bank.csv", () => File.OpenRead(file)), Month, known, problems, default);
        if (problems.Count > 0) throw new InvalidOperationException(problems.Named([])[0].ToString());
        var (start, end) = Areas.StationTime.Month(Month);
        var flows = await bench.ReadAsync(db => LedgerMonth.FlowsAsync(db, 1, start, end, default));
        return ([.. lines], [.. flows]);
    }

    /// <summary>Nine of ten with their reference, the rest by amount and day, or alone; in no order.</summary>
    private static async Task WriteAsync(string file, int count)
    {
        await using var text = new StreamWriter(file, false, new UTF8Encoding(false));
        await text.WriteLineAsync("fund,date,reference,amount_fen,description");
        for (var i = 0L; i < count; i++)
        {
            var n = i * 7_919 % count;
            var reference = n % 10 == 0 ? "" : $"G{n}";
            await text.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Fund},2026-09-{1 + (n % 28):00},{reference},{100 + n + (n % 1000 == 1 ? 1 : 0)},line {n}"));
        }
    }

    private static async Task FillAsync(Bench bench, int count)
    {
        var start = Stopwatch.GetTimestamp();
        var journal = bench.Get<Journal>();
        for (var done = 0; done < count; done += 500)
        {
            var from = done;
            await bench.Writes.RunAsync(async db =>
            {
                for (var i = from; i < Math.Min(from + 500, count); i++)
                {
                    await journal.PostAsync(db, bench.Request($"fund:G{i}", new Move(AccountCode.Grant(Fund), AccountCode.Cash(Fund), Asset.Money, 100 + i)) with
                    {
                        Subject = $"G{i}", HappenedAt = new DateTime(2026, 9, 1 + (i % 28), 4, 0, 0, DateTimeKind.Utc),
                    });
                }
                return true;
            });
        }
        Console.Error.WriteLine($"{count} movements in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
    }
}
