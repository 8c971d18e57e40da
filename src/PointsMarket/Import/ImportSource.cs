namespace PointsMarket.Import;

/// <summary>A file to import: its name, which says what it holds, and how to open it.</summary>
public sealed record ImportSource(string Name, Func<Stream> Open)
{
    /// <summary>
    /// One file, or a folder's <c>*.csv</c> files that FORMATS names; the others of the folder are <paramref name="leftOut"/>. Throws
    /// <see cref="FileNotFoundException"/> when there is neither.
    /// </summary>
    public static IReadOnlyList<ImportSource> FromPath(string path, out IReadOnlyList<string> leftOut)
    {
        leftOut = [];
        if (File.Exists(path)) return [OfFile(path)];
        if (!Directory.Exists(path)) throw new FileNotFoundException(null, path);
        var files = Directory.GetFiles(path, "*.csv").Order(StringComparer.Ordinal).ToLookup(f => ImportPlan.FileOf(Path.GetFileName(f)) is not null);
        leftOut = [.. files[false].Select(f => Path.GetFileName(f))];
        return [.. files[true].Select(OfFile)];
    }

    private static ImportSource OfFile(string path) =>
        new(Path.GetFileName(path), () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan));
}
