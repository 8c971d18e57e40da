using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Members;

namespace PointsMarket.Assessments;

/// <summary>A rater of a month, and how many of those asked for are rated.</summary>
/// <param name="Rater">Who.</param>
/// <param name="Name">On screen: of the account for an officer.</param>
/// <param name="Code">The member's code; null for an officer.</param>
/// <param name="Area">The name of the rater's area.</param>
/// <param name="Asked">How many the rater is asked to rate.</param>
/// <param name="Given">How many of them are rated.</param>
public sealed record RaterStanding(Rater Rater, string Name, string? Code, string Area, int Asked, int Given)
{
    /// <summary>How many are still to come.</summary>
    public int Open => Asked - Given;
}

/// <summary>Who has rated whom so far, in numbers: never which marks, and never for whom they are missing.</summary>
public static class OpenRatings
{
    /// <summary>Every rater whose area lies in <paramref name="areaPath"/>, those with the most to come first.</summary>
    public static async Task<IReadOnlyList<RaterStanding>> ReadAsync(MarketDb db, string areaPath, DateOnly month, DateOnly today, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var raters = await RatersAsync(db, areaPath, today, ct);
        var rated = await WhoRates.InService(db, today).Select(m => new { m.Id, m.Kind, m.Area.Path }).ToListAsync(ct);
        var given = await db.Evaluations.Where(e => e.Month == month).Select(e => new { e.RaterId, e.RaterUserId, e.MemberId }).ToListAsync(ct);
        var byMember = given.Where(g => g.RaterId is not null).Select(g => (g.RaterId!.Value, g.MemberId)).ToHashSet();
        var byUser = given.Where(g => g.RaterUserId is not null).Select(g => (g.RaterUserId!.Value, g.MemberId)).ToHashSet();
        var standings = new List<RaterStanding>();
        foreach (var (rater, name, code, area) in raters)
        {
            var asked = rated.Where(m => m.Id != rater.MemberId && WhoRates.Of(rater, m.Kind, m.Path) == Rates.Asked).ToList();
            var done = asked.Count(m => (rater.MemberId is { } r && byMember.Contains((r, m.Id))) || (rater.UserId is { } u && byUser.Contains((u, m.Id))));
            if (asked.Count > 0) standings.Add(new RaterStanding(rater, name, code, area, asked.Count, done));
        }

        return [.. standings.OrderByDescending(s => s.Open).ThenBy(s => s.Code ?? "", StringComparer.Ordinal).ThenBy(s => s.Name, StringComparer.Ordinal)];
    }

    private static async Task<List<(Rater Rater, string Name, string? Code, string Area)>> RatersAsync(MarketDb db, string areaPath, DateOnly today, CancellationToken ct)
    {
        var members = await WhoRates.InService(db, today).Where(m => m.Area.Path.StartsWith(areaPath)).Select(m => new
        {
            m.Id, m.Code, m.Name, m.Kind, Area = m.Area.Name, m.Area.Path, User = db.Users.Where(u => u.MemberId == m.Id).Select(u => (int?)u.Id).FirstOrDefault(),
        }).ToListAsync(ct);
        var officers = await db.Users.Where(u => u.MemberId == null && u.Area != null && u.Area.Path.StartsWith(areaPath)
                && db.UserRoles.Any(r => r.UserId == u.Id && db.Roles.Any(x => x.Id == r.RoleId && x.Name == Roles.Approver)))
            .Select(u => new { u.Id, u.DisplayName, Area = u.Area!.Name, u.Area.Path }).ToListAsync(ct);
        return
        [
            .. officers.Select(u => (new Rater(null, u.Id, null, u.Path), u.DisplayName, (string?)null, u.Area)),
            .. members.Select(m => (new Rater(m.Id, m.User, m.Kind, m.Path), MemberNames.Shown(m.Kind, m.Code, m.Name), (string?)m.Code, m.Area)),
        ];
    }
}
