using Microsoft.EntityFrameworkCore;
using PointsMarket.Tasks;

namespace PointsMarket.Cases;

/// <summary>What was done to a case or a claim. Stored by name.</summary>
public enum CaseChange
{
    /// <summary>A draft was begun.</summary>
    Drafted,

    /// <summary>What it says was changed.</summary>
    Edited,

    /// <summary>It went onto the board.</summary>
    Published,

    /// <summary>It was taken off the board.</summary>
    Withdrawn,

    /// <summary>A claim was asked for.</summary>
    Asked,

    /// <summary>A partner agreed and declared no interest.</summary>
    Agreed,

    /// <summary>A partner did not agree.</summary>
    Declined,

    /// <summary>The next in line became the first.</summary>
    CameFirst,

    /// <summary>The claim was approved.</summary>
    Approved,

    /// <summary>The claim was refused.</summary>
    Refused,

    /// <summary>The claim was taken back before it was approved.</summary>
    Dropped,

    /// <summary>The case was given back, or taken away.</summary>
    Released,

    /// <summary>The claim ran out.</summary>
    Lapsed,

    /// <summary>Somebody else settled it, or it was withdrawn.</summary>
    Missed,

    /// <summary>How it goes on, in words and photos.</summary>
    Noted,

    /// <summary>More time was asked for.</summary>
    ExtensionAsked,

    /// <summary>More time was given.</summary>
    ExtensionGranted,

    /// <summary>No more time was given.</summary>
    ExtensionDenied,

    /// <summary>A place was offered to another; signed by who gives.</summary>
    HandOverOffered,

    /// <summary>Signed by who takes.</summary>
    HandOverSigned,

    /// <summary>Confirmed by an approver.</summary>
    HandOverDone,

    /// <summary>Nothing came of it.</summary>
    HandOverEnded,

    /// <summary>Reported as settled.</summary>
    Submitted,

    /// <summary>Sent back: not settled yet.</summary>
    SentBack,

    /// <summary>Closed; the reward was paid.</summary>
    Closed,

    /// <summary>Thirty days have passed: somebody should go and see.</summary>
    RevisitAsked,

    /// <summary>Somebody went: the people concerned are satisfied.</summary>
    FoundWell,

    /// <summary>Somebody went: they are not.</summary>
    FoundUnwell,

    /// <summary>Back on the board; the reward was taken back.</summary>
    Reopened,
}

/// <summary>One line of a case's history: who, when, what, and the words that were said. Never changed.</summary>
public sealed class CaseEvent
{
    /// <summary>Key; the order in which things were done.</summary>
    public long Id { get; set; }

    /// <summary>The case.</summary>
    public int CaseId { get; set; }

    /// <summary>The claim it is about; null when it is about the case.</summary>
    public int? ClaimId { get; set; }

    /// <summary>The claim it is about.</summary>
    public Claim? Claim { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary><see cref="Ledger.Actor"/>.</summary>
    public required string Actor { get; set; }

    /// <summary>The member whose word or deed it is, where somebody at the desk may have written it down for them.</summary>
    public int? MemberId { get; set; }

    /// <summary>What was done.</summary>
    public CaseChange Change { get; set; }

    /// <summary>What was said; null where nothing is asked for.</summary>
    public string? Words { get; set; }

    /// <summary>Points paid, or taken back (negative); else 0.</summary>
    public int Points { get; set; }

    /// <summary>Photos that came with a note.</summary>
    public List<CasePhoto> Photos { get; } = [];

    /// <summary>Other files that came with a note.</summary>
    public List<CaseFile> Files { get; } = [];

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<CaseEvent>(e =>
        {
            e.ToTable("CaseEvents");
            e.Property(x => x.Actor).HasMaxLength(64);
            e.Property(x => x.Words).HasMaxLength(AddNote.MostText);
            e.HasIndex(x => new { x.CaseId, x.Id });
            e.HasOne<Case>().WithMany().HasForeignKey(x => x.CaseId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(x => x.Claim).WithMany().HasForeignKey(x => x.ClaimId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<CasePhoto>(e =>
        {
            e.ToTable("CasePhotos");
            e.Property(p => p.FileName).HasMaxLength(40);
            e.Property(p => p.Hash).HasMaxLength(64);
            e.HasIndex(p => new { p.EventId, p.Number }).IsUnique();
            e.HasOne(p => p.Event).WithMany(x => x.Photos).HasForeignKey(p => p.EventId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<CaseFile>(e =>
        {
            e.ToTable("CaseFiles");
            e.Property(f => f.Name).HasMaxLength(SentFiles.MostName);
            e.Property(f => f.FileName).HasMaxLength(40);
            e.Property(f => f.Hash).HasMaxLength(64);
            e.HasIndex(f => new { f.EventId, f.Number }).IsUnique();
            e.HasOne(f => f.Event).WithMany(x => x.Files).HasForeignKey(f => f.EventId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>A PDF or a plain text that came with a note, as it lies in the <see cref="PhotoFolder"/>.</summary>
public sealed class CaseFile
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The note.</summary>
    public long EventId { get; set; }

    /// <summary>The note.</summary>
    public CaseEvent Event { get; set; } = null!;

    /// <summary>From 1, in the order they were chosen.</summary>
    public int Number { get; set; }

    /// <summary>What its owner called it, with the ending of what it is.</summary>
    public required string Name { get; set; }

    /// <summary>The random name of its file.</summary>
    public required string FileName { get; set; }

    /// <summary>What it is.</summary>
    public FileKind Kind { get; set; }

    /// <summary>Its size.</summary>
    public int Bytes { get; set; }

    /// <summary>SHA-256 of the stored file, 64 hex digits.</summary>
    public required string Hash { get; set; }
}

/// <summary>A photo that came with a note, as it lies in the <see cref="PhotoFolder"/>.</summary>
public sealed class CasePhoto
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The note.</summary>
    public long EventId { get; set; }

    /// <summary>The note.</summary>
    public CaseEvent Event { get; set; } = null!;

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
}
