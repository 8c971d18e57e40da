using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Loops;

/// <summary>What is told about a deadline. Stored by name.</summary>
public enum ReminderKind
{
    /// <summary>It is tomorrow: the owner is told.</summary>
    DayBefore,

    /// <summary>It is today: the owner is told.</summary>
    OnTheDay,

    /// <summary>It has passed: the approvers of the area are told.</summary>
    Overdue,
}

/// <summary>That somebody was told of a deadline. The unique key says it once for a step, whatever the clock does.</summary>
public sealed class LoopReminder
{
    /// <summary>Key.</summary>
    public long Id { get; set; }

    /// <summary>The loop.</summary>
    public int LoopId { get; set; }

    /// <summary>The number of the step whose deadline it was.</summary>
    public int Step { get; set; }

    /// <summary>What was told.</summary>
    public ReminderKind Kind { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>How many people were told.</summary>
    public int Told { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<LoopReminder>(e =>
    {
        e.ToTable("LoopReminders");
        e.HasIndex(r => new { r.LoopId, r.Step, r.Kind }).IsUnique();
        e.HasOne<Loop>().WithMany().HasForeignKey(r => r.LoopId).OnDelete(DeleteBehavior.Restrict);
    });
}
