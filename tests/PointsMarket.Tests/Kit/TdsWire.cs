using System.Buffers.Binary;
using System.Text;

namespace PointsMarket.Tests.Kit;

/// <summary>Little-endian, as TDS is.</summary>
internal sealed class TdsWriter
{
    private readonly List<byte> bytes = [];

    public TdsWriter Byte(byte value) => Bytes([value]);

    public TdsWriter UShort(int value) => Bytes(BitConverter.GetBytes(checked((ushort)value)));

    public TdsWriter Int(int value) => Bytes(BitConverter.GetBytes(value));

    public TdsWriter Long(long value) => Bytes(BitConverter.GetBytes(value));

    public TdsWriter ShortText(string value) => Byte((byte)value.Length).Bytes(Encoding.Unicode.GetBytes(value));

    public TdsWriter Bytes(byte[] value)
    {
        bytes.AddRange(value);
        return this;
    }

    public byte[] ToArray() => [.. bytes];
}

/// <summary>Reads what the driver sent.</summary>
internal sealed class TdsReader(byte[] bytes)
{
    public int At { get; private set; }

    public void Skip(int count) => At += count;

    public byte Byte() => bytes[At++];

    public ushort UShort() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public string Text(int length) => Encoding.Unicode.GetString(Take(length));

    /// <summary>A value with its TYPE_INFO, of the types that the platform's parameters have.</summary>
    public object? Value()
    {
        var type = Byte();
        switch (type)
        {
            case 0xE7 or 0xA5: // nvarchar, varbinary
                var most = UShort();
                if (type == 0xE7) Skip(5);
                var data = most == 0xFFFF ? Parts() : UShort() is var length and not 0xFFFF ? Take(length).ToArray() : null;
                return data is null ? null : type == 0xE7 ? Encoding.Unicode.GetString(data) : data;
            case 0x26 or 0x24 or 0x68 or 0x2A: // int, uniqueidentifier, bit, datetime2
                Skip(1);
                var value = Take(Byte()).ToArray();
                return value.Length == 0 ? null : type switch
                {
                    0x24 => new Guid(value),
                    0x68 => value[0] != 0,
                    0x2A => value,
                    _ => value.Length switch { 8 => BitConverter.ToInt64(value), 4 => BitConverter.ToInt32(value), _ => (object)(int)value[0] },
                };
            default:
                throw new NotSupportedException($"type {type:X2}");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        At += count;
        return bytes.AsSpan(At - count, count);
    }

    /// <summary>A max-length value in parts, up to a part of length 0; null for the null length.</summary>
    private byte[]? Parts()
    {
        if (BinaryPrimitives.ReadInt64LittleEndian(Take(8)) == -1) return null;
        using var whole = new MemoryStream();
        while (BinaryPrimitives.ReadInt32LittleEndian(Take(4)) is var length and > 0) whole.Write(Take(length));
        return whole.ToArray();
    }
}
