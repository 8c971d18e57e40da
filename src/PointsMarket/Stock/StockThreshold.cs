using Microsoft.EntityFrameworkCore;
using PointsMarket.Market;

namespace PointsMarket.Stock;

/// <summary>How many pieces of an article an outlet wishes to have; what is missing to it stands on the wish list.</summary>
public sealed class StockThreshold
{
    /// <summary>The outlet.</summary>
    public int OutletId { get; set; }

    /// <summary>The article.</summary>
    public int GoodsId { get; set; }

    /// <summary>Pieces; 0 wishes for none.</summary>
    public int Pieces { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<StockThreshold>(e =>
    {
        e.ToTable("StockThresholds", t => t.HasCheckConstraint("CK_StockThresholds_Pieces", "\"Pieces\" >= 0"));
        e.HasKey(t => new { t.OutletId, t.GoodsId });
        e.HasOne<Outlet>().WithMany().HasForeignKey(t => t.OutletId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne<Goods>().WithMany().HasForeignKey(t => t.GoodsId).OnDelete(DeleteBehavior.Restrict);
    });
}
