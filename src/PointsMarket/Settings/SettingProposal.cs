using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Settings;

/// <summary>Where a proposal stands. Stored by name.</summary>
public enum SettingState
{
    /// <summary>Waits for somebody else's decision.</summary>
    Waiting,

    /// <summary>Approved: its values are in force from its day on.</summary>
    Approved,

    /// <summary>Refused, with a reason.</summary>
    Refused,

    /// <summary>Taken back by who proposed it.</summary>
    Withdrawn,
}

/// <summary>
/// Settings of one group that are to change together from a day on: why, who proposed it and who decided. Kept for ever, whatever
/// came of it. The values come into <see cref="SettingValue"/> only when it is approved.
/// </summary>
public sealed class SettingProposal
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The <see cref="Settings.Setting.Group"/> of all its lines.</summary>
    public required string Group { get; set; }

    /// <summary>The first station day it is to be in force.</summary>
    public DateOnly From { get; set; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; set; }

    /// <summary>Where it stands.</summary>
    public SettingState State { get; set; }

    /// <summary>UTC.</summary>
    public DateTime ProposedAt { get; set; }

    /// <summary><see cref="Ledger.Actor"/>.</summary>
    public required string ProposedBy { get; set; }

    /// <summary>UTC; null while it waits.</summary>
    public DateTime? DecidedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who approved, refused or withdrew it; null while it waits.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>Why it was refused; null otherwise.</summary>
    public string? Answer { get; set; }

    /// <summary>What changes, one line a setting.</summary>
    public List<SettingChange> Lines { get; } = [];

    /// <summary>How people call it: <c>SZ0012</c>.</summary>
    public string Number => NumberOf(Id);

    /// <inheritdoc cref="Number"/>
    public static string NumberOf(int id) => "SZ" + id.ToString("0000", CultureInfo.InvariantCulture);

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<SettingProposal>(e =>
        {
            e.ToTable("SettingProposals");
            e.Property(p => p.Group).HasMaxLength(40);
            e.Property(p => p.Reason).HasMaxLength(500);
            e.Property(p => p.ProposedBy).HasMaxLength(64);
            e.Property(p => p.DecidedBy).HasMaxLength(64);
            e.Property(p => p.Answer).HasMaxLength(500);
            e.Ignore(p => p.Number);
            e.HasIndex(p => new { p.State, p.Group });
            e.HasMany(p => p.Lines).WithOne().HasForeignKey(l => l.ProposalId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<SettingChange>(e =>
        {
            e.ToTable("SettingChanges");
            e.HasKey(l => new { l.ProposalId, l.Setting });
            e.Property(l => l.Setting).HasMaxLength(60);
        });
    }
}

/// <summary>One setting of a proposal.</summary>
public sealed class SettingChange
{
    /// <summary>The proposal.</summary>
    public int ProposalId { get; set; }

    /// <summary>The <see cref="Settings.Setting.Key"/>.</summary>
    public required string Setting { get; set; }

    /// <summary>What it was on the proposal's first day when it was proposed.</summary>
    public long Before { get; set; }

    /// <summary>What it is to be.</summary>
    public long Value { get; set; }
}
