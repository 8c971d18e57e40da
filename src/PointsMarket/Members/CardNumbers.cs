using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Members;

/// <summary>
/// The 13 digits on a member's card: an EAN-13 of the in-house prefix 21, ten random digits and the check digit. Digits only,
/// because an input method swallows letters that a scanner types. Prefix 22 is a slip's pick-up code.
/// </summary>
public static class CardNumbers
{
    private const string CardPrefix = "21", SlipPrefix = "22";

    /// <summary>A new card number; the unique key in the database says whether it is taken.</summary>
    public static string New() => WithCheckDigit(CardPrefix + RandomNumberGenerator.GetString("0123456789", 10));

    /// <summary>New numbers that no member has, as many as asked for. Call it inside the door.</summary>
    public static async Task<IReadOnlyList<string>> TakeAsync(MarketDb db, int count, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var free = new HashSet<string>(count, StringComparer.Ordinal);
        while (free.Count < count)
        {
            var fresh = new HashSet<string>(StringComparer.Ordinal);
            while (fresh.Count < Math.Min(count - free.Count, 1000)) fresh.Add(New());
            fresh.ExceptWith(await db.Members.Where(m => m.CardNumber != null && fresh.Contains(m.CardNumber)).Select(m => m.CardNumber!).ToListAsync(ct));
            free.UnionWith(fresh);
        }
        return [.. free];
    }

    /// <summary>The card number for ten given digits, for the demo station.</summary>
    public static string Of(long digits) => WithCheckDigit(CardPrefix + digits.ToString("D10", CultureInfo.InvariantCulture));

    /// <summary>True for 13 digits with the card prefix and a right check digit.</summary>
    public static bool IsValid(string? code) => IsEan(code) && code!.StartsWith(CardPrefix, StringComparison.Ordinal);

    /// <summary>What the QR code on a slip says: its six digits as an EAN-13 that a scanner types.</summary>
    public static string ForSlip(string pickupCode) => WithCheckDigit(SlipPrefix + "0000" + pickupCode);

    /// <summary>The six digits that were typed, or that a slip's QR code holds; null for anything else.</summary>
    public static string? PickupCode(string? typed)
    {
        typed = typed?.Replace(" ", "", StringComparison.Ordinal);
        if (typed is { Length: 6 } && typed.All(char.IsAsciiDigit)) return typed;
        return IsEan(typed) && typed!.StartsWith(SlipPrefix + "0000", StringComparison.Ordinal) ? typed[6..12] : null;
    }

    private static bool IsEan(string? code) => code is { Length: 13 } && code.All(char.IsAsciiDigit) && WithCheckDigit(code[..12]) == code;

    private static string WithCheckDigit(string twelve)
    {
        var sum = 0;
        for (var i = 0; i < 12; i++) sum += (twelve[i] - '0') * (i % 2 == 0 ? 1 : 3);
        return twelve + (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
