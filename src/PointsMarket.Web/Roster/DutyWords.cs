using System.Globalization;
using Microsoft.Extensions.Localization;
using PointsMarket.Duties;
using PointsMarket.Members;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Roster;

/// <summary>How duties and shifts are written and coloured.</summary>
public static class DutyWords
{
    /// <summary>The levels a seat can be kept for, as the form offers them; null for anybody.</summary>
    public static readonly IReadOnlyList<MemberKind?> SeatKinds = [MemberKind.GridManager, MemberKind.Coordinator, MemberKind.GridMember, MemberKind.Volunteer, null];

    /// <summary>Monday first.</summary>
    public static readonly IReadOnlyList<Weekdays> Week = [Weekdays.Monday, Weekdays.Tuesday, Weekdays.Wednesday, Weekdays.Thursday, Weekdays.Friday, Weekdays.Saturday, Weekdays.Sunday];

    /// <summary>Name in the lucide sprite.</summary>
    public static string Icon(DutyKind kind) => kind switch
    {
        DutyKind.Patrol => "map-pin",
        DutyKind.SchoolEscort => "hand-heart",
        DutyKind.VideoWatch => "eye",
        DutyKind.Training => "scroll-text",
        _ => "store",
    };

    /// <summary>The colour of a phase's tag.</summary>
    public static string Tone(ShiftPhase phase) => phase switch
    {
        ShiftPhase.Full or ShiftPhase.Confirmed => "ok",
        ShiftPhase.Vacant or ShiftPhase.Over => "wait",
        ShiftPhase.Running or ShiftPhase.Open => "info",
        _ => "",
    };

    /// <summary>07:10–08:10; 22:30–次日 00:30.</summary>
    public static string Times(this IStringLocalizer<Texts> texts, ShiftRow shift) =>
        shift.PastMidnight ? texts["Duties.Shift.NextDay", Ui.Clock(shift.StartsAt), Ui.Clock(shift.EndsAt)] : $"{Ui.Clock(shift.StartsAt)}–{Ui.Clock(shift.EndsAt)}";

    /// <summary>周一; Mon.</summary>
    public static string Weekday(DateOnly day) => CultureInfo.CurrentCulture.DateTimeFormat.GetAbbreviatedDayName(day.DayOfWeek);

    /// <summary>周一; Mon.</summary>
    public static string Weekday(Weekdays day) => CultureInfo.CurrentCulture.DateTimeFormat.GetAbbreviatedDayName((DayOfWeek)((BitOperations(day) + 1) % 7));

    /// <summary>周一、周五; every day.</summary>
    public static string Days(this IStringLocalizer<Texts> texts, Weekdays days) =>
        days == Weekdays.All ? texts["Duties.Plan.EveryDay"] : string.Join(texts["Duties.Shift.Comma"], Week.Where(d => days.HasFlag(d)).Select(Weekday));

    /// <summary>网格管理员 1、不限 2.</summary>
    public static string Seats(this IStringLocalizer<Texts> texts, Crew crew)
    {
        ArgumentNullException.ThrowIfNull(crew);
        return string.Join(texts["Duties.Shift.Comma"], crew.Seats.GroupBy(s => s).Select(g => $"{texts.Seat(g.Key)} {g.Count()}"));
    }

    /// <summary>Whom a seat is kept for.</summary>
    public static string Seat(this IStringLocalizer<Texts> texts, MemberKind? kind) => kind is { } k ? texts[$"Desk.MemberKind.{k}"] : texts["Duties.Shift.Anybody"];

    /// <summary>11/23.</summary>
    public static string Short(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Month}/{day.Day}");

    /// <summary>The Monday of a day's week.</summary>
    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static int BitOperations(Weekdays day) => System.Numerics.BitOperations.TrailingZeroCount((int)day);
}
