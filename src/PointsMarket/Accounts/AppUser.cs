using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Members;
using PointsMarket.Sponsors;

namespace PointsMarket.Accounts;

/// <summary>Somebody who signs in. What they may do is their roles, within <see cref="Area"/> and everything below it.</summary>
public sealed class AppUser : IdentityUser<int>
{
    /// <summary>The name on screen.</summary>
    public required string DisplayName { get; set; }

    /// <summary>The area their authority covers, with everything below; null for members and sponsors, who have none.</summary>
    public int? AreaId { get; set; }

    /// <summary>The area their authority covers.</summary>
    public Area? Area { get; set; }

    /// <summary>The member they are, for the role Member; also keeps an approver from deciding on their own matters.</summary>
    public int? MemberId { get; set; }

    /// <summary>The member they are.</summary>
    public Member? Member { get; set; }

    /// <summary>The firm they act for, for the role Sponsor.</summary>
    public int? SponsorId { get; set; }

    /// <summary>The firm they act for.</summary>
    public Sponsor? Sponsor { get; set; }

    /// <summary>True while the password is one that an administrator handed out: it opens only the page that sets a new one.</summary>
    public bool PasswordIsOneTime { get; set; }

    /// <summary>The 30-second step of the last accepted two-step code; the same code is never accepted twice.</summary>
    public long TwoStepUsed { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<AppUser>(e =>
    {
        e.Property(u => u.DisplayName).HasMaxLength(60);
        e.HasIndex(u => u.MemberId).IsUnique();
        e.HasOne(u => u.Area).WithMany().HasForeignKey(u => u.AreaId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(u => u.Member).WithMany().HasForeignKey(u => u.MemberId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(u => u.Sponsor).WithMany().HasForeignKey(u => u.SponsorId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>The roles. Stored by name; seeded by the first migration.</summary>
public static class Roles
{
    /// <summary>People, areas, rules, outlets, accounts.</summary>
    public const string Administrator = "Administrator";

    /// <summary>Verifies, approves, unlocks.</summary>
    public const string Approver = "Approver";

    /// <summary>Hands over and counts.</summary>
    public const string Attendant = "Attendant";

    /// <summary>Acts for a sponsor firm.</summary>
    public const string Sponsor = "Sponsor";

    /// <summary>Money and goods.</summary>
    public const string Finance = "Finance";

    /// <summary>Reads everything where points or money move.</summary>
    public const string Auditor = "Auditor";

    /// <summary>A member with a phone.</summary>
    public const string Member = "Member";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Administrator, Approver, Attendant, Sponsor, Finance, Auditor, Member];

    /// <summary>Those who work at the desk and sign in with two steps.</summary>
    public static IReadOnlyList<string> Staff { get; } = [Administrator, Approver, Attendant, Finance, Auditor];

    internal static void Configure(ModelBuilder builder) => builder.Entity<IdentityRole<int>>().HasData(All.Select((name, i) => new IdentityRole<int>
    {
        Id = i + 1, Name = name, NormalizedName = name.ToUpperInvariant(), ConcurrencyStamp = $"role-{i + 1}",
    }));
}
