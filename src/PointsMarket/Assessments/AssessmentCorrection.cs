using Microsoft.EntityFrameworkCore;
using PointsMarket.Ledger;
using PointsMarket.Members;

namespace PointsMarket.Assessments;

/// <summary>Where a correction stands. Stored by name.</summary>
public enum CorrectionState
{
    /// <summary>Waits for a second person.</summary>
    Waiting,

    /// <summary>Holds; the difference in bonus points is posted.</summary>
    Approved,

    /// <summary>Refused; nothing came of it.</summary>
    Refused,
}

/// <summary>
/// A correction of one member's line of a published assessment: what should have been measured, why, and what it comes to. The line
/// itself stays as it was published. The latest approved correction is what holds.
/// </summary>
public sealed class AssessmentCorrection
{
    /// <summary>The most characters of <see cref="Reason"/>: it stands in the ledger too.</summary>
    public const int MostReason = 250;

    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The assessment.</summary>
    public int AssessmentId { get; set; }

    /// <summary>The assessment.</summary>
    public Assessment Assessment { get; set; } = null!;

    /// <summary>Whose line.</summary>
    public int MemberId { get; set; }

    /// <summary>Whose line.</summary>
    public Member Member { get; set; } = null!;

    /// <summary>From 1, for this line; part of the ledger's key.</summary>
    public int Number { get; set; }

    /// <summary>Where it stands.</summary>
    public CorrectionState State { get; set; }

    /// <summary>Points earned in the month, put right.</summary>
    public long Points { get; set; }

    /// <summary>Verified reports, put right.</summary>
    public int Verified { get; set; }

    /// <summary>Rejected reports, put right.</summary>
    public int Rejected { get; set; }

    /// <summary>The score it comes to, in hundredths.</summary>
    public int? Score { get; set; }

    /// <summary>The grade it comes to.</summary>
    public Grade Grade { get; set; }

    /// <summary>The bonus points it comes to.</summary>
    public int Bonus { get; set; }

    /// <summary>What is posted: the bonus now less the one that held before. May be negative or 0.</summary>
    public int Difference { get; set; }

    /// <summary>Why.</summary>
    public required string Reason { get; set; }

    /// <summary><see cref="Actor"/>.</summary>
    public required string ProposedBy { get; set; }

    /// <summary>UTC.</summary>
    public DateTime ProposedAt { get; set; }

    /// <summary><see cref="Actor"/>; never who proposed it.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? DecidedAt { get; set; }

    /// <summary>The ledger transaction of the difference; null while it waits and where there was none.</summary>
    public long? Sequence { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<AssessmentCorrection>(e =>
    {
        e.ToTable("AssessmentCorrections", t => t.HasCheckConstraint("CK_AssessmentCorrections_TwoPeople", "\"DecidedBy\" <> \"ProposedBy\""));
        e.Property(c => c.Reason).HasMaxLength(MostReason);
        e.Property(c => c.ProposedBy).HasMaxLength(64);
        e.Property(c => c.DecidedBy).HasMaxLength(64);
        e.HasIndex(c => new { c.AssessmentId, c.MemberId, c.Number }).IsUnique();
        e.HasIndex(c => new { c.AssessmentId, c.MemberId }, "IX_AssessmentCorrections_OneWaits").IsUnique().HasFilter("\"State\" = 'Waiting'");
        e.HasOne(c => c.Assessment).WithMany().HasForeignKey(c => c.AssessmentId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(c => c.Member).WithMany().HasForeignKey(c => c.MemberId).OnDelete(DeleteBehavior.Restrict);
    });
}
