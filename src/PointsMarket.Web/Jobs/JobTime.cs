using System.Globalization;

namespace PointsMarket.Web.Jobs;

/// <summary>When a job comes round, on the station's clock: as the scheduler reads it, and in the words <c>Jobs.When.{Kind}</c>.</summary>
public sealed record JobTime(string Cron, string Kind, params object[] Arguments)
{
    /// <summary>Every so many minutes, a divisor of 60; the offset keeps jobs from all beginning in the same second.</summary>
    public static JobTime EveryMinutes(int minutes, int offset = 0) => new(Text($"0 {offset}/{minutes} * * * ?"), "Minutes", minutes);

    public static JobTime EveryHour(int minute) => new(Text($"0 {minute} * * * ?"), "Hour", minute);

    public static JobTime EveryDay(int hour, int minute) => new(Text($"0 {minute} {hour} * * ?"), "Day", Clock(hour, minute));

    public static JobTime EveryMonth(int day, int hour, int minute) => new(Text($"0 {minute} {hour} {day} * ?"), "Month", day, Clock(hour, minute));

    private static string Clock(int hour, int minute) => Text($"{hour:00}:{minute:00}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
