using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Ledger;

/// <summary>Many at once come to what one after the other comes to: the same answers, and the same rows to the last hash.</summary>
public sealed class JournalManyTests
{
    private static readonly AccountCode Issue = AccountCode.Issue("task");
    private static readonly AccountCode Ann = AccountCode.Member("G0001");
    private static readonly AccountCode Bob = AccountCode.Member("G0002");

    private int books;

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task PostAll_OneRefusedInTheMiddle_LeavesItsNeighboursAlone(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var book = await market.OpenBookAsync();
        await market.PostAsync(market.Request(book, "before", new Posting(Issue, Ann, Asset.Points, 10)));
        await market.Writes.RunAsync(db => market.Get<MoveClosing>().ExecuteAsync(db, new() { BookId = book, Before = market.Clock.GetUtcNow().UtcDateTime.AddDays(-1), Actor = Actor.User(1) }));
        TransactionRequest[] requests =
        [
            market.Request(book, "a", new Posting(Issue, Ann, Asset.Points, 5)),
            market.Request(book, "low", new Posting(Ann, Bob, Asset.Points, 4), new Posting(Ann, AccountCode.Redeemed, Asset.Points, 12)),
            market.Request(book, "before", new Posting(Issue, Ann, Asset.Points, 10)),
            market.Request(book, "before", new Posting(Issue, Ann, Asset.Points, 11)),
            market.Request(book, "closed", new Posting(Issue, Ann, Asset.Points, 1)) with { HappenedAt = market.Clock.GetUtcNow().UtcDateTime.AddDays(-2) },
            market.Request(book, "b", new Posting(Ann, Bob, Asset.Points, 15)),
            market.Request(book, "b", new Posting(Ann, Bob, Asset.Points, 15)),
            market.Request(book, "back", new Posting(Bob, Ann, Asset.Points, 15)) with { Related = new RelatedTo(Relation.Reverses, 3) },
            market.Request(book, "again", new Posting(Bob, Ann, Asset.Points, 15)) with { Related = new RelatedTo(Relation.Reverses, 3) },
        ];

        var answers = await market.Writes.RunAsync(db => market.Journal.PostAllAsync(db, requests));

        Assert.Equal(
        [
            new PostResult(PostOutcome.Posted, 2), new PostResult(PostOutcome.BelowFloor, 0, new Shortage(Ann, Asset.Points, 1)), new PostResult(PostOutcome.Replayed, 1),
            new PostResult(PostOutcome.KeyReused, 1), new PostResult(PostOutcome.PeriodClosed, 0), new PostResult(PostOutcome.Posted, 3), new PostResult(PostOutcome.Replayed, 3),
            new PostResult(PostOutcome.Posted, 4), new PostResult(PostOutcome.AlreadyRelated, 4),
        ], answers);
        Assert.Equal((15, 0), await market.ReadAsync(async db => ((int)await db.BalanceAsync(book, Ann, Asset.Points), (int)await db.BalanceAsync(book, Bob, Asset.Points))));
        Assert.All(await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db)), r => Assert.Empty(r.Findings));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task PostAll_RequestThatNobodyMayMake_WritesNothingOfAny(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var (book, other) = (await market.OpenBookAsync(), await market.OpenBookAsync("STB"));
        var good = market.Request(book, "a", new Posting(Issue, Ann, Asset.Points, 5));
        foreach (var bad in (TransactionRequest[])[good with { BookId = other, Key = "b" }, good with { Key = "b", Postings = [] }, good with { Key = "b", Related = new RelatedTo(Relation.Ends, 9) }])
            await Assert.ThrowsAsync<ArgumentException>(() => market.Writes.RunAsync(db => market.Journal.PostAllAsync(db, [good, bad])));

        Assert.Empty(await market.Writes.RunAsync(db => market.Journal.PostAllAsync(db, [])));
        Assert.Equal(0, await market.ReadAsync(db => db.LedgerTransactions.CountAsync()));
        Assert.Equal(0, await market.ReadAsync(db => db.LedgerAccounts.CountAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task PostAll_RandomPrograms_WritesWhatOneByOneWrites(DatabaseProvider provider)
    {
        await using var one = await TestMarket.StartAsync(provider);
        await using var all = await TestMarket.StartAsync(provider);
        var programs = provider == DatabaseProvider.Sqlite ? 5 : 2;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(programs), Prop.ForAll(LedgerProgram.Arbitrary, program => RunAsync(one, all, program).GetAwaiter().GetResult()));
        Assert.All(await all.ReadAsync(db => all.Get<LedgerVerifier>().VerifyAsync(db)), r => Assert.Empty(r.Findings));
    }

    /// <summary>The program's steps up to each of its fates, one after the other in one market and together in the other.</summary>
    private async Task RunAsync(TestMarket one, TestMarket all, Move[] program)
    {
        var code = $"B{++books}";
        var book = await one.OpenBookAsync(code);
        Assert.Equal(book, await all.OpenBookAsync(code));
        var (earlier, posted, batches) = (new List<TransactionRequest>(), 0, 0);
        for (var at = 0; at < program.Length;)
        {
            var end = Array.FindIndex(program, at, m => LedgerProgram.IsFate(m.Step));
            if (end < 0) end = program.Length;
            var requests = program[at..end].Select((m, i) => Of(one, book, m, $"k{at + i}", earlier, posted)).ToList();
            var expected = await AnswersAsync(one, async db =>
            {
                var answers = new List<PostResult>();
                foreach (var request in requests) answers.Add(await one.Journal.PostAsync(db, request));
                return answers;
            });
            Assert.Equal(expected, await AnswersAsync(all, db => all.Journal.PostAllAsync(db, requests)));
            posted += expected?.Count(a => a.Outcome == PostOutcome.Posted) ?? 0;
            if (++batches == 10)
            {
                var limit = one.Clock.GetUtcNow().UtcDateTime.AddMinutes(-90);
                foreach (var market in (TestMarket[])[one, all])
                    await market.Writes.RunAsync(db => market.Get<MoveClosing>().ExecuteAsync(db, new() { BookId = book, Before = limit, Actor = Actor.User(1) }));
            }
            at = end + 1;
        }
        Assert.Equal(await RowsAsync(one, book), await RowsAsync(all, book));
    }

    private static TransactionRequest Of(TestMarket market, int book, Move move, string key, List<TransactionRequest> earlier, int posted)
    {
        if (earlier.Count > 0 && move.Step is (Step.Replay or Step.ReuseKey))
        {
            var same = earlier[move.A % earlier.Count];
            return move.Step == Step.Replay ? same : LedgerProgram.Changed(same, move.B);
        }
        var request = market.Request(book, key, LedgerProgram.Postings(move)) with { HappenedAt = market.Clock.GetUtcNow().UtcDateTime.AddHours(-(move.A % 3)) };
        RelatedTo? related = move.Step switch
        {
            Step.EndHold => new RelatedTo(Relation.Ends, 1 + (move.A % (posted + 1))), // also the first of its own call
            Step.Reverse => new RelatedTo(Relation.Reverses, 1 + (move.B % (posted + 1))),
            Step.RelateToNothing when move.A % 4 == 0 => new RelatedTo(Relation.Ends, 1_000_000),
            _ => null,
        };
        earlier.Add(request with { Related = related });
        return earlier[^1];
    }

    /// <summary>The answers; null where one of them may not be asked at all.</summary>
    private static async Task<IReadOnlyList<PostResult>?> AnswersAsync<T>(TestMarket market, Func<MarketDb, Task<T>> post)
        where T : IReadOnlyList<PostResult>
    {
        try
        {
            return await market.Writes.RunAsync(post);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Task<string> RowsAsync(TestMarket market, int book) => market.ReadAsync(async db => JsonSerializer.Serialize(new
    {
        Book = await db.LedgerBooks.SingleAsync(b => b.Id == book),
        Accounts = await db.LedgerAccounts.Where(a => a.BookId == book).OrderBy(a => a.Number).ToListAsync(),
        Transactions = await db.LedgerTransactions.Where(t => t.BookId == book).OrderBy(t => t.Sequence).ToListAsync(),
        Entries = await db.LedgerEntries.Where(e => e.BookId == book).OrderBy(e => e.Sequence).ThenBy(e => e.Line).ToListAsync(),
    }));
}
