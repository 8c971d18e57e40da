using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Members;
using PointsMarket.Tasks;

namespace PointsMarket.Loops;

/// <summary>What a loop (闭环) is about. Stored by name.</summary>
public enum LoopKind
{
    /// <summary>隐患: found → notice with deadline → re-inspected → passed, or referred.</summary>
    Hazard,

    /// <summary>纠纷: found → the fitting mediator → mediated → followed up → revisited.</summary>
    Mediation,

    /// <summary>社情民意: received → owner and date → answered → closed.</summary>
    Opinion,
}

/// <summary>Where a loop stands; <see cref="LoopTable"/> says what leads where. Stored by name.</summary>
public enum LoopState
{
    /// <summary>A hazard or a dispute that nobody has been given yet.</summary>
    Found,

    /// <summary>The responsible side has a notice with a deadline.</summary>
    Notified,

    /// <summary>Somebody went there again and took a photo; to be decided.</summary>
    Reinspected,

    /// <summary>A mediator has it.</summary>
    Assigned,

    /// <summary>There is an agreement.</summary>
    Mediated,

    /// <summary>Somebody asked whether the agreement is kept.</summary>
    FollowedUp,

    /// <summary>Revisited later, and all are content.</summary>
    Revisited,

    /// <summary>Revisited later, and it is not settled.</summary>
    Unsettled,

    /// <summary>An opinion that has no owner yet.</summary>
    Received,

    /// <summary>It has an owner and a date.</summary>
    Owned,

    /// <summary>It has an answer.</summary>
    Answered,

    /// <summary>Another department has it.</summary>
    Referred,

    /// <summary>That department has answered.</summary>
    Replied,

    /// <summary>End of a hazard: it is gone.</summary>
    Passed,

    /// <summary>End: done.</summary>
    Closed,

    /// <summary>End: it was none, or is with another loop already.</summary>
    Dropped,
}

/// <summary>What a dispute is about; the fitting mediator follows from it. Stored by name.</summary>
public enum DisputeType
{
    /// <summary>噪音: the property manager.</summary>
    Noise,

    /// <summary>邻里: the building head or the village.</summary>
    Neighbours,

    /// <summary>钱款: legal aid.</summary>
    Money,

    /// <summary>家庭: the village cadre.</summary>
    Family,

    /// <summary>Anything else: the village cadre.</summary>
    Other,
}

/// <summary>
/// One matter from finding to its end, with a deadline at every step (DESIGN 4, "Loops"). Describes the place and the matter,
/// never a resident. What stands here is what <see cref="LoopLife.Replay"/> makes of its steps.
/// </summary>
public sealed class Loop
{
    /// <summary>The most characters of <see cref="Place"/>.</summary>
    public const int MostPlace = 100;

    /// <summary>The most characters of an owner, a responsible side or a department.</summary>
    public const int MostWho = 60;

    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>Its reference, unique, such as <c>H261121-7K3QD</c>.</summary>
    public required string Reference { get; set; }

    /// <summary>What it is about.</summary>
    public LoopKind Kind { get; set; }

    /// <summary>Of a dispute, what about; null for the others.</summary>
    public DisputeType? Type { get; set; }

    /// <summary>Where it stands.</summary>
    public LoopState State { get; set; }

    /// <summary>The number of its last step; whoever steps says which they have seen.</summary>
    public int Version { get; set; }

    /// <summary>Where: a grid or a village.</summary>
    public int AreaId { get; set; }

    /// <summary>Where.</summary>
    public Area Area { get; set; } = null!;

    /// <summary>The place in plain words, such as 集市东侧第三间门面.</summary>
    public required string Place { get; set; }

    /// <summary>What it is, in words.</summary>
    public required string Text { get; set; }

    /// <summary>UTC, when it was found.</summary>
    public DateTime FoundAt { get; set; }

    /// <summary>UTC, when it was entered.</summary>
    public DateTime OpenedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who entered it.</summary>
    public required string OpenedBy { get; set; }

    /// <summary>Made by the device, unique for <see cref="OpenedBy"/>: the same form sent again is the same loop.</summary>
    public required string ClientKey { get; set; }

    /// <summary>The member who found it; null when staff found it themselves.</summary>
    public int? FoundById { get; set; }

    /// <summary>The member who found it.</summary>
    public Member? FoundBy { get; set; }

    /// <summary>The report that it was made from, or that was filed for finding it; null when there is none. A report leads to one loop.</summary>
    public int? ReportId { get; set; }

    /// <summary>The report.</summary>
    public TaskReport? Report { get; set; }

    /// <summary>Whose it is to act: the name of an office or role; null while nobody has it, or when a person has it.</summary>
    public string? Owner { get; set; }

    /// <summary>The account that has it; null for none.</summary>
    public int? OwnerUserId { get; set; }

    /// <summary>The account that has it.</summary>
    public AppUser? OwnerUser { get; set; }

    /// <summary>The member who has it; null for none.</summary>
    public int? OwnerMemberId { get; set; }

    /// <summary>The member who has it.</summary>
    public Member? OwnerMember { get; set; }

    /// <summary>Whom the last notice or referral went to: a shop or site by plain description, or a department.</summary>
    public string? Side { get; set; }

    /// <summary>The last station day on which the next step is in time; null at the end.</summary>
    public DateOnly? DueDay { get; set; }

    /// <summary>UTC of the last step.</summary>
    public DateTime SteppedAt { get; set; }

    /// <summary>UTC, when it came to its end; null while it is open.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>What was done, in order.</summary>
    public ICollection<LoopStep> Steps { get; } = [];

    internal static void Configure(ModelBuilder builder) => builder.Entity<Loop>(e =>
    {
        e.ToTable("Loops");
        e.Property(l => l.Reference).HasMaxLength(40);
        e.Property(l => l.Place).HasMaxLength(MostPlace);
        e.Property(l => l.Text).HasMaxLength(2000);
        e.Property(l => l.OpenedBy).HasMaxLength(64);
        e.Property(l => l.ClientKey).HasMaxLength(64);
        e.Property(l => l.Owner).HasMaxLength(MostWho);
        e.Property(l => l.Side).HasMaxLength(MostWho);
        e.HasIndex(l => l.Reference).IsUnique();
        e.HasIndex(l => new { l.OpenedBy, l.ClientKey }).IsUnique();
        e.HasIndex(l => l.ReportId).IsUnique();
        e.HasIndex(l => l.DueDay);
        e.HasIndex(l => new { l.Kind, l.State });
        e.HasOne(l => l.Area).WithMany().HasForeignKey(l => l.AreaId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(l => l.FoundBy).WithMany().HasForeignKey(l => l.FoundById).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(l => l.Report).WithMany().HasForeignKey(l => l.ReportId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(l => l.OwnerUser).WithMany().HasForeignKey(l => l.OwnerUserId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(l => l.OwnerMember).WithMany().HasForeignKey(l => l.OwnerMemberId).OnDelete(DeleteBehavior.Restrict);
    });
}
