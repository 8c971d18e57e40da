namespace PointsMarket.Accounts;

/// <summary>User names: a letter first, so that none can be taken for a member number.</summary>
public static class AccountNames
{
    /// <summary>The most characters.</summary>
    public const int MaxLength = 32;

    /// <summary>True for 3–32 small Latin letters, digits, dots, dashes and underscores, beginning with a letter.</summary>
    public static bool IsGood(string? name) => name is { Length: >= 3 and <= MaxLength } && char.IsAsciiLetterLower(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_');
}
