using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PointsMarket.Data;

/// <summary>
/// What a SQLite connection is told when it is opened. Readers cannot write and never checkpoint; only the door's one
/// connection does, which rules out the WAL-reset fault of SQLite before 3.51.3 (DESIGN 9).
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    /// <summary>
    /// For the connection of <see cref="SqliteDoor"/>. What is overwritten is wiped (secure_delete): a name that was sealed must not
    /// stay readable between the rows.
    /// </summary>
    public const string Writer = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=1000;";

    /// <summary>Empties the log into the file, so that what stood in it stands nowhere.</summary>
    public const string EmptyLog = "PRAGMA wal_checkpoint(TRUNCATE);";

    private const string ReaderText = "PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=0; PRAGMA query_only=ON;";

    private SqlitePragmas()
    {
    }

    public static SqlitePragmas Reader { get; } = new();

    public static void Run(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the constants above
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Tell(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Tell(connection);
        return Task.CompletedTask;
    }

    private static void Tell(DbConnection connection)
    {
        if (connection is SqliteConnection sqlite) Run(sqlite, ReaderText);
    }
}
