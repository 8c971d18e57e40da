using Microsoft.EntityFrameworkCore;
using PointsMarket.Market;

namespace PointsMarket.Sponsors;

/// <summary>Where a pledge stands. Stored by name.</summary>
public enum PledgeState
{
    /// <summary>Waits for the desk's answer.</summary>
    Waiting,

    /// <summary>The desk said yes; the firm announces its deliveries.</summary>
    Accepted,

    /// <summary>The desk said no, with a reason.</summary>
    Declined,

    /// <summary>The firm took it back before anything came.</summary>
    Withdrawn,

    /// <summary>It came, all of it or as much as was to come.</summary>
    Delivered,
}

/// <summary>What a firm says it will give (认捐): an article, or something in free words.</summary>
public sealed class Pledge
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>Its reference, unique, such as <c>P261127-7K3QD</c>.</summary>
    public required string Reference { get; set; }

    /// <summary>The form's key: sending it twice pledges once.</summary>
    public Guid Key { get; set; }

    /// <summary>The firm.</summary>
    public int SponsorId { get; set; }

    /// <summary>The firm.</summary>
    public Sponsor Sponsor { get; set; } = null!;

    /// <summary>Where it is to go; whose area's desk decides.</summary>
    public int OutletId { get; set; }

    /// <summary>Where it is to go.</summary>
    public Outlet Outlet { get; set; } = null!;

    /// <summary>The article; null while it is free words.</summary>
    public int? GoodsId { get; set; }

    /// <summary>The article; null while it is free words.</summary>
    public Goods? Goods { get; set; }

    /// <summary>What the firm writes; needed when there is no article.</summary>
    public string? Words { get; set; }

    /// <summary>Pieces; null where only words say how much.</summary>
    public int? Quantity { get; set; }

    /// <summary>What it is worth, fen, as the firm says; null when it does not.</summary>
    public long? ValueFen { get; set; }

    /// <summary>The station day it is to come by.</summary>
    public DateOnly Day { get; set; }

    /// <summary>Where it stands.</summary>
    public PledgeState State { get; set; }

    /// <summary>UTC.</summary>
    public DateTime MadeAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> of the firm.</summary>
    public required string MadeBy { get; set; }

    /// <summary>UTC, when it was accepted, declined or withdrawn.</summary>
    public DateTime? DecidedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who did.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>What the desk said with it; a reason when it declined.</summary>
    public string? Answer { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<Pledge>(e =>
    {
        e.ToTable("Pledges", t =>
        {
            t.HasCheckConstraint("CK_Pledges_What", "\"GoodsId\" IS NOT NULL OR \"Words\" IS NOT NULL");
            t.HasCheckConstraint("CK_Pledges_Quantity", "\"Quantity\" > 0");
        });
        e.Property(p => p.Reference).HasMaxLength(40);
        e.Property(p => p.Words).HasMaxLength(MakePledge.MostWords);
        e.Property(p => p.MadeBy).HasMaxLength(64);
        e.Property(p => p.DecidedBy).HasMaxLength(64);
        e.Property(p => p.Answer).HasMaxLength(MakePledge.MostWords);
        e.HasIndex(p => p.Reference).IsUnique();
        e.HasIndex(p => p.Key).IsUnique();
        e.HasIndex(p => new { p.SponsorId, p.State });
        e.HasIndex(p => new { p.State, p.OutletId });
        e.HasOne(p => p.Sponsor).WithMany().HasForeignKey(p => p.SponsorId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(p => p.Outlet).WithMany().HasForeignKey(p => p.OutletId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(p => p.Goods).WithMany().HasForeignKey(p => p.GoodsId).OnDelete(DeleteBehavior.Restrict);
    });
}
