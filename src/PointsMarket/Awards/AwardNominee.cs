using Microsoft.EntityFrameworkCore;
using PointsMarket.Members;
using PointsMarket.Sponsors;

namespace PointsMarket.Awards;

/// <summary>
/// Somebody who may be named in a cycle, with the numbers that put them where they stand; or somebody named by hand. Each member,
/// firm and name once in a cycle: the database's keys hold it.
/// </summary>
public sealed class AwardNominee
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The cycle.</summary>
    public int CycleId { get; set; }

    /// <summary>The cycle.</summary>
    public AwardCycle Cycle { get; set; } = null!;

    /// <summary>The member; null for a firm or a name.</summary>
    public int? MemberId { get; set; }

    /// <inheritdoc cref="MemberId"/>
    public Member? Member { get; set; }

    /// <summary>The firm; null for a member or a name.</summary>
    public int? SponsorId { get; set; }

    /// <inheritdoc cref="SponsorId"/>
    public Sponsor? Sponsor { get; set; }

    /// <summary>A team or a guest as written down; null for a member or a firm.</summary>
    public string? Name { get; set; }

    /// <summary>The place, from 1: by the ranking, or in the order of naming.</summary>
    public int Place { get; set; }

    /// <summary>The sum of the scores of the published months, in hundredths; 0 for what is named by hand.</summary>
    public long ScoreSum { get; set; }

    /// <summary>How many published months have a score.</summary>
    public int Months { get; set; }

    /// <summary>Points from tasks and cases in the published months of the year.</summary>
    public long Points { get; set; }

    /// <summary>True for those on the list, once it is fixed.</summary>
    public bool Named { get; set; }

    /// <summary>Why they were struck off; null when they were not.</summary>
    public string? StruckFor { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who struck them off.</summary>
    public string? StruckBy { get; set; }

    /// <summary>
    /// True for who was ranked once and is not any more, and stays on record because an objection is about them. Set and cleared by
    /// ranking alone: it is nobody's judgement, as striking off is.
    /// </summary>
    public bool Dropped { get; set; }

    /// <summary>What is owed to them since the decision; 0 before, and for honour alone.</summary>
    public long OwedFen { get; set; }

    /// <summary>The reference under which the fund was asked to pay; null before.</summary>
    public string? Payment { get; set; }

    /// <summary>The mean score in hundredths, half up, as it is shown.</summary>
    public int? Mean => MeanOf(ScoreSum, Months);

    /// <inheritdoc cref="Mean"/>
    public static int? MeanOf(long sum, int months) => months == 0 ? null : (int)(((2 * sum) + months) / (2L * months));

    internal static void Configure(ModelBuilder builder) => builder.Entity<AwardNominee>(e =>
    {
        e.ToTable("AwardNominees", t => t.HasCheckConstraint("CK_AwardNominees_OneRecipient",
            "(CASE WHEN \"MemberId\" IS NULL THEN 0 ELSE 1 END) + (CASE WHEN \"SponsorId\" IS NULL THEN 0 ELSE 1 END) + (CASE WHEN \"Name\" IS NULL THEN 0 ELSE 1 END) = 1"));
        e.Property(n => n.Name).HasMaxLength(60);
        e.Property(n => n.StruckFor).HasMaxLength(AwardDesk.MostWords);
        e.Property(n => n.StruckBy).HasMaxLength(64);
        e.Property(n => n.Payment).HasMaxLength(40);
        e.Ignore(n => n.Mean);
        e.HasIndex(n => new { n.CycleId, n.MemberId }).IsUnique();
        e.HasIndex(n => new { n.CycleId, n.SponsorId }).IsUnique();
        e.HasIndex(n => new { n.CycleId, n.Name }).IsUnique();
        e.HasIndex(n => new { n.CycleId, n.Place });
        e.HasOne(n => n.Cycle).WithMany(c => c.Nominees).HasForeignKey(n => n.CycleId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(n => n.Member).WithMany().HasForeignKey(n => n.MemberId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(n => n.Sponsor).WithMany().HasForeignKey(n => n.SponsorId).OnDelete(DeleteBehavior.Restrict);
    });
}
