using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PointsMarket.Sealing;

/// <summary>
/// Closes texts that the database must not be able to tell: AES-256-GCM under a key outside it (<see cref="SealKeys"/>), bound to
/// the row they belong to, padded so that the length says little. Sealed bytes are: 1 version, 8 the key's name, 12 nonce, 16 tag,
/// then the ciphertext. Fast enough to be called inside the door.
/// </summary>
public sealed class Seal(SealKeys keys)
{
    private const byte Version = 1;
    private const int IdBytes = 8, NonceBytes = 12, TagBytes = 16, Head = 1 + IdBytes + NonceBytes + TagBytes, Step = 64;

    /// <summary>Closes a text. Null when there is no key to be had: refuse in words, keep nothing.</summary>
    /// <param name="text">What nobody is to read.</param>
    /// <param name="place">What it belongs to, such as <c>member:I0001</c>; it opens nowhere else.</param>
    public byte[]? Close(string text, string place)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Close(Encoding.UTF8.GetBytes(text), place);
    }

    /// <summary>The same for bytes, such as a photo's.</summary>
    public byte[]? Close(ReadOnlySpan<byte> content, string place)
    {
        if (keys.Read() is not { } ring) return null;
        var plain = new byte[(sizeof(int) + content.Length + Step - 1) / Step * Step];
        BinaryPrimitives.WriteInt32BigEndian(plain, content.Length);
        content.CopyTo(plain.AsSpan(sizeof(int)));

        var closed = new byte[Head + plain.Length];
        closed[0] = Version;
        Convert.FromHexString(ring.Current).CopyTo(closed, 1);
        RandomNumberGenerator.Fill(Nonce(closed));
        using var aes = new AesGcm(ring.Keys[ring.Current], TagBytes);
        aes.Encrypt(Nonce(closed), plain, closed.AsSpan(Head), Tag(closed), Encoding.UTF8.GetBytes(place));
        CryptographicOperations.ZeroMemory(plain);
        return closed;
    }

    /// <summary>Opens what <see cref="Close"/> closed. Null when its key is not there, or it is of another place or was changed.</summary>
    public string? Open(byte[] closed, string place) => OpenBytes(closed, place) is { } content ? Encoding.UTF8.GetString(content) : null;

    /// <summary>The same for bytes.</summary>
    public byte[]? OpenBytes(byte[] closed, string place)
    {
        ArgumentNullException.ThrowIfNull(closed);
        if (closed.Length < Head || closed[0] != Version || keys.Read() is not { } ring) return null;
        if (!ring.Keys.TryGetValue(KeyOf(closed), out var key)) return null;
        var plain = new byte[closed.Length - Head];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(Nonce(closed), closed.AsSpan(Head), Tag(closed), plain, Encoding.UTF8.GetBytes(place));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        return plain.AsSpan(sizeof(int), BinaryPrimitives.ReadInt32BigEndian(plain)).ToArray();
    }

    /// <summary>The name of the key that closed it, as in the key file.</summary>
    public static string KeyOf(byte[] closed)
    {
        ArgumentNullException.ThrowIfNull(closed);
        return Convert.ToHexStringLower(closed.AsSpan(1, IdBytes));
    }

    /// <summary>True when the key of the sealed bytes is in the file.</summary>
    public bool HasKeyOf(byte[] closed) => keys.Read()?.Keys.ContainsKey(KeyOf(closed)) == true;

    /// <summary>
    /// Marks by which a secret is found again without being kept: HMAC-SHA-256 as hex under each key, the current one first. Empty
    /// when there is no key. Without the key file nobody can try secrets against the database.
    /// </summary>
    public IReadOnlyList<string> Marks(string secret, string use)
    {
        if (keys.Read() is not { } ring) return [];
        var text = Encoding.UTF8.GetBytes($"{use}\n{secret}");
        return [.. ring.Keys.OrderBy(k => k.Key != ring.Current).Select(k => Convert.ToHexString(HMACSHA256.HashData(k.Value, text)))];
    }

    private static Span<byte> Nonce(byte[] closed) => closed.AsSpan(1 + IdBytes, NonceBytes);

    private static Span<byte> Tag(byte[] closed) => closed.AsSpan(1 + IdBytes + NonceBytes, TagBytes);
}
