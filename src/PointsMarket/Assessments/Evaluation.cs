using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Members;

namespace PointsMarket.Assessments;

/// <summary>Six marks, 1–5 each (DESIGN 7).</summary>
public readonly record struct Marks(int Reporting, int Mediation, int Order, int Duty, int Feedback, int Manner)
{
    /// <summary>The lowest and the highest mark.</summary>
    public const int Least = 1, Most = 5;

    /// <summary>The six, in the order of the form.</summary>
    public IReadOnlyList<int> All => [Reporting, Mediation, Order, Duty, Feedback, Manner];

    /// <summary>True when each lies within its bounds.</summary>
    public bool AreValid => All.All(m => m is >= Least and <= Most);
}

/// <summary>
/// One person's marks for another in one month (DESIGN 7). The rater stays unnamed to the rated: no page of a member's shows it, no
/// time is kept, and no change record is written.
/// </summary>
public sealed class Evaluation
{
    /// <summary>The most characters of <see cref="Words"/>.</summary>
    public const int MostWords = 300;

    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly Month { get; set; }

    /// <summary>The member who gives the marks; null when it is an account of the desk that is no member's.</summary>
    public int? RaterId { get; set; }

    /// <summary>The member who gives the marks.</summary>
    public Member? Rater { get; set; }

    /// <summary>The account that gives the marks; null when it is a member.</summary>
    public int? RaterUserId { get; set; }

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

    /// <summary>What the rater adds in words; null for nothing.</summary>
    public string? Words { get; set; }

    /// <summary>The six marks.</summary>
    public Marks Marks
    {
        get => new(Reporting, Mediation, Order, Duty, Feedback, Manner);
        set => (Reporting, Mediation, Order, Duty, Feedback, Manner) = (value.Reporting, value.Mediation, value.Order, value.Duty, value.Feedback, value.Manner);
    }

    internal static void Configure(ModelBuilder builder) => builder.Entity<Evaluation>(e =>
    {
        e.ToTable("Evaluations", t =>
        {
            t.HasCheckConstraint("CK_Evaluations_Marks", string.Join(" AND ",
                ((string[])[nameof(Reporting), nameof(Mediation), nameof(Order), nameof(Duty), nameof(Feedback), nameof(Manner)]).Select(c => $"\"{c}\" BETWEEN 1 AND 5")));
            t.HasCheckConstraint("CK_Evaluations_Rater", "\"RaterId\" <> \"MemberId\"");
            t.HasCheckConstraint("CK_Evaluations_OneRater", "(\"RaterId\" IS NULL AND \"RaterUserId\" IS NOT NULL) OR (\"RaterId\" IS NOT NULL AND \"RaterUserId\" IS NULL)");
        });
        e.Ignore(v => v.Marks);
        e.Property(v => v.Words).HasMaxLength(MostWords);
        e.HasIndex(v => new { v.Month, v.MemberId, v.RaterId }).IsUnique();
        e.HasIndex(v => new { v.Month, v.MemberId, v.RaterUserId }).IsUnique();
        e.HasOne<AppUser>().WithMany().HasForeignKey(v => v.RaterUserId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(v => v.Rater).WithMany().HasForeignKey(v => v.RaterId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(v => v.Member).WithMany().HasForeignKey(v => v.MemberId).OnDelete(DeleteBehavior.Restrict);
    });
}
