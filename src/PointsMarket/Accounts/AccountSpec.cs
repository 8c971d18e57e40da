using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Members;

namespace PointsMarket.Accounts;

/// <summary>What an administrator says an account is to be.</summary>
public sealed record AccountSpec
{
    /// <summary>The name on screen, 1–60 characters.</summary>
    public required string DisplayName { get; init; }

    /// <summary>At least one of <see cref="Accounts.Roles"/>; Sponsor stands alone.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The area its authority covers; needed for staff.</summary>
    public int? AreaId { get; init; }

    /// <summary>The number of the member it belongs to; needed for the role Member, allowed for staff.</summary>
    public string? MemberNumber { get; init; }

    /// <summary>The firm it acts for; needed for the role Sponsor.</summary>
    public int? SponsorId { get; init; }
}

/// <summary>Why an account is not made or changed.</summary>
public enum AccountRefusal
{
    /// <summary>There is no such account in the actor's area.</summary>
    NoSuchAccount,

    /// <summary>The user name is no good (<see cref="AccountNames"/>).</summary>
    BadUserName,

    /// <summary>Another account has the user name.</summary>
    NameTaken,

    /// <summary>No role, or one there is not.</summary>
    NoRole,

    /// <summary>A firm's account has no other role: it must not see who gets what.</summary>
    SponsorStandsAlone,

    /// <summary>Staff need an area.</summary>
    AreaNeeded,

    /// <summary>There is no such area in the actor's.</summary>
    NoSuchArea,

    /// <summary>The role Member needs a member.</summary>
    MemberNeeded,

    /// <summary>There is no such member in the actor's area.</summary>
    NoSuchMember,

    /// <summary>The member has an account.</summary>
    MemberTaken,

    /// <summary>The role Sponsor needs a firm.</summary>
    SponsorNeeded,

    /// <summary>It would leave the platform without an administrator.</summary>
    LastAdministrator,

    /// <summary>Nobody locks their own account.</summary>
    Yourself,
}

/// <summary>What came of making or changing an account.</summary>
public abstract record AccountOutcome
{
    /// <summary>Done; with the password to hand out, where there is a new one. It is kept nowhere.</summary>
    public sealed record Done(int UserId, string? OneTimePassword = null) : AccountOutcome;

    /// <summary>Refused, and nothing changed.</summary>
    public sealed record Refused(AccountRefusal Why) : AccountOutcome;
}

/// <summary>Which accounts an administrator may act on, and what they may make of them.</summary>
public static class AccountScope
{
    /// <summary>
    /// The accounts whose area, or whose member's area, lies in the actor's. Accounts that lie nowhere (firms, the first
    /// administrator) belong to those whose area is a whole station.
    /// </summary>
    /// <param name="db">A context.</param>
    /// <param name="areaPath">The path of the actor's area.</param>
    public static IQueryable<AppUser> Within(MarketDb db, string areaPath)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Users.Where(u =>
            (u.Area != null && u.Area.Path.StartsWith(areaPath))
            || (u.Area == null && u.Member != null && u.Member.Area.Path.StartsWith(areaPath))
            || (u.Area == null && u.Member == null && db.Areas.Any(a => a.Path == areaPath && a.Kind == AreaKind.Station)));
    }

    /// <summary>Fills the account in from the spec, or says why not. Changes nothing when it refuses.</summary>
    internal static async Task<AccountRefusal?> FillAsync(MarketDb db, AppUser user, AccountSpec spec, string areaPath)
    {
        if (spec.Roles.Count == 0 || spec.Roles.Any(r => !Roles.All.Contains(r))) return AccountRefusal.NoRole;
        if (spec.Roles.Contains(Roles.Sponsor) && spec.Roles.Count > 1) return AccountRefusal.SponsorStandsAlone;
        var staff = spec.Roles.Any(Roles.Staff.Contains);
        if (staff && spec.AreaId is null) return AccountRefusal.AreaNeeded;
        if (staff && !await db.Areas.AnyAsync(a => a.Id == spec.AreaId && a.Path.StartsWith(areaPath))) return AccountRefusal.NoSuchArea;

        int? memberId = null;
        var name = spec.DisplayName;
        if (!spec.Roles.Contains(Roles.Sponsor) && !string.IsNullOrEmpty(spec.MemberNumber))
        {
            var number = spec.MemberNumber;
            var member = await db.Members.Where(m => m.Number == number && m.Area.Path.StartsWith(areaPath)).Select(m => new { m.Id, m.Kind, m.Code }).SingleOrDefaultAsync();
            if (member is null) return AccountRefusal.NoSuchMember;
            memberId = member.Id;
            if (member.Kind == MemberKind.Informant) name = member.Code; // an informant has no name on any screen
            if (await db.Users.AnyAsync(u => u.MemberId == memberId && u.Id != user.Id)) return AccountRefusal.MemberTaken;
        }

        if (spec.Roles.Contains(Roles.Member) && memberId is null) return AccountRefusal.MemberNeeded;
        var sponsor = spec.Roles.Contains(Roles.Sponsor);
        if (sponsor && !await db.Sponsors.AnyAsync(s => s.Id == spec.SponsorId)) return AccountRefusal.SponsorNeeded;
        // A firm lies in no area, so its account is the whole station's to give.
        if (sponsor && !await db.Areas.AnyAsync(a => a.Path == areaPath && a.Kind == AreaKind.Station)) return AccountRefusal.NoSuchArea;
        (user.DisplayName, user.AreaId, user.MemberId, user.SponsorId) = (name, staff ? spec.AreaId : null, memberId, sponsor ? spec.SponsorId : null);
        return null;
    }

    /// <summary>Gives an account exactly these roles.</summary>
    internal static async Task SetRolesAsync(MarketDb db, int userId, IReadOnlyList<string> names)
    {
        var wanted = await db.Roles.Where(r => names.Contains(r.Name!)).Select(r => r.Id).ToListAsync();
        var had = await db.UserRoles.Where(r => r.UserId == userId).ToListAsync();
        db.UserRoles.RemoveRange(had.Where(r => !wanted.Contains(r.RoleId)));
        db.UserRoles.AddRange(wanted.Except(had.Select(r => r.RoleId)).Select(id => new IdentityUserRole<int> { UserId = userId, RoleId = id }));
    }
}
