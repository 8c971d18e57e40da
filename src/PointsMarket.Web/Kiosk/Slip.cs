using System.Linq.Expressions;
using PointsMarket.Market;

namespace PointsMarket.Web.Kiosk;

/// <summary>What stands on a slip; the kiosk and the member's own pages show the same.</summary>
public sealed record Slip
{
    /// <summary>Reads one: <c>db.Redemptions.Where(mine).Select(Slip.Of)</c>.</summary>
    public static readonly Expression<Func<Redemption, Slip>> Of = r => new Slip
    {
        Reference = r.Reference, State = r.State, PickupCode = r.PickupCode, Points = r.Points, Outlet = r.Outlet.Name,
        HappenedAt = r.HappenedAt, ExpiresAt = r.ExpiresAt, EndedAt = r.EndedAt, Reason = r.Reason, Satisfaction = r.Satisfaction,
        Lines = r.Lines.OrderByDescending(l => l.PointsEach).ThenBy(l => l.GoodsId)
            .Select(l => new Line(l.Goods.NameZh, l.Goods.NameEn, l.Goods.Picture, l.Quantity, l.PointsEach)).ToList(),
    };

    public required string Reference { get; init; }

    public required RedemptionState State { get; init; }

    /// <summary>Six digits; null once it is no longer open.</summary>
    public required string? PickupCode { get; init; }

    /// <summary>Points in all.</summary>
    public required int Points { get; init; }

    /// <summary>Name of the outlet where the goods wait.</summary>
    public required string Outlet { get; init; }

    public required DateTime HappenedAt { get; init; }

    /// <summary>UTC, until when the goods wait.</summary>
    public required DateTime ExpiresAt { get; init; }

    public required DateTime? EndedAt { get; init; }

    public required string? Reason { get; init; }

    /// <summary>3, 2, 1, or null when not said.</summary>
    public required int? Satisfaction { get; init; }

    public required IReadOnlyList<Line> Lines { get; init; }

    /// <summary>The code in two groups, as it is said: 482 913.</summary>
    public string Code => PickupCode is { Length: 6 } code ? $"{code[..3]} {code[3..]}" : "";

    /// <summary>One article, at the price of that moment.</summary>
    public sealed record Line(string NameZh, string NameEn, string Picture, int Quantity, int PointsEach);
}
