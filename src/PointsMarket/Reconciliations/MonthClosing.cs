using Microsoft.EntityFrameworkCore;
using PointsMarket.Ledger;

namespace PointsMarket.Reconciliations;

/// <summary>
/// The closing of a month, on record: who signed, on which reconciliation, and who opened it again and why. While it stands, nothing
/// may be recorded into the month (<see cref="LedgerBook.ClosedBefore"/>).
/// </summary>
public sealed class MonthClosing
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The station's book.</summary>
    public int BookId { get; set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly Month { get; set; }

    /// <summary>The reconciliation it was closed on.</summary>
    public int ReconciliationId { get; set; }

    /// <summary><see cref="Actor"/> who signed first.</summary>
    public required string AskedBy { get; set; }

    /// <summary>UTC, when they did.</summary>
    public DateTime AskedAt { get; set; }

    /// <summary><see cref="Actor"/> whose signature closed it: neither who ran the reconciliation nor, where no person did, who signed first. Null while that waits.</summary>
    public string? ClosedBy { get; set; }

    /// <summary>UTC, when it was closed.</summary>
    public DateTime? ClosedAt { get; set; }

    /// <summary><see cref="Actor"/> who asked to open it again.</summary>
    public string? ReopenAskedBy { get; set; }

    /// <summary>UTC, when they did.</summary>
    public DateTime? ReopenAskedAt { get; set; }

    /// <summary>Why it should be opened again.</summary>
    public string? ReopenReason { get; set; }

    /// <summary><see cref="Actor"/> who opened it again: somebody else.</summary>
    public string? ReopenedBy { get; set; }

    /// <summary>UTC, when it was opened again.</summary>
    public DateTime? ReopenedAt { get; set; }

    /// <summary>0 while it stands or waits; its own key once reopened or withdrawn, so that the month may be closed anew.</summary>
    public int Past { get; set; }

    /// <summary>True while nothing may be recorded into the month.</summary>
    public bool Stands => ClosedAt is not null && Past == 0;

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<MonthClosing>(e =>
        {
            e.ToTable("MonthClosings");
            e.Ignore(c => c.Stands);
            foreach (var name in (string[])[nameof(AskedBy), nameof(ClosedBy), nameof(ReopenAskedBy), nameof(ReopenedBy)]) e.Property(name).HasMaxLength(64);
            e.Property(c => c.ReopenReason).HasMaxLength(500);
            e.HasIndex(c => new { c.BookId, c.Month, c.Past }).IsUnique();
            e.HasOne<LedgerBook>().WithMany().HasForeignKey(c => c.BookId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Reconciliation>().WithMany().HasForeignKey(c => c.ReconciliationId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<PastReopening>(e =>
        {
            e.ToTable("PastReopenings");
            foreach (var name in (string[])[nameof(PastReopening.AskedBy), nameof(PastReopening.EndedBy)]) e.Property(name).HasMaxLength(64);
            foreach (var name in (string[])[nameof(PastReopening.Reason), nameof(PastReopening.Words)]) e.Property(name).HasMaxLength(500);
            e.Ignore(p => p.Refused);
            e.HasIndex(p => p.ClosingId);
            e.HasOne<MonthClosing>().WithMany().HasForeignKey(p => p.ClosingId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<CoverOverride>(e =>
        {
            e.ToTable("CoverOverrides");
            e.Property(o => o.By).HasMaxLength(64);
            e.Property(o => o.Reason).HasMaxLength(500);
            e.HasIndex(o => new { o.BookId, o.Month }).IsUnique();
            e.HasOne<LedgerBook>().WithMany().HasForeignKey(o => o.BookId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>Somebody let case rewards go on for a month although too little stands behind the points (DESIGN 6.5).</summary>
public sealed class CoverOverride
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The station's book.</summary>
    public int BookId { get; set; }

    /// <summary>The first day of the month in which it holds.</summary>
    public DateOnly Month { get; set; }

    /// <summary>The cover it set aside, in hundredths of a per cent.</summary>
    public long Ratio { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary><see cref="Actor"/> who did.</summary>
    public required string By { get; set; }

    /// <summary>Why.</summary>
    public required string Reason { get; set; }
}

/// <summary>A request to open a month again that came to nothing, on record: taken back by who asked, or refused by somebody else.</summary>
public sealed class PastReopening
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The closing it was about.</summary>
    public int ClosingId { get; set; }

    /// <summary><see cref="Actor"/> who asked.</summary>
    public required string AskedBy { get; set; }

    /// <summary>UTC.</summary>
    public DateTime AskedAt { get; set; }

    /// <summary>Why it should have been opened.</summary>
    public required string Reason { get; set; }

    /// <summary><see cref="Actor"/> who took it back, or refused it.</summary>
    public required string EndedBy { get; set; }

    /// <summary>UTC.</summary>
    public DateTime EndedAt { get; set; }

    /// <summary>Why it was refused; null where who asked took it back.</summary>
    public string? Words { get; set; }

    /// <summary>True when somebody else said no.</summary>
    public bool Refused => EndedBy != AskedBy;
}
