using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Members;

namespace PointsMarket.Cases;

/// <summary>Where a case stands. Stored by name.</summary>
public enum CaseState
{
    /// <summary>On the board, waiting for somebody.</summary>
    Open,

    /// <summary>Somebody's promise was approved.</summary>
    Claimed,

    /// <summary>Reported as settled, waiting to be closed.</summary>
    Submitted,

    /// <summary>Settled.</summary>
    Closed,
}

/// <summary>An unsettled matter on the board (疑难案事件).</summary>
public sealed class Case
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>Its number, unique; the idempotency key of its reward (<c>case:{number}</c>).</summary>
    public required string Number { get; set; }

    /// <summary>The public summary: no names, no addresses.</summary>
    public required string Title { get; set; }

    /// <summary>What it is about, such as <c>hazard</c>, <c>dispute</c>, <c>lead</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>Where.</summary>
    public int AreaId { get; set; }

    /// <summary>Where.</summary>
    public Area Area { get; set; } = null!;

    /// <summary>The reward in points.</summary>
    public int Reward { get; set; }

    /// <summary>Days allowed from the claim's approval.</summary>
    public int Days { get; set; }

    /// <summary>Where it stands.</summary>
    public CaseState State { get; set; }

    /// <summary>UTC.</summary>
    public DateTime OpenedAt { get; set; }

    /// <summary>UTC, when the claim was approved.</summary>
    public DateTime? ApprovedAt { get; set; }

    /// <summary>UTC, when the claimants reported it settled.</summary>
    public DateTime? SubmittedAt { get; set; }

    /// <summary>UTC, when it was closed; the reward counts in the month of this time.</summary>
    public DateTime? ClosedAt { get; set; }

    /// <summary>The claimants, in order; the first one also gets what rounding leaves over.</summary>
    public List<ClaimShare> Claimants { get; } = [];

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<Case>(e =>
        {
            e.ToTable("Cases");
            e.Property(c => c.Number).HasMaxLength(40);
            e.Property(c => c.Title).HasMaxLength(200);
            e.Property(c => c.Kind).HasMaxLength(32);
            e.HasIndex(c => c.Number).IsUnique();
            e.HasOne(c => c.Area).WithMany().HasForeignKey(c => c.AreaId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<ClaimShare>(e =>
        {
            e.ToTable("ClaimShares", t => t.HasCheckConstraint("CK_ClaimShares_Share", "\"Share\" BETWEEN 1 AND 100"));
            e.HasKey(s => new { s.CaseId, s.Position });
            e.HasIndex(s => new { s.CaseId, s.MemberId }).IsUnique();
            e.HasOne<Case>().WithMany(c => c.Claimants).HasForeignKey(s => s.CaseId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(s => s.Member).WithMany().HasForeignKey(s => s.MemberId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>One claimant's agreed share of a case.</summary>
public sealed class ClaimShare
{
    /// <summary>The case.</summary>
    public int CaseId { get; set; }

    /// <summary>The order in which the claimants stand, from 0.</summary>
    public int Position { get; set; }

    /// <summary>The claimant.</summary>
    public int MemberId { get; set; }

    /// <summary>The claimant.</summary>
    public Member Member { get; set; } = null!;

    /// <summary>Per cent, 1–100; those of a case sum to 100.</summary>
    public int Share { get; set; }
}
