using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Copying;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Backups;

/// <summary>
/// Puts a backup in the place of the configured database, after proving it: its hashes, its chain, its triggers, and that it does not
/// contradict the checkpoints outside. On SQLite the replaced file is kept aside; on a server the database must be empty. A kill at
/// any moment leaves the old database or the new one, whole.
/// </summary>
public sealed class RestoreBackup(MarketContexts contexts, CheckpointFile checkpoints, TimeProvider clock)
{
    /// <summary>Which, and how far to go.</summary>
    public sealed record Input
    {
        /// <summary>The backup.</summary>
        public required string Path { get; init; }

        /// <summary>Also restores one that is older than what the checkpoints prove was recorded since. That is lost then.</summary>
        public bool ForceOlder { get; init; }

        /// <summary>Told how many rows are copied, where they are.</summary>
        public IProgress<(string Table, long Done, long Total)>? Progress { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Restored. Where the replaced database lies now; null where there was none.</summary>
    public sealed record Restored(BackupManifest Manifest, string? Aside) : Outcome;

    /// <summary>The file is no backup of this program.</summary>
    public sealed record NotABackup : Outcome;

    /// <summary>Made by a newer version of the program.</summary>
    public sealed record Newer : Outcome;

    /// <summary>A file in it is missing or was changed.</summary>
    public sealed record Damaged(string Name) : Outcome;

    /// <summary>Its books are not in order.</summary>
    public sealed record BooksOff(IReadOnlyList<LedgerReport> Reports) : Outcome;

    /// <summary>It says otherwise than a checkpoint outside: one of the two was tampered with. Never restored.</summary>
    public sealed record Contradicts(string Book, long Sequence) : Outcome;

    /// <summary>It ends before what the checkpoints prove: restoring it loses what was recorded since.</summary>
    public sealed record Older(string Book, long Has, long Proven, DateTime At) : Outcome;

    /// <summary>A site or a command uses the database.</summary>
    public sealed record InUse : Outcome;

    /// <summary>The server's database is not empty.</summary>
    public sealed record TargetNotEmpty : Outcome;

    /// <summary>Restores. Throws <see cref="FileNotFoundException"/> where there is no such file.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!File.Exists(input.Path)) throw new FileNotFoundException(null, input.Path);
        using var alone = DatabaseUse.Alone(contexts.Storage);
        if (alone is null) return new InUse();
        var (unpacked, wrong) = await UnpackedBackup.OpenAsync(input.Path, Place(), ct);
        if (unpacked is null) return wrong!;
        using (unpacked)
        {
            return await ProveAsync(unpacked, input.ForceOlder, ct) ?? await PutAsync(unpacked, input, ct);
        }
    }

    /// <summary>Beside the database, so that the last step is a renaming. What an earlier restore left when it was killed goes first.</summary>
    private string Place()
    {
        var storage = contexts.Storage;
        var beside = storage.Provider == DatabaseProvider.Sqlite ? storage.FilePath : Path.GetFullPath(storage.CheckpointPath);
        foreach (var left in Directory.GetDirectories(Directory.CreateDirectory(Path.GetDirectoryName(beside)!).FullName, Path.GetFileName(beside) + ".restoring-*")) Directory.Delete(left, recursive: true);
        return $"{beside}.restoring-{Guid.NewGuid():N}";
    }

    private async Task<Outcome?> ProveAsync(UnpackedBackup backup, bool forceOlder, CancellationToken ct)
    {
        var inside = new MarketContexts(BackUp.At(backup.Database));
        if (await MarketSchema.StateAsync(inside, ct) is SchemaState.Newer or SchemaState.Empty) return new Newer();
        await using var db = inside.Read();
        var reports = await new LedgerVerifier(new CheckpointFile(backup.Checkpoints)).VerifyAsync(db, null, ct);
        if (reports.Any(r => !r.IsClean)) return new BooksOff(reports);
        if (await backup.TriggerOffAsync(ct) is { } trigger) return new Damaged(trigger);
        // A book that only the checkpoints outside know: the backup is older than it, or another station's.
        var heads = reports.Select(r => r.Book).ToHashSet(StringComparer.Ordinal);
        Outcome? older = checkpoints.ReadAll().Where(c => !heads.Contains(c.Book)).MaxBy(c => c.Sequence) is { } lost ? new Older(lost.Book, 0, lost.Sequence, lost.At) : null;
        foreach (var report in reports)
        {
            foreach (var outside in checkpoints.Read(report.Book))
            {
                if (outside.Sequence > report.Head.Sequence)
                {
                    older = new Older(report.Book, report.Head.Sequence, outside.Sequence, outside.At);
                    continue;
                }
                var hash = await db.LedgerTransactions.Where(t => t.Sequence == outside.Sequence && db.LedgerBooks.Any(b => b.Id == t.BookId && b.Code == report.Book)).Select(t => t.Hash).SingleAsync(ct);
                if (!string.Equals(Convert.ToHexString(hash), outside.Hash, StringComparison.OrdinalIgnoreCase)) return new Contradicts(report.Book, outside.Sequence);
            }
        }
        return forceOlder ? null : older;
    }

