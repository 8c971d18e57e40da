using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PointsMarket.Data;
using SQLitePCL;

namespace PointsMarket.Killed;

/// <summary>
/// A step of the write path at which the process kills itself: before or after the n-th statement that begins with some text.
/// <c>inside</c> is SQLite's COMMIT, after its checks and before its first byte is written. Statements are SQLite's own, as its
/// engine runs them, or those that Npgsql traces; there several may go to the server as one text.
/// </summary>
internal sealed class KillPoint(string when, int count, string statement)
{
    private int seen;

    public static KillPoint? Parse(string? text) =>
        text?.Split('|', 3) is [var when, var count, var statement] ? new KillPoint(when, int.Parse(count, CultureInfo.InvariantCulture), statement) : null;

    public void Arm(MarketStorage storage)
    {
        if (storage.Provider == DatabaseProvider.Sqlite) storage.WriterOpened = c => Arm(c.Handle!);
        else ArmServer(storage);
    }

    private void Arm(sqlite3 connection)
    {
        if (when == "before") raw.sqlite3_trace(connection, (_, sql) => See(sql), null);
        else if (when == "after") raw.sqlite3_profile(connection, (_, sql, _) => See(sql), null);
        else raw.sqlite3_commit_hook(connection, _ =>
        {
            See(statement);
            return 0;
        }, null);
    }

    private void ArmServer(MarketStorage storage)
    {
        storage.Interceptors = [new Transactions(this)];
        ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = a =>
            {
                if (when == "after" && (a.GetTagItem("db.query.text") ?? a.GetTagItem("db.statement")) is string sql && sql.Contains(statement, StringComparison.Ordinal)) See(statement);
            },
        });
    }

    private void See(string sql)
    {
        if (!sql.TrimStart().StartsWith(statement, StringComparison.Ordinal) || Interlocked.Increment(ref seen) != count) return;
        using var self = Process.GetCurrentProcess();
        self.Kill(); // SIGKILL
        Thread.Sleep(Timeout.Infinite);
    }

    private sealed class Transactions(KillPoint point) : DbTransactionInterceptor
    {
        public override ValueTask<DbTransaction> TransactionStartedAsync(DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default) =>
            See("after", "BEGIN", result);

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            See("before", "COMMIT", result);

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            See("after", "COMMIT", true).AsTask();

        private ValueTask<T> See<T>(string at, string what, T result)
        {
            if (point.When == at) point.See(what);
            return ValueTask.FromResult(result);
        }
    }

    private string When => when;
}
