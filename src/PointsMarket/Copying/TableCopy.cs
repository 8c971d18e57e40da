using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using PointsMarket.Data;

namespace PointsMarket.Copying;

/// <summary>
/// Streams one table after the other from a snapshot of the source into an open transaction of the target, many rows a statement.
/// Rows that point to others of their own table wait until those are there.
/// </summary>
internal sealed class TableCopy(MarketDb source, MarketDb target)
{
    // SQL Server takes 2,100 parameters and 1,000 rows a statement; the others far more. One number for all three is enough.
    private const int MostParameters = 2000;
    private const int MostRows = 250;

    // The database takes no transactions of a closed month: a book is closed again when all of them are there.
    private const string Books = "LedgerBooks";
    private const string ClosedBefore = "ClosedBefore";

    private readonly List<(object Id, object Before)> closed = [];
    private readonly ISqlGenerationHelper from = source.GetService<ISqlGenerationHelper>();
    private readonly ISqlGenerationHelper to = target.GetService<ISqlGenerationHelper>();
    private readonly DbConnection reading = source.Database.GetDbConnection();
    private readonly DbConnection writing = target.Database.GetDbConnection();
    private readonly DbTransaction snapshot = source.Database.CurrentTransaction!.GetDbTransaction();
    private readonly DbTransaction transaction = target.Database.CurrentTransaction!.GetDbTransaction();

    /// <summary>Takes out what the migrations put into the target; there is no ledger in it yet.</summary>
    public async Task EmptyAsync(IEnumerable<CopiedTable> tables, CancellationToken ct)
    {
        foreach (var table in tables.Reverse().Where(t => !t.Name.StartsWith("Ledger", StringComparison.Ordinal)))
            await ExecuteAsync($"DELETE FROM {to.DelimitIdentifier(table.Name)}", ct);
    }

    /// <summary>How many rows the source has in all of them.</summary>
    public async Task<long> CountAsync(IEnumerable<CopiedTable> tables, CancellationToken ct)
    {
        var all = 0L;
        foreach (var table in tables) all += await ScalarAsync(reading, snapshot, $"SELECT COUNT(*) FROM {from.DelimitIdentifier(table.Name)}", ct);
        return all;
    }

    /// <summary>How many rows the target has.</summary>
    public Task<long> ThereAsync(CopiedTable table, CancellationToken ct) => ScalarAsync(writing, transaction, $"SELECT COUNT(*) FROM {to.DelimitIdentifier(table.Name)}", ct);

    /// <summary>Copies a table; how many rows.</summary>
    public async Task<long> CopyAsync(CopiedTable table, Action<long> progress, CancellationToken ct)
    {
        var counted = table.Columns.Any(c => c.IsCounted);
        if (counted && target.Database.IsSqlServer()) await ExecuteAsync($"SET IDENTITY_INSERT {to.DelimitIdentifier(table.Name)} ON", ct);
        await using var read = Command(reading, snapshot, $"SELECT {Names(table, from)} FROM {from.DelimitIdentifier(table.Name)} ORDER BY {string.Join(", ", table.Key.Select(k => from.DelimitIdentifier(k)))}");
        var done = 0L;
        var batch = new List<object?[]>();
        var most = Math.Max(1, Math.Min(MostRows, MostParameters / table.Columns.Count));
        var waiting = new OwnRows(table);
        await using (var rows = await read.ExecuteReaderAsync(ct))
        {
            while (await rows.ReadAsync(ct))
            {
                var row = new object?[table.Columns.Count];
                for (var i = 0; i < row.Length; i++) row[i] = table.Columns[i].Read(rows, i);
                if (table.Name == Books) LeaveOpen(table, row);
                batch.AddRange(waiting.Ready(row));
                if (batch.Count < most) continue;
                progress(done += await WriteAsync(table, batch, most, ct));
            }
        }
        if (waiting.Left > 0) throw new InvalidOperationException($"{waiting.Left} rows of {table.Name} point to rows that are not there.");
        while (batch.Count > 0) progress(done += await WriteAsync(table, batch, most, ct));
        if (counted && target.Database.IsSqlServer()) await ExecuteAsync($"SET IDENTITY_INSERT {to.DelimitIdentifier(table.Name)} OFF", ct);
        if (counted && target.Database.IsNpgsql()) await GoOnCountingAsync(table, ct);
        return done;
    }

