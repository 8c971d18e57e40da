using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Settings;

/// <summary>What a setting is from a day on, until another row takes over. Never changed or removed.</summary>
public sealed class SettingValue
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The <see cref="Setting.Key"/>.</summary>
    public required string Setting { get; set; }

    /// <summary>The first station day it is in force.</summary>
    public DateOnly From { get; set; }

    /// <summary>In the unit of the setting.</summary>
    public long Value { get; set; }

    /// <summary>The proposal it came from.</summary>
    public int ProposalId { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<SettingValue>(e =>
    {
        e.ToTable("SettingValues");
        e.Property(v => v.Setting).HasMaxLength(60);
        e.HasIndex(v => new { v.Setting, v.From }).IsUnique();
        e.HasOne<SettingProposal>().WithMany().HasForeignKey(v => v.ProposalId).OnDelete(DeleteBehavior.Restrict);
    });
}