    private async Task<Outcome> PutAsync(UnpackedBackup backup, Input input, CancellationToken ct)
    {
        var inside = new MarketContexts(BackUp.At(backup.Database));
        if (await MarketSchema.StateAsync(inside, ct) == SchemaState.Older) await MarketSchema.MigrateAsync(inside, ct);
        PutPhotos(backup);
        var stamp = StationTime.Local(clock.GetUtcNow().UtcDateTime).ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        if (contexts.Storage.Provider == DatabaseProvider.Sqlite)
        {
            using var turn = await SqliteDoor.TakeTurnAsync(contexts.Storage.FilePath, ct);
            if (!await EmptyLogAsync(stamp, ct)) return new InUse();
            // The shortened checkpoints hold for the old database as well as for the new one, so they go first.
            PutCheckpoints(backup, stamp);
            return new Restored(backup.Manifest, Replace(backup.Database, stamp));
        }
        // Into the empty database of a server the copy proves itself against the backup's own checkpoints.
        var copied = await new CopyDatabase(inside, new LedgerVerifier(new CheckpointFile(backup.Checkpoints))).ExecuteAsync(new CopyDatabase.Input { Target = contexts.Storage, Progress = input.Progress }, ct);
        if (copied is CopyDatabase.TargetNotEmpty) return new TargetNotEmpty();
        if (copied is not CopyDatabase.Copied) throw new InvalidOperationException($"The backup could not be copied into the database: {copied}.");
        PutCheckpoints(backup, stamp);
        return new Restored(backup.Manifest, null);
    }

    /// <summary>Photos have names of their own and never change: what is missing is put there, nothing is overwritten.</summary>
    private void PutPhotos(UnpackedBackup backup)
    {
        if (!Directory.Exists(backup.Photos)) return;
        foreach (var photo in Directory.EnumerateFiles(backup.Photos, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(contexts.Storage.PhotoPath, Path.GetRelativePath(backup.Photos, photo));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            if (File.Exists(to)) continue;
            File.Copy(photo, to + ".part", overwrite: true); // perhaps another disk
            File.Move(to + ".part", to);
        }
    }

    /// <summary>The checkpoints outside, as far as the restored chain goes, with those that came along; the file before is kept aside.</summary>
    private void PutCheckpoints(UnpackedBackup backup, string stamp)
    {
        var heads = backup.Manifest.Books.ToDictionary(b => b.Code, b => b.Sequence, StringComparer.Ordinal);
        var before = checkpoints.ReadAll();
        var after = before.Where(c => heads.TryGetValue(c.Book, out var head) && c.Sequence <= head).ToList();
        var known = after.Select(c => (c.Book, c.Sequence)).ToHashSet();
        after.AddRange(backup.ReadCheckpoints().Where(c => known.Add((c.Book, c.Sequence))));
        if (after.Count == before.Count && before.Count > 0) return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(checkpoints.Path))!);
        if (before.Count > 0) File.Copy(checkpoints.Path, $"{checkpoints.Path}.before-restore-{stamp}", overwrite: true);
        var part = checkpoints.Path + ".part";
        using (var stream = new FileStream(part, FileMode.Create, FileAccess.Write))
        {
            stream.Write(BackUp.Encode(after));
            stream.Flush(flushToDisk: true);
        }
        File.Move(part, checkpoints.Path, overwrite: true);
    }

    /// <summary>Empties the old database's log into its file; false while anybody, such as a shell of SQLite's own, still reads it.</summary>
    private async Task<bool> EmptyLogAsync(string stamp, CancellationToken ct)
    {
        var path = contexts.Storage.FilePath;
        if (!File.Exists(path)) return true;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        try
        {
            await using var connection = SqliteDoor.Open(contexts.Storage);
            await using var command = connection.CreateCommand();
            command.CommandText = SqlitePragmas.EmptyLog;
            return Convert.ToInt64(await command.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture) == 0; // 1 for busy
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // One that is broken beyond opening is kept as it is, with its log.
            if (File.Exists(path + "-wal")) File.Copy(path + "-wal", $"{path}.before-restore-{stamp}-wal", overwrite: true);
            return true;
        }
    }

    /// <summary>Keeps a copy of the old database aside, and renames the new one over it in one step.</summary>
    private string? Replace(string database, string stamp)
    {
        var path = contexts.Storage.FilePath;
        string? aside = null;
        if (File.Exists(path))
        {
            File.Copy(path, aside = $"{path}.before-restore-{stamp}", overwrite: true);
            // A log that stayed would be read into the new file.
            foreach (var part in (string[])["-wal", "-shm"]) File.Delete(path + part);
        }
        File.Move(database, path, overwrite: true);
        return aside;
    }
}
