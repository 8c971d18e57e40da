using System.Security.Cryptography;
using System.Text;

namespace PointsMarket.Duties;

/// <summary>
/// The fair draw: who had the fewest shifts in the four weeks before comes first; among equals the lot decides. A member's lot is
/// the SHA-256 of <c>seed:code</c> in hex, the smallest first, so that with the seed anybody can work the draw out again.
/// </summary>
public static class Lots
{
    /// <summary>Shifts that began so long before this one count.</summary>
    public static readonly TimeSpan Remembers = TimeSpan.FromDays(28);

    /// <summary>Somebody in the draw.</summary>
    /// <param name="Code">The member's code.</param>
    /// <param name="Served">Shifts in the four weeks before.</param>
    public readonly record struct Candidate(string Code, int Served);

    /// <summary>A seed for one shift: 64 hex digits.</summary>
    public static string NewSeed() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <summary>What may be shown before the draw: the SHA-256 of the seed, in hex.</summary>
    public static string Fingerprint(string seed) => Hash(seed);

    /// <summary>A member's lot, 64 hex digits.</summary>
    public static string Lot(string seed, string code) => Hash($"{seed}:{code}");

    /// <summary>The order of the draw.</summary>
    public static IReadOnlyList<Candidate> Order(string seed, IEnumerable<Candidate> candidates) =>
        [.. candidates.OrderBy(c => c.Served).ThenBy(c => Lot(seed, c.Code), StringComparer.Ordinal)];

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
