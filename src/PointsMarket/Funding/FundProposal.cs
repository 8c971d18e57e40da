using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Proposals;

namespace PointsMarket.Funding;

/// <summary>
/// Other purposes for a fund: who gave for one thing did not give for another, so one administrator proposes and a second person
/// decides (<see cref="ApproveFundPurposes"/>). In force from the approval on; <see cref="Proposal.From"/> is the day it was proposed.
/// </summary>
public sealed class FundProposal : Proposal
{
    /// <summary>The fund.</summary>
    public int FundId { get; set; }

    /// <summary>The fund.</summary>
    public Fund Fund { get; set; } = null!;

    /// <summary>What it was for when it was proposed.</summary>
    public FundPurpose Before { get; set; }

    /// <summary>What it is to be for.</summary>
    public FundPurpose Purposes { get; set; }

    /// <summary>How people call it: <c>JJ0012</c>.</summary>
    public override string Number => "JJ" + Id.ToString("0000", CultureInfo.InvariantCulture);

    internal static void Configure(ModelBuilder builder) => builder.Entity<FundProposal>(e =>
    {
        e.ToTable("FundProposals");
        Configure(e);
        e.Property(p => p.Before).HasMaxLength(80);
        e.Property(p => p.Purposes).HasMaxLength(80);
        e.HasIndex(p => new { p.FundId, p.State });
        e.HasOne(p => p.Fund).WithMany().HasForeignKey(p => p.FundId).OnDelete(DeleteBehavior.Restrict);
    });
}
