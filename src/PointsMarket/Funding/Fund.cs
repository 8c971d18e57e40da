using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Funding;

/// <summary>What a fund's money may be used for. Stored by name.</summary>
[Flags]
public enum FundPurpose
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Goods for the shelves.</summary>
    Goods = 1,

    /// <summary>Supermarket cards.</summary>
    Cards = 2,

    /// <summary>Monthly bonuses and pay of members.</summary>
    Bonuses = 4,

    /// <summary>Awards to members.</summary>
    Awards = 8,

    /// <summary>Rewards for closed cases.</summary>
    CaseRewards = 16,
}

/// <summary>The purposes one by one.</summary>
public static class FundPurposes
{
    /// <summary>Every single purpose, in order.</summary>
    public static IReadOnlyList<FundPurpose> All { get; } = [FundPurpose.Goods, FundPurpose.Cards, FundPurpose.Bonuses, FundPurpose.Awards, FundPurpose.CaseRewards];

    /// <summary>All of them together: what a fund may that came with an import and was not restricted since.</summary>
    public static FundPurpose Any { get; } = All.Aggregate((a, b) => a | b);

    /// <summary>The single purposes of a set, in order.</summary>
    public static IReadOnlyList<FundPurpose> Of(FundPurpose purposes) => [.. All.Where(p => purposes.HasFlag(p))];

    /// <summary>True for exactly one known purpose.</summary>
    public static bool IsOne(FundPurpose purpose) => All.Contains(purpose);

    /// <summary>True for money that goes to members.</summary>
    public static bool ToMembers(FundPurpose purpose) => purpose is FundPurpose.Bonuses or FundPurpose.Awards or FundPurpose.CaseRewards;

    /// <summary>The last part of <c>spent:{fund}:{purpose}</c>. Stored and hashed: never rename one.</summary>
    internal static string Code(FundPurpose purpose) => purpose switch
    {
        FundPurpose.Goods => "goods",
        FundPurpose.Cards => "cards",
        FundPurpose.Bonuses => "bonuses",
        FundPurpose.Awards => "awards",
        FundPurpose.CaseRewards => "case-rewards",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, "One purpose."),
    };

    /// <summary>What the movement of a payment is called in the book of movements.</summary>
    internal static FundMovementKind KindOf(FundPurpose purpose) => ToMembers(purpose) ? FundMovementKind.Award : FundMovementKind.Purchase;
}

/// <summary>A purse of the station (基金): money given for named purposes, and spent for no other.</summary>
public sealed class Fund
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The book of the station.</summary>
    public int BookId { get; set; }

    /// <summary>Its code in the ledger, such as <c>volunteer-fund</c>; never changed.</summary>
    public required string Code { get; set; }

    /// <summary>Its name in Chinese.</summary>
    public required string NameZh { get; set; }

    /// <summary>Its name in English.</summary>
    public required string NameEn { get; set; }

    /// <summary>What its money may be used for.</summary>
    public FundPurpose Purposes { get; set; }

    /// <summary>False once nothing more is to be asked of it.</summary>
    public bool Active { get; set; } = true;

    internal static void Configure(ModelBuilder builder)
    {
        FundProposal.Configure(builder);
        builder.Entity<Fund>(e =>
        {
            e.ToTable("Funds");
            e.Property(f => f.Code).HasMaxLength(40);
            e.Property(f => f.NameZh).HasMaxLength(60);
            e.Property(f => f.NameEn).HasMaxLength(60);
            e.Property(f => f.Purposes).HasMaxLength(80);
            e.HasIndex(f => new { f.BookId, f.Code }).IsUnique();
        });
        builder.Entity<FundBudget>(e =>
        {
            e.ToTable("FundBudgets", t => t.HasCheckConstraint("CK_FundBudgets_Amount", "\"AmountFen\" >= 0"));
            e.HasIndex(b => new { b.FundId, b.Year, b.Purpose }).IsUnique();
            e.HasOne<Fund>().WithMany().HasForeignKey(b => b.FundId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>What a fund means to spend for a purpose in a year. A plan, not a limit: the ladder and the cash are the limits.</summary>
public sealed class FundBudget
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The fund.</summary>
    public int FundId { get; set; }

    /// <summary>The calendar year.</summary>
    public int Year { get; set; }

    /// <summary>One purpose.</summary>
    public FundPurpose Purpose { get; set; }

    /// <summary>Fen.</summary>
    public long AmountFen { get; set; }
}
