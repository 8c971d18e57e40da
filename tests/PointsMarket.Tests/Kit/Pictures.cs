using System.Buffers.Binary;
using System.Text;

namespace PointsMarket.Tests.Kit;

/// <summary>Small whole pictures, and ways to spoil them.</summary>
internal static class Pictures
{
    private const string JpegText =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEh"
        + "gVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAGAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAA"
        + "AAAAAAT/xAAYEAEAAwEAAAAAAAAAAAAAAAAAAQMEIf/EABUBAQEAAAAAAAAAAAAAAAAAAAIF/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8Ah1Wz0A09/9"
        + "k=";

    private const string PngText =
        "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAYAAAD+Bd/7AAAAb0lEQVR4AXyMIQqAUBBEl38ii81is9gsHsFg0qBFBDEIItgsnnRXxl0/gvxgeuzOzHPluaE4FuT7hGwdkM"
        + "4dkrFB3NeI2gpORIiZyVM+vJ6/Y7anHUYrv9SRZj8GX1aDNiUw6NKbhdRgoZVsEVLoBgAA///Uh0OWAAAABklEQVQDADU8iDiHvtXUAAAAAElFTkSuQmCC";

    private const string WebpText =
        "UklGRjYAAABXRUJQVlA4ICoAAADwAQCdASoIAAYAAsBMJaACdAEPD9OMWAAA+v4tIsUk6jP6Fesvvpi4AAA=";

    /// <summary>8 × 6, without metadata but the JFIF header.</summary>
    public static byte[] Jpeg => Convert.FromBase64String(JpegText);

    public static byte[] Png => Convert.FromBase64String(PngText);

    /// <summary>Lossy, without an extended header.</summary>
    public static byte[] Webp => Convert.FromBase64String(WebpText);

    /// <summary>What the camera would have written about the place; looked for in the stored file.</summary>
    public const string Place = "N31.4731 E120.9452 of XINGGU";

    /// <summary>The picture as a phone sends it: EXIF with orientation, maker and place in front, a comment, and a second picture at the end.</summary>
    public static byte[] JpegFromPhone(int orientation = 6, int mark = 0) =>
        [0xFF, 0xD8, .. Segment(0xE1, Exif(orientation)), .. Segment(0xFE, Encoding.ASCII.GetBytes($"comment {Place}")), .. Segment(0xDD, [0, 0]),
         .. mark == 0 ? [] : Segment(0xC4, Table(mark)), .. Jpeg.AsSpan(2), .. Encoding.ASCII.GetBytes($"<?php echo '{Place}'; ?>")];

    /// <summary>A picture that nobody else's is like, by its number.</summary>
    public static byte[] JpegNumber(int mark) => JpegFromPhone(mark: mark);

    /// <summary>A PNG with one more chunk before its end.</summary>
    public static byte[] PngWith(string type, byte[] content)
    {
        var end = Png.AsSpan(Png.Length - 12);
        return [.. Png.AsSpan(0, Png.Length - 12), .. Chunk(type, content), .. end];
    }

    /// <summary>The WebP in an extended file with EXIF and XMP.</summary>
    public static byte[] WebpFromPhone()
    {
        byte[] body = [.. "WEBP"u8, .. "VP8X"u8, 10, 0, 0, 0, 0x0C, 0, 0, 0, 7, 0, 0, 5, 0, 0, .. Webp.AsSpan(12), .. Riff("EXIF", Exif(1)), .. Riff("XMP ", Encoding.ASCII.GetBytes(Place))];
        return [.. Riff("RIFF", body), .. "trailing"u8];
    }

    private static byte[] Exif(int orientation)
    {
        // One directory: orientation, maker, and a pointer to the place's own directory.
        byte[] tiff = [.. "II*\0"u8, 8, 0, 0, 0, 3, 0,
            0x12, 1, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0,
            0x0F, 1, 2, 0, (byte)Place.Length, 0, 0, 0, 50, 0, 0, 0,
            0x25, 0x88, 4, 0, 1, 0, 0, 0, 50, 0, 0, 0, 0, 0, 0, 0];
        return [.. "Exif\0\0"u8, .. tiff, .. Encoding.ASCII.GetBytes(Place)];
    }

    /// <summary>A code table that no scan uses before it is set again, so that the picture stays whole and its bytes differ.</summary>
    private static byte[] Table(int mark) => [0x13, 1, .. new byte[15], (byte)(mark & 0xFF)];

    private static byte[] Segment(byte marker, ReadOnlySpan<byte> content)
    {
        var segment = new byte[content.Length + 4];
        (segment[0], segment[1]) = (0xFF, marker);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(content.Length + 2));
        content.CopyTo(segment.AsSpan(4));
        return segment;
    }

    private static byte[] Riff(string type, byte[] content)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, content.Length);
        return [.. Encoding.ASCII.GetBytes(type), .. size, .. content, .. content.Length % 2 == 1 ? new byte[1] : []];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        var (length, check) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc(named));
        return [.. length, .. named, .. check];
    }

    private static uint Crc(byte[] data)
    {
        var c = uint.MaxValue;
        foreach (var b in data)
        {
            c ^= b;
            for (var i = 0; i < 8; i++) c = (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
        }
        return ~c;
    }
}
