using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Data;

/// <summary>How the database's schema stands to this program's.</summary>
public enum SchemaState
{
    /// <summary>No tables yet.</summary>
    Empty,

    /// <summary>Older: migrations are waiting.</summary>
    Older,

    /// <summary>The same.</summary>
    Current,

    /// <summary>Made by a newer version of the program, which this one must not touch.</summary>
    Newer,
}

/// <summary>Looks at the schema and brings it up to date.</summary>
public static class MarketSchema
{
    /// <summary>How the database stands. A SQLite file that is not there is empty.</summary>
    public static async Task<SchemaState> StateAsync(MarketContexts contexts, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(contexts);
        if (contexts.Storage.Provider == DatabaseProvider.Sqlite && !File.Exists(contexts.Storage.FilePath)) return SchemaState.Empty;
        await using var db = contexts.Read();
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        if (applied.Count == 0) return SchemaState.Empty;
        if (applied.Exists(m => !known.Contains(m))) return SchemaState.Newer;
        return applied.Count < known.Count ? SchemaState.Older : SchemaState.Current;
    }

    /// <summary>
    /// On SQLite, empties the write-ahead log: pages in it may hold what was wiped from the file. Under the door's turn; where
    /// somebody is reading just then, the log empties later.
    /// </summary>
    internal static async Task EmptyLogAsync(MarketContexts contexts, CancellationToken ct)
    {
        if (contexts.Storage.Provider != DatabaseProvider.Sqlite) return;
        using var turn = await SqliteDoor.TakeTurnAsync(contexts.Storage.FilePath, ct);
        await using var connection = SqliteDoor.Open(contexts.Storage);
        SqlitePragmas.Run(connection, SqlitePragmas.EmptyLog);
    }

    /// <summary>Applies what is missing. Throws <see cref="InvalidOperationException"/> for a database newer than this program.</summary>
    public static async Task MigrateAsync(MarketContexts contexts, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(contexts);
        if (await StateAsync(contexts, ct) == SchemaState.Newer)
            throw new InvalidOperationException("The database is newer than this program.");
        if (contexts.Storage.Provider != DatabaseProvider.Sqlite)
        {
            await using var server = contexts.Read();
            await server.Database.MigrateAsync(ct);
            return;
        }

        // The only SQLite writing outside the door: before it opens, on a connection told the same, under the same turn.
        Directory.CreateDirectory(Path.GetDirectoryName(contexts.Storage.FilePath)!);
        using var turn = await SqliteDoor.TakeTurnAsync(contexts.Storage.FilePath, ct);
        await using var connection = SqliteDoor.Open(contexts.Storage);
        await using var db = contexts.On(connection)();
        await db.Database.MigrateAsync(ct);
    }
}
