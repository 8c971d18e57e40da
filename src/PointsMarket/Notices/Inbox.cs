using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;

namespace PointsMarket.Notices;

/// <summary>Puts messages into inboxes, in the same transaction as what they tell of: called inside the door, saved by the caller.</summary>
public static class Inbox
{
    /// <summary>Tells a member.</summary>
    public static void TellMember(MarketDb db, int memberId, string kind, string subject, string href, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(db);
        db.InboxMessages.Add(new InboxMessage { MemberId = memberId, Kind = kind, Subject = subject, Href = href, At = at });
    }

    /// <summary>Tells many members of many things at once, as bulk judgements do: the caller's one save writes them all.</summary>
    public static void TellMembers(MarketDb db, string kind, DateTime at, IEnumerable<(int MemberId, string Subject, string Href)> news)
    {
        ArgumentNullException.ThrowIfNull(db);
        db.InboxMessages.AddRange(news.Select(n => new InboxMessage { MemberId = n.MemberId, Kind = kind, Subject = n.Subject, Href = n.Href, At = at }));
    }

    /// <summary>Tells one account.</summary>
    public static void TellAccount(MarketDb db, int userId, string kind, string subject, string href, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(db);
        db.InboxMessages.Add(new InboxMessage { UserId = userId, Kind = kind, Subject = subject, Href = href, At = at });
    }

    /// <summary>Tells the account behind an <see cref="Ledger.Actor"/>; nobody where there is none, or none any more.</summary>
    public static async Task TellActorAsync(MarketDb db, string actor, string kind, string subject, string href, DateTime at, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (SecondPair.AccountOf(actor) is { } account && await db.Users.AnyAsync(u => u.Id == account, ct)) TellAccount(db, account, kind, subject, href, at);
    }

    /// <summary>
    /// Tells every account with one of <paramref name="roles"/> whose area covers <paramref name="areaPath"/>, except
    /// <paramref name="butUserId"/>: nobody is told of what they did themselves. Answers how many were told.
    /// </summary>
    public static async Task<int> TellStaffAsync(MarketDb db, IReadOnlyCollection<string> roles, string areaPath, string kind, string subject, string href, DateTime at, int? butUserId = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var told = await (
            from user in db.Users
            where user.Area != null && areaPath.StartsWith(user.Area.Path) && (butUserId == null || user.Id != butUserId)
            where db.UserRoles.Any(r => r.UserId == user.Id && db.Roles.Any(role => role.Id == r.RoleId && roles.Contains(role.Name!)))
            select user.Id).ToListAsync(ct);
        db.InboxMessages.AddRange(told.Select(id => new InboxMessage { UserId = id, Kind = kind, Subject = subject, Href = href, At = at }));
        return told.Count;
    }

    /// <summary>The messages of an account: its own, and those of the member it is.</summary>
    public static IQueryable<InboxMessage> Of(MarketDb db, int userId, int? memberId)
    {
        ArgumentNullException.ThrowIfNull(db);
        return memberId is { } member ? db.InboxMessages.Where(m => m.UserId == userId || m.MemberId == member) : db.InboxMessages.Where(m => m.UserId == userId);
    }
}
