using Microsoft.EntityFrameworkCore;
using PointsMarket.Members;

namespace PointsMarket.Assessments;

/// <summary>One person's marks for another in one month (DESIGN 7). The rater stays unnamed to the rated: no page of a member's shows it.</summary>
public sealed class Evaluation
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly Month { get; set; }

    /// <summary>Who gives the marks.</summary>
    public int RaterId { get; set; }

    /// <summary>Who gives the marks.</summary>
    public Member Rater { get; set; } = null!;

    /// <summary>Who is rated; never the rater.</summary>
    public int MemberId { get; set; }

    /// <summary>Who is rated.</summary>
    public Member Member { get; set; } = null!;

    /// <summary>Reporting, 1–5.</summary>
    public int Reporting { get; set; }

    /// <summary>Mediation, 1–5.</summary>
    public int Mediation { get; set; }

    /// <summary>Help in keeping order, 1–5.</summary>
    public int Order { get; set; }

    /// <summary>Duties done, 1–5.</summary>
    public int Duty { get; set; }

    /// <summary>Feedback, 1–5.</summary>
    public int Feedback { get; set; }

    /// <summary>Manner, 1–5.</summary>
    public int Manner { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<Evaluation>(e =>
    {
        e.ToTable("Evaluations", t =>
        {
            t.HasCheckConstraint("CK_Evaluations_Marks", string.Join(" AND ",
                ((string[])[nameof(Reporting), nameof(Mediation), nameof(Order), nameof(Duty), nameof(Feedback), nameof(Manner)]).Select(c => $"\"{c}\" BETWEEN 1 AND 5")));
            t.HasCheckConstraint("CK_Evaluations_Rater", "\"RaterId\" <> \"MemberId\"");
        });
        e.HasIndex(v => new { v.Month, v.MemberId, v.RaterId }).IsUnique();
        e.HasOne(v => v.Rater).WithMany().HasForeignKey(v => v.RaterId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(v => v.Member).WithMany().HasForeignKey(v => v.MemberId).OnDelete(DeleteBehavior.Restrict);
    });
}
