using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Data;

/// <summary>
/// The servers' side of <see cref="MarketWrites"/>: a transaction for each operation, tried again after a deadlock, a
/// serialization failure or a lost connection. A receipt in the same transaction tells a lost answer from a lost COMMIT.
/// </summary>
internal sealed class ServerDoor(MarketContexts contexts, TimeProvider clock)
{
    private const int MostTries = 12;
    private const int SweepEvery = 1000;

    private int count;

    public async Task<T> RunAsync<T>(Func<MarketDb, CancellationToken, Task<T>> operation, CancellationToken ct)
    {
        var receipt = new WriteReceipt { Id = Guid.CreateVersion7(), At = clock.GetUtcNow().UtcDateTime };
        var attempt = new Attempt<T>();
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await TryAsync(operation, receipt, attempt, again: tries > 1, ct);
            }
            catch (Exception e) when (tries < MostTries && IsTransient(e))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 8) * (1 << Math.Min(tries, 6))), clock, ct);
            }
        }
    }

    /// <summary>True for what goes away when tried again: deadlock (40P01, 1205), serialization (40001, 3960), lock wait, lost connection.</summary>
    internal static bool IsTransient(Exception e) => e switch
    {
        DbUpdateConcurrencyException => false,
        DbUpdateException { InnerException: { } inner } => IsTransient(inner),
        InvalidOperationException { InnerException: DbException or TimeoutException } wrapped => IsTransient(wrapped.InnerException!), // EF Core's advice to retry
        SqlException s => s.Number is 1205 or 1222 or 3960 or -2 or 0 or 20 or 64 or 233 or 4060 or 10928 or 10929 or 10053 or 10054 or 40197 or 40501 or 40613 or 49918 or 49919 or 49920,
        DbException d => d.IsTransient,
        TimeoutException => true,
        _ => false,
    };

    private async Task<T> TryAsync<T>(Func<MarketDb, CancellationToken, Task<T>> operation, WriteReceipt receipt, Attempt<T> attempt, bool again, CancellationToken ct)
    {
        await using var db = contexts.Read();
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        db.InsideDoor = true;
        if (again && !await WriteReceiptAsync(db, receipt, ct)) return attempt.Outcome!;

        var outcome = await operation(db, ct);
        if (db.RollBackAsked) return outcome; // disposing rolls back
        attempt.Outcome = outcome;

        // The last statement before COMMIT must reach a living transaction: PostgreSQL answers COMMIT of one that an operation
        // broke and hid with a silent ROLLBACK.
        if (again) await db.Database.ExecuteSqlRawAsync("SELECT 1", ct);
        else await WriteReceiptAsync(db, receipt, ct);
        await transaction.CommitAsync(CancellationToken.None); // not given up half way: the answer would be a guess
        if (Interlocked.Increment(ref count) % SweepEvery == 0) _ = SweepAsync();
        return outcome;
    }

    /// <summary>
    /// Writes the receipt; false when it is there already, which only an earlier COMMIT of this very operation can explain. Waits
    /// for a COMMIT that is still under way, because the insert meets its row.
    /// </summary>
    private static async Task<bool> WriteReceiptAsync(MarketDb db, WriteReceipt receipt, CancellationToken ct)
    {
        if (db.Database.IsNpgsql())
            return await db.Database.ExecuteSqlAsync($"""INSERT INTO "WriteReceipts" ("Id", "At") VALUES ({receipt.Id}, {receipt.At}) ON CONFLICT DO NOTHING""", ct) == 1;
        try
        {
            return await db.Database.ExecuteSqlAsync($"INSERT INTO [WriteReceipts] ([Id], [At]) VALUES ({receipt.Id}, {receipt.At})", ct) == 1;
        }
        catch (SqlException e) when (e.Number == 2627) // the primary key; SQL Server keeps the transaction
        {
            return false;
        }
    }

    private async Task SweepAsync()
    {
        try
        {
            var before = clock.GetUtcNow().UtcDateTime.AddDays(-1);
            await using var db = contexts.Read();
            await db.Set<WriteReceipt>().Where(r => r.At < before).ExecuteDeleteAsync();
        }
#pragma warning disable CA1031 // the next sweep will do it; nobody waits for this one
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private sealed class Attempt<T>
    {
        /// <summary>What the last try came to before its COMMIT.</summary>
        public T? Outcome { get; set; }
    }
}
