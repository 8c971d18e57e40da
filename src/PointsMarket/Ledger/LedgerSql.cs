using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace PointsMarket.Ledger;

/// <summary>
/// Runs the ledger's hand-written statements on a context's connection and transaction. Parameters are <c>@p0</c>, <c>@p1</c> ….
/// On SQLite the statements stay prepared on the writer's connection; Npgsql and SqlClient cache plans by themselves. SQL Server
/// gets them one by one: its batches could not be tried here.
/// </summary>
internal readonly struct LedgerSql
{
    private static readonly ConditionalWeakTable<DbConnection, Dictionary<string, DbCommand>> Prepared = [];
    private static readonly string[] Names = [.. Enumerable.Range(0, 16).Select(i => "@p" + i.ToString(CultureInfo.InvariantCulture))];

    private readonly DbConnection connection;
    private readonly DbTransaction transaction;

    /// <summary>A statement, what to make of its first row, and its parameters in order.</summary>
    public sealed record Question(string Sql, Func<DbDataReader, object> Read, params object?[] Values);

    public LedgerSql(DbContext db)
    {
        connection = db.Database.GetDbConnection();
        transaction = db.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("The ledger writes only inside MarketWrites.RunAsync.");
    }

    /// <summary>
    /// The first row of each question, or null where there is none, asked in order. On PostgreSQL they travel together, and each
    /// still sees what was committed before it was its turn: a lock taken by the first one protects what the others read.
    /// </summary>
    public async Task<object?[]> FirstOfEachAsync(IReadOnlyList<Question> questions, CancellationToken ct)
    {
        var answers = new object?[questions.Count];
        if (connection is NpgsqlConnection npgsql)
        {
            await using var batch = Batch(npgsql, questions.Select(q => (q.Sql, q.Values)));
            await using var reader = await batch.ExecuteReaderAsync(ct);
            for (var i = 0; i < answers.Length; i++)
            {
                if (i > 0) await reader.NextResultAsync(ct);
                if (await reader.ReadAsync(ct)) answers[i] = questions[i].Read(reader);
            }
            return answers;
        }
        for (var i = 0; i < answers.Length; i++) answers[i] = await FirstAsync(questions[i], ct);
        return answers;
    }

    /// <summary>
    /// Runs the statements in order, each of which must change one row. On PostgreSQL they travel together, so that the book's row
    /// is locked for one round trip and not for each. Throws <see cref="InvalidOperationException"/> where one did not.
    /// </summary>
    public async Task WriteAsync(IReadOnlyList<(string Sql, object?[] Values)> writes, CancellationToken ct)
    {
        if (connection is NpgsqlConnection npgsql)
        {
            await using var batch = Batch(npgsql, writes);
            await batch.ExecuteNonQueryAsync(ct);
            foreach (var command in batch.BatchCommands) OneRow(command.RecordsAffected);
            return;
        }
        foreach (var (sql, values) in writes) OneRow(await ExecuteAsync(sql, values, ct));
    }

    private NpgsqlBatch Batch(NpgsqlConnection npgsql, IEnumerable<(string Sql, object?[] Values)> statements)
    {
        var batch = new NpgsqlBatch(npgsql, (NpgsqlTransaction)transaction);
        foreach (var (sql, values) in statements)
        {
            var command = new NpgsqlBatchCommand(sql);
            for (var i = 0; i < values.Length; i++) command.Parameters.Add(new NpgsqlParameter(Names[i], values[i] ?? DBNull.Value));
            batch.BatchCommands.Add(command);
        }
        return batch;
    }

    private async Task<object?> FirstAsync(Question question, CancellationToken ct)
    {
        var command = Command(question.Sql, question.Values);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await reader.ReadAsync(ct) ? question.Read(reader) : null;
        }
        finally
        {
            Release(command);
        }
    }

    private async Task<int> ExecuteAsync(string sql, object?[] values, CancellationToken ct)
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

    private static void OneRow(int changed)
    {
        if (changed != 1) throw new InvalidOperationException("The book changed under its lock: a write went past MarketWrites.");
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
