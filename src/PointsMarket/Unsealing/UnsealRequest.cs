using Microsoft.EntityFrameworkCore;
using PointsMarket.Members;

namespace PointsMarket.Unsealing;

/// <summary>Where a request to see an informant's name stands. Stored by name.</summary>
public enum UnsealState
{
    /// <summary>Asked for; a second person decides.</summary>
    Asked,

    /// <summary>Approved: the two may look, each once, until <see cref="UnsealRequest.OpenUntil"/>.</summary>
    Approved,

    /// <summary>Turned down.</summary>
    Refused,

    /// <summary>Taken back by the one who asked, or not decided in time.</summary>
    Withdrawn,
}

/// <summary>What was done about a request. Stored by name.</summary>
public enum UnsealStep
{
    /// <summary>Somebody asked, with the reason in the request.</summary>
    Asked,

    /// <summary>A second person approved.</summary>
    Approved,

    /// <summary>A second person turned it down.</summary>
    Refused,

    /// <summary>The one who asked took it back.</summary>
    Withdrawn,

    /// <summary>The name was shown to this person.</summary>
    Shown,

    /// <summary>It was to be shown, and there was no key for it.</summary>
    NoKey,
}

/// <summary>
/// One person asks to see an informant's name and says why; another one decides; then the two may look once each, for a short time
/// (DESIGN 4). The name itself is nowhere in it.
/// </summary>
public sealed class UnsealRequest
{
    /// <summary>How long the two may look after it was approved.</summary>
    public static readonly TimeSpan Opens = TimeSpan.FromMinutes(15);

    /// <summary>How long a request waits to be decided.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromDays(3);

    /// <summary>The most characters of the reason, and the fewest.</summary>
    public const int MostWords = 400, FewestWords = 10;

    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The informant.</summary>
    public int MemberId { get; set; }

    /// <summary>The informant.</summary>
    public Member Member { get; set; } = null!;

    /// <summary>Where it stands; an asked one that is older than <see cref="Waits"/> is as good as withdrawn.</summary>
    public UnsealState State { get; set; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; set; }

    /// <summary>The account that asks.</summary>
    public int AskedBy { get; set; }

    /// <summary>UTC.</summary>
    public DateTime AskedAt { get; set; }

    /// <summary>The account that decided.</summary>
    public int? DecidedBy { get; set; }

    /// <summary>UTC, until when the two may look; null until it is approved.</summary>
    public DateTime? OpenUntil { get; set; }

    /// <summary>True once the one who asked has looked.</summary>
    public bool ShownToAsker { get; set; }

    /// <summary>True once the one who approved has looked.</summary>
    public bool ShownToDecider { get; set; }

    /// <summary>What was done, in order.</summary>
    public List<UnsealEvent> Events { get; } = [];

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<UnsealRequest>(e =>
        {
            e.ToTable("UnsealRequests", t => t.HasCheckConstraint("CK_UnsealRequests_TwoPeople", "\"DecidedBy\" IS NULL OR \"DecidedBy\" <> \"AskedBy\" OR \"State\" = 'Withdrawn'"));
            e.Property(r => r.Reason).HasMaxLength(MostWords);
            e.HasIndex(r => new { r.State, r.AskedAt });
            e.HasOne(r => r.Member).WithMany().HasForeignKey(r => r.MemberId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<UnsealEvent>(e =>
        {
            e.ToTable("UnsealEvents");
            e.Property(x => x.Actor).HasMaxLength(64);
            e.HasIndex(x => x.At);
            e.HasOne(x => x.Request).WithMany(r => r.Events).HasForeignKey(x => x.RequestId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>One line of the record of unsealing: who did what, when. Never a name.</summary>
public sealed class UnsealEvent
{
    /// <summary>Key.</summary>
    public long Id { get; set; }

    /// <summary>The request.</summary>
    public int RequestId { get; set; }

    /// <summary>The request.</summary>
    public UnsealRequest Request { get; set; } = null!;

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary><see cref="Ledger.Actor"/>.</summary>
    public required string Actor { get; set; }

    /// <summary>What was done.</summary>
    public UnsealStep Step { get; set; }
}
