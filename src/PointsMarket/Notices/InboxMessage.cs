using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Members;

namespace PointsMarket.Notices;

/// <summary>
/// One line in somebody's inbox (消息): what happened that concerns them, and where to look. Addressed to a member, who reads it
/// with the account they have or may get, or to an account. Holds a code and a reference, never a sentence or a name.
/// </summary>
public sealed class InboxMessage
{
    /// <summary>Key.</summary>
    public long Id { get; set; }

    /// <summary>The member it is for; null when it is for an account.</summary>
    public int? MemberId { get; set; }

    /// <summary>The account it is for; null when it is for a member.</summary>
    public int? UserId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>One of <see cref="InboxKinds.All"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>The number or reference of what it is about.</summary>
    public required string Subject { get; set; }

    /// <summary>The page to look at, from the root; no personal data.</summary>
    public required string Href { get; set; }

    /// <summary>UTC, when it was read; null while it is new.</summary>
    public DateTime? ReadAt { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<InboxMessage>(e =>
    {
        e.ToTable("InboxMessages", t => t.HasCheckConstraint("CK_InboxMessages_OneReader", "(\"MemberId\" IS NULL AND \"UserId\" IS NOT NULL) OR (\"MemberId\" IS NOT NULL AND \"UserId\" IS NULL)"));
        e.Property(m => m.Kind).HasMaxLength(40);
        e.Property(m => m.Subject).HasMaxLength(64);
        e.Property(m => m.Href).HasMaxLength(200);
        e.HasIndex(m => m.ReadAt);
        e.HasIndex(m => new { m.MemberId, m.ReadAt });
        e.HasIndex(m => new { m.UserId, m.ReadAt });
        e.HasOne<Member>().WithMany().HasForeignKey(m => m.MemberId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne<AppUser>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
    });
}
