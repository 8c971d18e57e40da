using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace PointsMarket.Ledger;

/// <summary>
/// Runs the ledger's hand-written statements on a context's connection and transaction. Parameters are <c>@p0</c>, <c>@p1</c> ….
/// On SQLite the statements stay prepared on the writer's connection; Npgsql and SqlClient cache plans by themselves.
/// </summary>
internal readonly struct LedgerSql
{
    private static readonly ConditionalWeakTable<DbConnection, Dictionary<string, DbCommand>> Prepared = [];
    private static readonly string[] Names = [.. Enumerable.Range(0, 16).Select(i => "@p" + i.ToString(CultureInfo.InvariantCulture))];

    private readonly DbConnection connection;
    private readonly DbTransaction transaction;

    public LedgerSql(DbContext db)
    {
        connection = db.Database.GetDbConnection();
        transaction = db.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("The ledger writes only inside MarketWrites.RunAsync.");
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken ct, params object?[] values)
    {
        var command = Command(sql, values);
        try
        {
            return await command.ExecuteNonQueryAsync(ct);
        }
        finally
        {
            Release(command);
        }
    }

    /// <summary>The first row, read by <paramref name="read"/>, or null when there is none.</summary>
    public async Task<T?> FirstAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken ct, params object?[] values)
        where T : class
    {
        var command = Command(sql, values);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await reader.ReadAsync(ct) ? read(reader) : null;
        }
        finally
        {
            Release(command);
        }
    }

    private DbCommand Command(string sql, object?[] values)
    {
        var command = connection is SqliteConnection ? Cached(sql) : connection.CreateCommand();
        command.Transaction = transaction;
        if (command.CommandText.Length == 0) command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            if (i == command.Parameters.Count)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = Names[i];
                command.Parameters.Add(parameter);
            }
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
        return command;
    }

    private DbCommand Cached(string sql)
    {
        var commands = Prepared.GetValue(connection, static _ => new(StringComparer.Ordinal));
        if (commands.TryGetValue(sql, out var command)) return command;
        command = connection.CreateCommand();
        return commands[sql] = command;
    }

    private void Release(DbCommand command)
    {
        if (connection is not SqliteConnection) command.Dispose();
    }
}
