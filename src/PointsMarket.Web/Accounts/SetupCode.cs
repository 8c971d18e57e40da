using System.Security.Cryptography;
using System.Text;

namespace PointsMarket.Web.Accounts;

/// <summary>
/// The one-time code that the first-run page asks for outside Development, so that a stranger who finds a fresh site cannot make
/// themselves its administrator. Printed on the server's console; new with every start.
/// </summary>
public sealed class SetupCode(IHostEnvironment environment)
{
    /// <summary>False in Development.</summary>
    public bool IsAsked { get; } = !environment.IsDevelopment();

    /// <summary>The code.</summary>
    public string Code { get; } = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 12);

    /// <summary>True when it is not asked or this is it.</summary>
    public bool Accepts(string? typed) => !IsAsked || CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Code), Encoding.UTF8.GetBytes((typed ?? "").Trim().ToUpperInvariant()));
}
