using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PointsMarket.Data;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Data;

/// <summary>SQLite's side of the door: groups, the turn between processes, and readers that only read.</summary>
public sealed class SqliteDoorTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Run_CommitOfAGroupFails_IsReportedToEverybodyInIt()
    {
        await using var market = await TestMarket.StartAsync();
        var gate = new TaskCompletionSource();
        var group = new List<Task<int>>
        {
            market.Writes.RunAsync(async db =>
            {
                await gate.Task;
                return await DoorTests.AddAsync(db, "before");
            }),
            market.Writes.RunAsync(async db =>
            {
                await FailingCommit.WriteAsync(db);
                return 1;
            }),
            market.Writes.RunAsync(db => DoorTests.AddAsync(db, "behind")),
        };
        gate.SetResult();

        foreach (var one in group) await Assert.ThrowsAnyAsync<DbException>(() => one.WaitAsync(Soon));
        await market.Writes.RunAsync(db => DoorTests.AddAsync(db, "next")).WaitAsync(Soon);
        Assert.Equal(["next"], await DoorTests.NamesAsync(market));
    }

    [Fact]
    public async Task Run_ManyWaiting_AreCommittedInFewGroups()
    {
        await using var market = await TestMarket.StartAsync();
        var commits = 0;
        market.Storage.WriterOpened = c => SQLitePCL.raw.sqlite3_commit_hook(c.Handle, _ =>
        {
            commits++;
            return 0;
        }, null);
        var gate = new TaskCompletionSource();
        var all = Enumerable.Range(0, 512).Select(i => market.Writes.RunAsync(async db =>
        {
            await gate.Task;
            return await DoorTests.AddAsync(db, $"{i:000}");
        })).ToList();
        gate.SetResult();

        await Task.WhenAll(all).WaitAsync(Soon);
        Assert.Equal(2, commits);
        Assert.Equal(512, (await DoorTests.NamesAsync(market)).Count);
    }

    [Fact]
    public async Task Run_WriterCannotBeOpened_IsReportedWhateverItIsAndTheDoorLivesOn()
    {
        await using var market = await TestMarket.StartAsync();
        market.Storage.WriterOpened = _ => throw new NotSupportedException("not a database error");
        await Assert.ThrowsAsync<NotSupportedException>(() => market.Writes.RunAsync(db => DoorTests.AddAsync(db, "one")).WaitAsync(Soon));

        market.Storage.WriterOpened = null;
        await market.Writes.RunAsync(db => DoorTests.AddAsync(db, "two")).WaitAsync(Soon);
        Assert.Equal(["two"], await DoorTests.NamesAsync(market));
    }

    [Fact]
    public async Task Run_TurnFileCannotBeOpened_IsReportedInsteadOfWaitedFor()
    {
        await using var market = await TestMarket.StartAsync();
        File.CreateSymbolicLink(market.Storage.FilePath + "-door", market.Storage.FilePath + "-door"); // no lock: a fault of its own

        await Assert.ThrowsAnyAsync<IOException>(() => market.Writes.RunAsync(db => DoorTests.AddAsync(db, "one")).WaitAsync(Soon));
    }

    [Fact]
    public async Task Run_TwoDoorsOnOneFile_TakeTurns()
    {
        await using var market = await TestMarket.StartAsync();
        var other = new MarketContexts(new MarketStorage { ConnectionString = market.Storage.ConnectionString });
        await using var beside = new MarketWrites(other, TimeProvider.System);
        await market.Writes.RunAsync(db => DoorTests.AddAsync(db, "counter"));

        var doors = new[] { market.Writes, beside };
        await Task.WhenAll(Enumerable.Range(0, 8).Select(t => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++) await doors[t % 2].RunAsync(CountUpAsync);
        }))).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal("<key/>".Length + 400, await market.ReadAsync(db => db.ProtectionKeys.Select(k => k.Xml.Length).SingleAsync()));
    }

    [Fact]
    public async Task Run_FirstCallersFlow_DoesNotLeakIntoTheDoor()
    {
        await using var market = await TestMarket.StartAsync();
        var trace = new AsyncLocal<string?> { Value = "the first caller's request" };

        Assert.Null(await market.Writes.RunAsync(_ => Task.FromResult(trace.Value)));
    }

    [Fact]
    public async Task Reader_OnItsConnection_CannotWriteOrCheckpoint()
    {
        await using var market = await TestMarket.StartAsync();
        await market.Writes.RunAsync(db => DoorTests.AddAsync(db, "one"));

        Assert.Equal(1, await market.ReadAsync(db => PragmaAsync(db, "query_only")));
        Assert.Equal(0, await market.ReadAsync(db => PragmaAsync(db, "wal_autocheckpoint")));
        var refused = await Assert.ThrowsAsync<SqliteException>(() => market.ReadAsync(db => db.Database.ExecuteSqlRawAsync("""DELETE FROM "ProtectionKeys" """)));
        Assert.Equal(SQLitePCL.raw.SQLITE_READONLY, refused.SqliteErrorCode);
    }

    [Fact]
    public async Task Writer_OnItsConnection_SyncsEveryCommit()
    {
        await using var market = await TestMarket.StartAsync();

        Assert.Equal(2, await market.Writes.RunAsync(db => PragmaAsync(db, "synchronous")));
        Assert.Equal(1, await market.Writes.RunAsync(db => PragmaAsync(db, "foreign_keys")));
        Assert.Equal("wal", await market.Writes.RunAsync(db => db.Database.SqlQueryRaw<string>("SELECT journal_mode AS \"Value\" FROM pragma_journal_mode").SingleAsync()));
    }

    /// <summary>Read, think, write: loses counts wherever two writers are let in at once.</summary>
    internal static async Task<int> CountUpAsync(MarketDb db)
    {
        var key = await db.ProtectionKeys.SingleAsync(k => k.Name == "counter");
        key.Xml += "1";
        return await db.SaveChangesAsync();
    }

    private static async Task<long> PragmaAsync(MarketDb db, string name)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = $"PRAGMA {name}";
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }
}
