using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Notices;

namespace PointsMarket.Loops;

/// <summary>The people of a loop: who may have it, and who is told of it.</summary>
public static class LoopPeople
{
    private static readonly string[] Deciders = [Roles.Approver], Above = [Roles.Administrator];

    /// <summary>The member with this code or number in an area; null for none.</summary>
    internal static Task<int?> MemberAsync(MarketDb db, string typed, string areaPath, CancellationToken ct)
    {
        var code = typed.ToUpperInvariant();
        return db.Members.Where(m => m.Area.Path.StartsWith(areaPath) && (m.Code == code || m.Number == typed)).Select(m => (int?)m.Id).FirstOrDefaultAsync(ct);
    }

    /// <summary>True when the account works at the desk and its area covers the place.</summary>
    internal static Task<bool> MayOwnAsync(MarketDb db, int userId, string areaPath, CancellationToken ct) => Owners(db, areaPath).AnyAsync(u => u.Id == userId, ct);

    /// <summary>The desk's accounts whose area covers the place.</summary>
    public static IQueryable<AppUser> Owners(MarketDb db, string areaPath)
    {
        ArgumentNullException.ThrowIfNull(db);
        string[] roles = [Roles.Approver, Roles.Attendant, Roles.Administrator];
        return db.Users.Where(u => u.Area != null && areaPath.StartsWith(u.Area.Path)
            && db.UserRoles.Any(r => r.UserId == u.Id && db.Roles.Any(role => role.Id == r.RoleId && roles.Contains(role.Name!))));
    }

    /// <summary>Tells whose turn it is: the member or the account that has it, else the approvers of the area. Answers how many were told.</summary>
    internal static async Task<int> TellOwnerAsync(MarketDb db, Loop loop, string areaPath, string kind, DateTime at, int? butUserId, CancellationToken ct)
    {
        var told = 0;
        if (loop.OwnerMemberId is { } member)
        {
            Inbox.TellMember(db, member, kind, loop.Reference, $"/me/loops/{loop.Reference}", at);
            told++;
        }

        if (loop.OwnerUserId is { } user && user != butUserId)
        {
            db.InboxMessages.Add(new InboxMessage { UserId = user, Kind = kind, Subject = loop.Reference, Href = $"/desk/loops/{loop.Reference}", At = at });
            told++;
        }

        return told > 0 || loop.OwnerUserId is not null ? told : await TellApproversAsync(db, loop, areaPath, kind, at, butUserId, ct);
    }

    /// <summary>Tells the approvers whose area covers the place; where there is none, the administrators.</summary>
    internal static async Task<int> TellApproversAsync(MarketDb db, Loop loop, string areaPath, string kind, DateTime at, int? butUserId, CancellationToken ct)
    {
        var href = $"/desk/loops/{loop.Reference}";
        var told = await Inbox.TellStaffAsync(db, Deciders, areaPath, kind, loop.Reference, href, at, butUserId, ct);
        return told > 0 ? told : await Inbox.TellStaffAsync(db, Above, areaPath, kind, loop.Reference, href, at, butUserId, ct);
    }

    /// <summary>Tells the member who found it what became of it.</summary>
    internal static void TellFinder(MarketDb db, Loop loop, string kind, DateTime at)
    {
        if (loop.FoundById is { } finder) Inbox.TellMember(db, finder, kind, loop.Reference, $"/me/loops/{loop.Reference}", at);
    }

    /// <summary>The key of a signed-in user's account; null for the platform itself.</summary>
    internal static int? UserOf(Ledger.Actor actor) =>
        actor.Code.StartsWith("user:", StringComparison.Ordinal) ? int.Parse(actor.Code["user:".Length..], System.Globalization.CultureInfo.InvariantCulture) : null;
}
