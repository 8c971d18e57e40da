using Microsoft.EntityFrameworkCore;
using PointsMarket.Market;

namespace PointsMarket.Sponsors;

/// <summary>A firm that gives goods (爱心企业).</summary>
public sealed class Sponsor
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>Its code, unique; stands in the ledger's account code.</summary>
    public required string Code { get; set; }

    /// <summary>Its name.</summary>
    public required string Name { get; set; }

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<Sponsor>(e =>
        {
            e.ToTable("Sponsors");
            e.Property(s => s.Code).HasMaxLength(40);
            e.Property(s => s.Name).HasMaxLength(100);
            e.HasIndex(s => s.Code).IsUnique();
        });
        builder.Entity<Delivery>(e =>
        {
            e.ToTable("Deliveries", t => t.HasCheckConstraint("CK_Deliveries_Quantity", "\"Quantity\" > 0"));
            e.Property(d => d.Reference).HasMaxLength(40);
            e.HasIndex(d => d.Reference).IsUnique();
            e.HasOne(d => d.Sponsor).WithMany().HasForeignKey(d => d.SponsorId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(d => d.Outlet).WithMany().HasForeignKey(d => d.OutletId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(d => d.Goods).WithMany().HasForeignKey(d => d.GoodsId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>Goods counted in at an outlet.</summary>
public sealed class Delivery
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>Its reference, unique; the idempotency key in the ledger is <c>delivery:{reference}</c>.</summary>
    public required string Reference { get; set; }

    /// <summary>The station day it came.</summary>
    public DateOnly Date { get; set; }

    /// <summary>Who gave it; null when it was bought.</summary>
    public int? SponsorId { get; set; }

    /// <summary>Who gave it; null when it was bought.</summary>
    public Sponsor? Sponsor { get; set; }

    /// <summary>Where it lies.</summary>
    public int OutletId { get; set; }

    /// <summary>Where it lies.</summary>
    public Outlet Outlet { get; set; } = null!;

    /// <summary>The article.</summary>
    public int GoodsId { get; set; }

    /// <summary>The article.</summary>
    public Goods Goods { get; set; } = null!;

    /// <summary>Pieces, 1 or more.</summary>
    public int Quantity { get; set; }

    /// <summary>The day it expires; null when it does not.</summary>
    public DateOnly? Expires { get; set; }
}
