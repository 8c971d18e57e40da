using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Proposals;

namespace PointsMarket.Settings;

/// <summary>
/// Settings of one group that are to change together from a day on: why, who proposed it and who decided. Kept for ever, whatever
/// came of it. The values come into <see cref="SettingValue"/> only when it is approved.
/// </summary>
public sealed class SettingProposal : Proposal
{
    /// <summary>The <see cref="Settings.Setting.Group"/> of all its lines.</summary>
    public required string Group { get; set; }

    /// <summary>What changes, one line a setting.</summary>
    public List<SettingChange> Lines { get; } = [];

    /// <summary>How people call it: <c>SZ0012</c>.</summary>
    public override string Number => NumberOf(Id);

    /// <inheritdoc cref="Number"/>
    public static string NumberOf(int id) => "SZ" + id.ToString("0000", CultureInfo.InvariantCulture);

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<SettingProposal>(e =>
        {
            e.ToTable("SettingProposals");
            Configure(e);
            e.Property(p => p.Group).HasMaxLength(40);
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
