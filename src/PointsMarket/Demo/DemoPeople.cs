using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;

namespace PointsMarket.Demo;

/// <summary>The members of the demo station that a visitor can try the kiosk with: known number, card and PIN.</summary>
public static class DemoPeople
{
    /// <summary>The PIN of every demo member who has one.</summary>
    public const string Pin = "2468";

    /// <summary>What is worth trying with a member.</summary>
    public enum Shows
    {
        /// <summary>Has points to spend, some 300.</summary>
        Spending,

        /// <summary>Is called by code only.</summary>
        CodeName,

        /// <summary>Has few points: most of the shelf is out of reach.</summary>
        FewPoints,

        /// <summary>Typed a wrong PIN too often; an approver unlocks.</summary>
        LockedPin,

        /// <summary>Never set a PIN; the attendant does it with them.</summary>
        NoPin,
    }

    /// <summary>A member to try.</summary>
    /// <param name="Code">The code in the ledger.</param>
    /// <param name="Number">What is typed at the kiosk.</param>
    /// <param name="Name">Show it through <see cref="MemberNames"/> only.</param>
    /// <param name="Kind">The level.</param>
    /// <param name="Card">The 13 digits of the card.</param>
    /// <param name="Shows">What is worth trying.</param>
    public sealed record Known(string Code, string Number, string Name, MemberKind Kind, string Card, Shows Shows);

    /// <summary>They are added first, so that their numbers are the first ones.</summary>
    public static IReadOnlyList<Known> All { get; } =
    [
        new("G0001", "100001", "张桂兰", MemberKind.GridMember, CardNumbers.Of(2468000001), Shows.Spending),
        new("I0001", "100002", "李四", MemberKind.Informant, CardNumbers.Of(2468000002), Shows.CodeName),
        new("P0001", "100003", "王小虎", MemberKind.Volunteer, CardNumbers.Of(2468000003), Shows.FewPoints),
        new("P0002", "100004", "陈秀英", MemberKind.Volunteer, CardNumbers.Of(2468000004), Shows.LockedPin),
        new("P0003", "100005", "周大勇", MemberKind.Volunteer, CardNumbers.Of(2468000005), Shows.NoPin),
    ];

    /// <summary>One of them as they stand now, for the start page.</summary>
    /// <param name="Name">The name, or an informant's code.</param>
    /// <param name="Number">What is typed at the kiosk.</param>
    /// <param name="Card">The 13 digits of the card; null when it was reported lost since.</param>
    /// <param name="Points">What they may spend.</param>
    /// <param name="Shows">What is worth trying.</param>
    public sealed record Standing(string Name, string Number, string? Card, long Points, Shows Shows);

    /// <summary>All of them as they stand now; none when the database does not hold the demo station.</summary>
    public static async Task<IReadOnlyList<Standing>> ReadAsync(MarketDb db, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (!await LoadDemo.IsLoadedAsync(db, ct)) return [];
        var shows = All.ToDictionary(p => p.Code, p => p.Shows, StringComparer.Ordinal);
        var codes = shows.Keys.ToList();
        var members = await db.Members.Where(m => codes.Contains(m.Code)).OrderBy(m => m.Number)
            .Select(m => new { m.Code, m.Number, m.Name, m.Kind, m.CardNumber, m.Area.BookId }).ToListAsync(ct);
        var standing = new List<Standing>(members.Count);
        foreach (var m in members)
        {
            var points = await db.BalanceAsync(m.BookId, AccountCode.Member(m.Code), Asset.Points, ct);
            standing.Add(new Standing(MemberNames.Shown(m.Kind, m.Code, m.Name), m.Number, m.CardNumber, points, shows[m.Code]));
        }
        return standing;
    }
}
