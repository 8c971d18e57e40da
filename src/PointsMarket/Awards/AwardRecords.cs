using Microsoft.EntityFrameworkCore;
using PointsMarket.Members;

namespace PointsMarket.Awards;

/// <summary>What was done to a cycle. Stored by name.</summary>
public enum AwardChange
{
    /// <summary>Begun.</summary>
    Begun,

    /// <summary>What it says was changed.</summary>
    Edited,

    /// <summary>The ranking was worked out; the detail is how many stand in it.</summary>
    Ranked,

    /// <summary>Somebody was named by hand.</summary>
    Added,

    /// <summary>Somebody named by hand was taken off.</summary>
    Removed,

    /// <summary>Somebody was struck off, with a reason.</summary>
    Struck,

    /// <summary>Somebody struck off stands in the list again.</summary>
    Restored,

    /// <summary>The list was fixed.</summary>
    Fixed,

    /// <summary>The list was confirmed by another person.</summary>
    Confirmed,

    /// <summary>Back to draft, with a reason.</summary>
    SentBack,

    /// <summary>An approver stands aside.</summary>
    Recused,

    /// <summary>A member objected.</summary>
    Objected,

    /// <summary>An objection was answered.</summary>
    Answered,

    /// <summary>Decided.</summary>
    Decided,

    /// <summary>The certificates were issued; the detail is how many.</summary>
    Issued,

    /// <summary>A fund was asked for the money; the detail is the payment's number.</summary>
    MoneyAsked,

    /// <summary>Called off, with a reason.</summary>
    CalledOff,

    /// <summary>A certificate was revoked; the detail is its number.</summary>
    Revoked,
}

/// <summary>One line of a cycle's history. Numbers and codes, and the words of a reason; never a sealed name.</summary>
public sealed class AwardEvent
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The cycle.</summary>
    public int CycleId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>What.</summary>
    public AwardChange Change { get; set; }

    /// <summary><see cref="Ledger.Actor"/>.</summary>
    public required string Actor { get; set; }

    /// <summary>A code, a number, a reason; null where nothing needs saying.</summary>
    public string? Detail { get; set; }
}

/// <summary>An approver who has an interest in a cycle and decides nothing in it. Once each, for the life of the cycle.</summary>
public sealed class AwardRecusal
{
    /// <summary>The cycle.</summary>
    public int CycleId { get; set; }

    /// <summary>The account.</summary>
    public int UserId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>What the interest is, in their words; null for one who stands in the list.</summary>
    public string? Reason { get; set; }
}

/// <summary>A member's objection to a list on public notice, and the answer.</summary>
public sealed class AwardObjection
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The cycle.</summary>
    public int CycleId { get; set; }

    /// <summary>The cycle.</summary>
    public AwardCycle Cycle { get; set; } = null!;

    /// <summary>Who objects; once in each notice of the cycle, and never while an objection of theirs waits.</summary>
    public int MemberId { get; set; }

    /// <summary>How many times the member objected in this cycle before; 0 for the first. The database's key holds it.</summary>
    public int Round { get; set; }

    /// <summary>Who objects.</summary>
    public Member Member { get; set; } = null!;

    /// <summary>Whom it is about; null when it is about the list as a whole.</summary>
    public int? NomineeId { get; set; }

    /// <inheritdoc cref="NomineeId"/>
    public AwardNominee? Nominee { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>Why.</summary>
    public required string Text { get; set; }

    /// <summary>True when it was found right; null while it waits.</summary>
    public bool? Upheld { get; set; }

    /// <summary>The answer; null while it waits.</summary>
    public string? Answer { get; set; }

    /// <summary><see cref="Ledger.Actor"/> who answered.</summary>
    public string? AnsweredBy { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? AnsweredAt { get; set; }
}

/// <summary>The mapping of what is kept about cycles.</summary>
internal static class AwardRecords
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<AwardEvent>(e =>
        {
            e.ToTable("AwardEvents");
            e.Property(x => x.Actor).HasMaxLength(64);
            e.Property(x => x.Detail).HasMaxLength(AwardDesk.MostWords + 80);
            e.HasIndex(x => new { x.CycleId, x.Id });
            e.HasOne<AwardCycle>().WithMany().HasForeignKey(x => x.CycleId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<AwardRecusal>(e =>
        {
            e.ToTable("AwardRecusals");
            e.HasKey(x => new { x.CycleId, x.UserId });
            e.Property(x => x.Reason).HasMaxLength(AwardDesk.MostWords);
            e.HasOne<AwardCycle>().WithMany().HasForeignKey(x => x.CycleId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Accounts.AppUser>().WithMany().HasForeignKey(x => x.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<AwardObjection>(e =>
        {
            e.ToTable("AwardObjections");
            e.Property(x => x.Text).HasMaxLength(AwardDesk.MostWords);
            e.Property(x => x.Answer).HasMaxLength(AwardDesk.MostWords);
            e.Property(x => x.AnsweredBy).HasMaxLength(64);
            e.HasIndex(x => new { x.CycleId, x.MemberId, x.Round }).IsUnique();
            e.HasOne(x => x.Cycle).WithMany().HasForeignKey(x => x.CycleId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(x => x.Member).WithMany().HasForeignKey(x => x.MemberId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(x => x.Nominee).WithMany().HasForeignKey(x => x.NomineeId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
