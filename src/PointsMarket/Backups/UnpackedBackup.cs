using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Backups;

/// <summary>A backup taken apart into a folder of its own, every file of which has the hash that the manifest says.</summary>
internal sealed class UnpackedBackup : IDisposable
{
    private readonly DirectoryInfo folder;

    private UnpackedBackup(DirectoryInfo folder, BackupManifest manifest) => (this.folder, Manifest) = (folder, manifest);

    public BackupManifest Manifest { get; }

    public string Database => Path.Combine(folder.FullName, BackupManifest.Database);

    public string Checkpoints => Path.Combine(folder.FullName, BackupManifest.Checkpoints);

    public string Photos => Path.Combine(folder.FullName, "photos");

    /// <summary>Takes it apart below <paramref name="place"/>. The outcome says what is wrong with it, where something is.</summary>
    public static async Task<(UnpackedBackup? Backup, RestoreBackup.Outcome? Wrong)> OpenAsync(string archive, string place, CancellationToken ct)
    {
        var folder = Directory.CreateDirectory(place);
        try
        {
            await using var zip = await ZipFile.OpenReadAsync(archive, ct);
            if (zip.GetEntry(BackupManifest.FileName) is not { } said) return Give(folder, new RestoreBackup.NotABackup());
            await using (var stream = await said.OpenAsync(ct))
            {
                if (await BackupManifest.ReadAsync(stream, ct) is not { } manifest) return Give(folder, new RestoreBackup.NotABackup());
                if (manifest.Format > BackupManifest.Newest) return Give(folder, new RestoreBackup.Newer());
                if (!manifest.Files.Any(f => f.Name == BackupManifest.Database)) return Give(folder, new RestoreBackup.NotABackup());
                foreach (var file in manifest.Files)
                {
                    if (zip.GetEntry(file.Name) is not { } entry || await UnpackAsync(entry, file, folder, ct) is false) return Give(folder, new RestoreBackup.Damaged(file.Name));
                }
                return (new UnpackedBackup(folder, manifest), null);
            }
        }
        catch (InvalidDataException)
        {
            return Give(folder, new RestoreBackup.NotABackup());
        }
    }

    /// <summary>The checkpoints that came with it.</summary>
    public IReadOnlyList<Checkpoint> ReadCheckpoints() => new CheckpointFile(Checkpoints).ReadAll();

    /// <summary>The first trigger of the ledger that is missing or was changed; null when all are there.</summary>
    public async Task<string?> TriggerOffAsync(CancellationToken ct)
    {
        var there = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var connection = new SqliteConnection(BackUp.At(Database).ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'";
        await using (var rows = await command.ExecuteReaderAsync(ct))
        {
            while (await rows.ReadAsync(ct)) there[rows.GetString(0)] = Plain(rows.GetString(1));
        }
        return LedgerTriggers.OnSqlite().FirstOrDefault(t => !there.TryGetValue(t.Name, out var sql) || sql != Plain(t.Sql)).Name;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Plain(string sql) => string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd(';', ' ');

    private static (UnpackedBackup?, RestoreBackup.Outcome?) Give(DirectoryInfo folder, RestoreBackup.Outcome wrong)
    {
        folder.Delete(recursive: true);
        return (null, wrong);
    }

    private static async Task<bool> UnpackAsync(ZipArchiveEntry entry, BackupFile file, DirectoryInfo folder, CancellationToken ct)
    {
        var path = Path.GetFullPath(Path.Combine(folder.FullName, file.Name));
        if (!path.StartsWith(folder.FullName + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return false; // a name that climbs out is none of ours
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        var size = 0L;
        await using var from = await entry.OpenAsync(ct);
        await using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        int read;
        while ((read = await from.ReadAsync(buffer, ct)) > 0)
        {
            if ((size += read) > file.Size) return false;
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
        }
        to.Flush(flushToDisk: true);
        return size == file.Size && string.Equals(Convert.ToHexString(hash.GetHashAndReset()), file.Sha256, StringComparison.OrdinalIgnoreCase);
    }
}
