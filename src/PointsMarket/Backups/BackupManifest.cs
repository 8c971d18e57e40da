using System.Text.Json;

namespace PointsMarket.Backups;

/// <summary>A file in a backup, by the name it has there, with its size and SHA-256 in hex.</summary>
public sealed record BackupFile(string Name, long Size, string Sha256);

/// <summary>A book's head as the backup has it.</summary>
public sealed record BackupBook(string Code, long Sequence, string Head);

/// <summary>
/// What a backup says of itself (<c>manifest.json</c>). The archive is a zip: <c>market.db</c>, always a SQLite file whatever the
/// database was; <c>checkpoints.jsonl</c>; <c>photos/…</c>. The key of sealed texts is never in it.
/// </summary>
public sealed record BackupManifest(int Format, DateTime At, string Provider, string Schema, IReadOnlyList<BackupBook> Books, IReadOnlyList<BackupFile> Files)
{
    /// <summary>The format this program writes, and the newest it reads.</summary>
    public const int Newest = 1;

    /// <summary>The manifest's name in the archive.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The database's.</summary>
    public const string Database = "market.db";

    /// <summary>The checkpoints'.</summary>
    public const string Checkpoints = "checkpoints.jsonl";

    /// <summary>What the names of photos begin with.</summary>
    public const string Photos = "photos/";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads one; null when it is none.</summary>
    internal static async Task<BackupManifest?> ReadAsync(Stream from, CancellationToken ct)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<BackupManifest>(from, Json, ct) is { Books: not null, Files: not null, Schema: not null } manifest ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Configuration section <c>Backup</c>, for the nightly backup.</summary>
public sealed class BackupSettings
{
    /// <summary>The section.</summary>
    public const string Section = "Backup";

    /// <summary>Where backups lie; empty for <c>backups</c> beside the SQLite file, or below <c>data</c>. Another disk is better.</summary>
    [System.ComponentModel.DataAnnotations.StringLength(500)]
    public string? Folder { get; set; }

    /// <summary>How many of the nightly ones are kept.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, 3650)]
    public int Keep { get; set; } = 14;
}
