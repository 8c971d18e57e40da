using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Tips;

/// <summary>What a tip is about. Stored by name; the only thing about it, beside area and day, that the database can tell.</summary>
public enum TipKind
{
    /// <summary>盗窃.</summary>
    Theft,

    /// <summary>诈骗.</summary>
    Fraud,

    /// <summary>赌博.</summary>
    Gambling,

    /// <summary>毒品.</summary>
    Drugs,

    /// <summary>欺压、恐吓.</summary>
    Bullying,

    /// <summary>安全隐患.</summary>
    Danger,

    /// <summary>其他.</summary>
    Other,
}

/// <summary>Where a tip stands, as the tipper reads it in the mailbox. Stored by name.</summary>
public enum TipState
{
    /// <summary>Arrived; nobody has opened it.</summary>
    Received,

    /// <summary>Somebody has opened it.</summary>
    Read,

    /// <summary>Closed: it helped.</summary>
    Useful,

    /// <summary>Closed: nothing came of it.</summary>
    NotUseful,
}

/// <summary>Where the reward of a tip stands. Stored by name.</summary>
public enum TipRewardState
{
    /// <summary>None.</summary>
    None,

    /// <summary>Over the threshold: waits for a second person.</summary>
    Proposed,

    /// <summary>Decided; comes with a week's batch.</summary>
    Approved,

    /// <summary>Given as a voucher.</summary>
    Granted,
}

/// <summary>
/// A confidential tip (DESIGN 4). Keys are random and days are all the time there is, so that neither order nor hour says when
/// somebody was at a telephone. What was written is sealed; the tipper's code is a hash, the PIN a slow one.
/// </summary>
public sealed class Tip
{
    /// <summary>Key, random.</summary>
    public Guid Id { get; set; }

    /// <summary>What the desk calls it, such as <c>T-7F3K9Q</c>; opens nothing.</summary>
    public required string Reference { get; set; }

    /// <summary>SHA-256 of the tipper's code, as hex.</summary>
    public required string CodeHash { get; set; }

    /// <summary>The hash of the PIN.</summary>
    public required string PinHash { get; set; }

    /// <summary>Wrong PINs since the last right one.</summary>
    public int PinFailures { get; set; }

    /// <summary>UTC: before this no PIN is even tried; null when the next try is free.</summary>
    public DateTime? PinWaitUntil { get; set; }

    /// <summary>SHA-256 of the key in the form it came with: the same form sent twice is one tip.</summary>
    public required string FormHash { get; set; }

    /// <summary>The area whose approvers look after it: the one named, else the police room.</summary>
    public int AreaId { get; set; }

    /// <summary>The area whose approvers look after it.</summary>
    public Area Area { get; set; } = null!;

    /// <summary>What it is about.</summary>
    public TipKind Kind { get; set; }

    /// <summary>Where it stands.</summary>
    public TipState State { get; set; }

    /// <summary>The station day on which it came.</summary>
    public DateOnly Day { get; set; }

    /// <summary>True while the tipper wrote something that nobody has opened.</summary>
    public bool HasNews { get; set; }

    /// <summary>Where, in the tipper's words, sealed for <see cref="PlaceOf"/>; null when not said.</summary>
    public byte[]? Place { get; set; }

    /// <summary>Where its reward stands.</summary>
    public TipRewardState Reward { get; set; }

    /// <summary>Points of the reward; 0 without one.</summary>
    public int RewardPoints { get; set; }

    /// <summary>The account that proposed the reward.</summary>
    public int? ProposedBy { get; set; }

    /// <summary>The station day on which the reward was decided.</summary>
    public DateOnly? ApprovedOn { get; set; }

    /// <summary>The voucher it was given as.</summary>
    public int? VoucherId { get; set; }

    /// <summary>The voucher it was given as.</summary>
    public Voucher? Voucher { get; set; }

    /// <summary>What was written, by both sides.</summary>
    public List<TipMessage> Messages { get; } = [];

    /// <summary>Photos that came with it.</summary>
    public List<TipPhoto> Photos { get; } = [];

    /// <summary>What the place of a tip is bound to.</summary>
    public static string PlaceOf(Guid id) => $"tip-place:{id:N}";

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<Tip>(e =>
        {
            e.ToTable("Tips");
            e.Property(t => t.Id).ValueGeneratedNever();
            e.Property(t => t.Reference).HasMaxLength(20);
            e.Property(t => t.CodeHash).HasMaxLength(64);
            e.Property(t => t.PinHash).HasMaxLength(200);
            e.Property(t => t.FormHash).HasMaxLength(64);
            e.HasIndex(t => t.Reference).IsUnique();
            e.HasIndex(t => t.CodeHash).IsUnique();
            e.HasIndex(t => t.FormHash).IsUnique();
            e.HasIndex(t => new { t.AreaId, t.Day });
            e.HasIndex(t => t.Reward);
            e.HasIndex(t => t.VoucherId).IsUnique();
            e.HasOne(t => t.Area).WithMany().HasForeignKey(t => t.AreaId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(t => t.Voucher).WithMany().HasForeignKey(t => t.VoucherId).OnDelete(DeleteBehavior.Restrict);
        });
        TipMessage.Configure(builder);
        TipPhoto.Configure(builder);
        TipEvent.Configure(builder);
        builder.Entity<TipBatch>(e =>
        {
            e.ToTable("TipBatches");
            e.Property(b => b.Week).HasMaxLength(8);
            e.HasIndex(b => new { b.BookId, b.Week }).IsUnique();
            e.HasOne<LedgerBook>().WithMany().HasForeignKey(b => b.BookId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>A week of a station whose rewards were granted together.</summary>
public sealed class TipBatch
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The station's book.</summary>
    public int BookId { get; set; }

    /// <summary>The ISO week, such as <c>2026-W47</c>.</summary>
    public required string Week { get; set; }

    /// <summary>The station day.</summary>
    public DateOnly Day { get; set; }

    /// <summary>How many vouchers.</summary>
    public int Vouchers { get; set; }

    /// <summary>Points of all of them.</summary>
    public int Points { get; set; }
}
