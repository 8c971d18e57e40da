using System.Buffers;
using System.Buffers.Binary;

namespace PointsMarket.Tasks;

/// <summary>Rewrites a JPEG from the segments that draw it (ITU-T T.81, annex B).</summary>
internal static class JpegFile
{
    private const byte StartOfImage = 0xD8, EndOfImage = 0xD9, StartOfScan = 0xDA, Jfif = 0xE0, Exif = 0xE1, Adobe = 0xEE, Comment = 0xFE;

    /// <summary>The file without anything that does not draw; null when it is not whole. Trailing bytes are cut.</summary>
    public static byte[]? Rewrite(ReadOnlySpan<byte> data, out long pixels)
    {
        pixels = 0;
        if (data.Length < 4 || data[0] != 0xFF || data[1] != StartOfImage) return null;
        var to = new ArrayBufferWriter<byte>(data.Length);
        to.Put([0xFF, StartOfImage]);
        var at = 2;
        var scanned = false;
        while (Marker(data, ref at) is { } marker)
        {
            if (marker == EndOfImage)
            {
                to.Put([0xFF, EndOfImage]);
                return scanned ? to.WrittenSpan.ToArray() : null;
            }
            if (at + 2 > data.Length) return null;
            int length = BinaryPrimitives.ReadUInt16BigEndian(data[at..]);
            if (length < 2 || at + length > data.Length) return null;
            var segment = data.Slice(at, length);
            if (IsFrame(marker))
            {
                if (pixels > 0 || length < 8) return null;
                pixels = (long)BinaryPrimitives.ReadUInt16BigEndian(segment[3..]) * BinaryPrimitives.ReadUInt16BigEndian(segment[5..]);
                if (pixels == 0) return null;
            }
            if (!Keep(to, marker, segment)) return null;
            at += length;
            if (marker != StartOfScan) continue;
            if (pixels == 0 || EndOfScan(data, at) is not (> 0 and var end)) return null;
            to.Put(data[at..end]);
            (at, scanned) = (end, true);
        }
        return null; // it ends before its end
    }

    /// <summary>The next marker, past fill bytes; null when there is none here.</summary>
    private static byte? Marker(ReadOnlySpan<byte> data, ref int at)
    {
        if (at >= data.Length || data[at] != 0xFF) return null;
        while (at < data.Length && data[at] == 0xFF) at++;
        return at < data.Length ? data[at++] : null;
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Writes what draws, leaves out what tells; false for a marker that has no business here.</summary>
    private static bool Keep(ArrayBufferWriter<byte> to, byte marker, ReadOnlySpan<byte> segment)
    {
        switch (marker)
        {
            case (>= 0xC0 and <= 0xCF and not 0xC8) or 0xDB or 0xDC or 0xDD or StartOfScan:
                to.Put([0xFF, marker]);
                to.Put(segment);
                return true;
            case Jfif when segment.Length >= 16 && segment[2..].StartsWith("JFIF\0"u8):
                to.Put([0xFF, Jfif, 0, 16]);
                to.Put(segment[2..14]);
                to.Put([0, 0]); // no thumbnail
                return true;
            case Adobe when segment.Length >= 14 && segment[2..].StartsWith("Adobe"u8): // how its colours are to be read
                to.Put([0xFF, Adobe, 0, 14]);
                to.Put(segment[2..14]);
                return true;
            case Exif when segment[2..].StartsWith("Exif\0\0"u8) && OrientationIn(segment[8..]) is > 1 and <= 8 and var turned:
                to.Put([0xFF, Exif, 0, 34]);
                to.Put("Exif\0\0MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0"u8);
                to.Put([(byte)turned, 0, 0, 0, 0, 0, 0]);
                return true;
            default:
                return marker is (>= 0xE0 and <= 0xEF) or Comment;
        }
    }

    /// <summary>The orientation in the first directory of a TIFF header; 1 when there is none.</summary>
    private static int OrientationIn(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8) return 1;
        var little = tiff[0] == 'I';
        var first = Long(tiff[4..]);
        if (first > tiff.Length - 2u) return 1;
        var entries = tiff[(int)first..];
        var count = Short(entries);
        for (var i = 0; i < count && 2 + (12 * (i + 1)) <= entries.Length; i++)
        {
            var entry = entries.Slice(2 + (12 * i), 12);
            if (Short(entry) == 0x0112) return Short(entry[8..]);
        }
        return 1;

        int Short(ReadOnlySpan<byte> s) => little ? BinaryPrimitives.ReadUInt16LittleEndian(s) : BinaryPrimitives.ReadUInt16BigEndian(s);
        uint Long(ReadOnlySpan<byte> s) => little ? BinaryPrimitives.ReadUInt32LittleEndian(s) : BinaryPrimitives.ReadUInt32BigEndian(s);
    }

    /// <summary>Where the coded data that begins at <paramref name="at"/> meets the next marker; -1 when it never does.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> data, int at)
    {
        while (at < data.Length)
        {
            var step = data[at..].IndexOf((byte)0xFF);
            if (step < 0 || at + step + 1 >= data.Length) return -1;
            at += step;
            if (data[at + 1] is not (0 or 0xFF or (>= 0xD0 and <= 0xD7))) return at;
            at += data[at + 1] == 0xFF ? 1 : 2;
        }
        return -1;
    }
}
