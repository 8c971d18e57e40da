using Microsoft.EntityFrameworkCore;
using PointsMarket.Ledger;

namespace PointsMarket.Reconciliations;

/// <summary>What a file of a month holds. Stored by name.</summary>
public enum MonthFileKind
{
    /// <summary>A bank statement, of one fund or of several.</summary>
    Bank,

    /// <summary>A signed stocktake of all outlets.</summary>
    Stocktake,
}

/// <summary>
/// A bank statement or stocktake that was taken for a month. Never deleted: a wrong one is withdrawn with a reason, and what it held
/// stays on record. The very same rows are taken once for a month, kind and fund.
/// </summary>
public sealed class MonthFile
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The station's book.</summary>
    public int BookId { get; set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly Month { get; set; }

    /// <summary>What it holds.</summary>
    public MonthFileKind Kind { get; set; }

    /// <summary>The fund of a statement; null when it holds several, and for stocktakes.</summary>
    public string? Fund { get; set; }

    /// <summary>What it was called.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256, hexadecimal, of its rows and of what they were brought as; of the rows alone in files of earlier versions.</summary>
    public required string Sha256 { get; set; }

    /// <summary>How many rows.</summary>
    public int Rows { get; set; }

    /// <summary>UTC.</summary>
    public DateTime TakenAt { get; set; }

    /// <summary><see cref="Actor"/> who brought it.</summary>
    public required string TakenBy { get; set; }

    /// <summary>0 while it counts; its own key once withdrawn, so that the same rows may be taken again.</summary>
    public int Withdrawn { get; set; }

    /// <summary>UTC, when it was withdrawn.</summary>
    public DateTime? WithdrawnAt { get; set; }

    /// <summary><see cref="Actor"/> who withdrew it.</summary>
    public string? WithdrawnBy { get; set; }

    /// <summary>Why.</summary>
    public string? Reason { get; set; }

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<MonthFile>(e =>
        {
            e.ToTable("MonthFiles");
            e.Property(f => f.Fund).HasMaxLength(LedgerNames.MaxLength);
            e.Property(f => f.Name).HasMaxLength(100);
            e.Property(f => f.Sha256).HasMaxLength(64);
            e.Property(f => f.TakenBy).HasMaxLength(64);
            e.Property(f => f.WithdrawnBy).HasMaxLength(64);
            e.Property(f => f.Reason).HasMaxLength(500);
            e.HasIndex(f => new { f.BookId, f.Month, f.Kind });
            e.HasIndex(f => new { f.BookId, f.Sha256, f.Withdrawn }).IsUnique();
            e.HasOne<LedgerBook>().WithMany().HasForeignKey(f => f.BookId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<StatementLine>(e =>
        {
            e.ToTable("BankLines");
            e.HasKey(l => new { l.FileId, l.Position });
            e.Property(l => l.Fund).HasMaxLength(LedgerNames.MaxLength);
            e.Property(l => l.Reference).HasMaxLength(64);
            e.Property(l => l.Description).HasMaxLength(500);
            e.HasOne<MonthFile>().WithMany().HasForeignKey(l => l.FileId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<CountLine>(e =>
        {
            e.ToTable("CountLines");
            e.HasKey(l => new { l.FileId, l.Position });
            e.Property(l => l.Outlet).HasMaxLength(LedgerNames.MaxLength);
            e.Property(l => l.Sku).HasMaxLength(LedgerNames.MaxLength);
            e.HasOne<MonthFile>().WithMany().HasForeignKey(l => l.FileId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>A line of a bank statement as taken.</summary>
public sealed class StatementLine
{
    /// <summary>The file.</summary>
    public int FileId { get; set; }

    /// <summary>Its place in the file, from 0.</summary>
    public int Position { get; set; }

    /// <summary>The fund.</summary>
    public required string Fund { get; set; }

    /// <summary>The bank's day.</summary>
    public DateOnly Date { get; set; }

    /// <summary>Empty for none.</summary>
    public required string Reference { get; set; }

    /// <summary>Fen, + in, − out.</summary>
    public long AmountFen { get; set; }

    /// <summary>What the bank says of it.</summary>
    public required string Description { get; set; }
}

/// <summary>A line of a stocktake as taken.</summary>
public sealed class CountLine
{
    /// <summary>The file.</summary>
    public int FileId { get; set; }

    /// <summary>Its place in the file, from 0.</summary>
    public int Position { get; set; }

    /// <summary>The outlet's code.</summary>
    public required string Outlet { get; set; }

    /// <summary>The article.</summary>
    public required string Sku { get; set; }

    /// <summary>Pieces.</summary>
    public long Counted { get; set; }
}
