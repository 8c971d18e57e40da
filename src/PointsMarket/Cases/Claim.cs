using Microsoft.EntityFrameworkCore;
using PointsMarket.Members;

namespace PointsMarket.Cases;

/// <summary>Where a claim stands. Stored by name; the names in the filters of <see cref="Claim.Configure"/> are these.</summary>
public enum ClaimState
{
    /// <summary>First in line, waiting to be approved.</summary>
    Asked,

    /// <summary>In line behind another.</summary>
    Waiting,

    /// <summary>Approved: the case is in their hands.</summary>
    Held,

    /// <summary>Reported as settled, waiting to be closed.</summary>
    Submitted,

    /// <summary>Closed; the reward was paid.</summary>
    Settled,

    /// <summary>Turned down with a reason.</summary>
    Refused,

    /// <summary>Taken back before it was approved, or a partner did not agree.</summary>
    Dropped,

    /// <summary>Given back, or taken away, after it was approved.</summary>
    Released,

    /// <summary>Ran out: over by more than the days of its <see cref="CaseTerms"/>.</summary>
    Lapsed,

    /// <summary>Somebody else settled the case, or it was withdrawn, while they stood in line.</summary>
    Missed,

    /// <summary>Was settled, and the case was reopened: the reward went back.</summary>
    Undone,
}

/// <summary>Whether more time was asked for. Stored by name.</summary>
public enum Extension
{
    /// <summary>Not asked for; may be asked once.</summary>
    None,

    /// <summary>Waiting for an answer.</summary>
    Asked,

    /// <summary>Given.</summary>
    Granted,

    /// <summary>Not given.</summary>
    Denied,
}

/// <summary>One promise to settle a case: asked for by a member, alone or with up to four others.</summary>
public sealed class Claim
{
    /// <summary>How many may share a claim.</summary>
    public const int MostMembers = 5;

    /// <summary>The longest extension, in days.</summary>
    public const int MostMoreDays = 30;

    /// <summary>Key; claims stand in line in this order.</summary>
    public int Id { get; set; }

    /// <summary>The case.</summary>
    public int CaseId { get; set; }

    /// <summary>The case.</summary>
    public Case Case { get; set; } = null!;

    /// <summary>The round of the case it was asked in.</summary>
    public int Round { get; set; }

    /// <summary>Where it stands.</summary>
    public ClaimState State { get; set; }

    /// <summary>How they mean to go about it, in their words; may be empty.</summary>
    public string Plan { get; set; } = "";

