using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;

namespace PointsMarket.Web.Me;

/// <summary>A member's points file as the member sees it.</summary>
public sealed record MemberAccount
{
    public required int MemberId { get; init; }

    /// <summary>Their own name; an informant reads the code even here, because others look over shoulders.</summary>
    public required string Name { get; init; }

    /// <summary>The number typed at the kiosk.</summary>
    public required string Number { get; init; }

    /// <summary>Where they belong.</summary>
    public required string Area { get; init; }

    /// <summary>The 13 digits on the card, or null.</summary>
    public required string? Card { get; init; }

    /// <summary>Ledger book of the station.</summary>
    public required int BookId { get; init; }

    /// <summary>Number of the account in the book; 0 while nothing was ever posted to it.</summary>
    public required int Account { get; init; }

    /// <summary>Points they may spend.</summary>
    public required long Balance { get; init; }

    /// <summary>Reads one; null when there is no such member.</summary>
    public static async Task<MemberAccount?> ReadAsync(MarketDb db, int memberId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var m = await db.Members.Where(x => x.Id == memberId)
            .Select(x => new { x.Code, x.Kind, x.Name, x.Number, x.CardNumber, Area = x.Area.Name, x.Area.BookId }).SingleOrDefaultAsync(ct);
        if (m is null) return null;
        var code = AccountCode.Member(m.Code).Value;
        var points = Asset.Points.Code;
        var account = await db.LedgerAccounts.Where(a => a.BookId == m.BookId && a.Code == code && a.Asset == points)
            .Select(a => new { a.Number, a.Balance }).SingleOrDefaultAsync(ct);
        return new MemberAccount
        {
            MemberId = memberId, Name = MemberNames.Shown(m.Kind, m.Code, m.Name), Number = m.Number, Area = m.Area, Card = m.CardNumber,
            BookId = m.BookId, Account = account?.Number ?? 0, Balance = account?.Balance ?? 0,
        };
    }
}
