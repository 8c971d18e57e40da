using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PointsMarket.Ledger;

/// <summary>The book of a station: the head of its hash chain and its counters. Its row is the lock of all writes to the book.</summary>
public sealed class LedgerBook
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The station's code.</summary>
    public required string Code { get; set; }

    /// <summary>The number of the last transaction; 0 when empty.</summary>
    public long Sequence { get; set; }

    /// <summary>How many accounts the book has; the last one's number.</summary>
    public int Accounts { get; set; }

    /// <summary>The last transaction's hash, 32 bytes; zeros when empty.</summary>
    public required byte[] Head { get; set; }

    /// <summary>UTC: nothing that happened before may be recorded any more; null while nothing is closed. Moved by <see cref="MoveClosing"/>.</summary>
    public DateTime? ClosedBefore { get; set; }
}

/// <summary>
/// One move of <see cref="LedgerBook.ClosedBefore"/>: forward when a month is closed, back when it is opened again. Never updated or
/// deleted; the rows of a book are a chain of hashes of their own.
/// </summary>
public sealed class LedgerClosing
{
    /// <summary>The book.</summary>
    public int BookId { get; set; }

    /// <summary>Its number in the book, from 1 without gaps.</summary>
    public int Number { get; set; }

    /// <summary>The book's last transaction at that moment: what comes after it obeys this move.</summary>
    public long Sequence { get; set; }

    /// <summary>UTC: from then on nothing that happened before may be recorded; null for no limit.</summary>
    public DateTime? Before { get; set; }

    /// <summary>UTC.</summary>
    public DateTime RecordedAt { get; set; }

    /// <summary><see cref="Ledger.Actor"/>.</summary>
    public required string Actor { get; set; }

    /// <summary>SHA-256 of the predecessor's hash, everything here, and the hash of the transaction at <see cref="Sequence"/>.</summary>
    public required byte[] Hash { get; set; }
}

/// <summary>An account: one code holding one asset in one book.</summary>
public sealed class LedgerAccount
{
    /// <summary>The book.</summary>
    public int BookId { get; set; }

    /// <summary>Its number in the book, from 1.</summary>
    public int Number { get; set; }

    /// <summary><see cref="AccountCode"/>.</summary>
    public required string Code { get; set; }

    /// <summary><see cref="Ledger.Asset"/>.</summary>
    public required string Asset { get; set; }

    /// <summary>The sum of its entries (invariant 2).</summary>
    public long Balance { get; set; }

    /// <summary>How many entries it has; the last one's version.</summary>
    public long Version { get; set; }

    /// <summary>0 for a guarded account, null for one that may go below zero.</summary>
    public long? Floor { get; set; }
}

/// <summary>A transaction as stored; never updated or deleted.</summary>
public sealed class LedgerTransaction
{
    /// <summary>The book.</summary>
    public int BookId { get; set; }

    /// <summary>Its number in the book, from 1 without gaps.</summary>
    public long Sequence { get; set; }

    /// <summary>The idempotency key.</summary>
    public required string Key { get; set; }

    /// <summary><see cref="TransactionKinds"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>The reference behind it.</summary>
    public required string Subject { get; set; }

    /// <summary>UTC, when it happened.</summary>
    public DateTime HappenedAt { get; set; }

    /// <summary>UTC, when it was written here.</summary>
    public DateTime RecordedAt { get; set; }

    /// <summary><see cref="Ledger.Actor"/>.</summary>
    public required string Actor { get; set; }

    /// <summary>Why, where somebody had to say.</summary>
    public string? Reason { get; set; }

    /// <summary>The earlier transaction it reverses or ends.</summary>
    public long? RelatedSequence { get; set; }

    /// <summary>How it relates to it.</summary>
    public Relation? Relation { get; set; }

    /// <summary>SHA-256 of what the caller asked for; compares a repeated key.</summary>
    public required byte[] ContentHash { get; set; }

    /// <summary>SHA-256 of the predecessor's hash and everything stored here (invariant 7).</summary>
    public required byte[] Hash { get; set; }
}

/// <summary>Half a posting: posting <c>i</c> of a transaction is the lines <c>2i</c> (source, negative) and <c>2i+1</c>.</summary>
public sealed class LedgerEntry
{
    /// <summary>The book.</summary>
    public int BookId { get; set; }

    /// <summary>The transaction.</summary>
    public long Sequence { get; set; }

    /// <summary>The line, from 0.</summary>
    public int Line { get; set; }

    /// <summary>The account's number.</summary>
    public int Account { get; set; }

    /// <summary>Signed, never 0.</summary>
    public long Amount { get; set; }

    /// <summary>The account's version after this entry, from 1 without gaps.</summary>
    public long Version { get; set; }
}

