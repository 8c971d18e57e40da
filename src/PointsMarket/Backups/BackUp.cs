using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Copying;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Backups;

/// <summary>
/// Writes one file that holds the database as of one moment, the checkpoints up to then and the photos. People go on redeeming
/// meanwhile. The file appears whole or not at all: it is written beside its place and moved there at the end.
/// </summary>
public sealed class BackUp(MarketContexts contexts, LedgerVerifier verifier, CheckpointFile checkpoints, TimeProvider clock)
{
    /// <summary>Where to.</summary>
    public sealed record Input
    {
        /// <summary>The file, which is replaced where it exists.</summary>
        public required string Path { get; init; }

        /// <summary>Told how much of all is written, in bytes.</summary>
        public IProgress<(long Done, long Total)>? Progress { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Written.</summary>
    public sealed record Written(BackupManifest Manifest, long Size) : Outcome;

    /// <summary>The database could not be copied out of its server; what the copy said.</summary>
    public sealed record NotCopied(CopyDatabase.Outcome Reason) : Outcome;

    /// <summary>Backs up. Throws <see cref="IOException"/> where the file cannot be written.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var path = Path.GetFullPath(input.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var work = new DirectoryInfo($"{path}.part-{Guid.NewGuid():N}");
        work.Create();
        try
        {
            var database = Path.Combine(work.FullName, BackupManifest.Database);
            if (await SnapshotAsync(database, ct) is { } refused) return new NotCopied(refused);
            var (schema, books) = await ReadAsync(database, ct);
            var archive = Path.Combine(work.FullName, "backup.zip");
            var manifest = await PackAsync(archive, database, schema, books, input.Progress, ct);
            File.Move(archive, path, overwrite: true);
            return new Written(manifest, new FileInfo(path).Length);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private async Task<CopyDatabase.Outcome?> SnapshotAsync(string file, CancellationToken ct)
    {
        var storage = contexts.Storage;
        if (storage.Provider != DatabaseProvider.Sqlite)
        {
            var copied = await new CopyDatabase(contexts, verifier).ExecuteAsync(new CopyDatabase.Input { Target = At(file), Prove = false }, ct);
            return copied is CopyDatabase.Copied ? null : copied;
        }
        // VACUUM INTO reads in one transaction and writes another file; a connection that only reads never checkpoints.
        var from = new SqliteConnectionStringBuilder { DataSource = storage.FilePath, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 30 }.ToString();
        await using var connection = new SqliteConnection(from);
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $file";
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue("$file", file);
        await command.ExecuteNonQueryAsync(ct);
        return null;
    }

    private static async Task<(string Schema, IReadOnlyList<BackupBook> Books)> ReadAsync(string file, CancellationToken ct)
    {
        await using var db = new MarketContexts(At(file)).Read();
        var schema = (await db.Database.GetAppliedMigrationsAsync(ct)).Last();
        var books = await db.LedgerBooks.AsNoTracking().OrderBy(b => b.Code).ToListAsync(ct);
        return (schema, [.. books.Select(b => new BackupBook(b.Code, b.Sequence, Convert.ToHexString(b.Head)))]);
    }

    private async Task<BackupManifest> PackAsync(string archive, string database, string schema, IReadOnlyList<BackupBook> books, IProgress<(long, long)>? progress, CancellationToken ct)
    {
        var photos = new DirectoryInfo(contexts.Storage.PhotoPath) is { Exists: true } folder ? folder.GetFiles("*", SearchOption.AllDirectories) : [];
        var kept = Encode(books.SelectMany(b => checkpoints.Read(b.Code).Where(c => c.Sequence <= b.Sequence)));
        var (total, done) = (new FileInfo(database).Length + photos.Sum(p => p.Length), 0L);
        var files = new List<BackupFile>();
        await using var file = new FileStream(archive, Private(FileMode.CreateNew));
        await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            async Task AddAsync(string name, Stream content, CompressionLevel level)
            {
                await using var source = content;
                await using var entry = await zip.CreateEntry(name, level).OpenAsync(ct);
                files.Add(await CopyAsync(name, source, entry, some => progress?.Report((done += some, total)), ct));
            }
            await AddAsync(BackupManifest.Database, File.OpenRead(database), CompressionLevel.Fastest);
            await AddAsync(BackupManifest.Checkpoints, new MemoryStream(kept), CompressionLevel.Fastest);
            foreach (var photo in photos)
            {
                if (Open(photo) is { } content) await AddAsync(BackupManifest.Photos + Path.GetRelativePath(contexts.Storage.PhotoPath, photo.FullName).Replace('\\', '/'), content, CompressionLevel.NoCompression);
            }
            var manifest = new BackupManifest(BackupManifest.Newest, clock.GetUtcNow().UtcDateTime, contexts.Storage.Provider.ToString(), schema, books, files);
            await using (var entry = await zip.CreateEntry(BackupManifest.FileName).OpenAsync(ct)) await entry.WriteAsync(manifest.Write(), ct);
            await zip.DisposeAsync();
            file.Flush(flushToDisk: true);
            return manifest;
        }
    }

    /// <summary>A photo that was deleted since the folder was read is not needed any more.</summary>
    private static FileStream? Open(FileInfo photo)
    {
        try
        {
            return photo.OpenRead();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static async Task<BackupFile> CopyAsync(string name, Stream from, Stream to, Action<int> progress, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        var size = 0L;
        int read;
        while ((read = await from.ReadAsync(buffer, ct)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
            size += read;
            progress(read);
        }
        return new BackupFile(name, size, Convert.ToHexString(hash.GetHashAndReset()));
    }

    internal static byte[] Encode(IEnumerable<Checkpoint> lines) =>
        System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.OrderBy(c => c.At).ThenBy(c => c.Sequence).Select(c => System.Text.Json.JsonSerializer.Serialize(c) + "\n")));

    internal static MarketStorage At(string file) => new()
    {
        ConnectionString = $"Data Source={file};Pooling=False", CheckpointPath = file + ".none", PhotoPath = file + ".none", SealKeyPath = file + ".none",
    };

    /// <summary>A backup holds everything but the seal's key: nobody else on the machine may read it.</summary>
    private static FileStreamOptions Private(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
