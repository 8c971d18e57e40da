using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Ledger;

/// <summary>A thousand single rows changed, taken out or put in behind the application's back, one at a time: each is found, and the first bad transaction named.</summary>
public sealed class TamperingTests
{
    /// <summary>Table → the columns that are changed, and how. The new value differs from the old one by construction.</summary>
    private static readonly (string Table, string Column, string Value)[] Changes =
    [
        ("LedgerTransactions", "Key", "\"Key\" || 'x'"), ("LedgerTransactions", "Kind", "\"Kind\" || 'x'"), ("LedgerTransactions", "Subject", "\"Subject\" || 'x'"),
        ("LedgerTransactions", "HappenedAt", "\"HappenedAt\" + {0}"), ("LedgerTransactions", "RecordedAt", "\"RecordedAt\" - {0}"), ("LedgerTransactions", "HappenedAt", "9223372036854775807"),
        ("LedgerTransactions", "Actor", "'user:{0}9'"), ("LedgerTransactions", "Reason", "coalesce(\"Reason\", '') || 'x'"), ("LedgerTransactions", "RelatedSequence", "coalesce(\"RelatedSequence\", 0) + {0}"),
        ("LedgerTransactions", "ContentHash", "randomblob(32)"), ("LedgerTransactions", "Hash", "randomblob(32)"), ("LedgerTransactions", "ContentHash", "x'00'"), ("LedgerTransactions", "Sequence", "100000 + {0}"),
        ("LedgerEntries", "Amount", "\"Amount\" + {0}"), ("LedgerEntries", "Amount", "-\"Amount\""), ("LedgerEntries", "Account", "1 + (\"Account\" % 6)"), ("LedgerEntries", "Version", "\"Version\" + 100000"),
        ("LedgerEntries", "Line", "\"Line\" + 10"), ("LedgerEntries", "Sequence", "100000 + {0}"), ("LedgerEntries", "Amount", "9223372036854775807"),
        ("LedgerAccounts", "Balance", "\"Balance\" + {0}"), ("LedgerAccounts", "Version", "\"Version\" + {0}"), ("LedgerAccounts", "Code", "\"Code\" || 'x'"), ("LedgerAccounts", "Asset", "'GOODS/X'"),
        ("LedgerAccounts", "Floor", "coalesce(\"Floor\", 5) - {0}"), ("LedgerAccounts", "Balance", "9223372036854775807"),
        ("LedgerBooks", "Sequence", "\"Sequence\" + {0}"), ("LedgerBooks", "Head", "randomblob(32)"), ("LedgerBooks", "Accounts", "\"Accounts\" + {0}"), ("LedgerBooks", "Code", "'STB'"), ("LedgerBooks", "ClosedBefore", "coalesce(\"ClosedBefore\", 0) + {0}"),
        ("LedgerClosings", "Before", "\"Before\" - {0}"), ("LedgerClosings", "Sequence", "\"Sequence\" + {0}"), ("LedgerClosings", "Actor", "'user:{0}9'"), ("LedgerClosings", "RecordedAt", "\"RecordedAt\" + {0}"),
    ];

    private static readonly string[] Tables = ["LedgerTransactions", "LedgerEntries", "LedgerAccounts", "LedgerBooks", "LedgerClosings"];

    /// <summary>Table → what the copy of a row says otherwise, so that it may stand beside the original; and the first bad transaction then.</summary>
    private static readonly (string Table, string Column, string Value, string? Bad)[] Copies =
    [
        ("LedgerTransactions", "Sequence", "41", "41"), ("LedgerTransactions", "Sequence", "100000 + {0}", "41"), ("LedgerTransactions", "Sequence", "-{0}", "-{0}"),
        ("LedgerTransactions", "BookId", "\"BookId\" + {0}", null),
        ("LedgerEntries", "Line", "\"Line\" + 2", "\"Sequence\""), ("LedgerEntries", "Line", "\"Line\" - 2", "\"Sequence\""),
        ("LedgerEntries", "Sequence", "100000 + {0}", null), ("LedgerEntries", "BookId", "\"BookId\" + {0}", null),
        ("LedgerAccounts", "Number", "\"Number\" + 100 + {0}", null), ("LedgerAccounts", "BookId", "\"BookId\" + {0}", null),
        ("LedgerBooks", "Id", "\"Id\" + {0}", null), ("LedgerClosings", "Number", "\"Number\" + {0}", null), ("LedgerClosings", "BookId", "\"BookId\" + {0}", null),
    ];

    private static int Ways => Changes.Length + Tables.Length + Copies.Length;

