using System.Security.Cryptography;

namespace PointsMarket.Data;

/// <summary>Makes the references that people read out and type: a letter, the day, and letters that are not mistaken for digits.</summary>
internal static class References
{
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    /// <summary>A reference such as <c>R261121-7K3QD</c> that <paramref name="isTaken"/> does not know.</summary>
    public static async Task<string> NewAsync(char kind, DateOnly day, int letters, Func<string, Task<bool>> isTaken)
    {
        while (true)
        {
            var reference = $"{kind}{day:yyMMdd}-{RandomNumberGenerator.GetString(Letters, letters)}";
            if (!await isTaken(reference)) return reference;
        }
    }
}
