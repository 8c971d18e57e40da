using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Members;

namespace PointsMarket.Meetings;

/// <summary>The minutes of a weekly meeting (周例会): what was said about the work, and what follows from it. Nothing about residents.</summary>
public sealed class Meeting
{
    /// <summary>The most characters of the title and of the notes.</summary>
    public const int MostTitle = 80, MostNotes = 4000;

    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>Whose meeting: those whose authority covers this area see it.</summary>
    public int AreaId { get; set; }

    /// <summary>Whose meeting.</summary>
    public Area Area { get; set; } = null!;

    /// <summary>The station day on which it was held.</summary>
    public DateOnly HeldOn { get; set; }

    /// <summary>What it was about.</summary>
    public required string Title { get; set; }

    /// <summary>What was said.</summary>
    public required string Notes { get; set; }

    /// <summary><see cref="Ledger.Actor"/> who wrote it down.</summary>
    public required string WrittenBy { get; set; }

    /// <summary>UTC, when it was last written.</summary>
    public DateTime WrittenAt { get; set; }

    /// <summary>What follows from it.</summary>
    public ICollection<MeetingAction> Actions { get; } = [];

    /// <summary>What the minutes said before they were changed.</summary>
    public ICollection<EarlierMinutes> Earlier { get; } = [];

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<Meeting>(e =>
        {
            e.ToTable("Meetings");
            e.Property(m => m.Title).HasMaxLength(MostTitle);
            e.Property(m => m.Notes).HasMaxLength(MostNotes);
            e.Property(m => m.WrittenBy).HasMaxLength(64);
            e.HasIndex(m => new { m.AreaId, m.HeldOn });
            e.HasOne(m => m.Area).WithMany().HasForeignKey(m => m.AreaId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<EarlierMinutes>(e =>
        {
            e.ToTable("EarlierMinutes");
            e.HasKey(m => new { m.MeetingId, m.Number });
            e.Property(m => m.Title).HasMaxLength(Meeting.MostTitle);
            e.Property(m => m.Notes).HasMaxLength(Meeting.MostNotes);
            e.Property(m => m.WrittenBy).HasMaxLength(64);
            e.HasOne<Meeting>().WithMany(m => m.Earlier).HasForeignKey(m => m.MeetingId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<MeetingAction>(e =>
        {
            e.ToTable("MeetingActions", t => t.HasCheckConstraint("CK_MeetingActions_OneOwner", "(\"OwnerUserId\" IS NULL AND \"OwnerMemberId\" IS NOT NULL) OR (\"OwnerUserId\" IS NOT NULL AND \"OwnerMemberId\" IS NULL)"));
            e.Property(a => a.What).HasMaxLength(MeetingAction.MostWhat);
            e.Property(a => a.Result).HasMaxLength(MeetingAction.MostWhat);
            e.Property(a => a.DoneBy).HasMaxLength(64);
            e.HasIndex(a => new { a.MeetingId, a.Number }).IsUnique();
            e.HasIndex(a => new { a.DoneAt, a.DueDay });
            e.HasOne(a => a.Meeting).WithMany(m => m.Actions).HasForeignKey(a => a.MeetingId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(a => a.OwnerUser).WithMany().HasForeignKey(a => a.OwnerUserId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(a => a.OwnerMember).WithMany().HasForeignKey(a => a.OwnerMemberId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>Minutes as they were before somebody changed them; written once and never changed.</summary>
public sealed class EarlierMinutes
{
    /// <summary>The meeting.</summary>
    public int MeetingId { get; set; }

    /// <summary>From 1, in the meeting; the first is the oldest.</summary>
    public int Number { get; set; }

    /// <summary>The station day on which it was held, as it was written then.</summary>
    public DateOnly HeldOn { get; set; }

    /// <summary>What it was about.</summary>
    public required string Title { get; set; }

    /// <summary>What was said.</summary>
    public required string Notes { get; set; }

    /// <summary><see cref="Ledger.Actor"/> who wrote it so.</summary>
    public required string WrittenBy { get; set; }

    /// <summary>UTC, when it was written so.</summary>
    public DateTime WrittenAt { get; set; }
}

/// <summary>One thing that somebody does by a day.</summary>
public sealed class MeetingAction
{
    /// <summary>The most characters of <see cref="What"/> and <see cref="Result"/>.</summary>
    public const int MostWhat = 300;

    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The meeting.</summary>
    public int MeetingId { get; set; }

    /// <summary>The meeting.</summary>
    public Meeting Meeting { get; set; } = null!;

    /// <summary>From 1, in the meeting.</summary>
    public int Number { get; set; }

    /// <summary>What is to be done.</summary>
    public required string What { get; set; }

    /// <summary>The account that does it; null when a member does.</summary>
    public int? OwnerUserId { get; set; }

    /// <summary>The account that does it.</summary>
    public AppUser? OwnerUser { get; set; }

    /// <summary>The member who does it; null when an account does.</summary>
    public int? OwnerMemberId { get; set; }

    /// <summary>The member who does it.</summary>
    public Member? OwnerMember { get; set; }

    /// <summary>The last station day on which it is in time.</summary>
    public DateOnly DueDay { get; set; }

    /// <summary>UTC, when it was done; null while it is open.</summary>
    public DateTime? DoneAt { get; set; }

    /// <summary><see cref="Ledger.Actor"/> who said so.</summary>
    public string? DoneBy { get; set; }

    /// <summary>What came of it, in words; null when there was nothing to say.</summary>
    public string? Result { get; set; }

    /// <summary>How it is called in a message: the meeting and its number, <c>12-3</c>.</summary>
    public string Reference => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{MeetingId}-{Number}");
}
