using Microsoft.EntityFrameworkCore;
using PointsMarket.Funding;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Reconciliations;

/// <summary>How a bank line came to its movement in a run. Stored by name.</summary>
public enum Pairing
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>Same reference and amount.</summary>
    Reference,

    /// <summary>Same amount within three days, each the other's only candidate: shown as a suggestion that counts until somebody unties it.</summary>
    Suggested,

    /// <summary>Same reference, another amount.</summary>
    AmountDiffers,
}

/// <summary>A bank line of a run, and the movement it has.</summary>
public sealed class ReconciledLine
{
    /// <summary>The run.</summary>
    public int ReconciliationId { get; set; }

    /// <summary>Its place, from 0.</summary>
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

    /// <summary>How it came to its movement.</summary>
    public Pairing Pairing { get; set; }

    /// <summary>The movement: a transaction's number in the book; null when it has none.</summary>
    public long? Sequence { get; set; }
}

/// <summary>How far something that is off has come. Stored by name.</summary>
public enum FollowUpState
{
    /// <summary>Nobody has said anything yet, or what was said was taken back.</summary>
    Open,

    /// <summary>Said why it is so; nothing more is to be done in this book (the bank's error, on the way).</summary>
    Explained,

    /// <summary>Put right.</summary>
    Settled,
}

/// <summary>How it was put right, or why it may stay. Stored by name.</summary>
public enum Remedy
{
    /// <summary>The movement that was missing was recorded.</summary>
    EntryPosted,

    /// <summary>A bank line and a movement belong together, said a person.</summary>
    MatchedByHand,

    /// <summary>Two people signed that pieces are missing.</summary>
    WrittenOff,

    /// <summary>Two people signed that pieces were found.</summary>
    Found,

    /// <summary>The bank is wrong, and will put it right.</summary>
    BankError,

    /// <summary>It is on its way: the other side books it in another month.</summary>
    OtherMonth,

    /// <summary>Something else, said in words.</summary>
    Words,
}

