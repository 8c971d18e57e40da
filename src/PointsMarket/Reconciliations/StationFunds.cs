using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Reconciliations;

/// <summary>The funds whose statements a station may bring.</summary>
public static class StationFunds
{
    /// <summary>
    /// Their codes in order: the station's funds, closed ones too, for the bank may still move their money; a fund's account is there
    /// only after its first movement. And accounts of which there is no fund (any more), so that nothing is left unmatched.
    /// </summary>
    public static async Task<IReadOnlyList<string>> CodesAsync(MarketDb db, int book, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var funds = await db.Funds.Where(f => f.BookId == book).Select(f => f.Code).ToListAsync(ct);
        var accounts = await db.LedgerAccounts.Where(a => a.BookId == book && a.Code.StartsWith("cash:")).Select(a => a.Code.Substring(5)).ToListAsync(ct);
        return [.. funds.Union(accounts, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
