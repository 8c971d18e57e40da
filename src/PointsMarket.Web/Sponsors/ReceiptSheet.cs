using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Sponsors;

namespace PointsMarket.Web.Sponsors;

/// <summary>What stands in the receipt (捐赠物资接收单) of one delivery of a firm's.</summary>
public sealed record ReceiptSheet(int DeliveryId, string Number, DateOnly Date, string Firm, string Outlet, bool TakenBack, List<ReceiptSheet.Line> Lines)
{
    /// <summary>Path of the partial that draws it, on screen and on paper.</summary>
    public const string Drawn = "/Pages/Shared/_Receipt.cshtml";

    public sealed record Line(string NameZh, string NameEn, string Unit, int Accepted, int Refused, string? Why, DateOnly? Expires, int ValueFen)
    {
        /// <summary>At the value the market counted it in with.</summary>
        public long Fen => (long)Accepted * ValueFen;
    }

    public long Fen => Lines.Sum(l => l.Fen);

    public long Pieces => Lines.Sum(l => (long)l.Accepted);

    /// <summary>Reads deliveries of firms.</summary>
    public static IQueryable<ReceiptSheet> Of(MarketDb db, IQueryable<Delivery> deliveries) => deliveries.Where(d => d.Sponsor != null).Select(d => new ReceiptSheet(
        d.Id, d.Reference, d.Date, d.Sponsor!.Name, d.Outlet.Name,
        Delivery.TakenBack(db).Any(t => t.Id == d.Id),
        d.Lines.OrderBy(l => l.Position).Select(l => new Line(l.Goods.NameZh, l.Goods.NameEn, l.Goods.Unit, l.Accepted, l.Refused, l.RefusedReason, l.Expires, l.ValueFen)).ToList()));
}

/// <summary>What stands in the yearly letter of thanks (感谢信) to a firm.</summary>
public sealed record ThanksSheet(string Firm, int Year, int Deliveries, long Pieces, long Fen, IReadOnlyList<ThanksSheet.Line> Lines, DateOnly Day)
{
    /// <summary>Path of the partial that draws it.</summary>
    public const string Drawn = "/Pages/Shared/_Thanks.cshtml";

    public sealed record Line(string NameZh, string NameEn, string Unit, long Pieces);

    /// <summary>The letter of a year; null when nothing came in it.</summary>
    public static async Task<ThanksSheet?> ReadAsync(MarketDb db, int sponsorId, int year, DateOnly today, CancellationToken ct)
    {
        if (year < 2000 || year > today.Year) return null;
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var all = await ReceiptSheet.Of(db, db.Deliveries.Where(d => d.SponsorId == sponsorId && d.Date >= first && d.Date <= last)).ToListAsync(ct);
        var given = all.Where(d => !d.TakenBack && d.Pieces > 0).ToList();
        if (given.Count == 0) return null;
        return new ThanksSheet(given[0].Firm, year, given.Count, given.Sum(d => d.Pieces), given.Sum(d => d.Fen),
            [.. given.SelectMany(d => d.Lines).Where(l => l.Accepted > 0).GroupBy(l => (l.NameZh, l.NameEn, l.Unit)).Select(g => new Line(g.Key.NameZh, g.Key.NameEn, g.Key.Unit, g.Sum(l => (long)l.Accepted))).OrderByDescending(l => l.Pieces)],
            last < today ? last : today);
    }

    /// <summary>The years in which something of the firm's came, the latest first.</summary>
    public static async Task<IReadOnlyList<int>> YearsAsync(MarketDb db, int sponsorId, CancellationToken ct) =>
        [.. (await db.Deliveries.Where(d => d.SponsorId == sponsorId).Select(d => d.Date).Distinct().ToListAsync(ct)).Select(d => d.Year).Distinct().OrderDescending()];
}
