using Microsoft.EntityFrameworkCore;
using PointsMarket.Ledger;

namespace PointsMarket.Auditing;

/// <summary>What the auditor thinks of a transaction. Stored by name.</summary>
public enum SampleVerdict
{
    /// <summary>Not looked at yet.</summary>
    Waiting,

    /// <summary>The evidence holds.</summary>
    InOrder,

    /// <summary>Something is to be asked.</summary>
    Questioned,
}

/// <summary>
/// Transactions of a month drawn at random by an auditor. The same seed over the same book draws the same ones, so that nobody can
/// say they were picked.
/// </summary>
public sealed class AuditSample
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The station's book.</summary>
    public int BookId { get; set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly Month { get; set; }

    /// <summary>What the draw began with.</summary>
    public int Seed { get; set; }

    /// <summary>How many were asked for.</summary>
    public int Size { get; set; }

    /// <summary>The book's last transaction when it was drawn: of those up to there.</summary>
    public long UpTo { get; set; }

    /// <summary>How many there were to draw from.</summary>
    public int Of { get; set; }

    /// <summary>UTC.</summary>
    public DateTime TakenAt { get; set; }

    /// <summary><see cref="Actor"/> who drew it.</summary>
    public required string TakenBy { get; set; }

    /// <summary>What was drawn, in order of number.</summary>
    public List<AuditSampleItem> Items { get; } = [];

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<AuditSample>(e =>
        {
            e.ToTable("AuditSamples");
            e.Property(s => s.TakenBy).HasMaxLength(64);
            e.HasIndex(s => new { s.BookId, s.Month });
            e.HasOne<LedgerBook>().WithMany().HasForeignKey(s => s.BookId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<AuditSampleItem>(e =>
        {
            e.ToTable("AuditSampleItems");
            e.HasKey(i => new { i.SampleId, i.Sequence });
            e.Property(i => i.By).HasMaxLength(64);
            e.Property(i => i.Remark).HasMaxLength(500);
            e.HasOne<AuditSample>().WithMany(s => s.Items).HasForeignKey(i => i.SampleId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>One transaction of a sample.</summary>
public sealed class AuditSampleItem
{
    /// <summary>The sample.</summary>
    public int SampleId { get; set; }

    /// <summary>The transaction's number.</summary>
    public long Sequence { get; set; }

    /// <summary>What the auditor thinks.</summary>
    public SampleVerdict Verdict { get; set; }

    /// <summary>In words.</summary>
    public string? Remark { get; set; }

    /// <summary>UTC, when it was looked at.</summary>
    public DateTime? At { get; set; }

    /// <summary><see cref="Actor"/> who looked.</summary>
    public string? By { get; set; }
}
