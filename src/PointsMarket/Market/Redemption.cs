using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Settings;

namespace PointsMarket.Market;

/// <summary>Where a redemption stands. Stored by name.</summary>
public enum RedemptionState
{
    /// <summary>Points and goods are set aside; the slip is open.</summary>
    Held,

    /// <summary>Handed over.</summary>
    HandedOver,

    /// <summary>Cancelled at the counter; everything went back.</summary>
    Cancelled,

    /// <summary>Not collected in time; everything went back.</summary>
    Expired,

    /// <summary>Handed over and brought back the same day; everything went back.</summary>
    Returned,
}

/// <summary>Points out, goods out (兑换), and its slip.</summary>
public sealed class Redemption
{
    /// <summary>How long a slip waits at the counter where the settings never said otherwise. Source: DESIGN 5.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromDays(SettingList.SlipDays.Default);

    /// <summary>How long after a hand-over a wrong item may be brought back, by the settings of its day. Source: DESIGN 5, "exchange within a day".</summary>
    public static async Task<TimeSpan> ReturnableAsync(MarketDb db, DateTime handedOver, CancellationToken ct = default) =>
        TimeSpan.FromDays(await SettingBook.ValueAsync(db, SettingList.ReturnDays, StationTime.Day(handedOver), ct));

    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>Its reference, unique; stands in the ledger's account codes.</summary>
    public required string Reference { get; set; }

    /// <summary>The kiosk basket it came from; the same basket never makes two.</summary>
    public Guid? BasketKey { get; set; }

    /// <summary>Whose points; null when they are a voucher's.</summary>
    public int? MemberId { get; set; }

    /// <summary>Whose points; null when they are a voucher's.</summary>
    public Member? Member { get; set; }

    /// <summary>The voucher whose points they are; null for a member's.</summary>
    public int? VoucherId { get; set; }

    /// <summary>The voucher whose points they are; null for a member's.</summary>
    public Voucher? Voucher { get; set; }

    /// <summary>Whose shelf.</summary>
    public int OutletId { get; set; }

    /// <summary>Whose shelf.</summary>
    public Outlet Outlet { get; set; } = null!;

    /// <summary>Where it stands.</summary>
    public RedemptionState State { get; set; }

    /// <summary>Points in all.</summary>
    public int Points { get; set; }

    /// <summary>The six digits said or scanned at the counter; null once the slip is no longer open, so that codes can be used again.</summary>
    public string? PickupCode { get; set; }

    /// <summary>UTC, when it was confirmed at the kiosk.</summary>
    public DateTime HappenedAt { get; set; }

    /// <summary>UTC, until when the goods wait.</summary>
    public DateTime ExpiresAt { get; set; }

    /// <summary>The ledger transaction that set points and goods aside; null for imported ones, which never were.</summary>
    public long? HoldSequence { get; set; }

    /// <summary>The ledger transaction that ended the hold.</summary>
    public long? EndSequence { get; set; }

    /// <summary>UTC, when it was handed over, cancelled or expired.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Who ended it.</summary>
    public string? EndedBy { get; set; }

    /// <summary>Why it was cancelled.</summary>
    public string? Reason { get; set; }

    /// <summary>3 satisfied (满意), 2 so-so (一般), 1 not satisfied (不满意); null when not said.</summary>
    public int? Satisfaction { get; set; }

    /// <summary>What was chosen.</summary>
    public List<RedemptionLine> Lines { get; } = [];

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<Redemption>(e =>
        {
            e.ToTable("Redemptions", t => t.HasCheckConstraint("CK_Redemptions_OneOwner", OneOwner.Rule));
            e.Property(r => r.Reference).HasMaxLength(40);
            e.Property(r => r.PickupCode).HasMaxLength(6);
            e.Property(r => r.EndedBy).HasMaxLength(64);
            e.Property(r => r.Reason).HasMaxLength(256);
            e.HasIndex(r => r.Reference).IsUnique();
            e.HasIndex(r => r.BasketKey).IsUnique();
            e.HasIndex(r => new { r.OutletId, r.PickupCode }).IsUnique();
            e.HasIndex(r => new { r.State, r.ExpiresAt });
            e.HasIndex(r => new { r.OutletId, r.HappenedAt });
            e.HasIndex(r => new { r.MemberId, r.HappenedAt });
            e.HasIndex(r => new { r.VoucherId, r.HappenedAt });
            e.HasOne(r => r.Member).WithMany().HasForeignKey(r => r.MemberId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(r => r.Voucher).WithMany().HasForeignKey(r => r.VoucherId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(r => r.Outlet).WithMany().HasForeignKey(r => r.OutletId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<RedemptionLine>(e =>
        {
            e.ToTable("RedemptionLines", t => t.HasCheckConstraint("CK_RedemptionLines_Quantity", "\"Quantity\" > 0"));
            e.HasKey(l => new { l.RedemptionId, l.GoodsId });
            e.HasOne<Redemption>().WithMany(r => r.Lines).HasForeignKey(l => l.RedemptionId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(l => l.Goods).WithMany().HasForeignKey(l => l.GoodsId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>One article of a redemption, at the price of that moment.</summary>
public sealed class RedemptionLine
{
    /// <summary>The redemption.</summary>
    public int RedemptionId { get; set; }

    /// <summary>The article.</summary>
    public int GoodsId { get; set; }

    /// <summary>The article.</summary>
    public Goods Goods { get; set; } = null!;

    /// <summary>Pieces, 1 or more.</summary>
    public int Quantity { get; set; }

    /// <summary>Price of one in points.</summary>
    public int PointsEach { get; set; }
}
