using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
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
            e.ToTable("Deliveries");
            e.Property(d => d.Reference).HasMaxLength(40);
            e.Property(d => d.CountedBy).HasMaxLength(64);
            e.HasIndex(d => d.Reference).IsUnique();
            e.HasIndex(d => d.AnnouncementId);
            e.HasOne(d => d.Sponsor).WithMany().HasForeignKey(d => d.SponsorId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(d => d.Outlet).WithMany().HasForeignKey(d => d.OutletId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<DeliveryLine>(e =>
        {
            e.ToTable("DeliveryLines", t =>
            {
                t.HasCheckConstraint("CK_DeliveryLines_Pieces", "\"Accepted\" >= 0 AND \"Refused\" >= 0 AND \"Accepted\" + \"Refused\" > 0");
                t.HasCheckConstraint("CK_DeliveryLines_Refused", "\"Refused\" = 0 OR \"RefusedReason\" IS NOT NULL");
            });
            e.HasKey(l => new { l.DeliveryId, l.Position });
            e.Property(l => l.RefusedReason).HasMaxLength(200);
            e.HasIndex(l => l.LotId).IsUnique();
            e.HasOne(l => l.Delivery).WithMany(d => d.Lines).HasForeignKey(l => l.DeliveryId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(l => l.Goods).WithMany().HasForeignKey(l => l.GoodsId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Lot>().WithOne().HasForeignKey<DeliveryLine>(l => l.LotId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>Goods that came to an outlet and were counted in, or refused there.</summary>
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

    /// <summary>The announcement it answers; null for what nobody announced.</summary>
    public int? AnnouncementId { get; set; }

    /// <summary>UTC, when it was counted in here; null for one of a time when that was not kept.</summary>
    public DateTime? CountedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who counted; null likewise.</summary>
    public string? CountedBy { get; set; }

    /// <summary>What came, article by article.</summary>
    public List<DeliveryLine> Lines { get; } = [];

    /// <summary>Those that were taken back: the ledger has a transaction that reverses theirs.</summary>
    public static IQueryable<Delivery> TakenBack(MarketDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Deliveries.Where(d => db.LedgerTransactions.Any(t => t.BookId == d.Outlet.Area.BookId && t.Key == "delivery:" + d.Reference
            && db.LedgerTransactions.Any(r => r.BookId == t.BookId && r.RelatedSequence == t.Sequence && r.Relation == Relation.Reverses)));
    }
}

/// <summary>One article of a delivery. What was accepted is a lot; what was refused never enters the ledger.</summary>
public sealed class DeliveryLine
{
    /// <summary>The delivery.</summary>
    public int DeliveryId { get; set; }

    /// <summary>The delivery.</summary>
    public Delivery Delivery { get; set; } = null!;

    /// <summary>From 0, in the order counted.</summary>
    public int Position { get; set; }

    /// <summary>The article.</summary>
    public int GoodsId { get; set; }

    /// <summary>The article.</summary>
    public Goods Goods { get; set; } = null!;

    /// <summary>Pieces announced; null when none were.</summary>
    public int? Announced { get; set; }

    /// <summary>Pieces taken in.</summary>
    public int Accepted { get; set; }

    /// <summary>Pieces refused.</summary>
    public int Refused { get; set; }

    /// <summary>Why; null when nothing was refused.</summary>
    public string? RefusedReason { get; set; }

    /// <summary>The day the pieces expire; null when they do not.</summary>
    public DateOnly? Expires { get; set; }

    /// <summary>What one was worth when it was counted in, fen: a receipt says the same for ever, whatever the article is worth later.</summary>
    public int ValueFen { get; set; }

    /// <summary>The lot of the accepted pieces; null when none were. Where they are now is in <see cref="LotStock"/>.</summary>
    public int? LotId { get; set; }
}
