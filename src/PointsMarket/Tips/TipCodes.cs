using System.Security.Cryptography;

namespace PointsMarket.Tips;

/// <summary>
/// The tipper's code: 15 random letters and digits (75 bits) and one to check them, in four groups: <c>7F3K-9QXA-…</c>. No 0 O 1 I.
/// The check letter is over GF(32), so that any one wrong letter and any two neighbours changed about are noticed.
/// </summary>
public static class TipCodes
{
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const int Letters = 15;

    /// <summary>A new code, with its check letter, in groups.</summary>
    public static string New()
    {
        var letters = RandomNumberGenerator.GetString(Alphabet, Letters);
        return Grouped(letters + CheckOf(letters));
    }

    /// <summary>The code as it was given out, from what was typed: small letters, gaps and full-width forms do not matter. Null when it is mistyped.</summary>
    public static string? Read(string? typed)
    {
        if (typed is null or { Length: > 60 }) return null;
        var letters = string.Concat(typed.Normalize(System.Text.NormalizationForm.FormKC).ToUpperInvariant().Where(char.IsAsciiLetterOrDigit));
        if (letters.Length != Letters + 1 || letters.Any(c => !Alphabet.Contains(c, StringComparison.Ordinal))) return null;
        return CheckOf(letters[..Letters]) == letters[Letters] ? Grouped(letters) : null;
    }

    /// <summary>A PIN of six digits that is not easy.</summary>
    public static string NewPin()
    {
        while (true)
        {
            var pin = RandomNumberGenerator.GetString("0123456789", PinLength);
            if (!Members.SetPin.IsEasy(pin)) return pin;
        }
    }

    /// <summary>Digits of the PIN.</summary>
    public const int PinLength = 6;

    /// <summary>A name for the desk's list.</summary>
    internal static string NewReference() => "T-" + RandomNumberGenerator.GetString(Alphabet, 6);

    private static string Grouped(string letters) => string.Join('-', letters.Chunk(4).Select(c => new string(c)));

    private static char CheckOf(string letters)
    {
        var check = 0;
        // Horner in GF(32) by the primitive polynomial x⁵ + x² + 1.
        foreach (var c in letters) check = Doubled(check) ^ Alphabet.IndexOf(c, StringComparison.Ordinal);
        return Alphabet[Doubled(check)];
    }

    private static int Doubled(int value) => (value << 1) ^ ((value & 16) != 0 ? 0b100101 : 0);
}
