using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Tasks;

/// <summary>What must come with a report. Stored by name.</summary>
public enum Evidence
{
    /// <summary>Words are enough.</summary>
    Text,

    /// <summary>A photo.</summary>
    Photo,

    /// <summary>A check-in at the place.</summary>
    CheckIn,

    /// <summary>A line in an attendance list.</summary>
    Attendance,
}

/// <summary>What a verified report of a category is worth from a day on. The rule in force on the day it happened counts.</summary>
public sealed class ScoringRule
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>One of <see cref="TaskCategory"/>.</summary>
    public required string Category { get; set; }

    /// <summary>The first station day it is in force.</summary>
    public DateOnly From { get; set; }

    /// <summary>Points for one verified report.</summary>
    public int Points { get; set; }

    /// <summary>How many reports a day earn points; null for no limit.</summary>
    public int? ReportsPerDay { get; set; }

    /// <summary>How many points a month it may earn a member; null for no limit.</summary>
    public int? PointsPerMonth { get; set; }

    /// <summary>What must come with it.</summary>
    public Evidence Evidence { get; set; }

    /// <summary>True when from that day on the category is no longer offered: what happens then cannot be reported under it.</summary>
    public bool Retired { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<ScoringRule>(e =>
    {
        e.ToTable("ScoringRules");
        e.Property(r => r.Category).HasMaxLength(32);
        e.HasIndex(r => new { r.Category, r.From }).IsUnique();
        e.HasOne<TaskCategory>().WithMany().HasForeignKey(r => r.Category).OnDelete(DeleteBehavior.Restrict);
        e.HasData(DefaultCategories.Rules());
    });
}
