using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Notices;

namespace PointsMarket.Routing;

/// <summary>
/// Tells the accounts of a level of what climbed to it: the accounts that decide, whose area covers where it is. Called inside the
/// door by the feature whose matters wait; repeating it tells nothing twice.
/// </summary>
public static class ClimbNews
{
    /// <summary>More at once come as one line with their number, so that nobody's inbox drowns.</summary>
    public const int OneByOne = 5;

    /// <summary>Something that stands at a level it climbed to.</summary>
    /// <param name="Reference">Its reference or number.</param>
    /// <param name="AreaPath">Where it is.</param>
    /// <param name="Href">Its page.</param>
    /// <param name="Key">What is told once, where one reference may climb more than once; null for the reference. At most 40 characters.</param>
    public sealed record Climbed(string Reference, string AreaPath, string Href, string? Key = null)
    {
        internal string Subject => Key ?? Reference;
    }

    /// <summary>The words and the list for one kind of matter.</summary>
    /// <param name="One">The kind of message for one.</param>
    /// <param name="Many">The kind of message for many.</param>
    /// <param name="List">The page that lists what is whose turn.</param>
    public sealed record Words(string One, string Many, string List);

    /// <summary>Tells of those that were not told of yet; how many they were. Saves.</summary>
    public static async Task<int> TellAsync(MarketDb db, Matter matter, MemberKind level, IReadOnlyCollection<Climbed> climbed, Words words, DateTime now, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(climbed);
        ArgumentNullException.ThrowIfNull(words);
        if (climbed.Count == 0) return 0;
        await db.TakeTurnAsync();
        var references = climbed.Select(c => c.Subject).ToList();
        var told = await db.Climbs.Where(c => c.Matter == matter && c.Level == level && references.Contains(c.Subject)).Select(c => c.Subject).ToListAsync(ct);
        var news = climbed.Where(c => !told.Contains(c.Subject)).ToList();
        db.Climbs.AddRange(news.Select(c => new Climb { Matter = matter, Subject = c.Subject, Level = level, At = now }));
        foreach (var (id, path) in await AccountsAsync(db, level, ct))
        {
            var own = news.Where(c => c.AreaPath.StartsWith(path, StringComparison.Ordinal)).ToList();
            if (own.Count > OneByOne) Inbox.TellAccount(db, id, words.Many, own.Count.ToString(CultureInfo.InvariantCulture), words.List, now);
            else foreach (var c in own) Inbox.TellAccount(db, id, words.One, c.Reference, c.Href, now);
        }
        await db.SaveChangesAsync(ct);
        return news.Count;
    }

    private static async Task<IReadOnlyList<(int Id, string Path)>> AccountsAsync(MarketDb db, MemberKind level, CancellationToken ct)
    {
        var approvers = await db.Users
            .Where(u => u.Area != null && db.UserRoles.Any(r => r.UserId == u.Id && db.Roles.Any(x => x.Id == r.RoleId && x.Name == Roles.Approver)))
            .Select(u => new { u.Id, u.Area!.Path, Kind = u.Member == null ? (MemberKind?)null : u.Member.Kind }).ToListAsync(ct);
        return [.. approvers.Where(a => Escalation.LevelOf(a.Kind) == level).Select(a => (a.Id, a.Path))];
    }
}