/// <summary>The ledger's tables.</summary>
public static class LedgerModel
{
    /// <summary>Times are whole milliseconds since 1970: the same bytes to hash on every database.</summary>
    private sealed class MillisecondConverter() : ValueConverter<DateTime, long>(
        v => LedgerTime.ToMilliseconds(v), v => LedgerTime.FromMilliseconds(v));

    /// <summary>Maps the ledger.</summary>
    public static void Configure(ModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Entity<LedgerBook>(e =>
        {
            e.ToTable("LedgerBooks");
            e.Property(b => b.Code).HasMaxLength(LedgerNames.MaxLength);
            e.Property(b => b.Head).HasMaxLength(32);
            e.Property(b => b.ClosedBefore).HasConversion<MillisecondConverter>();
            e.HasIndex(b => b.Code).IsUnique();
        });
        ConfigureClosings(builder);
        builder.Entity<LedgerAccount>(e =>
        {
            e.ToTable("LedgerAccounts", t =>
            {
                t.HasTrigger("LedgerAccounts_Keep");
                t.HasCheckConstraint("CK_LedgerAccounts_Floor", "\"Floor\" IS NULL OR \"Balance\" >= \"Floor\"");
            });
            e.HasKey(a => new { a.BookId, a.Number });
            e.Property(a => a.Code).HasMaxLength(100);
            e.Property(a => a.Asset).HasMaxLength(50);
            e.HasIndex(a => new { a.BookId, a.Code, a.Asset }).IsUnique();
            e.HasOne<LedgerBook>().WithMany().HasForeignKey(a => a.BookId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<LedgerTransaction>(e =>
        {
            e.ToTable("LedgerTransactions", t => t.HasTrigger("LedgerTransactions_Keep"));
            e.HasKey(t => new { t.BookId, t.Sequence });
            e.Property(t => t.Key).HasMaxLength(100);
            e.Property(t => t.Kind).HasMaxLength(32);
            e.Property(t => t.Subject).HasMaxLength(64);
            e.Property(t => t.Actor).HasMaxLength(64);
            e.Property(t => t.Reason).HasMaxLength(256);
            e.Property(t => t.HappenedAt).HasConversion<MillisecondConverter>();
            e.Property(t => t.RecordedAt).HasConversion<MillisecondConverter>();
            e.Property(t => t.Relation).HasMaxLength(16);
            e.Property(t => t.ContentHash).HasMaxLength(32);
            e.Property(t => t.Hash).HasMaxLength(32);
            e.HasIndex(t => new { t.BookId, t.Key }).IsUnique();
            e.HasIndex(t => new { t.BookId, t.RelatedSequence, t.Relation }).IsUnique();
            e.HasIndex(t => new { t.BookId, t.HappenedAt });
            e.HasOne<LedgerBook>().WithMany().HasForeignKey(t => t.BookId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<LedgerEntry>(e =>
        {
            e.ToTable("LedgerEntries", t => t.HasTrigger("LedgerEntries_Keep"));
            e.HasKey(x => new { x.BookId, x.Sequence, x.Line });
            e.HasIndex(x => new { x.BookId, x.Account, x.Version }).IsUnique();
            e.HasOne<LedgerTransaction>().WithMany().HasForeignKey(x => new { x.BookId, x.Sequence }).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<LedgerAccount>().WithMany().HasForeignKey(x => new { x.BookId, x.Account }).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void ConfigureClosings(ModelBuilder builder) =>
        builder.Entity<LedgerClosing>(e =>
        {
            e.ToTable("LedgerClosings", t => t.HasTrigger("LedgerClosings_Keep"));
            e.HasKey(c => new { c.BookId, c.Number });
            e.Property(c => c.Before).HasConversion<MillisecondConverter>();
            e.Property(c => c.RecordedAt).HasConversion<MillisecondConverter>();
            e.Property(c => c.Actor).HasMaxLength(64);
            e.Property(c => c.Hash).HasMaxLength(32);
            e.HasOne<LedgerBook>().WithMany().HasForeignKey(c => c.BookId).OnDelete(DeleteBehavior.Restrict);
        });
}

/// <summary>The ledger's clock reading: UTC in whole milliseconds since 1970.</summary>
public static class LedgerTime
{
    private static readonly long First = (DateTime.MinValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
    private static readonly long Last = (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>Milliseconds since 1970. Throws <see cref="ArgumentException"/> for a time that is not UTC.</summary>
    public static long ToMilliseconds(DateTime utc) =>
        utc.Kind == DateTimeKind.Utc
            ? (utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond
            : throw new ArgumentException("A ledger time is UTC.", nameof(utc));

    /// <summary>The UTC time; the nearest one there is for a number that is none, which only a row has that was tampered with.</summary>
    public static DateTime FromMilliseconds(long milliseconds) =>
        DateTime.UnixEpoch.AddTicks(Math.Clamp(milliseconds, First, Last) * TimeSpan.TicksPerMillisecond);
}
