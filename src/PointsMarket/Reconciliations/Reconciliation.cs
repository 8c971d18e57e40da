using Microsoft.EntityFrameworkCore;
using PointsMarket.Ledger;

namespace PointsMarket.Reconciliations;

/// <summary>What one month's reconciliation of a station found (DESIGN 6). Never changed afterwards; another run is another row.</summary>
public sealed class Reconciliation
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The station's book.</summary>
    public int BookId { get; set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly Month { get; set; }

    /// <summary>UTC.</summary>
    public DateTime RunAt { get; set; }

    /// <summary><see cref="Actor"/> who ran it.</summary>
    public required string RunBy { get; set; }

    /// <summary>SHA-256, hexadecimal, of the bank statement's rows and the stocktake's: the same files again are the same run.</summary>
    public required string Sources { get; set; }

    /// <summary>Rows of the bank statement.</summary>
    public int BankLines { get; set; }

    /// <summary>The month's movements in the ledger.</summary>
    public int Movements { get; set; }

    /// <summary>Bank lines that have their movement.</summary>
    public int Matched { get; set; }

    /// <summary>Shelves compared with the count.</summary>
    public int Shelves { get; set; }

    /// <summary>Transactions of the book that were proved.</summary>
    public long Transactions { get; set; }

    /// <summary>Money at the bank at the month's end, fen.</summary>
    public long CashFen { get; set; }

    /// <summary>Goods on shelves and set aside at the month's end, at value, fen.</summary>
    public long GoodsFen { get; set; }

    /// <summary>Supermarket cards on shelves and set aside at the month's end, at value, fen.</summary>
    public long CardsFen { get; set; }

    /// <summary>Points that could still be spent at the month's end.</summary>
    public long PointsOutstanding { get; set; }

    /// <summary>What a point was taken to be worth, fen.</summary>
    public int PointValueFen { get; set; }

    /// <summary>What is off, in the order of output; empty when the month is balanced.</summary>
    public List<Discrepancy> Discrepancies { get; } = [];

    /// <summary>What stands behind the points.</summary>
    public Cover Cover => new(CashFen, GoodsFen, CardsFen, PointsOutstanding, PointValueFen);

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<Reconciliation>(e =>
        {
            e.ToTable("Reconciliations");
            e.Ignore(r => r.Cover);
            e.Property(r => r.RunBy).HasMaxLength(64);
            e.Property(r => r.Sources).HasMaxLength(64);
            e.HasIndex(r => new { r.BookId, r.Month, r.Id });
            e.HasOne<LedgerBook>().WithMany().HasForeignKey(r => r.BookId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<Discrepancy>(e =>
        {
            e.ToTable("Discrepancies");
            e.Ignore(d => d.Difference);
            e.HasKey(d => new { d.ReconciliationId, d.Position });
            e.Property(d => d.Place).HasMaxLength(100);
            e.Property(d => d.Item).HasMaxLength(100);
            e.HasOne<Reconciliation>().WithMany(r => r.Discrepancies).HasForeignKey(d => d.ReconciliationId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>What is off. Stored by name.</summary>
public enum DiscrepancyKind
{
    /// <summary>The ledger itself does not hold: place is the fault, item the transaction's number or account.</summary>
    LedgerFault,

    /// <summary>The bank booked another amount: place is the fund, item the reference.</summary>
    AmountDiffers,

    /// <summary>Only the bank has it.</summary>
    BankOnly,

    /// <summary>Only the ledger has it.</summary>
    LedgerOnly,

    /// <summary>A shelf holds more or less than the book says: place is the outlet, item the sku. Nothing counted is null.</summary>
    CountDiffers,

    /// <summary>Bought − handed out − on hand is not 0: item is the card's sku.</summary>
    CardsDiffer,
}

/// <summary>One thing that is off.</summary>
public sealed class Discrepancy
{
    /// <summary>The run that found it.</summary>
    public int ReconciliationId { get; set; }

    /// <summary>Its place in the order of output, from 0.</summary>
    public int Position { get; set; }

    /// <summary>What.</summary>
    public DiscrepancyKind Kind { get; set; }

    /// <summary>The fund, outlet or fault; empty for cards.</summary>
    public required string Place { get; set; }

    /// <summary>The reference, sku, or transaction; empty when there is none.</summary>
    public required string Item { get; set; }

    /// <summary>What the world says: fen at the bank, pieces counted. Null when it says nothing.</summary>
    public long? Outside { get; set; }

    /// <summary>What the ledger says: fen, pieces. Null when it says nothing.</summary>
    public long? Book { get; set; }

    /// <summary>Outside − book, nothing being 0.</summary>
    public long Difference => (Outside ?? 0) - (Book ?? 0);
}

/// <summary>What stands behind the points (DESIGN 6.5). Money in fen; <paramref name="PointValueFen"/> is what a point is worth.</summary>
public sealed record Cover(long CashFen, long GoodsFen, long CardsFen, long Points, int PointValueFen)
{
    /// <summary>Cash, goods and cards together, fen.</summary>
    public long AssetsFen => checked(CashFen + GoodsFen + CardsFen);

    /// <summary>The points at value, fen.</summary>
    public long PointsFen => checked(Points * PointValueFen);

    /// <summary>Assets over points in hundredths of a per cent, cut; null when no points are outstanding.</summary>
    public long? Ratio => PointsFen > 0 ? (long)((Int128)AssetsFen * 100_00 / PointsFen) : null;
}
