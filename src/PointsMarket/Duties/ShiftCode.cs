using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PointsMarket.Duties;

/// <summary>
/// The six digits at the place, new every half minute: an HMAC of the shift and the half minute under the shift's own key, which
/// never leaves the server. A code works for the half minute it is shown and the two after it, so that somebody slow is not turned
/// away, and says nothing about anybody.
/// </summary>
public static class ShiftCode
{
    /// <summary>How long one is shown.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromSeconds(30);

    private const int StillGood = 2;

    /// <summary>The code of a moment, and when the next one comes.</summary>
    public static (string Code, DateTime Until) At(string key, int shiftId, DateTime now)
    {
        var step = Step(now);
        return (Of(key, shiftId, step), DateTime.UnixEpoch + ((step + 1) * Shown));
    }

    /// <summary>True for a code that is shown now, or was a moment ago.</summary>
    public static bool IsGood(string key, int shiftId, string? code, DateTime now)
    {
        var typed = Encoding.ASCII.GetBytes(code ?? "");
        var good = false;
        for (var back = 0; back <= StillGood; back++)
            good |= CryptographicOperations.FixedTimeEquals(typed, Encoding.ASCII.GetBytes(Of(key, shiftId, Step(now) - back)));
        return good;
    }

    private static long Step(DateTime now) => (now - DateTime.UnixEpoch).Ticks / Shown.Ticks;

    private static string Of(string key, int shiftId, long step)
    {
        var hash = HMACSHA256.HashData(Convert.FromHexString(key), Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"shift:{shiftId}:{step}")));
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }
}
