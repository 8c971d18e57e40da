using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Ledger;

/// <summary>A closed month: the journal, the database and the verifier each hold it by themselves.</summary>
public sealed class MoveClosingTests
{
    private static readonly Posting Ten = new(AccountCode.Issue("task"), AccountCode.Member("M1"), Asset.Points, 10);

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Post_IntoAClosedMonth_IsRefusedAndWritesNothing(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var book = await market.OpenBookAsync();
        var limit = market.Clock.GetUtcNow().UtcDateTime.AddDays(-1);
        var before = market.Request(book, "before", Ten) with { HappenedAt = limit.AddMilliseconds(-1) };
        Assert.Equal(PostOutcome.Posted, (await market.PostAsync(before)).Outcome);
        await CloseAsync(market, book, limit);

        Assert.Equal(PostOutcome.PeriodClosed, (await market.PostAsync(before with { Key = "late" })).Outcome);
        Assert.Equal(PostOutcome.Replayed, (await market.PostAsync(before)).Outcome); // the same again is still the first result
        Assert.Equal(PostOutcome.Posted, (await market.PostAsync(before with { Key = "after", HappenedAt = limit })).Outcome);
        Assert.Equal(2, await market.ReadAsync(db => db.LedgerTransactions.CountAsync()));
        Assert.True(await IsCleanAsync(market));

        await CloseAsync(market, book, null);
        Assert.Equal(PostOutcome.Posted, (await market.PostAsync(before with { Key = "late" })).Outcome);
        Assert.True(await IsCleanAsync(market)); // it was open when this was recorded
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Database_InsertIntoAClosedMonth_IsRefusedByTheTrigger(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var book = await market.OpenBookAsync();
        await CloseAsync(market, book, market.Clock.GetUtcNow().UtcDateTime);
        const string Insert = """
            INSERT INTO "LedgerTransactions" ("BookId", "Sequence", "Key", "Kind", "Subject", "HappenedAt", "RecordedAt", "Actor", "ContentHash", "Hash")
            SELECT "Id", 1, 'k', 'test', 's', "ClosedBefore" - 1, "ClosedBefore", 'user:1', "Head", "Head" FROM "LedgerBooks"
            """;
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => market.Writes.RunAsync(db => db.Database.ExecuteSqlRawAsync(Insert)));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => market.Writes.RunAsync(db => db.Database.ExecuteSqlRawAsync("""DELETE FROM "LedgerClosings" """)));
    }

    /// <summary>Twenty people record into the month while it is closed: whatever was numbered before the closing stands, nothing after it.</summary>
    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Close_WhileOthersPostIntoTheMonth_LetsNothingInAfterwards(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var book = await market.OpenBookAsync();
        var limit = market.Clock.GetUtcNow().UtcDateTime;
        var posts = Enumerable.Range(0, 40).Select(i => Task.Run(() => market.PostAsync(market.Request(book, $"k{i}", Ten) with { HappenedAt = limit.AddSeconds(-1) }))).ToList();
        await posts[0];
        var closing = await CloseAsync(market, book, limit);
        var outcomes = await Task.WhenAll(posts);
        Assert.All(outcomes, o => Assert.True(o.Outcome == PostOutcome.PeriodClosed || (o.Outcome == PostOutcome.Posted && o.Sequence <= closing.Sequence)));
        Assert.Equal(closing.Sequence, outcomes.Count(o => o.Outcome == PostOutcome.Posted));
        Assert.True(await IsCleanAsync(market));
    }

    [Theory]
    [InlineData("""UPDATE "LedgerBooks" SET "ClosedBefore" = NULL""", LedgerFault.ClosingWrong)]
    [InlineData("""UPDATE "LedgerClosings" SET "Before" = 5 WHERE "Number" = 1""", LedgerFault.ClosingWrong)]
    [InlineData("""UPDATE "LedgerClosings" SET "Actor" = 'user:9' WHERE "Number" = 2""", LedgerFault.ClosingWrong)]
    [InlineData("""UPDATE "LedgerClosings" SET "RecordedAt" = 9223372036854775807 WHERE "Number" = 2""", LedgerFault.ClosingWrong)]
    [InlineData("""DELETE FROM "LedgerClosings" WHERE "Number" = 2""", LedgerFault.ClosingWrong)]
    [InlineData("""UPDATE "LedgerTransactions" SET "HappenedAt" = 5 WHERE "Sequence" = 2""", LedgerFault.PeriodBroken)]
    public async Task Verify_ClosingTamperedWith_IsFound(string statement, LedgerFault fault)
    {
        await using var market = await TestMarket.StartAsync(DatabaseProvider.Sqlite);
        var book = await market.OpenBookAsync();
        var now = market.Clock.GetUtcNow().UtcDateTime;
        await market.PostAsync(market.Request(book, "a", Ten));
        await CloseAsync(market, book, now.AddDays(-40));
        await market.PostAsync(market.Request(book, "b", Ten));
        await CloseAsync(market, book, now.AddDays(-10));
        Assert.True(await IsCleanAsync(market));
        await Tampering.BehindTheBackAsync(market, statement);
        Assert.Contains((await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db))).Single().Findings, f => f.Fault == fault);
    }

    private static Task<LedgerClosing> CloseAsync(TestMarket market, int book, DateTime? before) => market.Writes.RunAsync((db, ct) =>
        market.Get<MoveClosing>().ExecuteAsync(db, new MoveClosing.Input { BookId = book, Before = before, Actor = Actor.User(1) }, ct));

    private static async Task<bool> IsCleanAsync(TestMarket market) => (await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db))).Single().IsClean;
}
