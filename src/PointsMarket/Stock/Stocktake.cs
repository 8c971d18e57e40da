using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Market;

namespace PointsMarket.Stock;

/// <summary>What is counted. Stored by name.</summary>
public enum StocktakeKind
{
    /// <summary>Every article of an outlet, for a month's reconciliation.</summary>
    Sheet,

    /// <summary>One article that somebody found to be otherwise than the book has it.</summary>
    Single,

    /// <summary>Lots that have expired, or are spoilt: all their pieces are to go.</summary>
    WriteOff,
}

/// <summary>Where a stocktake stands. Stored by name.</summary>
public enum StocktakeState
{
    /// <summary>Being counted.</summary>
    Counting,

    /// <summary>Counted; what differs is being counted once more.</summary>
    Recounting,

    /// <summary>Counted; waits for two signatures.</summary>
    Signing,

    /// <summary>Signed by two people; the differences are posted.</summary>
    Signed,

    /// <summary>Given up; nothing came of it.</summary>
    Withdrawn,
}

/// <summary>
/// A count of an outlet's shelf (盘点). A difference is only a difference until two different people have signed; then it is written
/// off or found, in one ledger transaction that this names.
/// </summary>
public sealed class Stocktake
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The form's key: opening it twice opens one.</summary>
    public Guid Key { get; set; }

    /// <summary>The book of its station.</summary>
    public int BookId { get; set; }

    /// <summary>The outlet.</summary>
    public int OutletId { get; set; }

    /// <summary>The outlet.</summary>
    public Outlet Outlet { get; set; } = null!;

    /// <summary>What is counted.</summary>
    public StocktakeKind Kind { get; set; }

    /// <summary>Where it stands.</summary>
    public StocktakeState State { get; set; }

    /// <summary>The first day of the month it is for.</summary>
    public DateOnly Month { get; set; }

    /// <summary>The outlet while a sheet of it is being counted or signed, unique: one at a time. Null otherwise.</summary>
    public int? OpenOutletId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime OpenedAt { get; set; }

    /// <summary><see cref="Ledger.Actor"/>.</summary>
    public required string OpenedBy { get; set; }

    /// <summary>Why the differences are as they are, in words; null when there are none or nobody has said yet.</summary>
    public string? Reason { get; set; }

    /// <summary>UTC; null until the first has signed.</summary>
    public DateTime? FirstAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who signed first.</summary>
    public string? FirstBy { get; set; }

    /// <summary>UTC; null until the second has signed, or it was withdrawn.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who signed second, never the first one; or who withdrew it.</summary>
    public string? EndedBy { get; set; }

    /// <summary>The ledger transaction of the differences; null when there were none.</summary>
    public long? Sequence { get; set; }

    /// <summary>What was counted.</summary>
    public List<StocktakeLine> Lines { get; } = [];

    /// <summary>How people call it: <c>PD0012</c>.</summary>
    public string Number => NumberOf(Id);

    /// <inheritdoc cref="Number"/>
    public static string NumberOf(int id) => "PD" + id.ToString("0000", CultureInfo.InvariantCulture);

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<Stocktake>(e =>
        {
            e.ToTable("Stocktakes", t => t.HasCheckConstraint("CK_Stocktakes_TwoPeople",
                "\"State\" <> 'Signed' OR (\"FirstBy\" IS NOT NULL AND \"EndedBy\" IS NOT NULL AND \"FirstBy\" <> \"EndedBy\")"));
            e.Ignore(s => s.Number);
            e.Property(s => s.OpenedBy).HasMaxLength(64);
            e.Property(s => s.Reason).HasMaxLength(200);
            e.Property(s => s.FirstBy).HasMaxLength(64);
            e.Property(s => s.EndedBy).HasMaxLength(64);
            e.HasIndex(s => s.Key).IsUnique();
            e.HasIndex(s => s.OpenOutletId).IsUnique();
            e.HasIndex(s => new { s.OutletId, s.Month });
            e.HasIndex(s => new { s.State, s.OpenedAt });
            e.HasOne(s => s.Outlet).WithMany().HasForeignKey(s => s.OutletId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<StocktakeLine>(e =>
        {
            e.ToTable("StocktakeLines", t => t.HasCheckConstraint("CK_StocktakeLines_Counted", "\"Counted\" IS NULL OR (\"Counted\" >= 0 AND \"Book\" IS NOT NULL)"));
            e.HasKey(l => new { l.StocktakeId, l.Position });
            e.Ignore(l => l.Difference);
            e.Ignore(l => l.Differs);
            e.Ignore(l => l.Named);
            e.Property(l => l.CountedBy).HasMaxLength(64);
            e.Property(l => l.EarlierBy).HasMaxLength(64);
            e.HasOne<Stocktake>().WithMany(s => s.Lines).HasForeignKey(l => l.StocktakeId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(l => l.Goods).WithMany().HasForeignKey(l => l.GoodsId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Lot>().WithMany().HasForeignKey(l => l.LotId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<StocktakeCard>(e =>
        {
            e.ToTable("StocktakeCards");
            e.HasKey(c => new { c.StocktakeId, c.Position, c.Serial });
            e.Property(c => c.Serial).HasMaxLength(CardSerials.MostLength);
            e.HasOne<StocktakeLine>().WithMany(l => l.Cards).HasForeignKey(c => new { c.StocktakeId, c.Position }).OnDelete(DeleteBehavior.Cascade);
        });
    }
}

/// <summary>One article (or one lot of it) of a stocktake. The book is what it said at the moment of the count, so that what moves later does not matter.</summary>
public sealed class StocktakeLine
{
    /// <summary>The stocktake.</summary>
    public int StocktakeId { get; set; }

    /// <summary>From 0, in the order of the sheet.</summary>
    public int Position { get; set; }

    /// <summary>The article.</summary>
    public int GoodsId { get; set; }

    /// <summary>The article.</summary>
    public Goods Goods { get; set; } = null!;

    /// <summary>The lot that is to go; null when the article is counted.</summary>
    public int? LotId { get; set; }

    /// <summary>Pieces counted; null until somebody has, and while fewer cards are scanned than are set aside for slips.</summary>
    public int? Counted { get; set; }

    /// <summary>What the book said then; null likewise.</summary>
    public long? Book { get; set; }

    /// <summary>UTC, of the last count or scan.</summary>
    public DateTime? CountedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who counted.</summary>
    public string? CountedBy { get; set; }

    /// <summary>What was counted before it was counted again; null when once was enough.</summary>
    public int? EarlierCounted { get; set; }

    /// <summary>What the book said then.</summary>
    public long? EarlierBook { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who counted then.</summary>
    public string? EarlierBy { get; set; }

    /// <summary>True when it was counted by the numbers of cards.</summary>
    public bool Scanned { get; set; }

    /// <summary>The cards that were scanned or should have been; for one counted by pieces only those that a difference names.</summary>
    public List<StocktakeCard> Cards { get; } = [];

    /// <summary>Those that are missing or were found.</summary>
    public IEnumerable<StocktakeCard> Named => Cards.Where(c => c.Sighting != CardSighting.There);

    /// <summary>True when something is off: as many cards as in the book can still be other ones.</summary>
    public bool Differs => Difference != 0 || Named.Any();

    /// <summary>Pieces found beyond the book, or missing (below 0); 0 when nothing was counted.</summary>
    public long Difference => Counted is { } counted && Book is { } book ? counted - book : 0;
}

/// <summary>One card of a line that is counted by number. Its number is shown by its last four, and to who counts only when they scanned it.</summary>
public sealed class StocktakeCard
{
    /// <summary>The stocktake.</summary>
    public int StocktakeId { get; set; }

    /// <summary>The line.</summary>
    public int Position { get; set; }

    /// <summary>Its number.</summary>
    public required string Serial { get; set; }

    /// <summary>What the count says of it.</summary>
    public CardSighting Sighting { get; set; }
}
