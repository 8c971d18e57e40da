using System.Security.Cryptography;
using System.Text;

namespace PointsMarket.Tasks;

/// <summary>What a file of a note or a payment is, by what stands in it. Stored by name.</summary>
public enum FileKind
{
    /// <summary>application/pdf.</summary>
    Pdf,

    /// <summary>text/plain, UTF-8.</summary>
    Text,
}

/// <summary>Why a file is not taken.</summary>
public enum FileFault
{
    /// <summary>Over <see cref="CleanFile.MostBytes"/>, a text over <see cref="CleanFile.MostText"/>.</summary>
    TooLarge,

    /// <summary>Neither a photo nor a PDF nor plain text, whatever its name says.</summary>
    NotTaken,

    /// <summary>A PDF that does not end like one, or with something hung on behind or before it that makes it another file as well.</summary>
    TwoInOne,

    /// <summary>A PDF that runs something, opens something or carries files inside.</summary>
    Active,
}

/// <summary>
/// A file that may be kept as evidence: a PDF from its first byte to its last, which does nothing by itself, or plain text, written
/// anew. Its name and declared type are never asked. It is handed out as a download only, so no browser runs it here.
/// </summary>
public sealed class CleanFile
{
    /// <summary>The largest file taken, and the largest text.</summary>
    public const int MostBytes = 10 * 1024 * 1024, MostText = 1024 * 1024;

    /// <summary>How far from the end an archive's table of contents may begin, with room.</summary>
    private const int ZipTail = 66_000;

    // What runs, opens or carries something. Inside a compressed stream it is not seen: the reader's own program asks there.
    private static readonly byte[][] Deeds = [.. new[] { "/JavaScript", "/JS ", "/JS(", "/Launch", "/EmbeddedFile", "/RichMedia", "/XFA" }.Select(Encoding.ASCII.GetBytes)];

    private CleanFile(FileKind kind, byte[] content) => (Kind, Content, Hash) = (kind, content, Convert.ToHexString(SHA256.HashData(content)));

    /// <summary>What it is.</summary>
    public FileKind Kind { get; }

    /// <summary>The file to store.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>SHA-256 of <see cref="Content"/>, 64 hex digits.</summary>
    public string Hash { get; }

    /// <summary>Looks at a file, and takes it or says why not.</summary>
    public static (CleanFile? File, FileFault? Fault) From(ReadOnlySpan<byte> file)
    {
        if (file.Length > MostBytes) return (null, FileFault.TooLarge);
        if (file.StartsWith("%PDF-"u8)) return Pdf(file);
        if (TextOf(file) is not { } text) return (null, FileFault.NotTaken);
        return file.Length > MostText ? (null, FileFault.TooLarge) : (new CleanFile(FileKind.Text, Encoding.UTF8.GetBytes(text)), null);
    }

    private static (CleanFile?, FileFault?) Pdf(ReadOnlySpan<byte> file)
    {
        var end = file.LastIndexOf("%%EOF"u8);
        if (end < 0 || file[(end + 5)..].ContainsAnyExcept("\r\n\t \0"u8)) return (null, FileFault.TwoInOne);
        // An archive is read from its end: its table of contents may not lie in the tail. A page is read from its head.
        if (file[Math.Max(0, file.Length - ZipTail)..].IndexOf("PK\x05\x06"u8) >= 0) return (null, FileFault.TwoInOne);
        var head = Encoding.Latin1.GetString(file[..Math.Min(file.Length, 1024)]);
        if (head.Contains("<html", StringComparison.OrdinalIgnoreCase) || head.Contains("<script", StringComparison.OrdinalIgnoreCase) || head.Contains("<?php", StringComparison.OrdinalIgnoreCase))
            return (null, FileFault.TwoInOne);
        foreach (var deed in Deeds)
        {
            if (file.IndexOf(deed) >= 0) return (null, FileFault.Active);
        }
        return (new CleanFile(FileKind.Pdf, file.ToArray()), null);
    }

    /// <summary>The text, with one kind of line break; null for what is none: no UTF-8 or marked UTF-16, control characters, or a page's markup.</summary>
    private static string? TextOf(ReadOnlySpan<byte> file)
    {
        string text;
        try
        {
            text = file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? new UnicodeEncoding(false, true, true).GetString(file[2..])
                : new UTF8Encoding(false, true).GetString(file.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? file[3..] : file);
        }
        catch (ArgumentException)
        {
            return null;
        }
        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))) return null;
        text = text.ReplaceLineEndings("\n").Trim();
        return text.Length == 0 || text[0] == '<' ? null : text;
    }
}