    /// <summary>UTC.</summary>
    public DateTime AskedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who asked: the first member, or somebody at the desk for them.</summary>
    public required string AskedBy { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? ApprovedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who approved it.</summary>
    public string? ApprovedBy { get; set; }

    /// <summary>UTC: submitted by then, the whole reward.</summary>
    public DateTime? DueAt { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? SubmittedAt { get; set; }

    /// <summary>UTC, when it ended in whatever way.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Why it was refused, released or sent back.</summary>
    public string? Reason { get; set; }

    /// <summary>The points it earned in all.</summary>
    public int Reward { get; set; }

    /// <summary>The money it earned in all, fen; on its way through the fund's ladder.</summary>
    public long MoneyFen { get; set; }

    /// <summary>Whether more time was asked for.</summary>
    public Extension Extension { get; set; }

    /// <summary>How many more days were asked for; 0 when none were.</summary>
    public int MoreDays { get; set; }

    /// <summary>Why.</summary>
    public string? MoreReason { get; set; }

    /// <summary>Who promises; the first one asked.</summary>
    public List<ClaimMember> Members { get; } = [];

    /// <summary>Offers to hand a place over.</summary>
    public List<HandOver> HandOvers { get; } = [];

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<Claim>(e =>
        {
            e.ToTable("Claims");
            e.Property(c => c.Plan).HasMaxLength(500);
            e.Property(c => c.AskedBy).HasMaxLength(64);
            e.Property(c => c.ApprovedBy).HasMaxLength(64);
            e.Property(c => c.Reason).HasMaxLength(250);
            e.Property(c => c.MoreReason).HasMaxLength(250);
            e.HasIndex(c => new { c.State, c.DueAt });
            // Two claims never stand first or hold a case at once, and a round is settled once, whatever the code does.
            e.HasIndex(c => c.CaseId, "IX_Claims_OneLive").IsUnique().HasFilter("\"State\" IN ('Asked', 'Held', 'Submitted')");
            e.HasIndex(c => new { c.CaseId, c.Round }, "IX_Claims_OneReward").IsUnique().HasFilter("\"State\" = 'Settled'");
            e.HasIndex(c => c.CaseId);
            e.HasOne(c => c.Case).WithMany().HasForeignKey(c => c.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<ClaimMember>(e =>
        {
            e.ToTable("ClaimMembers", t => t.HasCheckConstraint("CK_ClaimMembers_Share", "\"Share\" BETWEEN 1 AND 100"));
            e.HasKey(m => new { m.ClaimId, m.Position });
            e.Property(m => m.AgreedBy).HasMaxLength(64);
            e.HasIndex(m => new { m.ClaimId, m.MemberId }).IsUnique();
            e.HasOne<Claim>().WithMany(c => c.Members).HasForeignKey(m => m.ClaimId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(m => m.Member).WithMany().HasForeignKey(m => m.MemberId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<HandOver>(e =>
        {
            e.ToTable("ClaimHandOvers");
            e.Property(h => h.OfferedBy).HasMaxLength(64);
            e.Property(h => h.SignedBy).HasMaxLength(64);
            e.HasIndex(h => h.ClaimId, "IX_ClaimHandOvers_OneOpen").IsUnique().HasFilter("\"State\" IN ('Offered', 'Signed')");
            e.HasIndex(h => h.ClaimId);
            e.HasOne<Claim>().WithMany(c => c.HandOvers).HasForeignKey(h => h.ClaimId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(h => h.From).WithMany().HasForeignKey(h => h.FromId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(h => h.To).WithMany().HasForeignKey(h => h.ToId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>One member's place in a claim.</summary>
public sealed class ClaimMember
{
    /// <summary>The claim.</summary>
    public int ClaimId { get; set; }

    /// <summary>The order in which they stand, from 0.</summary>
    public int Position { get; set; }

    /// <summary>Who.</summary>
    public int MemberId { get; set; }

    /// <summary>Who.</summary>
    public Member Member { get; set; } = null!;

    /// <summary>Per cent, 1–100; those of a claim sum to 100.</summary>
    public int Share { get; set; }

    /// <summary>UTC, when they agreed and declared that they have no interest of their own in the matter; null before that.</summary>
    public DateTime? AgreedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who wrote the agreement down: themselves, or somebody at the desk.</summary>
    public string? AgreedBy { get; set; }
}

/// <summary>Where a hand-over stands. Stored by name.</summary>
public enum HandOverState
{
    /// <summary>Signed by who gives.</summary>
    Offered,

    /// <summary>Signed by both; an approver confirms.</summary>
    Signed,

    /// <summary>Confirmed: the place is the other's.</summary>
    Done,

    /// <summary>Taken back, declined, refused, or the claim ended first.</summary>
    Ended,
}

/// <summary>One member hands their place in a claim over to another: signed by both, confirmed by an approver.</summary>
public sealed class HandOver
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The claim.</summary>
    public int ClaimId { get; set; }

    /// <summary>Who gives.</summary>
    public int FromId { get; set; }

    /// <summary>Who gives.</summary>
    public Member From { get; set; } = null!;

    /// <summary>Who takes.</summary>
    public int ToId { get; set; }

    /// <summary>Who takes.</summary>
    public Member To { get; set; } = null!;

    /// <summary>Where it stands.</summary>
    public HandOverState State { get; set; }

    /// <summary>UTC.</summary>
    public DateTime OfferedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who wrote the first signature down.</summary>
    public required string OfferedBy { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? SignedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who wrote the second signature down.</summary>
    public string? SignedBy { get; set; }
}
