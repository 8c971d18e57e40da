using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Areas;

/// <summary>What an area is. Stored by name.</summary>
public enum AreaKind
{
    /// <summary>派出所: owner of one ledger book.</summary>
    Station,

    /// <summary>警务室.</summary>
    PoliceRoom,

    /// <summary>村(社区).</summary>
    Village,

    /// <summary>网格.</summary>
    Grid,
}

/// <summary>A place in the tree that authority follows.</summary>
public sealed class Area
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>Its code in the files, such as <c>V1G03</c>.</summary>
    public required string Code { get; set; }

    /// <summary>Its name on screen.</summary>
    public required string Name { get; set; }

    /// <summary>Its level.</summary>
    public AreaKind Kind { get; set; }

    /// <summary>The area it lies in; null for a station.</summary>
    public int? ParentId { get; set; }

    /// <summary>The area it lies in.</summary>
    public Area? Parent { get; set; }

    /// <summary>
    /// The codes from the station down, each followed by a slash: <c>STA/PR1/V1/V1G03/</c>. An area lies in another when its
    /// path starts with the other's, so "mine and below" is one comparison in a WHERE.
    /// </summary>
    public required string Path { get; set; }

    /// <summary>
    /// The path of nobody's area. No area's path begins with it, so a WHERE that compares with it finds nothing, where an
    /// empty text would find everything.
    /// </summary>
    public const string Nowhere = "/";

    /// <summary>The ledger book of its station.</summary>
    public int BookId { get; set; }

    /// <summary>Households, as counted by the station.</summary>
    public int Households { get; set; }

    /// <summary>Residents, as counted by the station; a number, never a list.</summary>
    public int Residents { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<Area>(e =>
    {
        e.ToTable("Areas");
        e.Property(a => a.Code).HasMaxLength(40);
        e.Property(a => a.Name).HasMaxLength(100);
        e.Property(a => a.Path).HasMaxLength(300);
        e.HasIndex(a => a.Code).IsUnique();
        e.HasIndex(a => a.Path);
        e.HasOne(a => a.Parent).WithMany().HasForeignKey(a => a.ParentId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>Station time: days and months of all rules are those of Asia/Shanghai (FORMATS).</summary>
public static class StationTime
{
    /// <summary>The stations' time zone.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary>The station's wall clock at a UTC time.</summary>
    public static DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, Zone);

    /// <summary>The station day of a UTC time.</summary>
    public static DateOnly Day(DateTime utc) => DateOnly.FromDateTime(Local(utc));

    /// <summary>The UTC time at which a station day begins.</summary>
    public static DateTime StartOf(DateOnly day) => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue), Zone);

    /// <summary>The UTC times from which (inclusive) and to which (exclusive) the month of a station day lasts.</summary>
    public static (DateTime From, DateTime To) Month(DateOnly day)
    {
        var first = new DateOnly(day.Year, day.Month, 1);
        return (StartOf(first), StartOf(first.AddMonths(1)));
    }
}
