using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PointsMarket.Areas;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;

namespace PointsMarket.Benchmarks;

/// <summary>
/// A month's assessment of a hundred thousand members over five million entries, from nothing to a draft with all its lines, against
/// reading those entries once and summing them by account; and its memory over ten times the entries.
/// </summary>
internal static class Assess
{
    private const int InOneOperation = 100_000;

    private static readonly DateOnly Month = new(2026, 9, 1);

    public static async Task RunAsync(bool quick)
    {
        var (members, entries) = quick ? (2_000, 20_000) : (100_000, 5_000_000);
        await using var few = await FilledAsync(members, entries / 10);
        await using var many = await FilledAsync(members, entries);
        await DraftAsync(few);
        var (small, large) = (new List<double>(), new List<double>());
        for (var round = 0; round < (quick ? 2 : 5); round++)
        {
            small.Add(await PeakAsync(few));
            large.Add(await PeakAsync(many));
        }

        Table.Row($"Sqlite: peak memory of assessing {members:#,0} members, {entries:#,0} entries to {entries / 10:#,0}", [.. large.Zip(small, (l, s) => l / s)], most: 1.2);
        var times = new List<(double First, double Second)>();
        for (var round = 0; round < (quick ? 2 : 5); round++)
        {
            await ForgetAsync(many);
            times.Add((await TimeAsync(() => DraftAsync(many)), await TimeAsync(() => Task.FromResult(ReadAndSum(many)))));
            Console.Error.WriteLine($"drafted in {times[^1].First:0.00} s, read and summed in {times[^1].Second:0.00} s");
        }

        Table.Row($"Sqlite: assess {members:#,0} members over {entries:#,0} entries, to reading them once and summing by member", [.. times.Select(t => t.First / t.Second)], most: 3);
    }

    private static async Task DraftAsync(Bench bench)
    {
        var outcome = await new DraftAssessment(bench.Get<MarketContexts>(), bench.Writes, new Afterwards()).ExecuteAsync(new() { Month = Month, Actor = Actor.User(1), AreaPath = "STA/" });
        if (outcome != DraftAssessment.Outcome.Drafted) throw new InvalidOperationException($"{outcome}");
    }

    private static Task<int> ForgetAsync(Bench bench) => bench.Writes.RunAsync(async db =>
    {
        await db.AssessmentLines.ExecuteDeleteAsync();
        return await db.Assessments.ExecuteDeleteAsync();
    });

    /// <summary>The floor: the month's entries that gave, one after another, added up by account.</summary>
    private static int ReadAndSum(Bench bench)
    {
        var (from, to) = StationTime.Month(Month);
        using var connection = new SqliteConnection(bench.Storage.Effective);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT e."Account", e."Amount" FROM "LedgerTransactions" AS t INNER JOIN "LedgerEntries" AS e ON e."BookId" = t."BookId" AND e."Sequence" = t."Sequence"
            WHERE t."BookId" = 1 AND t."HappenedAt" >= $from AND t."HappenedAt" < $to AND e."Amount" > 0
            """;
        command.Parameters.AddWithValue("$from", LedgerTime.ToMilliseconds(from));
        command.Parameters.AddWithValue("$to", LedgerTime.ToMilliseconds(to));
        var sums = new Dictionary<long, long>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var account = reader.GetInt64(0);
            sums[account] = sums.GetValueOrDefault(account) + reader.GetInt64(1);
        }

        return sums.Count;
    }

    /// <summary>The most memory of the process while it drafts from nothing.</summary>
    private static async Task<double> PeakAsync(Bench bench)
    {
        await ForgetAsync(bench);
        return await Bench.PeakAsync(() => DraftAsync(bench));
    }

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        GC.Collect();
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        await run();
        return System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<Bench> FilledAsync(int members, int entries)
    {
        var bench = await Bench.StartAsync(DatabaseProvider.Sqlite);
        await bench.Writes.RunAsync(db =>
        {
            db.Add(new Area { Code = "STA", Name = "站", Kind = AreaKind.Station, Path = "STA/", BookId = bench.Book });
            return db.SaveChangesAsync();
        });
        for (var done = 0; done < members; done += 2_000)
        {
            var batch = Enumerable.Range(done, Math.Min(2_000, members - done)).Select(i => new Member
            {
                Code = Code(i), Number = (1_000_000 + i).ToString(CultureInfo.InvariantCulture), Name = "王五", Kind = MemberKind.GridMember, AreaId = 1, Joined = new DateOnly(2020, 1, 1),
            }).ToList();
            await bench.Writes.RunAsync(db =>
            {
                db.AddRange(batch);
                return db.SaveChangesAsync();
            });
        }

        for (var done = 0; done < entries / 2; done += InOneOperation)
        {
            var from = done;
            await bench.Writes.RunAsync(db =>
            {
                FillLedger((SqliteConnection)db.Database.GetDbConnection(), (SqliteTransaction)db.Database.CurrentTransaction!.GetDbTransaction(), members, from, entries / 2);
                return Task.FromResult(true);
            });
        }

        return bench;
    }

    /// <summary>Written past the journal: what is measured reads rows, and hashes of millions of postings would only take time.</summary>
    private static void FillLedger(SqliteConnection connection, SqliteTransaction transaction, int members, int from, int all)
    {
        var start = LedgerTime.ToMilliseconds(StationTime.Month(Month).From);
        if (from == 0)
        {
            using var account = Command(connection, transaction, """INSERT INTO "LedgerAccounts" ("BookId", "Number", "Code", "Asset", "Balance", "Version", "Floor") VALUES (1, $0, $1, 'PTS', 0, 0, NULL)""", 2);
            Run(account, 1, "issue:task");
            for (var i = 0; i < members; i++) Run(account, i + 2, "member:" + Code(i));
        }

        using var entry = Command(connection, transaction, """INSERT INTO "LedgerEntries" ("BookId", "Sequence", "Line", "Account", "Amount", "Version") VALUES (1, $0, $1, $2, $3, $4)""", 5);
        using var head = Command(connection, transaction, """
            INSERT INTO "LedgerTransactions" ("BookId", "Sequence", "Key", "Kind", "Subject", "HappenedAt", "RecordedAt", "Actor", "ContentHash", "Hash") VALUES (1, $0, $1, 'task-reward', 's', $2, $2, 'user:1', x'00', x'00')
            """, 3);
        for (var i = from; i < Math.Min(from + InOneOperation, all); i++)
        {
            Run(head, i + 1, "t" + i.ToString(CultureInfo.InvariantCulture), start + (long)(i * 2_500_000_000d / all));
            Run(entry, i + 1, 0, 1, -5, i + 1);
            Run(entry, i + 1, 1, (int)(i * 7919L % members) + 2, 5, (i / members) + 1);
        }
    }

    private static SqliteCommand Command(SqliteConnection connection, SqliteTransaction transaction, string text, int parameters)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (text, transaction);
        for (var i = 0; i < parameters; i++) command.Parameters.AddWithValue($"${i}", 0);
        return command;
    }

    private static void Run(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private static string Code(int i) => $"G{i:000000}";

    /// <summary>Noon of the day after the month.</summary>
    private sealed class Afterwards : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 10, 1, 4, 0, 0, TimeSpan.Zero);
    }
}
