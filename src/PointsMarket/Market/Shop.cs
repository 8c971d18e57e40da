using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;

namespace PointsMarket.Market;

/// <summary>One article as the person in front of the kiosk sees it.</summary>
public sealed record Offer
{
    /// <summary>The article's key.</summary>
    public required int GoodsId { get; init; }

    /// <summary>The sku.</summary>
    public required string Sku { get; init; }

    /// <summary>Chinese name.</summary>
    public required string NameZh { get; init; }

    /// <summary>English name.</summary>
    public required string NameEn { get; init; }

    /// <summary>What one is called.</summary>
    public required string Unit { get; init; }

    /// <summary>food, daily or card.</summary>
    public required string Section { get; init; }

    /// <summary>The drawing.</summary>
    public required string Picture { get; init; }

    /// <summary>Price of one.</summary>
    public required int Points { get; init; }

    /// <summary>Pieces on the outlet's shelf that have not expired.</summary>
    public required long Left { get; init; }

    /// <summary>Pieces chosen.</summary>
    public required int Chosen { get; init; }

    /// <summary>Pieces this member may still take this month, the chosen ones not taken off; null for no limit.</summary>
    public required int? Allowed { get; init; }

    /// <summary>The asset in the ledger.</summary>
    public required Asset Asset { get; init; }

    /// <summary>True when more are chosen than there are, or than the month's limit allows.</summary>
    public bool TooMany => Chosen > Left || Chosen > Allowed;
}

/// <summary>The shop for one session: what there is, what is chosen, and what the member has.</summary>
public sealed record Shop
{
    /// <summary>The member's code; with <see cref="Kind"/> and <see cref="Name"/> for <see cref="MemberNames"/>.</summary>
    public required string Code { get; init; }

    /// <summary>The level; null for somebody unknown with a voucher, whose code and name say nothing.</summary>
    public required MemberKind? Kind { get; init; }

    /// <summary>The name, to be masked.</summary>
    public required string Name { get; init; }

    /// <summary>Points the member may spend.</summary>
    public required long Balance { get; init; }

    /// <summary>All offered articles, by section and price.</summary>
    public required IReadOnlyList<Offer> Offers { get; init; }

    /// <summary>The chosen ones, in the order chosen.</summary>
    public required IReadOnlyList<Offer> Chosen { get; init; }

    /// <summary>The key that the redemption of this basket will carry.</summary>
    public required Guid BasketKey { get; init; }

    /// <summary>Points of the basket.</summary>
    public long Total => Chosen.Sum(o => (long)o.Points * o.Chosen);

    /// <summary>Points left after the basket; below zero when it is too much.</summary>
    public long Remaining => Balance - Total;

    /// <summary>True when one more of the article can be taken: there is one, the limit allows it, and the points suffice.</summary>
    public bool CanAdd(Offer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        var most = Math.Min(offer.Left, Math.Min(offer.Allowed ?? Basket.MostPieces, Basket.MostPieces));
        return most > offer.Chosen && Remaining >= offer.Points;
    }
}

/// <summary>Reads the shop of a session.</summary>
public sealed class ReadShop(TimeProvider clock)
{
    /// <summary>The shop as committed now; null when there is no such session.</summary>
    public async Task<Shop?> ExecuteAsync(MarketDb db, Guid sessionId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var s = await db.KioskSessions.Where(x => x.Id == sessionId).Select(x => new
        {
            x.Basket, x.BasketKey, x.MemberId, x.VoucherId, Code = x.Member == null ? x.Voucher!.Code : x.Member.Code,
            Kind = x.Member == null ? (MemberKind?)null : x.Member.Kind, Name = x.Member == null ? "" : x.Member.Name, Outlet = x.Device.Outlet.Code, x.Device.Outlet.Area.BookId,
        }).SingleOrDefaultAsync(ct);
        if (s is null) return null;

        var shelf = AccountCode.Shelf(s.Outlet).Value;
        var left = await db.LedgerAccounts.Where(a => a.BookId == s.BookId && a.Code == shelf).ToDictionaryAsync(a => a.Asset, a => a.Balance, ct);
        var expired = await db.ExpiredAtAsync(s.BookId, AccountCode.Shelf(s.Outlet), StationTime.Day(clock.GetUtcNow().UtcDateTime), ct);
        var taken = await TakenThisMonth.ByGoodsAsync(db, s.MemberId, s.VoucherId, clock.GetUtcNow().UtcDateTime, ct);
        var basket = Basket.Parse(s.Basket);
        var goods = await db.Goods.AsNoTracking().Where(g => g.Offered).ToListAsync(ct);
        var offers = goods.OrderBy(g => Section(g.Section)).ThenByDescending(g => g.Points).ThenBy(g => g.Sku, StringComparer.Ordinal).Select(g => new Offer
        {
            GoodsId = g.Id, Sku = g.Sku, NameZh = g.NameZh, NameEn = g.NameEn, Unit = g.Unit, Section = g.Section, Picture = g.Picture, Points = g.Points,
            Left = left.GetValueOrDefault(g.Asset.Code) - expired.GetValueOrDefault(g.Id), Chosen = basket.Of(g.Sku), Asset = g.Asset,
            Allowed = g.LimitPerMemberMonth is { } limit ? Math.Max(0, limit - taken.GetValueOrDefault(g.Id)) : null,
        }).ToList();
        return new Shop
        {
            Code = s.Code, Kind = s.Kind, Name = s.Name, BasketKey = s.BasketKey, Offers = offers,
            Balance = await db.BalanceAsync(s.BookId, s.VoucherId is null ? AccountCode.Member(s.Code) : AccountCode.Voucher(s.Code), Asset.Points, ct),
            Chosen = [.. basket.Lines.Select(l => offers.Find(o => o.Sku == l.Sku)).OfType<Offer>()],
        };
    }

    private static int Section(string section) => section switch { "food" => 0, "daily" => 1, "card" => 2, _ => 3 };
}

/// <summary>How many pieces of each article a member, or a voucher, has taken, or has waiting, in the station's calendar month.</summary>
internal static class TakenThisMonth
{
    public static async Task<Dictionary<int, int>> ByGoodsAsync(MarketDb db, int? memberId, int? voucherId, DateTime now, CancellationToken ct = default)
    {
        var (since, until) = StationTime.Month(StationTime.Day(now));
        var own = voucherId is { } voucher ? db.Redemptions.Where(r => r.VoucherId == voucher) : db.Redemptions.Where(r => r.MemberId == memberId);
        return await (
            from r in own
            where r.HappenedAt >= since && r.HappenedAt < until && (r.State == RedemptionState.Held || r.State == RedemptionState.HandedOver)
            from l in r.Lines
            group l.Quantity by l.GoodsId).ToDictionaryAsync(g => g.Key, g => g.Sum(), ct);
    }
}
