using Microsoft.EntityFrameworkCore;
using PointsMarket.Ledger;
using PointsMarket.Members;

namespace PointsMarket.Assessments;

/// <summary>Where a month's assessment stands. Stored by name.</summary>
public enum AssessmentState
{
    /// <summary>May be worked out anew; shown to the members once <see cref="Assessment.ShownAt"/> is set.</summary>
    Draft,

    /// <summary>Frozen; its bonus points are being posted. Going on finishes it.</summary>
    Publishing,

    /// <summary>Frozen, every bonus posted. Never worked out again.</summary>
    Published,
}

/// <summary>The grade of a member's month. Stored by name.</summary>
public enum Grade
{
    /// <summary>Nothing could be measured.</summary>
    None,

    /// <summary>不称职, below 60.00.</summary>
    NotCompetent,

    /// <summary>称职, from 60.00.</summary>
    Competent,

    /// <summary>优秀, from 90.00.</summary>
    Excellent,
}

/// <summary>The assessment of one station's members for one month (DESIGN 7).</summary>
public sealed class Assessment
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The station's book.</summary>
    public int BookId { get; set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly Month { get; set; }

    /// <summary>Where it stands.</summary>
    public AssessmentState State { get; set; }

    /// <summary>UTC, since when the draft is shown as it is now; null while its lines are being written.</summary>
    public DateTime? ShownAt { get; set; }

    /// <summary><see cref="Actor"/> who last drafted something new.</summary>
    public required string DraftedBy { get; set; }

    /// <summary>UTC, when it was frozen; the bonus points happen at this time.</summary>
    public DateTime? PublishedAt { get; set; }

    /// <summary><see cref="Actor"/> who published it; somebody else than <see cref="DraftedBy"/>.</summary>
    public string? PublishedBy { get; set; }

    internal static void Configure(ModelBuilder builder)
    {
        AssessmentCorrection.Configure(builder);
        builder.Entity<Assessment>(e =>
        {
            e.ToTable("Assessments");
            e.Property(a => a.DraftedBy).HasMaxLength(64);
            e.Property(a => a.PublishedBy).HasMaxLength(64);
            e.HasIndex(a => new { a.BookId, a.Month }).IsUnique();
            e.HasOne<LedgerBook>().WithMany().HasForeignKey(a => a.BookId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<AssessmentLine>(e =>
        {
            e.ToTable("AssessmentLines");
            e.Ignore(l => l.Measures);
            e.HasKey(l => new { l.AssessmentId, l.MemberId });
            e.HasIndex(l => new { l.MemberId, l.AssessmentId });
            e.HasOne(l => l.Assessment).WithMany().HasForeignKey(l => l.AssessmentId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(l => l.Member).WithMany().HasForeignKey(l => l.MemberId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<AssessmentObjection>(e =>
        {
            e.ToTable("AssessmentObjections");
            e.Property(o => o.Text).HasMaxLength(AssessmentObjection.MostLetters);
            e.Property(o => o.Answer).HasMaxLength(AssessmentObjection.MostLetters);
            e.Property(o => o.AnsweredBy).HasMaxLength(64);
            e.HasIndex(o => new { o.AssessmentId, o.MemberId, o.Round }).IsUnique();
            e.HasOne(o => o.Assessment).WithMany().HasForeignKey(o => o.AssessmentId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(o => o.Member).WithMany().HasForeignKey(o => o.MemberId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>One member's line: what was measured, and what it came to. Everything the score follows from is kept with it.</summary>
public sealed class AssessmentLine
{
    /// <summary>The assessment.</summary>
    public int AssessmentId { get; set; }

    /// <summary>The assessment.</summary>
    public Assessment Assessment { get; set; } = null!;

    /// <summary>The member.</summary>
    public int MemberId { get; set; }

    /// <summary>The member.</summary>
    public Member Member { get; set; } = null!;

    /// <summary>The points that count as a full month; null for those who are only evaluated.</summary>
    public int? Target { get; set; }

    /// <summary>Points earned in the month from tasks and cases.</summary>
    public long Points { get; set; }

    /// <summary>Verified reports of the month.</summary>
    public int Verified { get; set; }

    /// <summary>Rejected reports of the month.</summary>
    public int Rejected { get; set; }

    /// <summary>Who rated the member in the month.</summary>
    public int Raters { get; set; }

    /// <summary>The sum of all their marks, six each.</summary>
    public int Marks { get; set; }

    /// <summary>The score in hundredths, 0–10000; null when nothing could be measured.</summary>
    public int? Score { get; set; }

    /// <summary>The grade.</summary>
    public Grade Grade { get; set; }

    /// <summary>Bonus points.</summary>
    public int Bonus { get; set; }

    /// <summary>The ledger transaction of the bonus, once posted.</summary>
    public long? BonusSequence { get; set; }

    /// <summary>What the score follows from.</summary>
    public AssessmentMeasures Measures => new(Target, Points, Verified, Rejected, Raters, Marks);
}

/// <summary>A member's objection to a draft, in words, and the answer.</summary>
public sealed class AssessmentObjection
{
    /// <summary>The longest text.</summary>
    public const int MostLetters = 500;

    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The assessment.</summary>
    public int AssessmentId { get; set; }

    /// <summary>The assessment.</summary>
    public Assessment Assessment { get; set; } = null!;

    /// <summary>Who objects; once each time the draft is shown, and never while an objection of theirs waits.</summary>
    public int MemberId { get; set; }

    /// <summary>How many times the member objected to this assessment before; 0 for the first. The database's key holds it.</summary>
    public int Round { get; set; }

    /// <summary>Who objects.</summary>
    public Member Member { get; set; } = null!;

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>Why.</summary>
    public required string Text { get; set; }

    /// <summary>The answer; null while it waits.</summary>
    public string? Answer { get; set; }

    /// <summary><see cref="Actor"/> who answered.</summary>
    public string? AnsweredBy { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? AnsweredAt { get; set; }
}
