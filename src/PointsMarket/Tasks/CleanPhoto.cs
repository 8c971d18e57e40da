using System.Buffers;
using System.Security.Cryptography;

namespace PointsMarket.Tasks;

/// <summary>Why a file is not taken as a photo.</summary>
public enum PhotoFault
{
    /// <summary>Over <see cref="CleanPhoto.MostBytes"/>.</summary>
    TooLarge,

    /// <summary>Not a JPEG, PNG or WebP, whatever its name says.</summary>
    NotAPhoto,

    /// <summary>It begins like one and does not go on like one.</summary>
    Broken,

    /// <summary>Over <see cref="CleanPhoto.MostPixels"/>: a browser would need too much memory to show it.</summary>
    TooManyPixels,
}

/// <summary>
/// A photo rewritten from the parts that draw it. Everything else is left behind: EXIF with the place and the owner, comments,
/// thumbnails, and whatever was hung on at the end. Of EXIF only the orientation is written anew, or portraits would lie on
/// their side. Nothing is decoded, so no decoder can be attacked.
/// </summary>
public sealed class CleanPhoto
{
    /// <summary>The largest file taken, in bytes.</summary>
    public const int MostBytes = 10 * 1024 * 1024;

    /// <summary>The largest picture taken, in pixels.</summary>
    public const long MostPixels = 100_000_000;

    private CleanPhoto(PhotoKind kind, byte[] content) =>
        (Kind, Content, Hash) = (kind, content, Convert.ToHexString(SHA256.HashData(content)));

    /// <summary>What it is.</summary>
    public PhotoKind Kind { get; }

    /// <summary>The file to store.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>SHA-256 of <see cref="Content"/>, 64 hex digits.</summary>
    public string Hash { get; }

    /// <summary>Rewrites a file, or says why it is not taken.</summary>
    public static (CleanPhoto? Photo, PhotoFault? Fault) From(ReadOnlySpan<byte> file)
    {
        if (file.Length > MostBytes) return (null, PhotoFault.TooLarge);
        if (KindOf(file) is not { } kind) return (null, PhotoFault.NotAPhoto);
        long pixels;
        var content = kind switch
        {
            PhotoKind.Jpeg => JpegFile.Rewrite(file, out pixels),
            PhotoKind.Png => PngFile.Rewrite(file, out pixels),
            _ => WebpFile.Rewrite(file, out pixels),
        };
        if (content is null) return (null, PhotoFault.Broken);
        return pixels > MostPixels ? (null, PhotoFault.TooManyPixels) : (new CleanPhoto(kind, content), null);
    }

    /// <summary>By the first bytes; null for anything else. The file's name and declared type are never asked.</summary>
    public static PhotoKind? KindOf(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? PhotoKind.Jpeg
        : file.StartsWith(PngFile.Signature) ? PhotoKind.Png
        : file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8) ? PhotoKind.Webp
        : null;
}

internal static class PhotoBytes
{
    /// <summary>As <c>Write</c>, and takes a list of bytes as well.</summary>
    public static void Put(this ArrayBufferWriter<byte> to, ReadOnlySpan<byte> bytes) => to.Write(bytes);
}
