using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Funding;

/// <summary>Where a reversal stands. Stored by name.</summary>
public enum ReversalState
{
    /// <summary>Asked for by finance; waits for its approvers.</summary>
    Asked,

    /// <summary>The money is back in the fund.</summary>
    Done,

    /// <summary>Refused, with a reason.</summary>
    Refused,

    /// <summary>Taken back by who asked.</summary>
    Withdrawn,
}

/// <summary>
/// A paid payment on its way back, whole or one person's part of it. The rule: finance asks for it with a reason, and it climbs the
/// same ladder as the payment did, by the amount that comes back. Finance's own rung is filled by who asks, so it needs one approver
/// or two by that day's limits; all are different people, none of them asked or is one of those it was paid to. The last word brings
/// the money back by one new linked transaction. One reversal of a payment waits at a time, and no part comes back twice.
/// </summary>
public sealed class PaymentReversal
{
    /// <summary>The longest reason: it stands in the ledger too.</summary>
    public const int MostWords = 200;

    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The payment.</summary>
    public int PaymentId { get; set; }

    /// <summary>The payment.</summary>
    public Payment Payment { get; set; } = null!;

    /// <summary>The line that comes back; null for everything that is not back yet.</summary>
    public int? Position { get; set; }

    /// <summary>Fen that come back.</summary>
    public long AmountFen { get; set; }

    /// <summary>Why.</summary>
    public required string Reason { get; set; }

    /// <summary>How many approvers it needs, by the settings of the day it was asked.</summary>
    public int ApproversNeeded { get; set; }

    /// <summary>Where it stands.</summary>
    public ReversalState State { get; set; }

    /// <summary>UTC.</summary>
    public DateTime AskedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> of finance who asked.</summary>
    public required string AskedBy { get; set; }

    /// <summary>UTC, when it was done, refused or withdrawn; null before.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Who did that; of a done one who gave the last word.</summary>
    public string? EndedBy { get; set; }

    /// <summary>Why it was refused.</summary>
    public string? EndReason { get; set; }

    /// <summary>The transaction that brought the money back; null before.</summary>
    public long? Sequence { get; set; }

    /// <summary>Who approved it.</summary>
    public List<ReversalApproval> Approvals { get; } = [];

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<PaymentReversal>(e =>
        {
            e.ToTable("PaymentReversals", t =>
            {
                t.HasCheckConstraint("CK_PaymentReversals_Amount", "\"AmountFen\" > 0");
                t.HasCheckConstraint("CK_PaymentReversals_Ladder", "\"ApproversNeeded\" IN (1, 2)");
                t.HasCheckConstraint("CK_PaymentReversals_TwoPeople", "\"State\" <> 'Done' OR \"EndedBy\" <> \"AskedBy\"");
            });
            e.Property(r => r.Reason).HasMaxLength(MostWords);
            e.Property(r => r.AskedBy).HasMaxLength(64);
            e.Property(r => r.EndedBy).HasMaxLength(64);
            e.Property(r => r.EndReason).HasMaxLength(MostWords);
            e.HasIndex(r => r.PaymentId, "IX_PaymentReversals_OneWaits").IsUnique().HasFilter("\"State\" = 'Asked'");
            e.HasIndex(r => r.PaymentId);
            e.HasOne(r => r.Payment).WithMany(p => p.Reversals).HasForeignKey(r => r.PaymentId).OnDelete(DeleteBehavior.Restrict);
            e.HasMany(r => r.Approvals).WithOne().HasForeignKey(a => a.ReversalId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<ReversalApproval>(e =>
        {
            e.ToTable("ReversalApprovals");
            e.Property(a => a.By).HasMaxLength(64);
            e.HasKey(a => new { a.ReversalId, a.By }); // nobody approves twice
        });
    }
}

/// <summary>An approver's word on a reversal.</summary>
public sealed class ReversalApproval
{
    /// <summary>The reversal.</summary>
    public int ReversalId { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/>.</summary>
    public required string By { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }
}
