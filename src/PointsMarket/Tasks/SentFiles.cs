namespace PointsMarket.Tasks;

/// <summary>A photo or document as it was sent.</summary>
/// <param name="Name">What its owner calls it; null for nothing.</param>
/// <param name="Content">What is in it.</param>
public sealed record SentFile(string? Name, ReadOnlyMemory<byte> Content);

/// <summary>Which of the sent files is not taken, and why: one of the two.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Photo">Why a photo is not taken.</param>
/// <param name="File">Why any other file is not taken.</param>
public sealed record BadSentFile(int Number, PhotoFault? Photo, FileFault? File);

/// <summary>A file that lies in the <see cref="PhotoFolder"/> and waits to be named by a row: a photo or a document, one of the two.</summary>
internal sealed record KeptFile(int Number, string FileName, string Name, PhotoKind? Photo, FileKind? Kind, int Bytes, string Hash);

/// <summary>
/// Photos, PDFs and texts that come as evidence with a note or a payment, on their way from the device into the folder: each taken for
/// what it is by its first bytes, photos without what the camera wrote, and kept only if what they belong to is.
/// </summary>
internal static class SentFiles
{
    /// <summary>The longest name that is kept.</summary>
    public const int MostName = 80;

    /// <summary>Cleans them, keeps them while <paramref name="run"/> names them, and takes them back unless it says that it did.</summary>
    public static async Task<T> WithAsync<T>(PhotoFolder folder, IReadOnlyList<SentFile> sent, Func<BadSentFile, T> refuse, Func<IReadOnlyList<KeptFile>, Task<(T Outcome, bool Kept)>> run, CancellationToken ct)
    {
        var (clean, bad) = Clean(sent);
        if (bad is not null) return refuse(bad);
        var saved = new List<KeptFile>(clean.Count);
        var kept = false;
        try
        {
            foreach (var (file, content) in clean) saved.Add(file with { FileName = await folder.SaveAsync(content, ct) });
            (var outcome, kept) = await run(saved);
            return outcome;
        }
        finally
        {
            if (!kept) folder.Delete(saved.Select(f => f.FileName));
        }
    }

    /// <summary>A name fit to be shown and downloaded: no path, no control characters, the ending of what it is.</summary>
    public static string NameOf(string? typed, string ending, int number)
    {
        var name = Path.GetFileNameWithoutExtension((typed ?? "").Replace('\\', '/').Split('/')[^1]);
        name = new string([.. name.Where(c => !char.IsControl(c) && !"\"<>|:*?\u202E\u202D".Contains(c))]).Trim().TrimStart('.');
        if (name.Length > MostName - ending.Length) name = name[..(MostName - ending.Length)];
        return (name.Length > 0 ? name : $"file-{number}") + ending;
    }

    private static (IReadOnlyList<(KeptFile File, ReadOnlyMemory<byte> Content)> Files, BadSentFile? Bad) Clean(IReadOnlyList<SentFile> sent)
    {
        var files = new List<(KeptFile, ReadOnlyMemory<byte>)>(sent.Count);
        foreach (var (name, content) in sent)
        {
            var number = files.Count + 1;
            if (CleanPhoto.KindOf(content.Span) is not null)
            {
                var (photo, fault) = CleanPhoto.From(content.Span);
                if (photo is null) return ([], new BadSentFile(number, fault, null));
                files.Add((new KeptFile(number, "", NameOf(name, EndingOf(photo.Kind), number), photo.Kind, null, photo.Content.Length, photo.Hash), photo.Content));
                continue;
            }
            var (file, why) = CleanFile.From(content.Span);
            if (file is null) return ([], new BadSentFile(number, null, why));
            files.Add((new KeptFile(number, "", NameOf(name, file.Kind == FileKind.Pdf ? ".pdf" : ".txt", number), null, file.Kind, file.Content.Length, file.Hash), file.Content));
        }
        return (files, null);
    }

    private static string EndingOf(PhotoKind kind) => kind switch { PhotoKind.Jpeg => ".jpg", PhotoKind.Png => ".png", _ => ".webp" };
}
