using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using PointsMarket.Data;

namespace PointsMarket.Benchmarks;

/// <summary>
/// The floor: what somebody would write by hand for one posting between two accounts, with the same reads, the same writes and
/// the same durability, prepared statements on one open connection, one COMMIT each. It hashes nothing.
/// </summary>
internal sealed class HandWritten : IDisposable
{
    private static readonly byte[] Hash = new byte[32];

    private readonly DbConnection connection;
    private readonly int book;
    private readonly DbCommand head, key, account, transaction, entry, balance, move;

    public HandWritten(MarketStorage storage, int book)
    {
        this.book = book;
        connection = storage.Provider == DatabaseProvider.Sqlite ? new SqliteConnection(storage.Effective + ";Pooling=False") : new NpgsqlConnection(storage.Effective);
        connection.Open();
        if (connection is SqliteConnection sqlite) SqlitePragmas.Run(sqlite, SqlitePragmas.Writer);
        head = Command($"""SELECT "Code", "Sequence", "Accounts", "Head" FROM "LedgerBooks" WHERE "Id" = @p0{(connection is SqliteConnection ? "" : " FOR UPDATE")}""", DbType.Int32);
        key = Command("""SELECT "Sequence", "ContentHash" FROM "LedgerTransactions" WHERE "BookId" = @p0 AND "Key" = @p1""", DbType.Int32, DbType.String);
        account = Command("""SELECT "Number", "Balance", "Version" FROM "LedgerAccounts" WHERE "BookId" = @p0 AND "Code" = @p1 AND "Asset" = @p2""", DbType.Int32, DbType.String, DbType.String);
        transaction = Command("""
            INSERT INTO "LedgerTransactions" ("BookId", "Sequence", "Key", "Kind", "Subject", "HappenedAt", "RecordedAt", "Actor", "Reason", "RelatedSequence", "Relation", "ContentHash", "Hash")
            VALUES (@p0, @p1, @p2, 'task', @p3, @p4, @p5, 'system:bench', NULL, NULL, NULL, @p6, @p7)
            """, DbType.Int32, DbType.Int64, DbType.String, DbType.String, DbType.Int64, DbType.Int64, DbType.Binary, DbType.Binary);
        entry = Command("""INSERT INTO "LedgerEntries" ("BookId", "Sequence", "Line", "Account", "Amount", "Version") VALUES (@p0, @p1, @p2, @p3, @p4, @p5)""", DbType.Int32, DbType.Int64, DbType.Int32, DbType.Int32, DbType.Int64, DbType.Int64);
        balance = Command("""UPDATE "LedgerAccounts" SET "Balance" = @p0, "Version" = @p1 WHERE "BookId" = @p2 AND "Number" = @p3 AND "Version" = @p4""", DbType.Int64, DbType.Int64, DbType.Int32, DbType.Int32, DbType.Int64);
        move = Command("""UPDATE "LedgerBooks" SET "Sequence" = @p0, "Head" = @p1, "Accounts" = @p2 WHERE "Id" = @p3 AND "Sequence" = @p4""", DbType.Int64, DbType.Binary, DbType.Int32, DbType.Int32, DbType.Int64);
    }

    public void Post(string name, string from, string to, long amount)
    {
        using var tx = connection.BeginTransaction();
        long sequence;
        int accounts;
        using (var r = Read(head, tx, book))
        {
            r.Read();
            (sequence, accounts) = (r.GetInt64(1) + 1, r.GetInt32(2));
            r.GetFieldValue<byte[]>(3);
        }
        using (var r = Read(key, tx, book, name))
        {
            if (r.Read()) return;
        }
        var source = Find(tx, from);
        var destination = Find(tx, to);
        Run(transaction, tx, book, sequence, name, name, 1_790_000_000_000L, 1_790_000_000_000L, Hash, Hash);
        Run(entry, tx, book, sequence, 0, source.Number, -amount, source.Version + 1);
        Run(entry, tx, book, sequence, 1, destination.Number, amount, destination.Version + 1);
        Run(balance, tx, source.Balance - amount, source.Version + 1, book, source.Number, source.Version);
        Run(balance, tx, destination.Balance + amount, destination.Version + 1, book, destination.Number, destination.Version);
        Run(move, tx, sequence, Hash, accounts, book, sequence - 1);
        tx.Commit();
    }

    public void Dispose() => connection.Dispose();

    private (int Number, long Balance, long Version) Find(DbTransaction tx, string code)
    {
        using var r = Read(account, tx, book, code, "PTS");
        return r.Read() ? (r.GetInt32(0), r.GetInt64(1), r.GetInt64(2)) : throw new InvalidOperationException($"No account {code}.");
    }

    private DbCommand Command(string text, params DbType[] types)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // the constants above
        command.CommandText = text;
#pragma warning restore CA2100
        foreach (var (i, type) in types.Index())
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.DbType) = ($"@p{i}", type);
            command.Parameters.Add(parameter);
        }
        command.Prepare();
        return command;
    }

    private static DbCommand With(DbCommand command, DbTransaction tx, object[] values)
    {
        command.Transaction = tx;
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        return command;
    }

    private static DbDataReader Read(DbCommand command, DbTransaction tx, params object[] values) => With(command, tx, values).ExecuteReader();

    private static void Run(DbCommand command, DbTransaction tx, params object[] values)
    {
        if (With(command, tx, values).ExecuteNonQuery() != 1) throw new InvalidOperationException("Not one row.");
    }
}
