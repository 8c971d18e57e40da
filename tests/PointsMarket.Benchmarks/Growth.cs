using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using PointsMarket.Data;
using PointsMarket.Ledger;
using Move = PointsMarket.Ledger.Posting;

namespace PointsMarket.Benchmarks;

/// <summary>
/// What a large ledger costs: a redemption with a million entries against one with ten thousand, and verifying a million
/// transactions against reading and hashing each once.
/// </summary>
internal static class Growth
{
    private const int Members = 1_000;
    private const int InOneOperation = 500;

    public static async Task RunAsync(bool redeem, bool verify, bool quick)
    {
        await using var large = await Bench.StartAsync(DatabaseProvider.Sqlite);
        await FillAsync(large, 0, quick ? 2_500 : 500_000);
        if (redeem)
        {
            await using var small = await Bench.StartAsync(DatabaseProvider.Sqlite);
            await FillAsync(small, 0, quick ? 50 : 5_000);
            await RedeemAsync(small, large, quick);
        }
        if (!verify) return;
        await FillAsync(large, quick ? 2_500 : 500_000, quick ? 5_000 : 1_000_000);
        await VerifyAsync(large, quick);
    }

    private static async Task FillAsync(Bench bench, int first, int transactions)
    {
        var start = Stopwatch.GetTimestamp();
        var journal = bench.Get<Journal>();
        for (var done = first; done < transactions; done += InOneOperation)
        {
            var from = done;
            var requests = Enumerable.Range(from, Math.Min(InOneOperation, transactions - from)).Select(i =>
                bench.Request($"report:{i}", new Move(AccountCode.Issue("task"), AccountCode.Member($"R{i * 7919L % Members:0000}"), Asset.Points, 20))).ToList();
            await bench.Writes.RunAsync(db => journal.PostAllAsync(db, requests));
        }
        Console.Error.WriteLine($"{transactions - first} transactions in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
    }

    private static async Task RedeemAsync(Bench small, Bench large, bool quick)
    {
        var (rounds, each) = quick ? (2, 5) : (15, 40);
        var (few, many) = (await Kiosk.BuildAsync(small), await Kiosk.BuildAsync(large));
        var ratios = new List<double>();
        for (var round = -1; round < rounds; round++)
        {
            // In turns one by one, so that both meet the same disk.
            var (first, second) = (new List<double>(), new List<double>());
            for (var i = 0; i < each; i++)
            {
                first.Add(await few.RedeemAsync());
                second.Add(await many.RedeemAsync());
            }
            if (round >= 0) ratios.Add(Table.Median([.. second.Order()]) / Table.Median([.. first.Order()]));
        }
        Table.Row("Sqlite: redemption p50, 1,000,000 entries to 10,000", ratios, most: 1.2);
    }

    private static async Task VerifyAsync(Bench bench, bool quick)
    {
        var rounds = quick ? 2 : 5;
        var times = await Bench.InTurnsAsync(rounds, async _ =>
        {
            var report = await bench.ReadAsync(db => bench.Get<LedgerVerifier>().VerifyAsync(db));
            if (!report[0].IsClean) throw new InvalidOperationException("Not clean.");
        }, _ =>
        {
            ReadAndHash(bench);
            return Task.CompletedTask;
        });
        Table.Row("Sqlite: verify 1,000,000 transactions to reading and hashing each once", [.. times.Select(t => t.First / t.Second)], most: 2);
    }

    /// <summary>The floor: every stored value of every transaction and entry into one SHA-256 for each transaction.</summary>
    private static void ReadAndHash(Bench bench)
    {
        using var connection = new SqliteConnection(bench.Storage.Effective);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT t."Sequence", t."Key", t."Kind", t."Subject", t."HappenedAt", t."RecordedAt", t."Actor", t."Reason", t."RelatedSequence", t."Relation", t."ContentHash", t."Hash",
              e."Line", e."Account", e."Amount", e."Version"
            FROM "LedgerTransactions" AS t LEFT JOIN "LedgerEntries" AS e ON e."BookId" = t."BookId" AND e."Sequence" = t."Sequence"
            WHERE t."BookId" = 1 ORDER BY t."Sequence", e."Line"
            """;
        using var reader = command.ExecuteReader();
        using var buffer = new MemoryStream(1024);
        using var writer = new BinaryWriter(buffer);
        long current = 0;
        var hash = new byte[32];
        while (reader.Read())
        {
            if (reader.GetInt64(0) != current)
            {
                if (current != 0) SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), hash);
                buffer.SetLength(0);
                current = reader.GetInt64(0);
                for (var i = 0; i < 12; i++) Write(writer, reader, i);
            }
            for (var i = 12; i < 16; i++) Write(writer, reader, i);
        }
        SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), hash);
    }

    private static void Write(BinaryWriter writer, SqliteDataReader reader, int i)
    {
        if (reader.IsDBNull(i)) writer.Write(false);
        else if (i is 1 or 2 or 3 or 6 or 7 or 9) writer.Write(reader.GetString(i));
        else if (i is 10 or 11) writer.Write(reader.GetFieldValue<byte[]>(i));
        else writer.Write(reader.GetInt64(i));
    }
}
