namespace PointsMarket.Accounts;

/// <summary>What a password must be: long enough and not one character over and over. Nothing about kinds of characters.</summary>
public static class PasswordRules
{
    /// <summary>The fewest and most characters.</summary>
    public const int MinLength = 10, MaxLength = 128;

    /// <summary>The fewest different characters.</summary>
    public const int MinDifferent = 4;

    /// <summary>True for a password that may be set.</summary>
    public static bool IsGood(string? password) =>
        password is { Length: >= MinLength and <= MaxLength } && password.Distinct().Count() >= MinDifferent;
}
