using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Sponsors;

namespace PointsMarket.Web.Sponsors;

/// <summary>An article that a firm gave, with its name, and where every piece of it is.</summary>
public sealed record BecameRow(string Sku, string NameZh, string NameEn, string Unit, string Picture, GivenArticle Given)
{
    /// <summary>All the firm gave, or one delivery of it.</summary>
    public static async Task<IReadOnlyList<BecameRow>> ReadAsync(MarketDb db, int firm, int? delivery, CancellationToken ct)
    {
        var given = await SponsorImpact.ArticlesAsync(db, firm, delivery, ct);
        var goods = await db.Goods.AsNoTracking().ToDictionaryAsync(g => g.Id, ct);
        return [.. given.Select(g => new BecameRow(goods[g.GoodsId].Sku, goods[g.GoodsId].NameZh, goods[g.GoodsId].NameEn, goods[g.GoodsId].Unit, goods[g.GoodsId].Picture, g))];
    }
}
