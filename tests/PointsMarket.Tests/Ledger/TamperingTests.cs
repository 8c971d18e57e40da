using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Ledger;

/// <summary>A thousand single rows changed behind the application's back, one at a time: each is found, and the first bad transaction named.</summary>
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

        for (var round = 0; round < 1000; round++)
        {
            var (table, column, value) = Changes[round < Changes.Length ? round : random.Next(Changes.Length)];
            var (row, by) = (random.Next(1000), random.Next(1, 50));
            string? wrong = null;
            await market.Writes.RunAsync(async db =>
            {
                await db.Database.ExecuteSqlRawAsync("PRAGMA defer_foreign_keys=ON");
                await db.Database.ExecuteSqlRawAsync("PRAGMA ignore_check_constraints=ON");
                var rows = await db.Database.SqlQueryRaw<long>($"SELECT COUNT(*) AS \"Value\" FROM \"{table}\"").SingleAsync();
                var id = await db.Database.SqlQueryRaw<long>($"SELECT rowid AS \"Value\" FROM \"{table}\" ORDER BY rowid LIMIT 1 OFFSET {row % rows}").SingleAsync();
                var touched = table is "LedgerTransactions" or "LedgerEntries" ? await db.Database.SqlQueryRaw<long?>($"SELECT \"Sequence\" AS \"Value\" FROM \"{table}\" WHERE rowid = {id}").SingleAsync() : null;
                var statement = $"UPDATE \"{table}\" SET \"{column}\" = {string.Format(CultureInfo.InvariantCulture, value, by)} WHERE rowid = {id}";
                await db.Database.ExecuteSqlRawAsync(statement);
                wrong = await WhatIsWrongAsync(market, db, statement, touched);
                return db.RollBack(0);
            });
            Assert.True(wrong is null, wrong);
        }
        Assert.True((await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db))).Single().IsClean); // every change was taken back
    }

    /// <summary>Proved inside the transaction that changed it, which is taken back afterwards.</summary>
    private static async Task<string?> WhatIsWrongAsync(TestMarket market, MarketDb db, string statement, long? touched)
    {
        var report = (await market.Get<LedgerVerifier>().VerifyWithinAsync(db)).Single();
        if (report.IsClean) return $"not found: {statement}";
        return touched is { } sequence && report.FirstBad != sequence ? $"first bad is {report.FirstBad}, not {sequence}: {statement}; {string.Join(", ", report.Findings.Take(4))}" : null;
    }
}
