using Microsoft.AspNetCore.Identity;

namespace PointsMarket.Accounts;

/// <summary>Hashes passwords and checks them. Slow on purpose; never call it inside the door.</summary>
public sealed class AccountPasswords
{
    private readonly PasswordHasher<object> hasher = new();
    private readonly Lazy<string> nobody = new(() => new PasswordHasher<object>().HashPassword(new object(), "nobody's"));

    // No 0 and O, no 1, l and I: it is read from paper and typed once.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>The hash to store.</summary>
    public string Hash(string password) => hasher.HashPassword(this, password);

    /// <summary>True if it is the hash's password. Takes as long when there is no hash, so that time tells nothing.</summary>
    public bool Matches(string? hash, string password) =>
        hasher.VerifyHashedPassword(this, hash ?? nobody.Value, password) != PasswordVerificationResult.Failed && hash is not null;

    /// <summary>A password to hand out once: 4 groups of 4, some 79 bits.</summary>
    public static string NewOneTime() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => System.Security.Cryptography.RandomNumberGenerator.GetString(Letters, 4)));
}
