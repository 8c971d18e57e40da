using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;

namespace PointsMarket.Effects;

/// <summary>A number of the police's own monthly figures, by area and key: how many, never who.</summary>
public sealed class PoliceFigure
{
    /// <summary>The largest value that is taken; more is a slip of the finger.</summary>
    public const long MostValue = 100_000_000;

    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly Month { get; set; }

    /// <summary>Where.</summary>
    public int AreaId { get; set; }

    /// <summary>Where.</summary>
    public Area Area { get; set; } = null!;

    /// <summary>One of <see cref="PoliceKeys.All"/>.</summary>
    public required string Key { get; set; }

    /// <summary>How many, 0 or more.</summary>
    public long Value { get; set; }

    /// <summary>UTC.</summary>
    public DateTime ImportedAt { get; set; }

    /// <summary><see cref="Ledger.Actor"/>.</summary>
    public required string ImportedBy { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<PoliceFigure>(e =>
    {
        e.ToTable("PoliceFigures", t => t.HasCheckConstraint("CK_PoliceFigures_Value", "\"Value\" >= 0"));
        e.Property(f => f.Key).HasMaxLength(32);
        e.Property(f => f.ImportedBy).HasMaxLength(64);
        e.HasIndex(f => new { f.AreaId, f.Month, f.Key }).IsUnique();
        e.HasIndex(f => f.Month);
        e.HasOne(f => f.Area).WithMany().HasForeignKey(f => f.AreaId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>What the police count each month, as it stands in the column <c>key</c>.</summary>
public static class PoliceKeys
{
    /// <summary>In the order in which they are shown.</summary>
    public static IReadOnlyList<string> All { get; } = ["calls", "criminal", "public-order", "theft", "fraud", "disputes", "traffic", "fires", "escalated"];
}
