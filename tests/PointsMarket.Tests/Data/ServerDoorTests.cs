using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Data;

/// <summary>What a server database asks to be tried again, and what it must never do twice.</summary>
public sealed class ServerDoorTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    public static TheoryData<DatabaseProvider> Servers =>
        new(((IEnumerable<object[]>)TestDatabase.All).Select(row => (DatabaseProvider)row[0]).Where(p => p != DatabaseProvider.Sqlite));

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Run_Deadlocked_IsTriedAgainUntilBothAreDone(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await market.Writes.RunAsync(async db =>
        {
            await DoorTests.AddAsync(db, "a");
            return await DoorTests.AddAsync(db, "b");
        });
        var runs = 0;
        using var meet = new Barrier(2);

        // The statements go through EF Core's execution strategy, which wraps the deadlock in an InvalidOperationException.
        Task<int> Lock(string first, string second) => market.Writes.RunAsync(async db =>
        {
            var run = Interlocked.Increment(ref runs);
            await db.ProtectionKeys.Where(k => k.Name == first).ExecuteUpdateAsync(s => s.SetProperty(k => k.Xml, k => k.Xml + "1"));
            if (run <= 2) await Task.Run(() => meet.SignalAndWait(Soon));
            return await db.ProtectionKeys.Where(k => k.Name == second).ExecuteUpdateAsync(s => s.SetProperty(k => k.Xml, k => k.Xml + "2"));
        });
        await Task.WhenAll(Lock("a", "b"), Lock("b", "a")).WaitAsync(Soon);

        Assert.Equal(3, runs);
        Assert.All(await market.ReadAsync(db => db.ProtectionKeys.Select(k => k.Xml).ToListAsync()), x => Assert.Equal("<key/>".Length + 2, x.Length));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Run_AnswerOfCommitLost_IsAnsweredWithTheFirstOutcomeAndDoneOnce(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var lost = new LostAnswers { CommitsToLose = 1 };
        market.Storage.Interceptors = [lost];
        var runs = 0;

        var outcome = await market.Writes.RunAsync(async db =>
        {
            runs++;
            await DoorTests.AddAsync(db, $"key-{runs}");
            return $"outcome {runs}";
        });

        Assert.Equal(("outcome 1", 1, 1), (outcome, runs, lost.Lost));
        Assert.Equal(["key-1"], await DoorTests.NamesAsync(market));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Run_CommitItselfLost_IsDoneAgain(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        market.Storage.Interceptors = [new LostCommits(2)];
        var runs = 0;

        var outcome = await market.Writes.RunAsync(async db =>
        {
            runs++;
            await DoorTests.AddAsync(db, $"key-{runs}");
            return $"outcome {runs}";
        });

        Assert.Equal(("outcome 3", 3), (outcome, runs));
        Assert.Equal(["key-3"], await DoorTests.NamesAsync(market));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Run_CommitLostThenAnswerLost_IsAnsweredWithTheOutcomeThatStands(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        market.Storage.Interceptors = [new LostCommits(1), new LostAnswers { CommitsToLose = 1 }];
        var runs = 0;

        var outcome = await market.Writes.RunAsync(async db =>
        {
            runs++;
            await DoorTests.AddAsync(db, $"key-{runs}");
            return $"outcome {runs}";
        });

        Assert.Equal("outcome 2", outcome);
        Assert.Equal(["key-2"], await DoorTests.NamesAsync(market));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Run_AThousandWrites_SweepsReceiptsOlderThanADay(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        for (var i = 0; i < 10; i++) await market.Writes.RunAsync(_ => Task.FromResult(i));
        market.Clock.Advance(TimeSpan.FromHours(25));
        await Parallel.ForEachAsync(Enumerable.Range(0, 990), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, ct) => await market.Writes.RunAsync((_, _) => Task.FromResult(i), ct));

        for (var tries = 0; tries < 100 && await CountAsync(market) != 990; tries++) await Task.Delay(50);
        Assert.Equal(990, await CountAsync(market));
    }

    private static Task<int> CountAsync(TestMarket market) => market.ReadAsync(db => db.Set<WriteReceipt>().CountAsync());
}
