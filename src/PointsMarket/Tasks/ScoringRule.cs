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

    /// <summary>One of <see cref="TaskCategories.All"/>.</summary>
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

    internal static void Configure(ModelBuilder builder) => builder.Entity<ScoringRule>(e =>
    {
        e.ToTable("ScoringRules");
        e.Property(r => r.Category).HasMaxLength(32);
        e.HasIndex(r => new { r.Category, r.From }).IsUnique();
        e.HasData(TaskCategories.DefaultRules());
    });
}

/// <summary>The categories of DESIGN 4 and its default rule book, in force since the year 2000.</summary>
public static class TaskCategories
{
    private static readonly (string Code, int Points, int? Day, int? Month, Evidence Evidence)[] Book =
    [
        ("clue", 20, null, null, Evidence.Text),
        ("capture", 200, null, null, Evidence.Text),
        ("hazard-found", 10, 5, 100, Evidence.Photo),
        ("hazard-fixed", 20, null, null, Evidence.Photo),
        ("dispute", 30, 2, null, Evidence.Text),
        ("incident", 15, null, null, Evidence.Text),
        ("patrol", 5, 2, 100, Evidence.CheckIn),
        ("post", 5, 2, 100, Evidence.CheckIn),
        ("care", 8, 2, 80, Evidence.Text),
        ("publicity", 3, 1, 30, Evidence.Photo),
        ("training", 5, 1, 20, Evidence.Attendance),
        ("opinion", 2, 3, 20, Evidence.Text),
        ("service", 4, 3, 60, Evidence.Text),
    ];

    /// <summary>The codes, in the order of the rule book.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Book.Select(b => b.Code)];

    internal static ScoringRule[] DefaultRules() =>
    [
        .. Book.Select((b, i) => new ScoringRule
        {
            Id = i + 1, Category = b.Code, From = new DateOnly(2000, 1, 1), Points = b.Points,
            ReportsPerDay = b.Day, PointsPerMonth = b.Month, Evidence = b.Evidence,
        }),
    ];
}
