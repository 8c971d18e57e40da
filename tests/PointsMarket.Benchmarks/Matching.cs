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
        await using var few = await Bench.StartAsync(DatabaseProvider.Sqlite);
        await using var many = await Bench.StartAsync(DatabaseProvider.Sqlite);
        await FillAsync(few, count / 10);
        await FillAsync(many, count);
        var (small, large) = (Path.GetTempFileName(), Path.GetTempFileName());
        try
        {
            await WriteAsync(small, count / 10);
            await WriteAsync(large, count);
            await MatchAsync(few, small, count / 10);
            await MemoryAsync(() => MatchAsync(few, small, count / 10), () => MatchAsync(many, large, count), quick);
            var times = await Bench.InTurnsAsync(quick ? 2 : 5, _ => MatchAsync(many, large, count), async _ =>
            {
                var (lines, flows) = (new List<BankLine>(), new List<FundFlow>());
                await ReadAsync(many, large, lines.Add, flows.Add);
                lines.Sort((a, b) => string.CompareOrdinal(a.Reference, b.Reference));
                flows.Sort((a, b) => string.CompareOrdinal(a.Reference, b.Reference));
            });
            foreach (var (match, floor) in times) await Console.Error.WriteLineAsync($"read and matched in {match:0.00} s, read and sorted in {floor:0.00} s");
            Table.Row("Sqlite: reading and matching 1,000,000 bank lines to reading both and sorting once", [.. times.Select(t => t.First / t.Second)], most: 3);
        }
        finally
        {
            File.Delete(small);
            File.Delete(large);
        }
    }

    /// <summary>The most memory of the process while it reads and matches, ten times the lines to a tenth of them, in turns.</summary>
    private static async Task MemoryAsync(Func<Task> few, Func<Task> many, bool quick)
    {
        var ratios = new List<double>();
        for (var round = 0; round < (quick ? 2 : 3); round++)
        {
            var (small, large) = (await Bench.PeakAsync(few), await Bench.PeakAsync(many));
            ratios.Add((double)large / small);
        }
        Table.Row("Sqlite: peak memory of reading and matching, 1,000,000 bank lines to 100,000", ratios, most: 1.5);
    }

    private static async Task MatchAsync(Bench bench, string file, int count)
    {
        using var matching = new BankMatching();
        await ReadAsync(bench, file, matching.Add, matching.Add);
        var match = matching.Match();
        if (match.Matched < count * 9 / 10) throw new InvalidOperationException($"Only {match.Matched} matched.");
        if (match.EachLine.Count(l => l.How is Pairing.Reference or Pairing.Suggested) != match.Matched) throw new InvalidOperationException("Lines and numbers differ.");
    }

    private static async Task ReadAsync(Bench bench, string file, Action<BankLine> line, Action<FundFlow> flow)
    {
        var known = new KnownNames(new HashSet<string> { Fund }, new HashSet<string>(), new HashSet<string>());
        var problems = new ImportProblems();
        await StatementFiles.BankAsync(new ImportSource("bank.csv", () => File.OpenRead(file)), Month, known, problems, line, default);
        if (problems.Count > 0) throw new InvalidOperationException(problems.Named([])[0].ToString());
        var (start, end) = Areas.StationTime.Month(Month);
        await using var db = bench.Get<MarketContexts>().Read();
        await foreach (var f in LedgerMonth.FlowsAsync(db, 1, start, end)) flow(f);
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
            var requests = Enumerable.Range(from, Math.Min(500, count - from)).Select(i =>
                bench.Request($"fund:G{i}", new Move(AccountCode.Grant(Fund), AccountCode.Cash(Fund), Asset.Money, 100 + i)) with
                {
                    Subject = $"G{i}", HappenedAt = new DateTime(2026, 9, 1 + (i % 28), 4, 0, 0, DateTimeKind.Utc),
                }).ToList();
            await bench.Writes.RunAsync(db => journal.PostAllAsync(db, requests));
        }
        Console.Error.WriteLine($"{count} movements in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
    }
}
