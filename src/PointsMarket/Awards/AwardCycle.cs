using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Ledger;
using PointsMarket.Members;

namespace PointsMarket.Awards;

/// <summary>Where a cycle stands. Stored by name.</summary>
public enum AwardState
{
    /// <summary>Being prepared: may be changed, ranked, filled.</summary>
    Draft,

    /// <summary>The list is fixed by one person and waits for another.</summary>
    Named,

    /// <summary>On public notice: members may object.</summary>
    Noticed,

    /// <summary>Decided; its money is owed, its certificates may be issued.</summary>
    Decided,

    /// <summary>Its certificates are being issued. Going on finishes it.</summary>
    Issuing,

    /// <summary>Every certificate is issued.</summary>
    Issued,

    /// <summary>Called off, with a reason.</summary>
    CalledOff,
}

/// <summary>
/// One round of an award: a year's thirty, a batch of letters of appointment (DESIGN 7). Its life:
/// <c>Draft → Named → (Noticed →) Decided → Issuing → Issued</c>, back to <c>Draft</c> with a reason while nothing is decided, or called off.
/// </summary>
public sealed class AwardCycle
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The book of the station.</summary>
    public int BookId { get; set; }

    /// <summary>What is awarded.</summary>
    public AwardKind Kind { get; set; }

    /// <summary>The year it is for.</summary>
    public int Year { get; set; }

    /// <summary>How it is called on screen and on the certificate.</summary>
    public required string Title { get; set; }

    /// <summary>How many there may be.</summary>
    public int Quota { get; set; }

    /// <summary>Whose members may be named; who decides has authority over all of it.</summary>
    public int AreaId { get; set; }

    /// <inheritdoc cref="AreaId"/>
    public Area Area { get; set; } = null!;

    /// <summary>The kinds of members that are ranked, names with a comma between; empty for what is named by hand.</summary>
    public required string Kinds { get; set; }

    /// <summary>How many months of the year must be assessed for a member to be ranked, 1–12.</summary>
    public int LeastMonths { get; set; }

    /// <summary>What the certificate says.</summary>
    public required string Words { get; set; }

    /// <summary>Paid once to each; 0 for honour alone.</summary>
    public long AmountFen { get; set; }

    /// <summary>Paid to each with every month of the year after <see cref="Year"/>; 0 for none.</summary>
    public long MonthlyFen { get; set; }

    /// <summary>The code of the fund that pays; null where nothing is paid.</summary>
    public string? Fund { get; set; }

    /// <summary>Where it stands.</summary>
    public AwardState State { get; set; }

    /// <summary>Counts what was done to it; written first by whoever does something, so that two take turns on a server.</summary>
    public int Turns { get; set; }

    /// <summary>UTC, when the ranking was worked out; null before.</summary>
    public DateTime? RankedAt { get; set; }

    /// <summary>The <see cref="Actor"/> who fixed the list; null in draft.</summary>
    public string? FixedBy { get; set; }

    /// <summary>The other <see cref="Actor"/> who confirmed it.</summary>
    public string? ConfirmedBy { get; set; }

    /// <summary>The first and the last station day of the public notice; null for what has none.</summary>
    public DateOnly? NoticeFrom { get; set; }

    /// <inheritdoc cref="NoticeFrom"/>
    public DateOnly? NoticeTo { get; set; }

    /// <summary>The <see cref="Actor"/> who decided.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? DecidedAt { get; set; }

    /// <summary>The <see cref="Actor"/> who had the certificates issued, also when the platform goes on after a stop.</summary>
    public string? IssuedBy { get; set; }

    /// <summary>Who may be, or is, named.</summary>
    public List<AwardNominee> Nominees { get; } = [];

    /// <summary>The kinds of members that are ranked.</summary>
    public IReadOnlyList<MemberKind> MemberKinds => KindsOf(Kinds);

    /// <summary>Reads <see cref="Kinds"/>.</summary>
    public static IReadOnlyList<MemberKind> KindsOf(string kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        return [.. kinds.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<MemberKind>)];
    }

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<AwardCycle>(e =>
        {
            e.ToTable("AwardCycles", t =>
            {
                t.HasCheckConstraint("CK_AwardCycles_Quota", "\"Quota\" > 0");
                t.HasCheckConstraint("CK_AwardCycles_Money", "\"AmountFen\" >= 0 AND \"MonthlyFen\" >= 0");
            });
            e.Property(c => c.Title).HasMaxLength(60);
            e.Property(c => c.Kinds).HasMaxLength(120);
            e.Property(c => c.Words).HasMaxLength(240);
            e.Property(c => c.Fund).HasMaxLength(40);
            foreach (var actor in (string[])[nameof(FixedBy), nameof(ConfirmedBy), nameof(DecidedBy), nameof(IssuedBy)]) e.Property(actor).HasMaxLength(64);
            e.Ignore(c => c.MemberKinds);
            e.HasIndex(c => new { c.BookId, c.Year, c.Kind });
            e.HasIndex(c => c.State);
            e.HasOne<LedgerBook>().WithMany().HasForeignKey(c => c.BookId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(c => c.Area).WithMany().HasForeignKey(c => c.AreaId).OnDelete(DeleteBehavior.Restrict);
        });
        AwardNominee.Configure(builder);
        AwardRecords.Configure(builder);
        Certificate.Configure(builder);
    }
}
