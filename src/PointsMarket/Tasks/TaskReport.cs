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

    /// <summary>Given back to the member with a question.</summary>
    Returned,

    /// <summary>Was verified, and taken back with a reason: its points went back where they came from.</summary>
    Reversed,
}

/// <summary>Why a verified report earned less than its rule says. Stored by name.</summary>
public enum CapReached
{
    /// <summary>The day's number of reports was used up: 0 points.</summary>
    Day,

    /// <summary>The month's points were used up: cut to what was left, maybe 0.</summary>
    Month,
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

    /// <summary>One of <see cref="TaskCategory"/>.</summary>
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

    /// <summary>Why it was rejected or reversed, or the question it was returned with; null otherwise.</summary>
    public string? Reason { get; set; }

    /// <summary>The points it earned, after the caps; 0 unless verified.</summary>
    public int Points { get; set; }

    /// <summary>The cap that cut its points; null when none did.</summary>
    public CapReached? Cap { get; set; }

    /// <summary>
    /// Made by the device that filed it, unique for the member: the same report sent again after a dropped line is the same
    /// report. Null when imported.
    /// </summary>
    public string? ClientKey { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who filed it, the member or somebody for them; null when imported.</summary>
    public string? FiledBy { get; set; }

    /// <summary>Its photos.</summary>
    public ICollection<ReportPhoto> Photos { get; } = [];

    /// <summary>What became of it, in order.</summary>
    public ICollection<ReportEvent> Events { get; } = [];

    internal static void Configure(ModelBuilder builder) => builder.Entity<TaskReport>(e =>
    {
        e.ToTable("TaskReports");
        e.Property(r => r.Reference).HasMaxLength(40);
        e.Property(r => r.Category).HasMaxLength(32);
        e.Property(r => r.Text).HasMaxLength(2000);
        e.Property(r => r.Reason).HasMaxLength(500);
        e.Property(r => r.ClientKey).HasMaxLength(64);
        e.Property(r => r.FiledBy).HasMaxLength(64);
        e.HasIndex(r => r.Reference).IsUnique();
        e.HasIndex(r => new { r.MemberId, r.ClientKey }).IsUnique();
        e.HasIndex(r => new { r.MemberId, r.FiledAt });
        e.HasIndex(r => new { r.MemberId, r.Category, r.HappenedDay });
        // The desk's list: by state, category, grid or days, the newest first; the same without a state. The area ends each, so
        // that a report of another village is passed over without being fetched.
        e.HasIndex(r => new { r.Outcome, r.FiledAt, r.AreaId });
        e.HasIndex(r => new { r.Outcome, r.Category, r.FiledAt, r.AreaId });
        e.HasIndex(r => new { r.Outcome, r.HappenedDay, r.FiledAt, r.AreaId });
        e.HasIndex(r => new { r.AreaId, r.Outcome, r.FiledAt });
        e.HasIndex(r => new { r.Category, r.FiledAt, r.AreaId });
        e.HasIndex(r => new { r.FiledAt, r.AreaId });
        e.HasIndex(r => new { r.HappenedDay, r.MemberId, r.Outcome });
        e.HasOne(r => r.Member).WithMany().HasForeignKey(r => r.MemberId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(r => r.Area).WithMany().HasForeignKey(r => r.AreaId).OnDelete(DeleteBehavior.Restrict);
    });
}