/// <summary>
/// One thing that is off, followed until it is settled: a layer above what the machine found, which stays as it was. Most come from
/// the run; two more come from every suggestion that somebody unties.
/// </summary>
public sealed class FollowUp
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The run.</summary>
    public int ReconciliationId { get; set; }

    /// <summary>The place of the discrepancy in the run; null for one that came from untying a suggestion.</summary>
    public int? Position { get; set; }

    /// <summary>What is off; as in <see cref="Discrepancy"/>.</summary>
    public DiscrepancyKind Kind { get; set; }

    /// <inheritdoc cref="Discrepancy.Place"/>
    public required string Place { get; set; }

    /// <inheritdoc cref="Discrepancy.Item"/>
    public required string Item { get; set; }

    /// <inheritdoc cref="Discrepancy.Outside"/>
    public long? Outside { get; set; }

    /// <inheritdoc cref="Discrepancy.Book"/>
    public long? Book { get; set; }

    /// <summary>The day at the bank or in the book; null for things and faults.</summary>
    public DateOnly? Day { get; set; }

    /// <summary>The bank line it is about.</summary>
    public int? Line { get; set; }

    /// <summary>The movement it is about: a transaction's number in the book.</summary>
    public long? Sequence { get; set; }

    /// <summary>How far it has come.</summary>
    public FollowUpState State { get; set; }

    /// <summary>Whose it is: <see cref="Actor"/> who touched it last; null when nobody did.</summary>
    public string? Owner { get; set; }

    /// <summary>How it was put right or explained.</summary>
    public Remedy? How { get; set; }

    /// <summary>In words.</summary>
    public string? Words { get; set; }

    /// <summary>UTC, of the last change.</summary>
    public DateTime? At { get; set; }

    /// <summary>The other half of a match by hand; it may be another month's.</summary>
    public int? WithId { get; set; }

    /// <summary>The transaction that put it right.</summary>
    public long? SettledSequence { get; set; }

    /// <summary>The request to record money that only the bank has seen go out, on its way up the ladder of payments (<see cref="ApproveRecording"/>); the last one.</summary>
    public int? PaymentId { get; set; }

    /// <summary><see cref="Actor"/> who signed a write-off, a find or the explanation of pieces first; a second person must.</summary>
    public string? FirstSignature { get; set; }

    /// <summary>Outside − book, nothing being 0.</summary>
    public long Difference => (Outside ?? 0) - (Book ?? 0);

    /// <summary>True for money; false for pieces on shelves and faults of the ledger.</summary>
    public bool IsMoney => Kind is DiscrepancyKind.AmountDiffers or DiscrepancyKind.BankOnly or DiscrepancyKind.LedgerOnly;

    /// <summary>True for pieces on shelves and cards, which two people sign.</summary>
    public bool IsPieces => Kind is DiscrepancyKind.CountDiffers or DiscrepancyKind.CardsDiffer;

    /// <summary>True where the first signature is under an explanation (<see cref="ExplainPieces"/>), not under a write-off or find.</summary>
    public bool IsHalfExplained => FirstSignature is not null && How == Remedy.Words;

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<ReconciledLine>(e =>
        {
            e.ToTable("ReconciledLines");
            e.HasKey(l => new { l.ReconciliationId, l.Position });
            e.Property(l => l.Fund).HasMaxLength(LedgerNames.MaxLength);
            e.Property(l => l.Reference).HasMaxLength(64);
            e.Property(l => l.Description).HasMaxLength(500);
            e.HasOne<Reconciliation>().WithMany().HasForeignKey(l => l.ReconciliationId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<FollowUp>(e =>
        {
            e.ToTable("FollowUps");
            e.Ignore(f => f.Difference);
            e.Ignore(f => f.IsMoney);
            e.Ignore(f => f.IsPieces);
            e.Ignore(f => f.IsHalfExplained);
            e.Property(f => f.Place).HasMaxLength(100);
            e.Property(f => f.Item).HasMaxLength(100);
            e.Property(f => f.Owner).HasMaxLength(64);
            e.Property(f => f.Words).HasMaxLength(500);
            e.Property(f => f.FirstSignature).HasMaxLength(64);
            e.HasIndex(f => new { f.ReconciliationId, f.Position }).IsUnique();
            e.HasOne<Payment>().WithMany().HasForeignKey(f => f.PaymentId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Reconciliation>().WithMany().HasForeignKey(f => f.ReconciliationId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<FollowUpCard>(e =>
        {
            e.ToTable("FollowUpCards");
            e.HasKey(c => new { c.FollowUpId, c.Serial });
            e.Property(c => c.Serial).HasMaxLength(CardSerials.MostLength);
            e.HasOne<FollowUp>().WithMany().HasForeignKey(c => c.FollowUpId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<FollowUpEvent>(e =>
        {
            e.ToTable("FollowUpEvents");
            e.Property(x => x.Actor).HasMaxLength(64);
            e.Property(x => x.Words).HasMaxLength(500);
            e.HasIndex(x => x.FollowUpId);
            e.HasOne<FollowUp>().WithMany().HasForeignKey(x => x.FollowUpId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>What somebody did about something that is off. Stored by name.</summary>
public enum FollowUpChange
{
    /// <summary>Said why it may stay.</summary>
    Explained,

    /// <summary>Matched by hand.</summary>
    Matched,

    /// <summary>A match by hand was untied again.</summary>
    Untied,

    /// <summary>A suggestion of the machine was untied: both sides are off now.</summary>
    SuggestionUntied,

    /// <summary>The missing movement was recorded.</summary>
    EntryPosted,

    /// <summary>Signed a write-off or find first.</summary>
    SignedFirst,

    /// <summary>The second signature: it is written off or found.</summary>
    SignedSecond,

    /// <summary>Opened again.</summary>
    Reopened,

    /// <summary>Taken over from the run before.</summary>
    TakenOver,

    /// <summary>The first signature fell: a card it is about has moved since.</summary>
    SignatureFell,

    /// <summary>Signed first that pieces may stay off, and why.</summary>
    ExplainedFirst,

    /// <summary>The missing movement is to be recorded, and waits for those whose word it needs.</summary>
    AskedToRecord,
}

/// <summary>The history of a <see cref="FollowUp"/>; only ever added to.</summary>
public sealed class FollowUpEvent
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>What it is about.</summary>
    public int FollowUpId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary><see cref="Ledger.Actor"/>.</summary>
    public required string Actor { get; set; }

    /// <summary>What was done.</summary>
    public FollowUpChange Change { get; set; }

    /// <summary>In words.</summary>
    public string? Words { get; set; }
}

/// <summary>A card that the first signature says is missing or was found; the second makes it so.</summary>
public sealed class FollowUpCard
{
    /// <summary>What it is about.</summary>
    public int FollowUpId { get; set; }

    /// <summary>Its number.</summary>
    public required string Serial { get; set; }

    /// <summary>Missing or found.</summary>
    public CardSighting Sighting { get; set; }
}
