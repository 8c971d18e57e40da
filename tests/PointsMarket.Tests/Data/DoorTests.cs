using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Data;

/// <summary>What <see cref="MarketWrites"/> promises on every database.</summary>
public sealed class DoorTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Run_BeforeTheCommit_NobodyIsAnswered(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        using var held = new HeldDoor(market.Storage);

        var answer = market.Writes.RunAsync(db => AddAsync(db, "one"));
        await held.Arrived.WaitAsync(Soon);
        await Task.Delay(50);
        Assert.False(answer.IsCompleted);
        Assert.Empty(await NamesAsync(market));

        held.Release();
        await answer.WaitAsync(Soon);
        Assert.Equal(["one"], await NamesAsync(market));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Run_NeighbourThrowsOrRollsBack_KeepsTheOthers(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var gate = new TaskCompletionSource();
        var first = market.Writes.RunAsync(async db =>
        {
            await gate.Task;
            return await AddAsync(db, "first");
        });
        var throwing = market.Writes.RunAsync<int>(async db =>
        {
            await AddAsync(db, "thrown");
            throw new InvalidDataException("no");
        });
        var rolledBack = market.Writes.RunAsync(async db =>
        {
            await AddAsync(db, "rolled-back");
            return db.RollBack("refused");
        });
        var broken = market.Writes.RunAsync(async db =>
        {
            await AddAsync(db, "twice");
            return await AddAsync(db, "twice");
        });
        var last = market.Writes.RunAsync(db => AddAsync(db, "last"));
        gate.SetResult();

        await first.WaitAsync(Soon);
        await last.WaitAsync(Soon);
        await Assert.ThrowsAsync<InvalidDataException>(() => throwing);
        await Assert.ThrowsAsync<DbUpdateException>(() => broken);
        Assert.Equal("refused", await rolledBack);
        Assert.Equal(["first", "last"], await NamesAsync(market));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Run_OneWaitingIsCancelled_HarmsNoOther(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var gate = new TaskCompletionSource();
        using var giveUp = new CancellationTokenSource();
        var first = market.Writes.RunAsync(async db =>
        {
            await AddAsync(db, "first");
            await gate.Task;
            return 1;
        });
        var cancelled = market.Writes.RunAsync(async (db, ct) =>
        {
            await gate.Task.WaitAsync(ct);
            return await AddAsync(db, "cancelled");
        }, giveUp.Token);
        var last = market.Writes.RunAsync(db => AddAsync(db, "last"));

        await giveUp.CancelAsync();
        gate.SetResult();

        await first.WaitAsync(Soon);
        await last.WaitAsync(Soon);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Soon));
        Assert.Equal(["first", "last"], await NamesAsync(market));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Run_CancelledInTheMiddle_WritesNothing(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        using var giveUp = new CancellationTokenSource();

        var cancelled = market.Writes.RunAsync(async (db, ct) =>
        {
            await AddAsync(db, "half");
            await giveUp.CancelAsync();
            ct.ThrowIfCancellationRequested();
            return 1;
        }, giveUp.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Soon));
        await market.Writes.RunAsync(db => AddAsync(db, "next"));
        Assert.Equal(["next"], await NamesAsync(market));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Run_CancelledAfterItFinished_IsCommittedAndAnswered(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        using var held = new HeldDoor(market.Storage);
        using var giveUp = new CancellationTokenSource();

        var answer = market.Writes.RunAsync((db, _) => AddAsync(db, "one"), giveUp.Token);
        await held.Arrived.WaitAsync(Soon);
        await giveUp.CancelAsync();
        held.Release();

        Assert.Equal(1, await answer.WaitAsync(Soon));
        Assert.Equal(["one"], await NamesAsync(market));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Run_InsideAnOperation_ThrowsInsteadOfHanging(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);

        var nested = market.Writes.RunAsync(_ => market.Writes.RunAsync(db => AddAsync(db, "inner")));
        var onAnotherThread = market.Writes.RunAsync(_ => Task.Run(() => market.Writes.RunAsync(db => AddAsync(db, "inner"))));

        await Assert.ThrowsAsync<InvalidOperationException>(() => nested.WaitAsync(Soon));
        await Assert.ThrowsAsync<InvalidOperationException>(() => onAnotherThread.WaitAsync(Soon));
        await market.Writes.RunAsync(db => AddAsync(db, "after")).WaitAsync(Soon);
        await market.Writes.RunAsync(db => AddAsync(db, "again")).WaitAsync(Soon); // this flow did not stay "inside"
        Assert.Equal(["after", "again"], await NamesAsync(market));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Run_CommitFails_IsReportedAndTheDoorLivesOn(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await FailingCommit.ArmAsync(market);

        var failing = market.Writes.RunAsync(async db =>
        {
            await AddAsync(db, "lost");
            await FailingCommit.WriteAsync(db);
            return "done";
        });

        await Assert.ThrowsAnyAsync<DbException>(() => failing.WaitAsync(Soon));
        await market.Writes.RunAsync(db => AddAsync(db, "next")).WaitAsync(Soon);
        Assert.Equal(["next"], await NamesAsync(market));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Run_OperationHidesADatabaseError_IsNeverAnsweredWithoutItsWrites(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await market.Writes.RunAsync(db => AddAsync(db, "taken"));

        var answered = true;
        try
        {
            await market.Writes.RunAsync(async db =>
            {
                await AddAsync(db, "mine");
                try
                {
                    await db.Database.ExecuteSqlRawAsync("""INSERT INTO "ProtectionKeys" ("Name", "Xml") VALUES ('taken', 'x')""");
                }
                catch (DbException)
                {
                    // PostgreSQL has given up the whole transaction here, and answers COMMIT with a silent ROLLBACK
                }
                return 1;
            }).WaitAsync(Soon);
        }
        catch (DbException)
        {
            answered = false;
        }

        Assert.Equal(answered, (await NamesAsync(market)).Contains("mine"));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Save_OnAReadingContext_IsRefused(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);

        await Assert.ThrowsAsync<InvalidOperationException>(() => market.ReadAsync(db => AddAsync(db, "past the door")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => market.ReadAsync(db => Task.FromResult(db.RollBack(1))));
        Assert.Empty(await NamesAsync(market));
    }

    internal static async Task<int> AddAsync(MarketDb db, string name)
    {
        db.Add(new ProtectionKey { Name = name, Xml = "<key/>" });
        return await db.SaveChangesAsync();
    }

    internal static Task<List<string>> NamesAsync(TestMarket market) =>
        market.ReadAsync(db => db.ProtectionKeys.OrderBy(k => k.Name).Select(k => k.Name).ToListAsync());
}
