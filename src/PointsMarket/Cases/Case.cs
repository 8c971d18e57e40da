using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Funding;
using PointsMarket.Members;

namespace PointsMarket.Cases;

/// <summary>Where a case stands. Stored by name. <see cref="CaseLife"/> says what leads from one to the other.</summary>
public enum CaseState
{
    /// <summary>Being written; nobody but approvers sees it.</summary>
    Draft,

    /// <summary>On the board, waiting for somebody.</summary>
    Open,

    /// <summary>Somebody's promise was approved.</summary>
    Claimed,

    /// <summary>Reported as settled, waiting to be closed.</summary>
    Submitted,

    /// <summary>Settled.</summary>
    Closed,

    /// <summary>Taken off the board with a reason; may be written anew.</summary>
    Withdrawn,
}

/// <summary>What a case may be about. An imported one may say something else.</summary>
public static class CaseKinds
{
    /// <summary>A danger to be removed.</summary>
    public const string Hazard = "hazard";

    /// <summary>A quarrel to be settled.</summary>
    public const string Dispute = "dispute";

    /// <summary>Something to be found out.</summary>
    public const string Lead = "lead";

    /// <summary>Anything else.</summary>
    public const string Other = "other";

    /// <summary>All of them, in the order they are offered.</summary>
    public static IReadOnlyList<string> All { get; } = [Lead, Dispute, Hazard, Other];
}

/// <summary>An unsettled matter on the board (疑难案事件).</summary>
public sealed class Case
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>Its number, unique; the idempotency key of its reward (<c>case:{number}</c>).</summary>
    public required string Number { get; set; }

    /// <summary>The public summary: no names, no addresses.</summary>
    public required string Title { get; set; }

    /// <summary>What it is about, such as <c>hazard</c>, <c>dispute</c>, <c>lead</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>Where.</summary>
    public int AreaId { get; set; }

    /// <summary>Where.</summary>
    public Area Area { get; set; } = null!;

    /// <summary>What is asked for, in public words; null when the title says it all.</summary>
    public string? Wanted { get; set; }

    /// <summary>The area whose members may claim it; null for everybody in the station.</summary>
    public int? OfferedToId { get; set; }

    /// <summary>The area whose members may claim it.</summary>
    public Area? OfferedTo { get; set; }

    /// <summary>The last station day on which it may be claimed; null when there is none.</summary>
    public DateOnly? ClaimBy { get; set; }

    /// <summary>How often it has been on the board: 1, and one more each time it is reopened. Each round pays once.</summary>
    public int Round { get; set; } = 1;

    /// <summary>The <see cref="Ledger.Actor"/> who wrote it; null when imported.</summary>
    public string? PostedBy { get; set; }

    /// <summary>The reward in points.</summary>
    public int Reward { get; set; }

    /// <summary>The fund that pays money beside the points; null when none does.</summary>
    public int? FundId { get; set; }

    /// <summary>The fund that pays money beside the points.</summary>
    public Fund? Fund { get; set; }

    /// <summary>The reward in money, fen; 0 without a fund.</summary>
    public long MoneyFen { get; set; }

    /// <summary>Days allowed from the claim's approval.</summary>
    public int Days { get; set; }

    /// <summary>Where it stands.</summary>
    public CaseState State { get; set; }

    /// <summary>UTC, when it came onto the board; of a draft, when it was begun.</summary>
    public DateTime OpenedAt { get; set; }

    /// <summary>UTC, when the claim was approved.</summary>
    public DateTime? ApprovedAt { get; set; }

    /// <summary>UTC, when the claimants reported it settled.</summary>
    public DateTime? SubmittedAt { get; set; }

    /// <summary>UTC, when it was closed; the reward counts in the month of this time.</summary>
    public DateTime? ClosedAt { get; set; }

    /// <summary>UTC, when a revisit was asked for; null before that.</summary>
    public DateTime? RevisitAskedAt { get; set; }

    /// <summary>UTC, when somebody had gone to see; null before that.</summary>
    public DateTime? RevisitedAt { get; set; }

    /// <summary>Whether the people concerned were satisfied then.</summary>
    public bool? Satisfied { get; set; }

    /// <summary>What the desk is to decide; null while nothing waits there. Kept by <see cref="CaseTurn"/>.</summary>
    public CaseWait? WaitsFor { get; set; }

    /// <summary>UTC, since when; of a deadline that is still to come, when it will. Null while nothing waits.</summary>
    public DateTime? WaitsSince { get; set; }

    /// <summary>
    /// Those who hold it or settled it in this round, in order; the first one also gets what rounding leaves over. Empty while
    /// it is free. How they came to it stands in <see cref="Claim"/>.
    /// </summary>
    public List<ClaimShare> Claimants { get; } = [];

    /// <summary>The idempotency key of this round's reward: <c>case:{number}</c>, from the second round on <c>case:{number}:{round}</c>.</summary>
    public string RewardKey => Round == 1 ? $"case:{Number}" : $"case:{Number}:{Round}";

    internal static void Configure(ModelBuilder builder)
    {
        Claim.Configure(builder);
        CaseEvent.Configure(builder);
        SealedDetails.Configure(builder);
        CaseMoney.Configure(builder);
        builder.Entity<Case>(e =>
        {
            e.ToTable("Cases", t => t.HasCheckConstraint("CK_Cases_Money", "(\"FundId\" IS NULL AND \"MoneyFen\" = 0) OR (\"FundId\" IS NOT NULL AND \"MoneyFen\" > 0)"));
            e.Property(c => c.Number).HasMaxLength(40);
            e.Property(c => c.Title).HasMaxLength(200);
            e.Property(c => c.Kind).HasMaxLength(32);
            e.Property(c => c.Wanted).HasMaxLength(1000);
            e.Property(c => c.PostedBy).HasMaxLength(64);
            e.Property(c => c.Round).HasDefaultValue(1);
            e.HasIndex(c => c.Number).IsUnique();
            e.HasIndex(c => new { c.State, c.OpenedAt });
            e.HasIndex(c => c.WaitsSince);
            e.HasOne(c => c.OfferedTo).WithMany().HasForeignKey(c => c.OfferedToId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(c => c.Fund).WithMany().HasForeignKey(c => c.FundId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(c => c.Area).WithMany().HasForeignKey(c => c.AreaId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<ClaimShare>(e =>
        {
            e.ToTable("ClaimShares", t => t.HasCheckConstraint("CK_ClaimShares_Share", "\"Share\" BETWEEN 1 AND 100"));
            e.HasKey(s => new { s.CaseId, s.Position });
            e.HasIndex(s => new { s.CaseId, s.MemberId }).IsUnique();
            e.HasOne<Case>().WithMany(c => c.Claimants).HasForeignKey(s => s.CaseId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(s => s.Member).WithMany().HasForeignKey(s => s.MemberId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>One claimant's agreed share of a case.</summary>
public sealed class ClaimShare
{
    /// <summary>The case.</summary>
    public int CaseId { get; set; }

    /// <summary>The order in which the claimants stand, from 0.</summary>
    public int Position { get; set; }

    /// <summary>The claimant.</summary>
    public int MemberId { get; set; }

    /// <summary>The claimant.</summary>
    public Member Member { get; set; } = null!;

    /// <summary>Per cent, 1–100; those of a case sum to 100.</summary>
    public int Share { get; set; }
}
