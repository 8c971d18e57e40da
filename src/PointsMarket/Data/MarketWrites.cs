using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Data;

/// <summary>
/// The one door that all writes go through. On SQLite a single writer commits waiting operations in groups, each under a
/// savepoint; on a server each operation is its own transaction, retried when the database asks for it. Nobody is answered
/// before the COMMIT. An operation may run more than once, so it keeps its effects inside the context it is given and runs
/// nothing slow.
/// </summary>
public sealed class MarketWrites : IAsyncDisposable
{
    private static readonly AsyncLocal<bool> Inside = new();

    private readonly SqliteDoor? sqlite;
    private readonly ServerDoor? server;

    /// <summary>See the type.</summary>
    public MarketWrites(MarketContexts contexts, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(contexts);
        if (contexts.Storage.Provider == DatabaseProvider.Sqlite) sqlite = new SqliteDoor(contexts);
        else server = new ServerDoor(contexts, clock);
    }

    /// <summary>
    /// Runs an operation and returns its outcome after the COMMIT. An exception from it rolls it back and comes out here;
    /// <see cref="MarketDb.RollBack{T}"/> rolls it back and returns the outcome. Cancelling gives up an operation that has not
    /// finished, and harms no other; one that has finished is committed and answered.
    /// </summary>
    public async Task<T> RunAsync<T>(Func<MarketDb, CancellationToken, Task<T>> operation, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (Inside.Value) throw new InvalidOperationException("An operation inside the door opened the door again: it would wait for itself.");
        EnterDoor(); // in this asynchronous flow only
        return sqlite is not null ? await sqlite.RunAsync(operation, ct) : await server!.RunAsync(operation, ct);
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task<T> RunAsync<T>(Func<MarketDb, Task<T>> operation, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunAsync((db, _) => operation(db), ct);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (sqlite is not null) await sqlite.DisposeAsync();
    }

    internal static void EnterDoor() => Inside.Value = true;

    /// <summary>
    /// Sends what a reading context tracked through the door: Identity's stores change entities on the scoped context and save
    /// them there, and must obey the one-writer rule like everybody else.
    /// </summary>
    internal async Task<int> SaveTrackedAsync(MarketDb from, CancellationToken ct)
    {
        from.ChangeTracker.DetectChanges();
        var changes = from.ChangeTracker.Entries()
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(e => new TrackedChange(e)).ToList();
        var saved = await RunAsync(async (db, token) =>
        {
            foreach (var change in changes) change.Replay(db);
            return await db.SaveChangesAsync(token);
        }, ct);
        foreach (var change in changes) change.Settle();
        from.ChangeTracker.AcceptAllChanges();
        return saved;
    }
}
