using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Members;

namespace PointsMarket.Tasks;

/// <summary>Where a report stands. Stored by name.</summary>
public enum ReportOutcome
{
    /// <summary>Waiting to be verified.</summary>
    Pending,

    /// <summary>Verified; <see cref="TaskReport.Points"/> says what it earned.</summary>
    Verified,

    /// <summary>Rejected, with a reason.</summary>
    Rejected,
}

/// <summary>One thing done, with evidence. Describes the work, not the people it was done for.</summary>
public sealed class TaskReport
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>Its reference, unique; the idempotency key of its point entry (<c>task:{reference}</c>).</summary>
    public required string Reference { get; set; }

    /// <summary>Who did it.</summary>
    public int MemberId { get; set; }

    /// <summary>Who did it.</summary>
    public Member Member { get; set; } = null!;

    /// <summary>One of <see cref="TaskCategories.All"/>.</summary>
    public required string Category { get; set; }

    /// <summary>UTC, when it was done.</summary>
    public DateTime HappenedAt { get; set; }

    /// <summary>The station day of <see cref="HappenedAt"/>: caps count by it.</summary>
    public DateOnly HappenedDay { get; set; }

    /// <summary>UTC, when it was reported: caps count in this order.</summary>
    public DateTime FiledAt { get; set; }

    /// <summary>Where.</summary>
    public int AreaId { get; set; }

    /// <summary>Where.</summary>
    public Area Area { get; set; } = null!;

    /// <summary>What was done, in words.</summary>
    public required string Text { get; set; }

    /// <summary>Where it stands.</summary>
    public ReportOutcome Outcome { get; set; }

    /// <summary>Why it was rejected.</summary>
    public string? Reason { get; set; }

    /// <summary>The points it earned, after the caps; 0 unless verified.</summary>
    public int Points { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<TaskReport>(e =>
    {
        e.ToTable("TaskReports");
        e.Property(r => r.Reference).HasMaxLength(40);
        e.Property(r => r.Category).HasMaxLength(32);
        e.Property(r => r.Text).HasMaxLength(2000);
        e.Property(r => r.Reason).HasMaxLength(500);
        e.HasIndex(r => r.Reference).IsUnique();
        e.HasIndex(r => new { r.MemberId, r.Category, r.HappenedDay });
        e.HasIndex(r => new { r.Outcome, r.FiledAt });
        e.HasIndex(r => new { r.HappenedDay, r.MemberId, r.Outcome });
        e.HasOne(r => r.Member).WithMany().HasForeignKey(r => r.MemberId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(r => r.Area).WithMany().HasForeignKey(r => r.AreaId).OnDelete(DeleteBehavior.Restrict);
    });
}
