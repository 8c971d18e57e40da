using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Market;

namespace PointsMarket.Sponsors;

/// <summary>Where an announced delivery stands. Stored by name.</summary>
public enum AnnouncementState
{
    /// <summary>On its way.</summary>
    Announced,

    /// <summary>Counted in; the delivery says what was accepted and what not.</summary>
    CountedIn,

    /// <summary>The firm called it off.</summary>
    CalledOff,
}

/// <summary>A delivery that a firm says is coming (预告到货), against a pledge that was accepted.</summary>
public sealed class Announcement
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>Its reference, unique, such as <c>A261127-7K3QD</c>.</summary>
    public required string Reference { get; set; }

    /// <summary>The form's key: sending it twice announces once.</summary>
    public Guid Key { get; set; }

    /// <summary>The pledge it comes from.</summary>
    public int PledgeId { get; set; }

    /// <summary>The pledge it comes from.</summary>
    public Pledge Pledge { get; set; } = null!;

    /// <summary>Where it comes.</summary>
    public int OutletId { get; set; }

    /// <summary>Where it comes.</summary>
    public Outlet Outlet { get; set; } = null!;

    /// <summary>The station day it comes.</summary>
    public DateOnly Day { get; set; }

    /// <summary>Where it stands.</summary>
    public AnnouncementState State { get; set; }

    /// <summary>UTC.</summary>
    public DateTime AnnouncedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> of the firm.</summary>
    public required string AnnouncedBy { get; set; }

    /// <summary>The delivery it became; an announcement becomes one at most.</summary>
    public int? DeliveryId { get; set; }

    /// <summary>The delivery it became.</summary>
    public Delivery? Delivery { get; set; }

    /// <summary>What is to come.</summary>
    public List<AnnouncedLine> Lines { get; } = [];

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<Announcement>(e =>
        {
            e.ToTable("Announcements", t => t.HasCheckConstraint("CK_Announcements_Delivery",
                "(\"State\" = 'CountedIn' AND \"DeliveryId\" IS NOT NULL) OR (\"State\" <> 'CountedIn' AND \"DeliveryId\" IS NULL)"));
            e.Property(a => a.Reference).HasMaxLength(40);
            e.Property(a => a.AnnouncedBy).HasMaxLength(64);
            e.HasIndex(a => a.Reference).IsUnique();
            e.HasIndex(a => a.Key).IsUnique();
            e.HasIndex(a => a.DeliveryId).IsUnique();
            e.HasIndex(a => new { a.State, a.OutletId });
            e.HasOne(a => a.Pledge).WithMany().HasForeignKey(a => a.PledgeId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(a => a.Outlet).WithMany().HasForeignKey(a => a.OutletId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(a => a.Delivery).WithMany().HasForeignKey(a => a.DeliveryId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<AnnouncedLine>(e =>
        {
            e.ToTable("AnnouncedLines", t => t.HasCheckConstraint("CK_AnnouncedLines_Quantity", "\"Quantity\" > 0"));
            e.HasKey(l => new { l.AnnouncementId, l.GoodsId });
            e.HasOne<Announcement>().WithMany(a => a.Lines).HasForeignKey(l => l.AnnouncementId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(l => l.Goods).WithMany().HasForeignKey(l => l.GoodsId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>One article of what is to come.</summary>
public sealed class AnnouncedLine
{
    /// <summary>The announcement.</summary>
    public int AnnouncementId { get; set; }

    /// <summary>The article.</summary>
    public int GoodsId { get; set; }

    /// <summary>The article.</summary>
    public Goods Goods { get; set; } = null!;

    /// <summary>Pieces, 1 or more.</summary>
    public int Quantity { get; set; }
}
