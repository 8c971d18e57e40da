using System.Buffers;
using System.Buffers.Binary;

namespace PointsMarket.Tasks;

/// <summary>Rewrites a still WebP from the chunks that draw it.</summary>
internal static class WebpFile
{
    private const byte Animated = 0x02, Alpha = 0x10;

    /// <summary>The file without anything that does not draw; null when it is not whole, or moves. Trailing bytes are cut.</summary>
    public static byte[]? Rewrite(ReadOnlySpan<byte> data, out long pixels)
    {
        pixels = 0;
        var size = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
        if (size < 12 || size > data.Length - 8u) return null;
        data = data[..(int)(size + 8)];
        var to = new ArrayBufferWriter<byte>(data.Length);
        to.Put(data[..12]);
        var drawn = false;
        for (var at = 12; at < data.Length;)
        {
            if (at + 8 > data.Length) return null;
            var length = BinaryPrimitives.ReadUInt32LittleEndian(data[(at + 4)..]);
            var padded = (long)length + (length & 1);
            if (padded > data.Length - at - 8) return null;
            var chunk = data.Slice(at, (int)padded + 8);
            at += chunk.Length;
            var type = chunk[..4];
            if (type.SequenceEqual("VP8X"u8))
            {
                if (to.WrittenCount > 12 || length != 10 || (chunk[8] & Animated) != 0) return null;
                to.Put(chunk[..8]);
                to.Put([(byte)(chunk[8] & Alpha), 0, 0, 0]);
                to.Put(chunk[12..18]);
            }
            else if (type.SequenceEqual("ALPH"u8)) to.Put(chunk);
            else if (type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8))
            {
                if (drawn || PixelsOf(type, chunk[8..]) is not (> 0 and var count)) return null;
                (pixels, drawn) = (count, true);
                to.Put(chunk);
            }
        }
        if (!drawn) return null;
        var file = to.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), (uint)file.Length - 8);
        return file;
    }

    private static long PixelsOf(ReadOnlySpan<byte> type, ReadOnlySpan<byte> image)
    {
        if (type[3] == 'L')
        {
            if (image.Length < 5 || image[0] != 0x2F) return 0;
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(image[1..]);
            return ((bits & 0x3FFF) + 1L) * (((bits >> 14) & 0x3FFF) + 1L);
        }
        if (image.Length < 10 || !image[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])) return 0;
        return (BinaryPrimitives.ReadUInt16LittleEndian(image[6..]) & 0x3FFFL) * (BinaryPrimitives.ReadUInt16LittleEndian(image[8..]) & 0x3FFFL);
    }
}
