using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;

namespace PointsMarket.Duties;

/// <summary>What is done on a duty. Stored by name.</summary>
public enum DutyKind
{
    /// <summary>固定点值守: somebody stands at a place.</summary>
    Post,

    /// <summary>义务巡逻: a walk through the area.</summary>
    Patrol,

    /// <summary>护学岗: at the school gate; Mondays and Fridays unless somebody says otherwise.</summary>
    SchoolEscort,

    /// <summary>视频巡查: watching the cameras of public places.</summary>
    VideoWatch,

    /// <summary>培训: a session that is attended.</summary>
    Training,
}

/// <summary>Days of the week, any number of them. Stored as a number.</summary>
[Flags]
public enum Weekdays
{
    /// <summary>No day.</summary>
    None = 0,

    /// <summary>Monday.</summary>
    Monday = 1,

    /// <summary>Tuesday.</summary>
    Tuesday = 2,

    /// <summary>Wednesday.</summary>
    Wednesday = 4,

    /// <summary>Thursday.</summary>
    Thursday = 8,

    /// <summary>Friday.</summary>
    Friday = 16,

    /// <summary>Saturday.</summary>
    Saturday = 32,

    /// <summary>Sunday.</summary>
    Sunday = 64,

    /// <summary>Every day.</summary>
    All = 127,
}

/// <summary>What follows from the kind of a duty.</summary>
public static class DutyKinds
{
    /// <summary>The category of the rule book that a shift is paid by; one of <see cref="Tasks.TaskCategory"/>.</summary>
    public static string Category(DutyKind kind) => kind switch
    {
        DutyKind.Patrol => "patrol",
        DutyKind.Training => "training",
        _ => "post",
    };

    /// <summary>The days meant when nobody ticked any; none when there is no such custom.</summary>
    public static Weekdays UsualDays(DutyKind kind) => kind == DutyKind.SchoolEscort ? Weekdays.Monday | Weekdays.Friday : Weekdays.None;
}

/// <summary>
/// Something done again and again at a place: its <see cref="Shift"/>s are made from it for the coming weeks. A training session
/// held once is a duty whose first day is its last.
/// </summary>
public sealed class Duty
{
    /// <summary>The most letters of a place.</summary>
    public const int MostPlace = 40;

    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>What is done.</summary>
    public DutyKind Kind { get; set; }

    /// <summary>Where, in words: 村小学门口. Never anybody's home.</summary>
    public required string Place { get; set; }

    /// <summary>The grid or village it lies in.</summary>
    public int AreaId { get; set; }

    /// <summary>The grid or village it lies in.</summary>
    public Area Area { get; set; } = null!;

    /// <summary>On which days of the week.</summary>
    public Weekdays Weekdays { get; set; }

    /// <summary>When it begins, on the station's clock.</summary>
    public TimeOnly StartsAt { get; set; }

    /// <summary>When it ends, on the station's clock; not later than the beginning means the next day.</summary>
    public TimeOnly EndsAt { get; set; }

    /// <summary>The first day it may be held.</summary>
    public DateOnly FirstDay { get; set; }

    /// <summary>The last day it may be held; null while it goes on.</summary>
    public DateOnly? LastDay { get; set; }

    /// <summary>Who is wanted.</summary>
    public Crew Crew { get; set; } = null!;

    /// <summary>How many days before a shift its places are drawn, at noon.</summary>
    public int DrawDays { get; set; }

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<Duty>(e =>
        {
            e.ToTable("Duties");
            e.Property(d => d.Place).HasMaxLength(MostPlace);
            e.Property(d => d.Weekdays).HasConversion<int>();
            e.Property(d => d.Crew).HasConversion(c => c.Text, t => Crew.Parse(t)).HasMaxLength(Crew.MostText);
            e.HasOne(d => d.Area).WithMany().HasForeignKey(d => d.AreaId).OnDelete(DeleteBehavior.Restrict);
        });
        Shift.Configure(builder);
    }
}
