using System.Security.Cryptography;
using System.Text;

namespace PointsMarket.Market;

/// <summary>Random tokens and codes; the database keeps only hashes of tokens.</summary>
public static class Secrets
{
    /// <summary>A token of 256 bits as 64 hex digits.</summary>
    public static string NewToken() => Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Six digits, the first not 0.</summary>
    public static string NewCode() => RandomNumberGenerator.GetInt32(100_000, 1_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>SHA-256 as 64 hex digits.</summary>
    public static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
