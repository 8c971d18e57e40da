using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PointsMarket.Accounts;

/// <summary>
/// Time-based one-time codes as every authenticator app makes them: RFC 6238 with SHA-1, 6 digits, 30 seconds. Our own thirty
/// lines, because the framework's neither takes a clock nor refuses a code that was used a moment ago.
/// </summary>
public static class Totp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    /// <summary>A new key, 160 bits in base 32, as shown to the person.</summary>
    public static string NewKey() => RandomNumberGenerator.GetString(Base32, 32);

    /// <summary>What the QR code says to the app.</summary>
    public static string Uri(string issuer, string account, string key) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(account)}?secret={key}&issuer={System.Uri.EscapeDataString(issuer)}";

    /// <summary>The code of a key at a time.</summary>
    public static string CodeAt(string key, DateTime utc) => CodeOf(key, StepAt(utc));

    /// <summary>
    /// The 30-second step whose code this is, one step early or late allowed for clocks that differ; null when it is none of
    /// them. Who accepts it remembers the step and takes no step up to it again.
    /// </summary>
    public static long? StepOf(string key, string code, DateTime utc)
    {
        var now = StepAt(utc);
        foreach (var step in (long[])[now, now - 1, now + 1])
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeOf(key, step)), Encoding.ASCII.GetBytes(code))) return step;
        }

        return null;
    }

    private static long StepAt(DateTime utc) => (long)(utc - DateTime.UnixEpoch).TotalSeconds / StepSeconds;

#pragma warning disable CA5350 // what the apps understand; HMAC-SHA-1 is not broken
    private static string CodeOf(string key, long step)
    {
        Span<byte> message = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(message, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(Bytes(key), message, hash);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
#pragma warning restore CA5350

    private static byte[] Bytes(string key)
    {
        var bytes = new List<byte>();
        int bits = 0, held = 0;
        foreach (var letter in key)
        {
            held = (held << 5) | Base32.IndexOf(letter, StringComparison.Ordinal);
            if ((bits += 5) < 8) continue;
            bytes.Add((byte)(held >> (bits -= 8)));
            held &= (1 << bits) - 1;
        }

        return [.. bytes];
    }
}
