using System.Buffers;
using System.Buffers.Binary;

namespace PointsMarket.Tasks;

/// <summary>Rewrites a PNG from the chunks that draw it.</summary>
internal static class PngFile
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n =>
    {
        var c = (uint)n;
        for (var k = 0; k < 8; k++) c = (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
        return c;
    })];

    /// <summary>The first eight bytes.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The file without anything that does not draw; null when it is not whole. Trailing bytes are cut.</summary>
    public static byte[]? Rewrite(ReadOnlySpan<byte> data, out long pixels)
    {
        pixels = 0;
        var to = new ArrayBufferWriter<byte>(data.Length);
        to.Put(Signature);
        var drawn = false;
        for (var at = Signature.Length; at + 12 <= data.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(data[at..]);
            if (length > data.Length - at - 12u) return null;
            var chunk = data.Slice(at, (int)length + 12);
            var type = chunk[4..8];
            if (Crc(chunk[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..])) return null;
            var header = type.SequenceEqual("IHDR"u8);
            if (header != (pixels == 0)) return null; // first, and once
            if (header)
            {
                if (length != 13) return null;
                pixels = (long)BinaryPrimitives.ReadUInt32BigEndian(chunk[8..]) * BinaryPrimitives.ReadUInt32BigEndian(chunk[12..]);
                if (pixels <= 0) return null;
            }
            if (Draws(type)) to.Put(chunk);
            else if ((type[0] & 0x20) == 0) return null; // a part that a viewer must know, and this does not
            drawn |= type.SequenceEqual("IDAT"u8);
            if (type.SequenceEqual("IEND"u8)) return drawn && length == 0 ? to.WrittenSpan.ToArray() : null;
            at += chunk.Length;
        }
        return null;
    }

    private static bool Draws(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("IHDR"u8) || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("IDAT"u8) || type.SequenceEqual("IEND"u8)
        || type.SequenceEqual("tRNS"u8) || type.SequenceEqual("gAMA"u8) || type.SequenceEqual("cHRM"u8) || type.SequenceEqual("sRGB"u8);

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var c = uint.MaxValue;
        foreach (var b in data) c = Table[(byte)(c ^ b)] ^ (c >> 8);
        return ~c;
    }
}
