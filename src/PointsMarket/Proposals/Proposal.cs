using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PointsMarket.Proposals;

/// <summary>Where a proposal stands. Stored by name.</summary>
public enum ProposalState
{
    /// <summary>Waits for somebody else's decision.</summary>
    Waiting,

    /// <summary>Approved: what it proposes is in force from its day on.</summary>
    Approved,

    /// <summary>Refused, with a reason.</summary>
    Refused,

    /// <summary>Taken back by who proposed it.</summary>
    Withdrawn,
}

/// <summary>
/// A change that one person proposes and another decides on: from which day, why, who proposed it and who decided. Kept for ever,
/// whatever came of it.
/// </summary>
public abstract class Proposal
{
    /// <summary>A reason, or the words of a refusal, in characters.</summary>
    public const int MostWords = 250;

    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The first station day it is to be in force.</summary>
    public DateOnly From { get; set; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; set; }

    /// <summary>Where it stands.</summary>
    public ProposalState State { get; set; }

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

    /// <summary>How people call it.</summary>
    public abstract string Number { get; }

    /// <summary>The mapping that all proposals share.</summary>
    internal static void Configure<T>(EntityTypeBuilder<T> e) where T : Proposal
    {
        e.Property(p => p.Reason).HasMaxLength(500);
        e.Property(p => p.ProposedBy).HasMaxLength(64);
        e.Property(p => p.DecidedBy).HasMaxLength(64);
        e.Property(p => p.Answer).HasMaxLength(500);
        e.Ignore(p => p.Number);
    }
}
