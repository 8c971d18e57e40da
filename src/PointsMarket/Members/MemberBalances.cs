using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Members;

/// <summary>A member's points.</summary>
public sealed record MemberBalance(string Code, long Points);

/// <summary>Every member's points, as <c>expected/balances.csv</c> of FORMATS.</summary>
public static class MemberBalances
{
    private const string Prefix = "member:";

    /// <summary>All members by code (in the order of its bytes); 0 for one that never earned anything.</summary>
    public static async Task<IReadOnlyList<MemberBalance>> AllAsync(MarketDb db, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var points = Asset.Points.Code;
        var balances = await db.LedgerAccounts.Where(a => a.Asset == points && a.Code.StartsWith(Prefix))
            .Select(a => new { a.BookId, a.Code, a.Balance }).ToDictionaryAsync(a => (a.BookId, a.Code), a => a.Balance, ct);
        var members = await db.Members.Select(m => new { m.Code, m.Area.BookId }).ToListAsync(ct);
        return [.. members.OrderBy(m => m.Code, StringComparer.Ordinal)
            .Select(m => new MemberBalance(m.Code, balances.GetValueOrDefault((m.BookId, AccountCode.Member(m.Code).Value))))];
    }
}
