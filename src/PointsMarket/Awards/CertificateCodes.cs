using System.Security.Cryptography;

namespace PointsMarket.Awards;

/// <summary>
/// The code in a certificate's QR: 14 letters and digits that are not mistaken for each other, 69 random bits. Nothing follows from it
/// and nothing leads to the next one.
/// </summary>
public static class CertificateCodes
{
    /// <summary>How many.</summary>
    public const int Length = 14;

    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    /// <summary>A code that matches none: what a malformed one is looked up as, so that it takes as long as an unknown one.</summary>
    internal const string Nothing = "00000000000000";

    /// <summary>A new code.</summary>
    public static string New() => RandomNumberGenerator.GetString(Letters, Length);

    /// <summary>The code as it is kept, from what was typed or scanned; <see cref="Nothing"/> for what cannot be one.</summary>
    internal static string Read(string? typed)
    {
        var code = typed?.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        return code is { Length: Length } && code.All(Letters.Contains) ? code : Nothing;
    }

    /// <summary>In groups, to read aloud: <c>ABCD EFGH JKMN PQ</c>.</summary>
    public static string Grouped(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return string.Join(' ', code.Chunk(4).Select(c => new string(c)));
    }
}
