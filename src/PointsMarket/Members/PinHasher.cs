using Microsoft.AspNetCore.Identity;

namespace PointsMarket.Members;

/// <summary>
/// Hashes PINs like passwords (PBKDF2, salted). Four digits are few, so the hash alone protects little: the count of failures in
/// the database does. Slow on purpose; never call it inside the door.
/// </summary>
public sealed class PinHasher
{
    /// <summary>The shortest and longest PIN, in digits.</summary>
    public const int MinLength = 4, MaxLength = 6;

    private static readonly PasswordHasher<object> Hasher = new();
    private static readonly Lazy<string> Nobody = new(() => Hasher.HashPassword(new object(), "0000"));

    /// <summary>True for 4–6 ASCII digits.</summary>
    public static bool IsValid(string? pin) => pin is { Length: >= MinLength and <= MaxLength } && pin.All(char.IsAsciiDigit);

    /// <summary>The hash to store.</summary>
    public string Hash(string pin) => Hasher.HashPassword(this, pin);

    /// <summary>True if the PIN belongs to the hash. Takes as long when there is no hash, so that time tells nothing.</summary>
    public bool Matches(string? hash, string pin) => Hasher.VerifyHashedPassword(this, hash ?? Nobody.Value, pin) != PasswordVerificationResult.Failed && hash is not null;
}
