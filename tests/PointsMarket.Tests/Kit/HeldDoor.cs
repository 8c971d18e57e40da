using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using SQLitePCL;

namespace PointsMarket.Tests.Kit;

/// <summary>Stops the door at its COMMIT, or fails it, on whatever database it stands.</summary>
internal sealed class HeldDoor : IDisposable
{
    private readonly HeldCommits held = new();
    private readonly TaskCompletionSource sqliteArrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim sqliteReleased = new();
    private readonly bool sqlite;

    public HeldDoor(MarketStorage storage)
    {
        sqlite = storage.Provider == DatabaseProvider.Sqlite;
        if (sqlite) storage.WriterOpened = Hook;
        else storage.Interceptors = [held];
    }

    /// <summary>Completes when a COMMIT has arrived and waits.</summary>
    public Task Arrived => sqlite ? sqliteArrived.Task : held.Arrived;

    public void Release()
    {
        sqliteReleased.Set();
        held.Release();
    }

    public void Dispose()
    {
        Release();
        sqliteReleased.Dispose();
    }

    private void Hook(SqliteConnection connection) => raw.sqlite3_commit_hook(connection.Handle, _ =>
    {
        sqliteArrived.TrySetResult();
        sqliteReleased.Wait();
        return 0;
    }, null);
}

/// <summary>Makes a COMMIT fail that every statement before it passed: a deferred check.</summary>
internal static class FailingCommit
{
    /// <summary>Prepares a server database; SQLite needs nothing.</summary>
    public static async Task ArmAsync(TestMarket market)
    {
        if (market.Storage.Provider != DatabaseProvider.Postgres) return;
        await market.Writes.RunAsync(db => db.Database.ExecuteSqlRawAsync("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused at COMMIT'; END $$;
            CREATE CONSTRAINT TRIGGER refuse_at_commit AFTER INSERT ON "ProtectionKeys" DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW WHEN (NEW."Name" = 'bad') EXECUTE FUNCTION refuse();
            """));
    }

    /// <summary>Writes what passes now and fails at COMMIT.</summary>
    public static async Task WriteAsync(MarketDb db)
    {
        if (db.Database.IsSqlite())
            await db.Database.ExecuteSqlRawAsync("""PRAGMA defer_foreign_keys=ON; INSERT INTO "LedgerEntries" ("BookId", "Sequence", "Line", "Account", "Amount", "Version") VALUES (999, 1, 0, 1, 1, 1)""");
        else
            await db.Database.ExecuteSqlRawAsync("""INSERT INTO "ProtectionKeys" ("Name", "Xml") VALUES ('bad', 'x')""");
    }
}
