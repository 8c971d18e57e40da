using Microsoft.EntityFrameworkCore;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>Where a lot comes from. Stored by name.</summary>
public enum LotOrigin
{
    /// <summary>A line of a delivery.</summary>
    Delivery,

    /// <summary>Found in a count where no other lot of the article lay.</summary>
    Found,
}

/// <summary>
/// Pieces of one article that came together and expire together (批次). Every piece belongs to one; where a lot's pieces are is in
/// <see cref="LotStock"/>, how they got there in <see cref="LotMovement"/>.
/// </summary>
public sealed class Lot
{
    /// <summary>Key; lots that expire on the same day are taken in its order.</summary>
    public int Id { get; set; }

    /// <summary>The book of its station.</summary>
    public int BookId { get; set; }

    /// <summary>The article.</summary>
    public int GoodsId { get; set; }

    /// <summary>The article.</summary>
    public Goods Goods { get; set; } = null!;

    /// <summary>The station day it came.</summary>
    public DateOnly Day { get; set; }

    /// <summary>The day it expires, and is not handed out any more; null when it does not.</summary>
    public DateOnly? Expires { get; set; }

    /// <summary><see cref="Expires"/>, or the last day there is: first expired, first out is the order of this.</summary>
    public DateOnly UseBy { get; set; }

    /// <summary>Where it comes from.</summary>
    public LotOrigin Origin { get; set; }

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<Lot>(e =>
        {
            e.ToTable("Lots");
            e.HasIndex(l => new { l.GoodsId, l.UseBy });
            e.HasOne(l => l.Goods).WithMany().HasForeignKey(l => l.GoodsId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<LedgerBook>().WithMany().HasForeignKey(l => l.BookId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<LotStock>(e =>
        {
            e.ToTable("LotStocks", t => t.HasCheckConstraint("CK_LotStocks_Quantity",
                "\"Quantity\" > 0 OR (\"Quantity\" < 0 AND (\"Place\" = 'purchase' OR \"Place\" = 'found' OR \"Place\" LIKE 'sponsor:%'))"));
            e.HasKey(s => new { s.BookId, s.Place, s.LotId });
            e.Property(s => s.Place).HasMaxLength(100);
            e.HasIndex(s => s.LotId);
            e.HasOne(s => s.Lot).WithMany().HasForeignKey(s => s.LotId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<LotMovement>(e =>
        {
            e.ToTable("LotMovements", t => t.HasCheckConstraint("CK_LotMovements_Quantity", "\"Quantity\" > 0"));
            e.HasKey(m => new { m.BookId, m.Sequence, m.Posting, m.LotId });
            e.HasIndex(m => m.LotId);
            e.HasOne<Lot>().WithMany().HasForeignKey(m => m.LotId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<LedgerTransaction>().WithMany().HasForeignKey(m => new { m.BookId, m.Sequence }).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>
/// How many pieces of a lot are in one of the ledger's accounts: the same books, lot by lot. For every account of things the sum over
/// its lots is the account's balance; of every lot the sum over its places is 0, because where it came from is below zero. A row
/// that comes to 0 is taken away, so that a shelf has as many rows as lots lie on it.
/// </summary>
public sealed class LotStock
{
    /// <summary>The book.</summary>
    public int BookId { get; set; }

    /// <summary>The account's code, such as <c>shelf:O1</c>.</summary>
    public required string Place { get; set; }

    /// <summary>The lot.</summary>
    public int LotId { get; set; }

    /// <summary>The lot.</summary>
    public Lot Lot { get; set; } = null!;

    /// <summary>Pieces; never 0, and below 0 only where things come from.</summary>
    public long Quantity { get; set; }
}

/// <summary>
/// How many pieces of a lot a posting moved; from where to where is in the ledger. Written with the transaction and never changed.
/// </summary>
public sealed class LotMovement
{
    /// <summary>The book.</summary>
    public int BookId { get; set; }

    /// <summary>The ledger transaction.</summary>
    public long Sequence { get; set; }

    /// <summary>The posting in it, from 0: its entries are the lines 2 × posting (source) and 2 × posting + 1 (destination).</summary>
    public int Posting { get; set; }

    /// <summary>The lot.</summary>
    public int LotId { get; set; }

    /// <summary>Pieces, 1 or more.</summary>
    public long Quantity { get; set; }
}
