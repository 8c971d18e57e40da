using System.Security.Cryptography;
using System.Text;

namespace PointsMarket.Sealing;

/// <summary>
/// The keys of the seal, one line each in a file outside the database (configuration <c>Seal:KeyFile</c>): 16 hex digits that name
/// the key, a colon, 32 random bytes in base 64. The last line closes, all of them open: to change keys, append a line; to bring
/// a lost key back, append its line. The file is made on first use, readable by its owner only. It must not lie in a backup of
/// the database: whoever has both has the names.
/// </summary>
public sealed class SealKeys(string path)
{
    private const int KeyBytes = 32, IdBytes = 8;

    /// <summary>How often a file is looked at again that another process is just making: some tenth of a second.</summary>
    private const int Patience = 120;

    private readonly Lock gate = new();
    private Ring? known;

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>
    /// The keys by name, and the name of the one that closes; null when the file cannot be read, is damaged, or has vanished while
    /// the program ran: nothing is closed with a key that is nowhere.
    /// </summary>
    internal Ring? Read()
    {
        lock (gate)
        {
            try
            {
                if (!File.Exists(Path))
                {
                    if (known is not null) return null;
                    Make();
                }
                var lines = known is null ? Lines() : null; // waits for whoever is making it
                var written = File.GetLastWriteTimeUtc(Path);
                if (known is null || known.Written != written) known = Parse(lines ?? Lines(), written) ?? known;
                return known is not null && known.Written == written ? known : null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    private static Ring? Parse(IEnumerable<string> lines, DateTime written)
    {
        var keys = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        string? last = null;
        foreach (var line in lines.Where(l => l.Length > 0))
        {
            var key = new byte[KeyBytes + 1];
            if (line.Split(':') is not [{ Length: IdBytes * 2 } id, var text] || !Convert.TryFromBase64String(text, key, out var count) || count != KeyBytes) return null;
            keys[last = id] = key[..KeyBytes];
        }
        return last is null ? null : new Ring(keys, last, written);
    }

    private string[] Lines()
    {
        var spin = default(SpinWait);
        while (true)
        {
            try
            {
                var text = File.ReadAllText(Path, Encoding.ASCII);
                if (text.EndsWith('\n') || spin.Count > Patience) return text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
            }
            catch (IOException) when (spin.Count <= Patience)
            {
                // It is just being written.
            }
            spin.SpinOnce();
        }
    }

    /// <summary>
    /// Makes the file, unless another process is a moment earlier: then that one's key counts. Not locked, because a reader that
    /// came in between would make the lock fail and leave the file empty: readers wait for the end of the line instead.
    /// </summary>
    private void Make()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var line = Encoding.ASCII.GetBytes($"{id}:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes))}\n");
        try
        {
            using var stream = new FileStream(Path, options);
            stream.Write(line);
            stream.Flush(flushToDisk: true);
        }
        catch (IOException) when (File.Exists(Path))
        {
            // The other process was first.
        }
    }

    /// <summary>What the file held when it was written at <paramref name="Written"/>.</summary>
    internal sealed record Ring(IReadOnlyDictionary<string, byte[]> Keys, string Current, DateTime Written);
}
