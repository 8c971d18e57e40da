using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Members;
using PointsMarket.Tasks;

namespace PointsMarket.Loops;

/// <summary>What was done in a step. Stored by name.</summary>
public enum LoopAction
{
    /// <summary>It was found and entered: the first step of every loop.</summary>
    Open,

    /// <summary>The responsible side got a notice with a deadline.</summary>
    Notify,

    /// <summary>Somebody went there again; with a photo.</summary>
    Reinspect,

    /// <summary>The hazard is gone.</summary>
    Pass,

    /// <summary>Given to another department.</summary>
    Refer,

    /// <summary>That department has answered.</summary>
    Reply,

    /// <summary>Given to a mediator.</summary>
    Assign,

    /// <summary>An agreement was reached.</summary>
    Mediate,

    /// <summary>Asked whether the agreement is kept.</summary>
    FollowUp,

    /// <summary>Revisited: content.</summary>
    Revisit,

    /// <summary>Revisited: not settled.</summary>
    RevisitUnsettled,

    /// <summary>Given to an owner with a date.</summary>
    Own,

    /// <summary>Answered.</summary>
    Answer,

    /// <summary>Closed.</summary>
    Close,

    /// <summary>It was none, or is with another loop already.</summary>
    Drop,

    /// <summary>The step before was a mistake: the loop stands again where it stood before it.</summary>
    Correct,
}

/// <summary>One line of a loop's record: who, when, what, words, photos, and the deadline it set. Never changed, never deleted.</summary>
public sealed class LoopStep
{
    /// <summary>The most characters of <see cref="Words"/>; a correction's reason may become that of a report, which keeps fewer.</summary>
    public const int MostWords = 500;

    /// <summary>How many photos may come with a step.</summary>
    public const int MostPhotos = 6;

    /// <summary>Key.</summary>
    public long Id { get; set; }

    /// <summary>The loop.</summary>
    public int LoopId { get; set; }

    /// <summary>The loop.</summary>
    public Loop Loop { get; set; } = null!;

    /// <summary>From 1, without a gap; unique in the loop, so that of two who step at once one comes too late.</summary>
    public int Number { get; set; }

    /// <summary>What was done.</summary>
    public LoopAction Action { get; set; }

    /// <summary>Where the loop stood; for the first step where it stands.</summary>
    public LoopState From { get; set; }

    /// <summary>Where the loop stands from then on.</summary>
    public LoopState To { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary><see cref="Ledger.Actor"/>.</summary>
    public required string Actor { get; set; }

    /// <summary>What was said, asked for, agreed or answered; null where there was nothing to say.</summary>
    public string? Words { get; set; }

    /// <summary>The office, responsible side or department it went to; null where it goes nowhere or to a person.</summary>
    public string? Who { get; set; }

    /// <summary>The account it went to.</summary>
    public int? WhoUserId { get; set; }

    /// <summary>The member it went to, or whose work the step was.</summary>
    public int? WhoMemberId { get; set; }

    /// <summary>The member it went to, or whose work the step was.</summary>
    public Member? WhoMember { get; set; }

    /// <summary>The last station day on which the next step is in time; null at the end. Never before the day of <see cref="At"/>.</summary>
    public DateOnly? DueDay { get; set; }

    /// <summary>The number of the step that a correction takes back; null for all others.</summary>
    public int? Undoes { get; set; }

    /// <summary>The report that was filed for this step's work; null when none was.</summary>
    public int? ReportId { get; set; }

    /// <summary>The report.</summary>
    public TaskReport? Report { get; set; }

    /// <summary>Its photos.</summary>
    public ICollection<LoopPhoto> Photos { get; } = [];

    internal static void Configure(ModelBuilder builder) => builder.Entity<LoopStep>(e =>
    {
        e.ToTable("LoopSteps");
        e.Property(s => s.Actor).HasMaxLength(64);
        e.Property(s => s.Words).HasMaxLength(MostWords);
        e.Property(s => s.Who).HasMaxLength(Loops.Loop.MostWho);
        e.HasIndex(s => new { s.LoopId, s.Number }).IsUnique();
        e.HasIndex(s => s.ReportId).IsUnique();
        e.HasOne(s => s.Loop).WithMany(l => l.Steps).HasForeignKey(s => s.LoopId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne<AppUser>().WithMany().HasForeignKey(s => s.WhoUserId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(s => s.WhoMember).WithMany().HasForeignKey(s => s.WhoMemberId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(s => s.Report).WithMany().HasForeignKey(s => s.ReportId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>A photo that came with a step, as it lies in the <see cref="PhotoFolder"/>. A report of the same work names the same file.</summary>
public sealed class LoopPhoto
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The step.</summary>
    public long StepId { get; set; }

    /// <summary>The step.</summary>
    public LoopStep Step { get; set; } = null!;

    /// <summary>From 1, in the order they were chosen.</summary>
    public int Number { get; set; }

    /// <summary>The random name of its file.</summary>
    public required string FileName { get; set; }

    /// <summary>The type it is served as.</summary>
    public PhotoKind Kind { get; set; }

    /// <summary>Its size.</summary>
    public int Bytes { get; set; }

    /// <summary>SHA-256 of the stored file, 64 hex digits.</summary>
    public required string Hash { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<LoopPhoto>(e =>
    {
        e.ToTable("LoopPhotos");
        e.Property(p => p.FileName).HasMaxLength(40);
        e.Property(p => p.Hash).HasMaxLength(64);
        e.HasIndex(p => new { p.StepId, p.Number }).IsUnique();
        e.HasOne(p => p.Step).WithMany(s => s.Photos).HasForeignKey(p => p.StepId).OnDelete(DeleteBehavior.Restrict);
    });
}