    /// <summary>Closes the books as they were closed in the source, after everything else was copied.</summary>
    public async Task CloseBooksAsync(CopiedTable books, CancellationToken ct)
    {
        foreach (var (id, before) in closed)
        {
            await using var update = Command(writing, transaction, $"UPDATE {to.DelimitIdentifier(Books)} SET {to.DelimitIdentifier(ClosedBefore)} = @p0 WHERE {to.DelimitIdentifier("Id")} = @p1");
            update.Parameters.Add(books.Columns[books.IndexOf(ClosedBefore)].Parameter(update, "@p0", before));
            update.Parameters.Add(books.Columns[books.IndexOf("Id")].Parameter(update, "@p1", id));
            await update.ExecuteNonQueryAsync(ct);
        }
    }

    private void LeaveOpen(CopiedTable table, object?[] row)
    {
        var at = table.IndexOf(ClosedBefore);
        if (row[at] is not { } before) return;
        closed.Add((row[table.IndexOf("Id")]!, before));
        row[at] = null;
    }

    // The other two go on after the largest number by themselves.
    private async Task GoOnCountingAsync(CopiedTable table, CancellationToken ct)
    {
        var (name, column) = (to.DelimitIdentifier(table.Name), table.Columns.First(c => c.IsCounted).Name);
        await ScalarAsync(writing, transaction, $"SELECT COALESCE(setval(pg_get_serial_sequence('{name}', '{column}'), COALESCE(MAX({to.DelimitIdentifier(column)}), 0) + 1, false), 0) FROM {name}", ct);
    }

    private async Task<int> WriteAsync(CopiedTable table, List<object?[]> batch, int most, CancellationToken ct)
    {
        var count = Math.Min(most, batch.Count);
        await using var insert = Command(writing, transaction, "");
        var text = new StringBuilder($"INSERT INTO {to.DelimitIdentifier(table.Name)} ({Names(table, to)}) VALUES ");
        for (var (r, n) = (0, 0); r < count; r++)
        {
            text.Append(r == 0 ? "(" : ", (");
            for (var c = 0; c < table.Columns.Count; c++, n++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"@p{n}");
                text.Append(c == 0 ? "" : ", ").Append(name);
                insert.Parameters.Add(table.Columns[c].Parameter(insert, name, batch[r][c]));
            }
            text.Append(')');
        }
#pragma warning disable CA2100 // names of the model and parameters
        insert.CommandText = text.ToString();
#pragma warning restore CA2100
        await insert.ExecuteNonQueryAsync(ct);
        batch.RemoveRange(0, count);
        return count;
    }

    private static string Names(CopiedTable table, ISqlGenerationHelper sql) => string.Join(", ", table.Columns.Select(c => sql.DelimitIdentifier(c.Name)));

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = Command(writing, transaction, sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<long> ScalarAsync(DbConnection connection, DbTransaction transaction, string sql, CancellationToken ct)
    {
        await using var command = Command(connection, transaction, sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture);
    }

    private static DbCommand Command(DbConnection connection, DbTransaction transaction, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // names of the model, delimited
        command.CommandText = sql;
#pragma warning restore CA2100
        (command.Transaction, command.CommandTimeout) = (transaction, 0);
        return command;
    }

    /// <summary>Holds rows back until the row of the same table that they point to was handed on.</summary>
    private sealed class OwnRows(CopiedTable table)
    {
        private readonly HashSet<object> there = [];
        private readonly Dictionary<object, List<object?[]>> held = [];

        public int Left => held.Values.Sum(h => h.Count);

        public IEnumerable<object?[]> Ready(object?[] row)
        {
            if (table.Own is not var (pointer, to))
            {
                yield return row;
                yield break;
            }
            if (row[pointer] is { } wanted && !there.Contains(wanted) && !wanted.Equals(row[to]))
            {
                if (!held.TryGetValue(wanted, out var others)) held[wanted] = others = [];
                others.Add(row);
                yield break;
            }
            var ready = new Queue<object?[]>([row]);
            while (ready.TryDequeue(out var next))
            {
                yield return next;
                there.Add(next[to]!);
                if (held.Remove(next[to]!, out var freed)) freed.ForEach(ready.Enqueue);
            }
        }
    }
}
