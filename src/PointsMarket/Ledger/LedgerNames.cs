using System.Buffers;

namespace PointsMarket.Ledger;

/// <summary>The alphabet of names inside account and asset codes: 1 to 40 of <c>A-Z a-z 0-9 . _ -</c>.</summary>
public static class LedgerNames
{
    /// <summary>The longest name.</summary>
    public const int MaxLength = 40;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>True if the name may stand in an account or asset code.</summary>
    public static bool IsValid(string? name) =>
        name is { Length: >= 1 and <= MaxLength } && !name.AsSpan().ContainsAnyExcept(Alphabet);

    /// <summary>The name itself, or <see cref="FormatException"/>.</summary>
    public static string Checked(string name) =>
        IsValid(name) ? name : throw new FormatException($"'{name}' cannot stand in a ledger code.");
}
