using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Funding;

/// <summary>What a movement of a fund is. Stored by name.</summary>
public enum FundMovementKind
{
    /// <summary>Money comes in.</summary>
    Grant,

    /// <summary>Goods or cards are bought.</summary>
    Purchase,

    /// <summary>A bonus or award is paid.</summary>
    Award,
}

/// <summary>Money in or out of a fund.</summary>
public sealed class FundMovement
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>Its reference, unique: the one that the bank's statement carries too.</summary>
    public required string Reference { get; set; }

    /// <summary>The book of the station.</summary>
    public int BookId { get; set; }

    /// <summary>The station day.</summary>
    public DateOnly Date { get; set; }

    /// <summary>The fund's code, such as <c>volunteer-fund</c>.</summary>
    public required string Fund { get; set; }

    /// <summary>In, bought, or awarded.</summary>
    public FundMovementKind Kind { get; set; }

    /// <summary>Fen, always positive; the kind says which way.</summary>
    public long AmountFen { get; set; }

    /// <summary>In words.</summary>
    public string? Note { get; set; }

    /// <summary>What it was spent for; null for a grant, and for an imported line, whose file does not say.</summary>
    public FundPurpose? Purpose { get; set; }

    /// <summary>The payment it paid; null for everything else. A payment is paid once.</summary>
    public int? PaymentId { get; set; }

    /// <summary>How much of a payment came back, fen; all of it once it is taken back whole.</summary>
    public long ReturnedFen { get; set; }

    /// <summary>UTC, when it was taken back; null while it stands, even if a part came back.</summary>
    public DateTime? ReversedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who took it back.</summary>
    public string? ReversedBy { get; set; }

    /// <summary>Why it was taken back.</summary>
    public string? ReverseReason { get; set; }

    /// <summary>Its idempotency key in the ledger.</summary>
    public string Key => PaymentId is { } payment ? Payment.KeyOf(payment) : $"fund:{Reference}";

    /// <summary>Fen as the cash sees it: + in, − out.</summary>
    public long Signed => Kind == FundMovementKind.Grant ? AmountFen : -AmountFen;

    internal static void Configure(ModelBuilder builder) => builder.Entity<FundMovement>(e =>
    {
        e.ToTable("FundMovements", t =>
        {
            t.HasCheckConstraint("CK_FundMovements_Amount", "\"AmountFen\" > 0");
            t.HasCheckConstraint("CK_FundMovements_Returned", "\"ReturnedFen\" >= 0 AND \"ReturnedFen\" <= \"AmountFen\"");
        });
        e.Property(m => m.Reference).HasMaxLength(40);
        e.Property(m => m.Fund).HasMaxLength(40);
        e.Property(m => m.Note).HasMaxLength(200);
        e.Property(m => m.ReversedBy).HasMaxLength(64);
        e.Property(m => m.ReverseReason).HasMaxLength(200);
        e.Ignore(m => m.Key);
        e.Ignore(m => m.Signed);
        e.HasIndex(m => m.Reference).IsUnique();
        e.HasIndex(m => new { m.Fund, m.Date });
        e.HasIndex(m => m.PaymentId).IsUnique();
        e.HasOne<Payment>().WithMany().HasForeignKey(m => m.PaymentId).OnDelete(DeleteBehavior.Restrict);
    });
}
