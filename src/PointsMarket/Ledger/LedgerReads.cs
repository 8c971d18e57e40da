using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace PointsMarket.Ledger;

/// <summary>Reading balances and stored transactions.</summary>
public static class LedgerReads
{
    /// <summary>
    /// Begins a transaction in which all reads see one moment: a snapshot on PostgreSQL and SQLite, held row locks on SQL Server.
    /// </summary>
    public static async Task<IDbContextTransaction> BeginSnapshotAsync(this DbContext db, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (db.Database.GetDbConnection() is not SqliteConnection sqlite) return await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await db.Database.OpenConnectionAsync(ct);
        return (await db.Database.UseTransactionAsync(sqlite.BeginTransaction(deferred: true), ct))!; // a plain BEGIN would take the writer's lock
    }

    /// <summary>The balance of an account; 0 when nothing was ever posted to it.</summary>
    public static async Task<long> BalanceAsync(this DbContext db, int bookId, AccountCode account, Asset asset, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.Set<LedgerAccount>()
            .Where(a => a.BookId == bookId && a.Code == account.Value && a.Asset == asset.Code)
            .Select(a => a.Balance).SingleOrDefaultAsync(ct);
    }

    /// <summary>The sequence of the transaction with this key, or null.</summary>
    public static async Task<long?> SequenceOfAsync(this DbContext db, int bookId, string key, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.Set<LedgerTransaction>().Where(t => t.BookId == bookId && t.Key == key)
            .Select(t => (long?)t.Sequence).SingleOrDefaultAsync(ct);
    }

    /// <summary>The postings of a stored transaction, in order; empty when there is no such transaction.</summary>
    public static async Task<IReadOnlyList<Posting>> PostingsOfAsync(this DbContext db, int bookId, long sequence, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var lines = await (
            from e in db.Set<LedgerEntry>()
            join a in db.Set<LedgerAccount>() on new { e.BookId, Number = e.Account } equals new { a.BookId, a.Number }
            where e.BookId == bookId && e.Sequence == sequence
            orderby e.Line
            select new { a.Code, a.Asset, e.Amount }).ToListAsync(ct);
        return [.. lines.Chunk(2).Select(p => new Posting(AccountCode.Parse(p[0].Code), AccountCode.Parse(p[1].Code), Asset.Parse(p[0].Asset), p[1].Amount))];
    }
}
