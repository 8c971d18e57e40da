using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Members;

namespace PointsMarket.Assessments;

/// <summary>Whether somebody rates somebody.</summary>
public enum Rates
{
    /// <summary>They do not.</summary>
    No,

    /// <summary>They may, and nobody waits for it.</summary>
    May,

    /// <summary>They are asked to every month.</summary>
    Asked,
}

/// <summary>Somebody who rates: a member, or an approver's account that is no member's.</summary>
/// <param name="MemberId">The member; null for an account alone.</param>
/// <param name="UserId">The account; null for a member without one.</param>
/// <param name="Kind">The member's level; null for an officer.</param>
/// <param name="Path">The path of the rater's area.</param>
public sealed record Rater(int? MemberId, int? UserId, MemberKind? Kind, string Path);

/// <summary>Somebody who is rated.</summary>
public sealed record Rated(int MemberId, string Code, string Name, MemberKind Kind, string Area, string Path, Rates Rates)
{
    /// <summary>The name on screen.</summary>
    public string Who => MemberNames.Shown(Kind, Code, Name);
}

/// <summary>
/// Who rates whom, by kind and area (DESIGN 7, "two-way"): two people rate each other when the area of one lies in that of the other
/// and one of them leads. From above, officers, the grid chief and the coordinators rate grid managers, and coordinators and grid
/// managers rate grid members; from below, grid managers and grid members rate their coordinators and the grid chief. Informants
/// and volunteers neither rate nor are rated here: an informant would be known by it. Import may say otherwise.
/// </summary>
public static class WhoRates
{
    /// <summary>How many days of the next month a month that has no draft yet may still be rated in.</summary>
    public const int DaysAfter = 10;

    /// <summary>By level alone; <paramref name="rater"/> is null for an officer.</summary>
    public static Rates ByKind(MemberKind? rater, MemberKind rated) => (rater, rated) switch
    {
        (null, MemberKind.GridChief or MemberKind.Coordinator or MemberKind.GridManager) => Rates.Asked,
        (null, MemberKind.GridMember) => Rates.May,
        (MemberKind.GridChief, MemberKind.Coordinator or MemberKind.GridManager) => Rates.Asked,
        (MemberKind.GridChief, MemberKind.GridMember) => Rates.May,
        (MemberKind.Coordinator, MemberKind.GridChief or MemberKind.GridManager or MemberKind.GridMember) => Rates.Asked,
        (MemberKind.GridManager, MemberKind.GridChief or MemberKind.Coordinator or MemberKind.GridMember) => Rates.Asked,
        (MemberKind.GridMember, MemberKind.GridChief or MemberKind.Coordinator) => Rates.Asked,
        _ => Rates.No,
    };

    /// <summary>By level and area.</summary>
    public static Rates Of(Rater rater, MemberKind kind, string path)
    {
        ArgumentNullException.ThrowIfNull(rater);
        ArgumentNullException.ThrowIfNull(path);
        var line = rater.Path.StartsWith(path, StringComparison.Ordinal) || path.StartsWith(rater.Path, StringComparison.Ordinal);
        return line ? ByKind(rater.Kind, kind) : Rates.No;
    }

    /// <summary>
    /// The rater behind an account: the member it is, when that one is in service; else the account itself, when it is an approver's.
    /// Null for anybody else.
    /// </summary>
    public static async Task<Rater?> RaterAsync(MarketDb db, int userId, DateOnly today, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var user = await db.Users.Where(u => u.Id == userId).Select(u => new
        {
            u.MemberId, MemberPath = u.Member == null ? null : u.Member.Area.Path, Kind = u.Member == null ? (MemberKind?)null : u.Member.Kind,
            InService = u.Member != null && u.Member.Joined <= today && (u.Member.Left == null || u.Member.Left > today), Path = u.Area == null ? null : u.Area.Path,
            Officer = db.UserRoles.Any(r => r.UserId == userId && db.Roles.Any(x => x.Id == r.RoleId && x.Name == Roles.Approver)),
        }).SingleOrDefaultAsync(ct);
        return user switch
        {
            { MemberId: { } member, InService: true } => new Rater(member, userId, user.Kind, user.MemberPath!),
            { MemberId: null, Officer: true, Path: { } path } => new Rater(null, userId, null, path),
            _ => null,
        };
    }

    /// <summary>Everybody whom the rater rates, those asked for first, then from the chief down.</summary>
    public static async Task<IReadOnlyList<Rated>> RatedByAsync(MarketDb db, Rater rater, DateOnly today, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(rater);
        var (path, self) = (rater.Path, rater.MemberId);
        var people = await InService(db, today).Where(m => m.Id != self && (m.Area.Path.StartsWith(path) || path.StartsWith(m.Area.Path)))
            .Select(m => new { m.Id, m.Code, m.Name, m.Kind, Area = m.Area.Name, m.Area.Path }).ToListAsync(ct);
        return [.. people.Select(m => new Rated(m.Id, m.Code, m.Name, m.Kind, m.Area, m.Path, Of(rater, m.Kind, m.Path))).Where(m => m.Rates != Rates.No)
            .OrderByDescending(m => m.Rates).ThenBy(m => m.Kind).ThenBy(m => m.Code, StringComparer.Ordinal)];
    }

    /// <summary>The members who rate or are rated, in service on a day.</summary>
    internal static IQueryable<Member> InService(MarketDb db, DateOnly day) => db.Members.Where(m => m.Joined <= day && (m.Left == null || m.Left > day)
        && m.Kind != MemberKind.Informant && m.Kind != MemberKind.Volunteer);

    /// <summary>
    /// The months that are open to be rated, the earlier one first: this one, and in the first days of it the last one too, unless the
    /// station has drafted its assessment.
    /// </summary>
    public static async Task<IReadOnlyList<DateOnly>> OpenMonthsAsync(MarketDb db, string path, DateOnly today, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(path);
        var month = new DateOnly(today.Year, today.Month, 1);
        var last = month.AddMonths(-1);
        var closed = await db.Assessments.Where(a => (a.Month == month || a.Month == last) && db.Areas.Any(s => s.Kind == AreaKind.Station && path.StartsWith(s.Path) && s.BookId == a.BookId))
            .Select(a => a.Month).ToListAsync(ct);
        return [.. ((DateOnly[])[last, month]).Where(m => !closed.Contains(m) && (m == month || today.Day <= DaysAfter))];
    }
}
