using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Tips;

/// <summary>One thing written in a tip's mailbox; the first is the tip itself.</summary>
public sealed class TipMessage
{
    /// <summary>The most characters of one, and the fewest of the tip itself.</summary>
    public const int MostText = 2000, FewestText = 4;

    /// <summary>The most messages of one tip.</summary>
    public const int MostMessages = 60;

    /// <summary>Key, random.</summary>
    public Guid Id { get; set; }

    /// <summary>The tip.</summary>
    public Guid TipId { get; set; }

    /// <summary>Its place in the mailbox, from 1.</summary>
    public int Position { get; set; }

    /// <summary>True when the desk wrote it; who did is in the tip's events.</summary>
    public bool FromDesk { get; set; }

    /// <summary>The station day.</summary>
    public DateOnly Day { get; set; }

    /// <summary>The words, sealed for <see cref="PlaceOf"/>.</summary>
    public required byte[] Text { get; set; }

    /// <summary>What the words are bound to.</summary>
    public static string PlaceOf(Guid id) => $"tip-message:{id:N}";

    internal static void Configure(ModelBuilder builder) => builder.Entity<TipMessage>(e =>
    {
        e.ToTable("TipMessages");
        e.Property(m => m.Id).ValueGeneratedNever();
        e.HasIndex(m => new { m.TipId, m.Position }).IsUnique();
        e.HasOne<Tip>().WithMany(t => t.Messages).HasForeignKey(m => m.TipId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>What somebody at the desk did with a tip. Stored by name.</summary>
public enum TipStep
{
    /// <summary>Read what it says.</summary>
    Opened,

    /// <summary>Wrote to the tipper.</summary>
    Answered,

    /// <summary>Closed it as useful.</summary>
    ClosedUseful,

    /// <summary>Closed it as not useful.</summary>
    ClosedNotUseful,

    /// <summary>Proposed a reward that a second person decides.</summary>
    RewardProposed,

    /// <summary>Decided the reward.</summary>
    RewardApproved,

    /// <summary>Turned the proposed reward down.</summary>
    RewardRefused,

    /// <summary>The tipper had the voucher's number replaced.</summary>
    VoucherReplaced,
}

/// <summary>Who did what with a tip, by the day: the record that an auditor reads. Never a word of the tip.</summary>
public sealed class TipEvent
{
    /// <summary>Key.</summary>
    public long Id { get; set; }

    /// <summary>The tip.</summary>
    public Guid TipId { get; set; }

    /// <summary>The tip.</summary>
    public Tip Tip { get; set; } = null!;

    /// <summary>The station day.</summary>
    public DateOnly Day { get; set; }

    /// <summary><see cref="Ledger.Actor"/>.</summary>
    public required string Actor { get; set; }

    /// <summary>What was done.</summary>
    public TipStep Step { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<TipEvent>(e =>
    {
        e.ToTable("TipEvents");
        e.Property(x => x.Actor).HasMaxLength(64);
        e.HasIndex(x => new { x.TipId, x.Id });
        e.HasIndex(x => x.Day);
        e.HasOne(x => x.Tip).WithMany().HasForeignKey(x => x.TipId).OnDelete(DeleteBehavior.Restrict);
    });
}
