using Microsoft.AspNetCore.Identity;

namespace PointsMarket.Accounts;

/// <summary>Hashes passwords and checks them. Slow on purpose; never call it inside the door.</summary>
public static class AccountPasswords
{
    private static readonly PasswordHasher<AppUser> Hasher = new();
    private static readonly Lazy<string> Nobody = new(() => Hasher.HashPassword(null!, "nobody's"));

    // No 0 and O, no 1, l and I: it is read from paper and typed once.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>The hash to store.</summary>
    public static string Hash(string password) => Hasher.HashPassword(null!, password);

    /// <summary>True if it is the hash's password. Takes as long when there is no hash, so that time tells nothing.</summary>
    public static bool Matches(string? hash, string password) =>
        Hasher.VerifyHashedPassword(null!, hash ?? Nobody.Value, password) != PasswordVerificationResult.Failed && hash is not null;

    /// <summary>A password to hand out once: 4 groups of 4, some 79 bits.</summary>
    public static string NewOneTime() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => System.Security.Cryptography.RandomNumberGenerator.GetString(Letters, 4)));
}
