using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>What an article is. Stored by name.</summary>
public enum GoodsKind
{
    /// <summary>A thing.</summary>
    Goods,

    /// <summary>A supermarket card with a money value.</summary>
    Card,
}

/// <summary>An article of the market.</summary>
public sealed class Goods
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>Its stock-keeping unit, unique; stands in the ledger's asset code.</summary>
    public required string Sku { get; set; }

    /// <summary>Chinese name.</summary>
    public required string NameZh { get; set; }

    /// <summary>English name.</summary>
    public required string NameEn { get; set; }

    /// <summary>What one is called: 袋, 瓶, 张.</summary>
    public required string Unit { get; set; }

    /// <summary>Price of one in points, 1 or more.</summary>
    public int Points { get; set; }

    /// <summary>What one is worth, in fen.</summary>
    public int ValueFen { get; set; }

    /// <summary>Thing or card.</summary>
    public GoodsKind Kind { get; set; }

    /// <summary>How many a member may take in a calendar month of the station; null for no limit.</summary>
    public int? LimitPerMemberMonth { get; set; }

    /// <summary>The shelf at the kiosk it stands on: <c>food</c>, <c>daily</c> or <c>card</c>.</summary>
    public required string Section { get; set; }

    /// <summary>The drawing in <c>goods.svg</c>.</summary>
    public required string Picture { get; set; }

    /// <summary>False once it is no longer offered.</summary>
    public bool Offered { get; set; } = true;

    /// <summary>Its asset in the ledger.</summary>
    public Asset Asset => Kind == GoodsKind.Card ? Asset.Card(Sku) : Asset.Goods(Sku);

    internal static void Configure(ModelBuilder builder) => builder.Entity<Goods>(e =>
    {
        e.ToTable("Goods", t => t.HasCheckConstraint("CK_Goods_Points", "\"Points\" > 0"));
        e.Ignore(g => g.Asset);
        e.Property(g => g.Sku).HasMaxLength(32);
        e.Property(g => g.NameZh).HasMaxLength(60);
        e.Property(g => g.NameEn).HasMaxLength(60);
        e.Property(g => g.Unit).HasMaxLength(10);
        e.Property(g => g.Section).HasMaxLength(16);
        e.Property(g => g.Picture).HasMaxLength(32);
        e.HasIndex(g => g.Sku).IsUnique();
    });
}

/// <summary>A place where goods are handed out.</summary>
public sealed class Outlet
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>Its code, unique; stands in the ledger's account code.</summary>
    public required string Code { get; set; }

    /// <summary>Its name on screen.</summary>
    public required string Name { get; set; }

    /// <summary>Where it is.</summary>
    public int AreaId { get; set; }

    /// <summary>Where it is.</summary>
    public Area Area { get; set; } = null!;

    internal static void Configure(ModelBuilder builder) => builder.Entity<Outlet>(e =>
    {
        e.ToTable("Outlets");
        e.Property(o => o.Code).HasMaxLength(40);
        e.Property(o => o.Name).HasMaxLength(100);
        e.HasIndex(o => o.Code).IsUnique();
        e.HasOne(o => o.Area).WithMany().HasForeignKey(o => o.AreaId).OnDelete(DeleteBehavior.Restrict);
    });
}
