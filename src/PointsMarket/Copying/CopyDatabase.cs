using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Copying;

/// <summary>
/// Copies everything from the configured database into an empty one of any engine, and proves both. One transaction: the target has
/// all of it or is as empty as before. What is written to the source meanwhile is not in the copy; stop the site first.
/// </summary>
public sealed class CopyDatabase(MarketContexts source, LedgerVerifier verifier)
{
    /// <summary>Where to.</summary>
    public sealed record Input
    {
        /// <summary>The database that is copied to.</summary>
        public required MarketStorage Target { get; init; }

        /// <summary>False to copy books that are not in order too, as they are: a backup must not wait until they are.</summary>
        public bool Prove { get; init; } = true;

        /// <summary>Told how many rows of all are copied, and of which table.</summary>
        public IProgress<(string Table, long Done, long Total)>? Progress { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Copied: the tables with their rows, the same on both sides, and the heads of the books, proved on both.</summary>
    public sealed record Copied(IReadOnlyList<(string Table, long Rows)> Tables, IReadOnlyList<Checkpoint> Heads) : Outcome;

    /// <summary>The source's schema is not this program's.</summary>
    public sealed record SourceNotCurrent(SchemaState State) : Outcome;

    /// <summary>The target holds a station or accounts, or is of another version.</summary>
    public sealed record TargetNotEmpty : Outcome;

    /// <summary>The source's books are not in order; they are not carried on.</summary>
    public sealed record SourceOff(IReadOnlyList<LedgerReport> Reports) : Outcome;

    /// <summary>The copy does not prove to be the same; nothing was kept.</summary>
    public sealed record Differs(string Where) : Outcome;

    /// <summary>Copies.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var state = await MarketSchema.StateAsync(source, ct);
        if (state != SchemaState.Current) return new SourceNotCurrent(state);
        var target = new MarketContexts(input.Target);
        var there = await MarketSchema.StateAsync(target, ct);
        if (there is SchemaState.Older or SchemaState.Newer) return new TargetNotEmpty();
        if (there == SchemaState.Empty) await MarketSchema.MigrateAsync(target, ct);
        await using (var db = target.Read())
        {
            if (await IsUsedAsync(db, ct)) return new TargetNotEmpty();
        }
        if (input.Target.Provider == DatabaseProvider.Sqlite)
        {
            using var turn = await SqliteDoor.TakeTurnAsync(input.Target.FilePath, ct);
            await using var connection = SqliteDoor.Open(input.Target);
            await using var db = target.On(connection)();
            return await CopyAsync(db, input, ct);
        }
        await using var server = target.Read();
        return await CopyAsync(server, input, ct);
    }

    private static async Task<bool> IsUsedAsync(MarketDb db, CancellationToken ct) =>
        await db.LedgerBooks.AnyAsync(ct) || await db.Areas.AnyAsync(ct) || await db.Users.AnyAsync(ct) || await db.Members.AnyAsync(ct);

    private async Task<Outcome> CopyAsync(MarketDb to, Input input, CancellationToken ct)
    {
        if (input.Prove)
        {
            await using var proving = source.Read();
            var before = await verifier.VerifyAsync(proving, null, ct);
            if (before.Any(r => !r.IsClean)) return new SourceOff(before);
        }

        await using var from = source.Read();
        await using var snapshot = await from.BeginSnapshotAsync(ct);
        await using var transaction = await to.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        var tables = CopiedTable.InOrder(from, to);
        var copy = new TableCopy(from, to);
        var (total, done) = (await copy.CountAsync(tables, ct), 0L);
        await copy.EmptyAsync(tables, ct);
        var copied = new List<(string Table, long Rows)>();
        foreach (var table in tables)
        {
            var start = done;
            var rows = await copy.CopyAsync(table, some => input.Progress?.Report((table.Name, start + some, total)), ct);
            if (await copy.ThereAsync(table, ct) != rows) return new Differs(table.Name);
            copied.Add((table.Name, rows));
            done += rows;
        }

        await copy.CloseBooksAsync(tables.Single(t => t.Name == nameof(MarketDb.LedgerBooks)), ct);
        var heads = await HeadsAsync(from, ct);
        if (!heads.SequenceEqual(await HeadsAsync(to, ct))) return new Differs(nameof(MarketDb.LedgerBooks));
        // What was copied is proved before it is kept: the chain from its first entry, against the same checkpoints.
        if (input.Prove && (await verifier.VerifyAsync(to, null, ct)).FirstOrDefault(r => !r.IsClean) is { } off) return new Differs(off.Book);
        await transaction.CommitAsync(ct);
        return new Copied(copied, [.. heads.Select(h => new Checkpoint(h.Book, h.Sequence, h.Hash, DateTime.UnixEpoch))]);
    }

    private static async Task<List<(string Book, long Sequence, string Hash)>> HeadsAsync(MarketDb db, CancellationToken ct)
    {
        var books = await db.LedgerBooks.AsNoTracking().OrderBy(b => b.Code).ToListAsync(ct);
        return [.. books.Select(b => (b.Code, b.Sequence, Convert.ToHexString(b.Head)))];
    }
}
