using Microsoft.EntityFrameworkCore;
using PointsMarket.Market;

namespace PointsMarket.Stock;

/// <summary>Where a move stands. Stored by name.</summary>
public enum StockMoveState
{
    /// <summary>On the way.</summary>
    Sent,

    /// <summary>Counted at the other outlet; what is missing stays in transit until a second person has signed that it is written off.</summary>
    Lacking,

    /// <summary>Counted at the other outlet; what was missing is written off, signed by two.</summary>
    Received,

    /// <summary>Called back: everything lies where it came from.</summary>
    Cancelled,
}

/// <summary>Goods on their way from one outlet to another (调拨): <c>shelf:{A}</c> → <c>transit:{reference}</c> → <c>shelf:{B}</c>.</summary>
public sealed class StockMove
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>Its reference, unique; stands in the ledger's account code.</summary>
    public required string Reference { get; set; }

    /// <summary>The form's key: sending it twice moves once.</summary>
    public Guid Key { get; set; }

    /// <summary>The outlet that sends.</summary>
    public int FromOutletId { get; set; }

    /// <summary>The outlet that sends.</summary>
    public Outlet FromOutlet { get; set; } = null!;

    /// <summary>The outlet that receives.</summary>
    public int ToOutletId { get; set; }

    /// <summary>The outlet that receives.</summary>
    public Outlet ToOutlet { get; set; } = null!;

    /// <summary>Where it stands.</summary>
    public StockMoveState State { get; set; }

    /// <summary>What the sender wrote with it; null for nothing.</summary>
    public string? Note { get; set; }

    /// <summary>UTC.</summary>
    public DateTime SentAt { get; set; }

    /// <summary><see cref="Ledger.Actor"/>.</summary>
    public required string SentBy { get; set; }

    /// <summary>The ledger transaction that took the goods from the shelf.</summary>
    public long SendSequence { get; set; }

    /// <summary>UTC; null while it is on the way.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who received it or called it back.</summary>
    public string? EndedBy { get; set; }

    /// <summary>The ledger transaction that ended it; null while it is on the way, and when nothing arrived at first.</summary>
    public long? EndSequence { get; set; }

    /// <summary>Why pieces were missing, or why it was called back; null otherwise.</summary>
    public string? Reason { get; set; }

    /// <summary>What was sent.</summary>
    public List<StockMoveLine> Lines { get; } = [];

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<StockMove>(e =>
        {
            e.ToTable("StockMoves", t => t.HasCheckConstraint("CK_StockMoves_Outlets", "\"FromOutletId\" <> \"ToOutletId\""));
            e.Property(m => m.Reference).HasMaxLength(40);
            e.Property(m => m.Note).HasMaxLength(200);
            e.Property(m => m.SentBy).HasMaxLength(64);
            e.Property(m => m.EndedBy).HasMaxLength(64);
            e.Property(m => m.Reason).HasMaxLength(200);
            e.HasIndex(m => m.Reference).IsUnique();
            e.HasIndex(m => m.Key).IsUnique();
            e.HasIndex(m => new { m.State, m.SentAt });
            e.HasOne(m => m.FromOutlet).WithMany().HasForeignKey(m => m.FromOutletId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(m => m.ToOutlet).WithMany().HasForeignKey(m => m.ToOutletId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<StockMoveLine>(e =>
        {
            e.ToTable("StockMoveLines", t => t.HasCheckConstraint("CK_StockMoveLines_Pieces", "\"Sent\" > 0 AND (\"Received\" IS NULL OR (\"Received\" >= 0 AND \"Received\" <= \"Sent\"))"));
            e.HasKey(l => new { l.MoveId, l.GoodsId });
            e.HasOne<StockMove>().WithMany(m => m.Lines).HasForeignKey(l => l.MoveId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(l => l.Goods).WithMany().HasForeignKey(l => l.GoodsId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>One article of a move.</summary>
public sealed class StockMoveLine
{
    /// <summary>The move.</summary>
    public int MoveId { get; set; }

    /// <summary>The article.</summary>
    public int GoodsId { get; set; }

    /// <summary>The article.</summary>
    public Goods Goods { get; set; } = null!;

    /// <summary>Pieces sent, 1 or more.</summary>
    public int Sent { get; set; }

    /// <summary>Pieces that arrived, late ones too, at most <see cref="Sent"/>; null while it is on the way, and when it was called back.</summary>
    public int? Received { get; set; }
}
