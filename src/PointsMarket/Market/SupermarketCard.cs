using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Market;

/// <summary>Where a supermarket card is. Stored by name.</summary>
public enum CardState
{
    /// <summary>In stock at its outlet, never handed out.</summary>
    InStock,

    /// <summary>Handed out against a slip.</summary>
    HandedOut,

    /// <summary>Handed out, brought back, and in stock again.</summary>
    Returned,

    /// <summary>Lost: at the outlet, or by whoever got it.</summary>
    Lost,

    /// <summary>Blocked: it must not be used.</summary>
    Blocked,
}

/// <summary>
/// One supermarket card (超市卡) by its serial number. A serial stands once for each article, so a card cannot come in twice, and
/// a card names one slip at most, so it cannot go out twice. Source: DESIGN 5.
/// </summary>
public sealed class SupermarketCard
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The article.</summary>
    public int GoodsId { get; set; }

    /// <summary>The article.</summary>
    public Goods Goods { get; set; } = null!;

    /// <summary>The serial number as <see cref="CardSerials"/> keeps it; shown whole to the auditor only, never logged, never in an address.</summary>
    public required string Serial { get; set; }

    /// <summary>Where it lies, or lay last.</summary>
    public int OutletId { get; set; }

    /// <summary>Where it lies, or lay last.</summary>
    public Outlet Outlet { get; set; } = null!;

    /// <summary>The reference of the delivery it came with; null for a card that was in stock before numbers were kept.</summary>
    public string? Batch { get; set; }

    /// <summary>Where it is now.</summary>
    public CardState State { get; set; }

    /// <summary>The slip it was handed out against, also when it was lost or blocked since; null while it lies in stock.</summary>
    public int? RedemptionId { get; set; }

    /// <summary>The reference of the move it is on its way with; null while it lies at its outlet, or is gone.</summary>
    public string? Move { get; set; }

    /// <summary>What happened to it, in order.</summary>
    public List<CardEvent> Events { get; } = [];

    /// <summary>The number as everybody but the auditor sees it: <c>****1234</c>.</summary>
    public string Masked => CardSerials.Masked(Serial);

    /// <summary>True while it can be handed out, unless it is on its way between outlets.</summary>
    public static bool IsOnHand(CardState state) => state is CardState.InStock or CardState.Returned;

    /// <summary>The cards that can be handed out.</summary>
    public static IQueryable<SupermarketCard> OnHand(MarketDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.SupermarketCards.Where(c => (c.State == CardState.InStock || c.State == CardState.Returned) && c.Move == null);
    }

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<SupermarketCard>(e =>
        {
            e.ToTable("SupermarketCards", t => t.HasCheckConstraint("CK_SupermarketCards_Slip",
                "(\"State\" IN ('Lost', 'Blocked')) OR (\"State\" = 'HandedOut' AND \"RedemptionId\" IS NOT NULL) OR (\"State\" IN ('InStock', 'Returned') AND \"RedemptionId\" IS NULL)"));
            e.Ignore(c => c.Masked);
            e.Property(c => c.Serial).HasMaxLength(CardSerials.MostLength);
            e.Property(c => c.Batch).HasMaxLength(40);
            e.Property(c => c.State).IsConcurrencyToken();
            e.HasIndex(c => new { c.GoodsId, c.Serial }).IsUnique();
            e.HasIndex(c => new { c.OutletId, c.GoodsId, c.State });
            e.HasIndex(c => c.Serial);
            e.Property(c => c.Move).HasMaxLength(40);
            e.HasIndex(c => c.Batch);
            e.HasIndex(c => c.Move);
            e.HasOne(c => c.Goods).WithMany().HasForeignKey(c => c.GoodsId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(c => c.Outlet).WithMany().HasForeignKey(c => c.OutletId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<RedemptionLine>().WithMany().HasForeignKey(c => new { c.RedemptionId, c.GoodsId }).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<CardEvent>(e =>
        {
            e.ToTable("CardEvents");
            e.Property(v => v.Actor).HasMaxLength(64);
            e.Property(v => v.Words).HasMaxLength(MarkCard.MostWords);
            e.HasIndex(v => v.CardId);
            e.HasOne<SupermarketCard>().WithMany(c => c.Events).HasForeignKey(v => v.CardId).OnDelete(DeleteBehavior.Cascade);
            e.HasOne(v => v.Redemption).WithMany().HasForeignKey(v => v.RedemptionId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>What can happen to a card. Stored by name.</summary>
public enum CardStep
{
    /// <summary>Came with a delivery.</summary>
    Received,

    /// <summary>Was in stock already and got its number.</summary>
    Entered,

    /// <summary>Sent on its way to another outlet.</summary>
    Sent,

    /// <summary>Put down at an outlet: it came with a move, was called back, or was found at another one than where it was booked.</summary>
    Moved,

    /// <summary>Handed out.</summary>
    HandedOut,

    /// <summary>Brought back.</summary>
    Returned,

    /// <summary>Reported lost.</summary>
    Lost,

    /// <summary>Blocked.</summary>
    Blocked,

    /// <summary>Lost or blocked no more.</summary>
    Restored,
}

/// <summary>One thing that happened to a card.</summary>
public sealed class CardEvent
{
    /// <summary>Key.</summary>
    public long Id { get; set; }

    /// <summary>The card.</summary>
    public int CardId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary><see cref="Ledger.Actor"/>.</summary>
    public required string Actor { get; set; }

    /// <summary>What happened.</summary>
    public CardStep Step { get; set; }

    /// <summary>The slip, when it was handed out or brought back.</summary>
    public int? RedemptionId { get; set; }

    /// <summary>The slip.</summary>
    public Redemption? Redemption { get; set; }

    /// <summary>Why, where a person had to say so; or the outlet it was put down at, or the move it was sent or lost with.</summary>
    public string? Words { get; set; }
}
