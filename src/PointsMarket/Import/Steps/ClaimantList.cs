using System.Globalization;
using PointsMarket.Ledger;

namespace PointsMarket.Import.Steps;

/// <summary>The claimants of a case as they stand in the file: <c>code:share;code:share</c>, in order; empty for none.</summary>
internal static class ClaimantList
{
    private const int Most = 20;

    /// <summary>Null unless every code can stand in the ledger and comes once, and the shares, from 1 to 100, sum to 100.</summary>
    public static IReadOnlyList<(string Code, int Share)>? Read(string text)
    {
        if (text.Length == 0) return [];
        var claimants = new List<(string Code, int Share)>();
        foreach (var part in text.Split(';'))
        {
            var cells = part.Split(':');
            if (cells.Length != 2 || !LedgerNames.IsValid(cells[0]) || claimants.Count == Most
                || cells[1].StartsWith('0') || !int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out var share) || share > 100
                || claimants.Exists(c => c.Code == cells[0])) return null;
            claimants.Add((cells[0], share));
        }
        return claimants.Sum(c => c.Share) == 100 ? claimants : null;
    }

    public static string Write(IEnumerable<(string Code, int Share)> claimants) =>
        string.Join(';', claimants.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Code}:{c.Share}")));
}
