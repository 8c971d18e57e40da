using PointsMarket.Areas;

namespace PointsMarket.Duties;

/// <summary>On which days a duty is held, and when exactly. Holds no database.</summary>
public static class Recurrence
{
    /// <summary>The days from <paramref name="from"/> to <paramref name="to"/> (both included) on which a duty is held, in order.</summary>
    public static IEnumerable<DateOnly> Days(Weekdays weekdays, DateOnly first, DateOnly? last, DateOnly from, DateOnly to)
    {
        var end = last is { } l && l < to ? l : to;
        for (var day = first > from ? first : from; day <= end; day = day.AddDays(1))
        {
            if (weekdays.HasFlag(Of(day))) yield return day;
        }
    }

    /// <summary>The UTC times of a shift that begins on a station day. An end that is not later than the beginning lies on the next day.</summary>
    public static (DateTime StartsAt, DateTime EndsAt) Times(DateOnly day, TimeOnly starts, TimeOnly ends) =>
        (Utc(day, starts), Utc(ends > starts ? day : day.AddDays(1), ends));

    /// <summary>The UTC time of the draw: noon, so many days before.</summary>
    public static DateTime DrawAt(DateOnly day, int daysBefore) => Utc(day.AddDays(-daysBefore), new TimeOnly(12, 0));

    /// <summary>The weekday of a date.</summary>
    public static Weekdays Of(DateOnly day) => (Weekdays)(1 << (((int)day.DayOfWeek + 6) % 7));

    private static DateTime Utc(DateOnly day, TimeOnly time) => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(time), StationTime.Zone);
}
