using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Ledger;

public sealed class JournalTests
{
    private static readonly AccountCode Issue = AccountCode.Issue("task");
    private static readonly AccountCode Ann = AccountCode.Member("G0001");
    private static readonly AccountCode Bob = AccountCode.Member("G0002");

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Post_BalancedRequest_MovesBalancesAndNumbersEntries(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var book = await market.OpenBookAsync();

        var first = await market.PostAsync(market.Request(book, "a", new Posting(Issue, Ann, Asset.Points, 30)));
        var second = await market.PostAsync(market.Request(book, "b", new Posting(Issue, Ann, Asset.Points, 12), new Posting(Ann, Bob, Asset.Points, 5)));

        Assert.Equal(new PostResult(PostOutcome.Posted, 1), first);
        Assert.Equal(new PostResult(PostOutcome.Posted, 2), second);
        Assert.Equal(37, await market.ReadAsync(db => db.BalanceAsync(book, Ann, Asset.Points)));
        Assert.Equal(5, await market.ReadAsync(db => db.BalanceAsync(book, Bob, Asset.Points)));
        Assert.Equal(-42, await market.ReadAsync(db => db.BalanceAsync(book, Issue, Asset.Points)));
        Assert.Equal(0, await market.ReadAsync(db => db.LedgerEntries.SumAsync(e => e.Amount)));
        Assert.Equal([1L, 2L, 3L], await market.ReadAsync(db => db.LedgerEntries.Where(e => e.Account == db.LedgerAccounts.First(a => a.Code == Ann.Value).Number).OrderBy(e => e.Version).Select(e => e.Version).ToListAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Post_BelowFloor_IsRefusedAndWritesNothing(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var book = await market.OpenBookAsync();
        await market.PostAsync(market.Request(book, "a", new Posting(Issue, Ann, Asset.Points, 10)));

        var refused = await market.PostAsync(market.Request(book, "b", new Posting(Ann, Bob, Asset.Points, 11)));

        Assert.Equal(PostOutcome.BelowFloor, refused.Outcome);
        Assert.Equal(new Shortage(Ann, Asset.Points, 1), refused.Short);
        Assert.Equal(1, await market.ReadAsync(db => db.LedgerTransactions.CountAsync()));
        Assert.Equal(10, await market.ReadAsync(db => db.BalanceAsync(book, Ann, Asset.Points)));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Post_SameKey_GivesTheFirstResultOrRefusesOtherContent(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var book = await market.OpenBookAsync();
        var request = market.Request(book, "a", new Posting(Issue, Ann, Asset.Points, 10));
        await market.PostAsync(request);

        Assert.Equal(new PostResult(PostOutcome.Replayed, 1), await market.PostAsync(request));
        Assert.Equal(new PostResult(PostOutcome.KeyReused, 1), await market.PostAsync(market.Request(book, "a", new Posting(Issue, Ann, Asset.Points, 11))));
        Assert.Equal(new PostResult(PostOutcome.KeyReused, 1), await market.PostAsync(request with { Subject = "other" }));
        Assert.Equal(10, await market.ReadAsync(db => db.BalanceAsync(book, Ann, Asset.Points)));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Post_EndingAHoldTwice_IsRefused(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var book = await market.OpenBookAsync();
        var held = AccountCode.Held("X1");
        await market.PostAsync(market.Request(book, "a", new Posting(Issue, Ann, Asset.Points, 10)));
        var hold = await market.PostAsync(market.Request(book, "hold", new Posting(Ann, held, Asset.Points, 10)));
        var related = new RelatedTo(Relation.Ends, hold.Sequence);

        var handedOver = await market.PostAsync(market.Request(book, "hand-over", new Posting(held, AccountCode.Redeemed, Asset.Points, 10)) with { Related = related });
        var cancelled = await market.PostAsync(market.Request(book, "cancel", new Posting(held, Ann, Asset.Points, 10)) with { Related = related });

        Assert.Equal(PostOutcome.Posted, handedOver.Outcome);
        Assert.Equal(new PostResult(PostOutcome.AlreadyRelated, handedOver.Sequence), cancelled);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Reverse_ATransaction_TakesItBackOnce(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var book = await market.OpenBookAsync();
        await market.PostAsync(market.Request(book, "a", new Posting(Issue, Ann, Asset.Points, 10)));
        var reverse = market.Get<ReverseTransaction>();
        var input = new ReverseTransaction.Input { BookId = book, Sequence = 1, Actor = Actor.User(1), Reason = "重复" };

        var first = await market.Writes.RunAsync(db => reverse.ExecuteAsync(db, input));
        market.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await market.Writes.RunAsync(db => reverse.ExecuteAsync(db, input with { Reason = "又一次" }));

        Assert.Equal(PostOutcome.Posted, first.Outcome);
        Assert.Equal(new PostResult(PostOutcome.AlreadyRelated, first.Sequence), second);
        Assert.Equal(0, await market.ReadAsync(db => db.BalanceAsync(book, Ann, Asset.Points)));
        Assert.Equal(2, await market.ReadAsync(db => db.LedgerTransactions.CountAsync()));
    }

    [Fact]
    public void Posting_BrokenByHand_CannotBeMade()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Posting(Issue, Ann, Asset.Points, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Posting(Issue, Ann, Asset.Points, -5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Posting(Issue, Ann, Asset.Points, long.MaxValue));
        Assert.Throws<ArgumentException>(() => new Posting(Ann, Ann, Asset.Points, 1));
        Assert.Throws<ArgumentException>(() => new Posting(Issue, Ann, Asset.Money, 1));
        Assert.Throws<ArgumentException>(() => new Posting(AccountCode.Shelf("O1"), Ann, Asset.Points, 1));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Database_UpdateOrDeleteOfTheBook_IsRefusedByTriggers(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var book = await market.OpenBookAsync();
        await market.PostAsync(market.Request(book, "a", new Posting(Issue, Ann, Asset.Points, 10)));

        foreach (var statement in (string[])
        [
            """UPDATE "LedgerTransactions" SET "Subject" = 'x'""", """DELETE FROM "LedgerTransactions" """,
            """UPDATE "LedgerEntries" SET "Amount" = "Amount" * 2""", """DELETE FROM "LedgerEntries" """,
            """DELETE FROM "LedgerAccounts" """, """UPDATE "LedgerAccounts" SET "Code" = 'member:X', "Version" = "Version" + 1""",
            """UPDATE "LedgerAccounts" SET "Floor" = -100, "Version" = "Version" + 1""",
        ])
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => market.Writes.RunAsync(db => db.Database.ExecuteSqlRawAsync(statement)));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Post_TextThatADatabaseWouldNotKeep_IsRefusedBeforeAnythingIsWritten(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var book = await market.OpenBookAsync();
        var good = market.Request(book, "a", new Posting(Issue, Ann, Asset.Points, 10)) with { Reason = "好\n行" };

        foreach (var bad in (TransactionRequest[])
        [
            good with { Key = "" }, good with { Key = "a " }, good with { Key = new string('k', 101) }, good with { Key = "a\0b" },
            good with { Kind = new string('k', 33) }, good with { Subject = new string('s', 65) }, good with { Subject = "s\0" },
            good with { Reason = new string('r', 257) }, good with { Reason = "r\0r" }, good with { Postings = [] },
        ])
            await Assert.ThrowsAsync<ArgumentException>(() => market.PostAsync(bad));

        Assert.Equal(new PostResult(PostOutcome.Posted, 1), await market.PostAsync(good));
        var reports = await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db));
        Assert.True(Assert.Single(reports).IsClean);
    }

    [Fact]
    public async Task Database_InsertOrReplace_IsRefusedByTriggers()
    {
        await using var market = await TestMarket.StartAsync();
        var book = await market.OpenBookAsync();
        await market.PostAsync(market.Request(book, "a", new Posting(Issue, Ann, Asset.Points, 10)));
        await market.PostAsync(market.Request(book, "b", new Posting(Issue, Ann, Asset.Points, 5)) with { Related = new RelatedTo(Relation.Ends, 1) });

        foreach (var statement in (string[])
        [
            """INSERT OR REPLACE INTO "LedgerEntries" SELECT "BookId", "Sequence", "Line", "Account", "Amount" * 2, "Version" FROM "LedgerEntries" """,
            """INSERT OR REPLACE INTO "LedgerEntries" SELECT "BookId", "Sequence", "Line" + 10, "Account", "Amount" * 2, "Version" FROM "LedgerEntries" """,
            """REPLACE INTO "LedgerTransactions" SELECT * FROM "LedgerTransactions" """,
            """REPLACE INTO "LedgerTransactions" SELECT "BookId", 9, "Key", "Kind", "Subject", "HappenedAt", "RecordedAt", "Actor", "Reason", NULL, NULL, "ContentHash", "Hash" FROM "LedgerTransactions" WHERE "Key" = 'b'""",
            """REPLACE INTO "LedgerTransactions" SELECT "BookId", 9, 'c', "Kind", "Subject", "HappenedAt", "RecordedAt", "Actor", "Reason", "RelatedSequence", "Relation", "ContentHash", "Hash" FROM "LedgerTransactions" WHERE "Key" = 'b'""",
            """REPLACE INTO "LedgerAccounts" ("BookId", "Number", "Code", "Asset", "Balance", "Version") SELECT "BookId", "Number", "Code", "Asset", "Balance", "Version" FROM "LedgerAccounts" """,
            """REPLACE INTO "LedgerAccounts" ("BookId", "Number", "Code", "Asset", "Balance", "Version") SELECT "BookId", 99, "Code", "Asset", "Balance", "Version" FROM "LedgerAccounts" """,
        ])
        {
            var refused = await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => market.Writes.RunAsync(db => db.Database.ExecuteSqlRawAsync("PRAGMA defer_foreign_keys=ON; " + statement)));
            Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        }
    }
}
