using Microsoft.EntityFrameworkCore;
using PointsMarket.Members;

namespace PointsMarket.Routing;

/// <summary>What is routed. Stored by name.</summary>
public enum Matter
{
    /// <summary>A task report that waits to be verified; its kind is its category.</summary>
    Report,

    /// <summary>A case; its kind is the case's.</summary>
    Case,
}

/// <summary>
/// One rung of a route (五级网格): the level that acts, and for how many days before the matter climbs to the next rung. On the
/// last one nothing climbs further; its days say when the matter is late.
/// </summary>
public sealed class RouteStep
{
    /// <summary>The kind of a route for all kinds that have none of their own.</summary>
    public const string AnyKind = "";

    /// <summary>What is routed.</summary>
    public Matter Matter { get; set; }

    /// <summary>A report's category or a case's kind; <see cref="AnyKind"/> for the rest.</summary>
    public required string Kind { get; set; }

    /// <summary>The order of the rungs, from 0.</summary>
    public int Position { get; set; }

    /// <summary>Who acts; each level stands once in a route.</summary>
    public MemberKind Level { get; set; }

    /// <summary>Days of 24 hours.</summary>
    public int Days { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<RouteStep>(e =>
    {
        e.ToTable("RouteSteps");
        e.HasKey(s => new { s.Matter, s.Kind, s.Position });
        e.Property(s => s.Kind).HasMaxLength(32);
        e.HasData(DefaultRoutes.Steps());
    });
}

/// <summary>
/// That a matter climbed to a level, told once: its key is what makes the telling repeatable. Where a matter stands is never read
/// from here; <see cref="Escalation"/> works it out.
/// </summary>
public sealed class Climb
{
    /// <summary>What climbed.</summary>
    public Matter Matter { get; set; }

    /// <summary>Its reference; of a case, its key and since when it waited.</summary>
    public required string Subject { get; set; }

    /// <summary>The level it climbed to.</summary>
    public MemberKind Level { get; set; }

    /// <summary>UTC, when the level was told.</summary>
    public DateTime At { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<Climb>(e =>
    {
        e.ToTable("Climbs");
        e.HasKey(c => new { c.Matter, c.Subject, c.Level });
        e.Property(c => c.Subject).HasMaxLength(40);
    });
}

/// <summary>
/// The routes of DESIGN 4: help and plain disputes go to the grid manager with the village; cases to the grid manager, then the
/// chief; what another department must do to the coordinator.
/// </summary>
internal static class DefaultRoutes
{
    private static readonly (Matter Matter, string[] Kinds, (MemberKind Level, int Days)[] Rungs)[] Book =
    [
        (Matter.Report, ["clue", "capture", "incident"], [(MemberKind.GridManager, 1), (MemberKind.GridChief, 2)]),
        (Matter.Report, ["dispute", "care", "service"], [(MemberKind.GridManager, 2), (MemberKind.GridChief, 3)]),
        (Matter.Report, ["hazard-found", "hazard-fixed"], [(MemberKind.GridManager, 2), (MemberKind.Coordinator, 3), (MemberKind.GridChief, 3)]),
        (Matter.Report, ["opinion"], [(MemberKind.Coordinator, 3), (MemberKind.GridChief, 3)]),
        (Matter.Report, ["patrol", "post", "publicity", "training", RouteStep.AnyKind], [(MemberKind.GridManager, 3), (MemberKind.GridChief, 3)]),
        (Matter.Case, ["lead", "dispute", RouteStep.AnyKind], [(MemberKind.GridManager, 3), (MemberKind.GridChief, 3)]),
        (Matter.Case, ["hazard"], [(MemberKind.GridManager, 3), (MemberKind.Coordinator, 3), (MemberKind.GridChief, 3)]),
    ];

    public static RouteStep[] Steps() =>
    [
        .. from route in Book
           from kind in route.Kinds
           from rung in route.Rungs.Select((r, i) => (r.Level, r.Days, Position: i))
           select new RouteStep { Matter = route.Matter, Kind = kind, Position = rung.Position, Level = rung.Level, Days = rung.Days },
    ];
}
