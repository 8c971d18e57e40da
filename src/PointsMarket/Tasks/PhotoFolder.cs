using System.Buffers;
using System.Security.Cryptography;

namespace PointsMarket.Tasks;

/// <summary>
/// Where photos and the files of notes lie: outside what the web server hands out, under random names. With several web nodes it must be a folder
/// that all of them see (configuration <c>Photos:Folder</c>). A photo is written before its report, so that a report never
/// names a photo that is not there; a process killed in between leaves a file that nobody names.
/// </summary>
public sealed class PhotoFolder(string path)
{
    private const int NameLength = 32;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>Writes a cleaned photo or file to the disk and gives its name.</summary>
    public async Task<string> SaveAsync(ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        var name = RandomNumberGenerator.GetHexString(NameLength, lowercase: true);
        var file = FileOf(name)!;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await stream.WriteAsync(content, ct);
        stream.Flush(flushToDisk: true);
        return name;
    }

    /// <summary>Opens a photo for reading; null when there is none of this name.</summary>
    public FileStream? Open(string name) => FileOf(name) is { } file && File.Exists(file)
        ? new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan)
        : null;

    /// <summary>Takes back photos whose report was not filed.</summary>
    public void Delete(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var file in names.Select(FileOf).OfType<string>()) File.Delete(file);
    }

    /// <summary>The file of a name; null for anything that is not a name given out here, so that none leads out of the folder.</summary>
    private string? FileOf(string name) =>
        name.Length == NameLength && !name.AsSpan().ContainsAnyExcept(Hex) ? Path.Combine(path, name[..2], name) : null;
}