    [Fact]
    public async Task Verify_AThousandChangesBehindTheBack_FindsEachAndNamesTheFirstBadTransaction()
    {
        await using var market = await TestMarket.StartAsync(DatabaseProvider.Sqlite);
        var book = await market.OpenBookAsync();
        var random = new Random(20261127);
        for (var i = 1; i <= 40; i++)
            await market.PostAsync(market.Request(book, $"k{i}", new Posting(AccountCode.Issue("task"), AccountCode.Member($"M{i % 5}"), Asset.Points, 10 + i)) with { Reason = i % 3 == 0 ? "words" : null });
        await market.Writes.RunAsync((db, ct) => market.Get<MoveClosing>().ExecuteAsync(db, new MoveClosing.Input { BookId = book, Before = market.Clock.GetUtcNow().UtcDateTime.AddDays(-40), Actor = Actor.User(1) }, ct));
        await Tampering.BehindTheBackAsync(market, "SELECT 1"); // the triggers go once, and what else would refuse a change
        await market.Writes.RunAsync(async db =>
        {
            foreach (var index in await db.Database.SqlQueryRaw<string>("SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'index' AND tbl_name LIKE 'Ledger%' AND sql IS NOT NULL").ToListAsync())
                await db.Database.ExecuteSqlRawAsync($"DROP INDEX \"{index}\"");
            return 0;
        });

        var columns = await market.ReadAsync(async db =>
        {
            var all = new Dictionary<string, List<string>>();
            foreach (var table in Tables) all[table] = await db.Database.SqlQueryRaw<string>($"SELECT name AS \"Value\" FROM pragma_table_info('{table}')").ToListAsync();
            return all;
        });

        for (var round = 0; round < 1000; round++)
        {
            var (row, by) = (random.Next(1000), random.Next(1, 50));
            var (table, statement, touched) = Way(round < Ways ? round : random.Next(Ways), by, columns);
            string? wrong = null;
            await market.Writes.RunAsync(async db =>
            {
                await db.Database.ExecuteSqlRawAsync("PRAGMA defer_foreign_keys=ON");
                await db.Database.ExecuteSqlRawAsync("PRAGMA ignore_check_constraints=ON");
                var rows = await db.Database.SqlQueryRaw<long>($"SELECT COUNT(*) AS \"Value\" FROM \"{table}\"").SingleAsync();
                var id = await db.Database.SqlQueryRaw<long>($"SELECT rowid AS \"Value\" FROM \"{table}\" ORDER BY rowid LIMIT 1 OFFSET {row % rows}").SingleAsync();
                var bad = touched is null ? null : await db.Database.SqlQueryRaw<long?>($"SELECT {touched} AS \"Value\" FROM \"{table}\" WHERE rowid = {id}").SingleAsync();
                var change = $"{statement} WHERE rowid = {id}";
                await db.Database.ExecuteSqlRawAsync(change);
                wrong = await WhatIsWrongAsync(market, db, change, bad);
                return db.RollBack(0);
            });
            Assert.True(wrong is null, wrong);
        }
        Assert.True((await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db))).Single().IsClean); // every change was taken back
    }

    /// <summary>The table, the statement without which row it is about, and what gives the first bad transaction (null where no transaction is).</summary>
    private static (string Table, string Statement, string? Touched) Way(int way, int by, Dictionary<string, List<string>> columns)
    {
        string Said(string value) => string.Format(CultureInfo.InvariantCulture, value, by);
        string? Own(string table) => table is "LedgerTransactions" or "LedgerEntries" ? "\"Sequence\"" : null;
        if (way < Changes.Length)
        {
            var (table, column, value) = Changes[way];
            return (table, $"UPDATE \"{table}\" SET \"{column}\" = {Said(value)}", Own(table));
        }
        if ((way -= Changes.Length) < Tables.Length) return (Tables[way], $"DELETE FROM \"{Tables[way]}\"", Own(Tables[way]));
        var copy = Copies[way - Tables.Length];
        var into = columns[copy.Table].ConvertAll(c => $"\"{c}\"");
        var from = columns[copy.Table].Select(c => c == copy.Column ? Said(copy.Value) : $"\"{c}\"");
        return (copy.Table, $"INSERT INTO \"{copy.Table}\" ({string.Join(", ", into)}) SELECT {string.Join(", ", from)} FROM \"{copy.Table}\"", copy.Bad is null ? null : Said(copy.Bad));
    }

    /// <summary>Proved inside the transaction that changed it, which is taken back afterwards.</summary>
    private static async Task<string?> WhatIsWrongAsync(TestMarket market, MarketDb db, string statement, long? touched)
    {
        var findings = (await market.Get<LedgerVerifier>().VerifyWithinAsync(db)).SelectMany(r => r.Findings).ToList();
        if (findings.Count == 0) return $"not found: {statement}";
        var first = findings.Min(f => f.Sequence);
        return touched is { } sequence && first != sequence ? $"first bad is {first}, not {sequence}: {statement}; {string.Join(", ", findings.Take(4))}" : null;
    }
}
