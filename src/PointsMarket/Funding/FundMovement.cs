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

    /// <summary>Its reference, unique; the idempotency key in the ledger is <c>fund:{reference}</c>.</summary>
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

    internal static void Configure(ModelBuilder builder) => builder.Entity<FundMovement>(e =>
    {
        e.ToTable("FundMovements", t => t.HasCheckConstraint("CK_FundMovements_Amount", "\"AmountFen\" > 0"));
        e.Property(m => m.Reference).HasMaxLength(40);
        e.Property(m => m.Fund).HasMaxLength(40);
        e.Property(m => m.Note).HasMaxLength(200);
        e.HasIndex(m => m.Reference).IsUnique();
        e.HasIndex(m => new { m.Fund, m.Date });
    });
}
