using PointsMarket.Members;

namespace PointsMarket.Routing;

/// <summary>A level and the days it has.</summary>
public readonly record struct Rung(MemberKind Level, int Days);

/// <summary>Where a waiting matter stands.</summary>
/// <param name="Step">The rung, from 0: 0 is who acts first.</param>
/// <param name="Level">The level that is to act now.</param>
/// <param name="Since">UTC, since when: when it was filed, or when it climbed.</param>
/// <param name="Until">UTC, when it climbs; on the last rung, when it is late.</param>
/// <param name="Last">True on the last rung.</param>
public readonly record struct Standing(int Step, MemberKind Level, DateTime Since, DateTime Until, bool Last)
{
    /// <summary>True when the last level has had its days too.</summary>
    public bool IsLate(DateTime now) => Last && now >= Until;
}

/// <summary>The times of filing with which a matter stands at a level.</summary>
/// <param name="After">UTC, filed after this; null for no limit.</param>
/// <param name="UpTo">UTC, filed at this time at the latest; null for no limit.</param>
public readonly record struct FiledWithin(DateTime? After, DateTime? UpTo);

/// <summary>
/// Who is to act, worked out from when a matter was filed, its route and the clock, and from nothing else: no job has to run and no
/// mark has to be set for a matter to climb, so none can be forgotten. For reports and cases alike.
/// </summary>
public static class Escalation
{
    /// <summary>The most rungs of a route, and the most days of a rung.</summary>
    public const int MostRungs = 4, MostDays = 60;

    /// <summary>The levels that act, from the grid up. Informants, volunteers and grid members report; they decide nothing.</summary>
    public static IReadOnlyList<MemberKind> Levels { get; } = [MemberKind.GridManager, MemberKind.Coordinator, MemberKind.GridChief];

    /// <summary>
    /// The level of an account that decides: that of the member it belongs to; without one it is an officer's, the chief's level.
    /// </summary>
    public static MemberKind LevelOf(MemberKind? member) => member is { } kind ? kind : MemberKind.GridChief;

    /// <summary>Where a matter stands that was filed then and still waits now. Before it was filed, at its first rung.</summary>
    /// <param name="route">Its rungs in order; one at least.</param>
    /// <param name="filedAt">UTC.</param>
    /// <param name="now">UTC.</param>
    public static Standing LevelAt(IReadOnlyList<Rung> route, DateTime filedAt, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(route);
        if (route.Count == 0) throw new ArgumentException("A route has one rung at least.", nameof(route));
        var since = filedAt;
        for (var step = 0; ; step++)
        {
            var until = since.AddDays(route[step].Days);
            var last = step == route.Count - 1;
            if (last || now < until) return new Standing(step, route[step].Level, since, until, last);
            since = until;
        }
    }

    /// <summary>The same question asked the other way round, for a WHERE: filed when, it stands at this level now; null when it never does.</summary>
    public static FiledWithin? FiledFor(IReadOnlyList<Rung> route, MemberKind level, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(route);
        var days = 0;
        for (var step = 0; step < route.Count; step++)
        {
            var start = days;
            days += route[step].Days;
            if (route[step].Level != level) continue;
            return new FiledWithin(step == route.Count - 1 ? null : now.AddDays(-days), step == 0 ? null : now.AddDays(-start));
        }
        return null;
    }
}
