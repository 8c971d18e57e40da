using System.Globalization;
using Bogus;
using PointsMarket.Areas;
using PointsMarket.Duties;
using PointsMarket.Import.Steps;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tasks;

namespace PointsMarket.Demo;

/// <summary>
/// The duties of the demo station and what became of them in the last four weeks: who asked, how the lots fell, who came. The draw
/// and the seats are those of the operations, so that the page's account of them can be checked.
/// </summary>
internal sealed class DemoDuties
{
    /// <summary>How many days back shifts were held.</summary>
    public const int Days = 28;

    private const int Kept = 1; // yesterday's wait to be confirmed

    /// <summary>A duty as the desk would type it.</summary>
    public sealed record Plan(DutyKind Kind, string Place, string Area, Weekdays Weekdays, string Starts, string Ends, (MemberKind? Kind, int Seats)[] Crew, int DrawDays, int? OnlyDay = null)
    {
        public TimeOnly StartsAt => TimeOnly.Parse(Starts, CultureInfo.InvariantCulture);

        public TimeOnly EndsAt => TimeOnly.Parse(Ends, CultureInfo.InvariantCulture);
    }

    private static readonly (MemberKind?, int)[] Trio = [(MemberKind.GridManager, 1), (MemberKind.Coordinator, 1), (MemberKind.Volunteer, 1)];

    public static readonly IReadOnlyList<Plan> Plans =
    [
        new(DutyKind.SchoolEscort, "兴谷小学门口", "V4G03", Weekdays.Monday | Weekdays.Friday, "07:10", "08:10", Trio, 2),
        new(DutyKind.SchoolEscort, "吴场幼儿园门口", "V1G02", Weekdays.Monday | Weekdays.Friday, "16:00", "17:00", [(MemberKind.GridMember, 1), (MemberKind.Volunteer, 1), (null, 1)], 2),
        new(DutyKind.Patrol, "吴场主干道到河堤", "V1G05", Weekdays.Tuesday | Weekdays.Thursday | Weekdays.Saturday, "19:30", "21:30", [(MemberKind.GridMember, 1), (MemberKind.Volunteer, 2), (null, 1)], 2),
        new(DutyKind.Patrol, "兴东集市一带", "V3G04", Weekdays.Wednesday | Weekdays.Sunday, "18:30", "20:00", [(null, 3)], 1),
        new(DutyKind.Patrol, "林疃村夜巡", "V5G07", Weekdays.Friday | Weekdays.Saturday, "22:30", "00:30", [(MemberKind.GridMember, 1), (null, 1)], 2),
        new(DutyKind.Post, "陆圩文化广场", "V2G06", Weekdays.Saturday | Weekdays.Sunday, "08:30", "10:30", [(null, 2)], 2),
        new(DutyKind.VideoWatch, "警务室视频巡查室", "V4", Weekdays.Monday | Weekdays.Wednesday | Weekdays.Saturday, "20:00", "22:00", [(MemberKind.GridMember, 1)], 3),
        new(DutyKind.Training, "警务室会议室：急救和防诈骗", "V4", Weekdays.None, "14:30", "16:00", [(null, 24)], 2, OnlyDay: -12),
        new(DutyKind.Training, "警务室会议室：纠纷调解", "V4", Weekdays.None, "14:30", "16:00", [(null, 24)], 2, OnlyDay: 6),
    ];

    private readonly Dictionary<(int Plan, DateOnly Day), List<(string Reference, int Member)>> reports = [];

    private DemoDuties(IReadOnlyList<MemberRow> members) => Members = members;

    /// <summary>A member's number in <see cref="Held"/> is the place in this list.</summary>
    public IReadOnlyList<MemberRow> Members { get; }

    /// <summary>The shifts before today, with the plan they belong to.</summary>
    public List<(int Plan, Shift Shift)> Held { get; } = [];

    /// <summary>What their attendees were given points for.</summary>
    public List<ReportRow> Rows { get; } = [];

    /// <summary>The report of a member on a shift; null for none.</summary>
    public string? ReportOf(int plan, DateOnly day, int member) =>
        reports.GetValueOrDefault((plan, day))?.Where(r => r.Member == member).Select(r => r.Reference).FirstOrDefault();

    /// <summary>The last four weeks before a moment (UTC).</summary>
    public static DemoDuties At(Randomizer random, IReadOnlyList<MemberRow> members, DateTime now)
    {
        var today = StationTime.Day(now);
        var demo = new DemoDuties(members);
        var planned =
            from p in Enumerable.Range(0, Plans.Count)
            let plan = Plans[p]
            from day in plan.OnlyDay is { } only ? [today.AddDays(only)] : Recurrence.Days(plan.Weekdays, today.AddDays(-Days), null, today.AddDays(-Days), today.AddDays(-1))
            where day < today
            let times = Recurrence.Times(day, plan.StartsAt, plan.EndsAt)
            orderby times.StartsAt, p
            select (p, day, times);
        foreach (var (p, day, times) in planned) demo.Hold(random, p, day, times.StartsAt, times.EndsAt, now);
        return demo;
    }

    private void Hold(Randomizer random, int p, DateOnly day, DateTime starts, DateTime ends, DateTime now)
    {
        var plan = Plans[p];
        var shift = new Shift
        {
            Day = day, Kind = plan.Kind, Place = plan.Place, StartsAt = starts, EndsAt = ends, DrawAt = Recurrence.DrawAt(day, plan.DrawDays), Crew = Crew.Of(plan.Crew),
            Seed = random.Hexadecimal(64, ""), CodeKey = random.Hexadecimal(64, ""), State = ShiftState.Drawn,
        };
        shift.DrawnAt = shift.DrawAt;
        Ask(random, plan, shift);
        Held.Add((p, shift));
        if (Held.Count % 37 == 20 && day < StationTime.Day(now).AddDays(-3))
        {
            (shift.State, shift.CancelReason) = (ShiftState.Cancelled, "大雨，安全第一，改期");
            return;
        }
        foreach (var signUp in shift.SignUps.Where(u => u.State == SignUpState.Seated)) Come(random, shift, signUp, now);
        if (day > StationTime.Day(now).AddDays(-1 - Kept)) return;
        (shift.State, shift.ConfirmedAt) = (ShiftState.Confirmed, StationTime.StartOf(day.AddDays(1)).AddHours(9).AddMinutes(random.Int(0, 50)));
        foreach (var signUp in shift.SignUps.Where(u => u.State == SignUpState.Seated))
        {
            signUp.Attended = signUp.CheckedInAt is not null;
            if (signUp.Attended == true) Report(p, shift, signUp);
        }
    }

    /// <summary>Somebody for each seat, mostly of the village, and a few more; then the lots and the seats as the operations do it.</summary>
    private void Ask(Randomizer random, Plan plan, Shift shift)
    {
        var busy = Held.Where(h => h.Shift.StartsAt < shift.EndsAt && h.Shift.EndsAt > shift.StartsAt).SelectMany(h => h.Shift.SignUps).Select(u => u.MemberId).ToHashSet();
        var asked = new HashSet<int>();
        foreach (var seat in shift.Crew.Seats.Concat(Enumerable.Repeat((MemberKind?)MemberKind.Volunteer, random.Int(0, 2))))
        {
            var able = Enumerable.Range(0, Members.Count).Where(i => !busy.Contains(i) && !asked.Contains(i) && Able(Members[i], seat)).ToList();
            var near = able.Where(i => Members[i].Area.StartsWith(plan.Area[..2], StringComparison.Ordinal)).ToList();
            if (plan.Kind == DutyKind.Training && random.Bool(0.2f)) continue; // the hall is not full
            if (able.Count > 0) asked.Add(random.ListItem(near.Count > 0 && random.Bool(0.8f) ? near : able));
        }
        var since = shift.StartsAt - Lots.Remembers;
        var rank = 0;
        foreach (var lot in Lots.Order(shift.Seed, asked.Select(i => new Lots.Candidate(Members[i].Code, Served(i, since, shift.StartsAt)))))
        {
            var i = asked.First(a => Members[a].Code == lot.Code);
            var at = shift.DrawAt.AddHours(-random.Int(2, 70)).AddMinutes(random.Int(0, 59));
            shift.SignUps.Add(new ShiftSignUp
            {
                MemberId = i, Member = new Member { Code = lot.Code, Name = "", Number = "", Kind = Members[i].Kind }, AskedAt = at, AskedBy = Actor.System("demo").Code,
                State = SignUpState.Reserve, Rank = ++rank, Served = lot.Served,
            });
        }
        Seating.Fill(shift);
    }

    private int Served(int member, DateTime since, DateTime until) => Held.Count(h =>
        h.Shift.StartsAt >= since && h.Shift.StartsAt < until && h.Shift.State != ShiftState.Cancelled
        && h.Shift.SignUps.Any(u => u.MemberId == member && u.State == SignUpState.Seated && u.Attended != false));

    /// <summary>The members whom a visitor knows keep the points they were made with.</summary>
    private static bool Able(MemberRow member, MemberKind? seat) =>
        DemoPeople.All.All(p => p.Code != member.Code)
        && (seat is { } kind ? member.Kind == kind : member.Kind is MemberKind.GridMember or MemberKind.Volunteer);

    private static void Come(Randomizer random, Shift shift, ShiftSignUp signUp, DateTime now)
    {
        if (random.Bool(0.06f)) return;
        var late = random.Bool(0.08f);
        var byCode = random.Bool(0.8f);
        var at = late && byCode ? shift.StartsAt.AddMinutes(random.Int(6, 15)) : shift.StartsAt.AddMinutes(-random.Int(1, 18));
        if (at > now) return;
        (signUp.CheckedInAt, signUp.CheckedInBy, signUp.Way, signUp.Late) = (at, Actor.System("demo").Code, byCode ? CheckInWay.Code : CheckInWay.Leader, late && byCode);
    }

    private void Report(int p, Shift shift, ShiftSignUp signUp)
    {
        var plan = Plans[p];
        var reference = string.Create(CultureInfo.InvariantCulture, $"RS{Rows.Count + 1:00000}");
        Rows.Add(new ReportRow(
            reference, Members[signUp.MemberId].Code, DutyKinds.Category(plan.Kind), shift.StartsAt, shift.ConfirmedAt!.Value, plan.Area,
            ConfirmAttendance.TextOf(shift, signUp.CheckedInAt!.Value), ReportOutcome.Verified, null));
        if (!reports.TryGetValue((p, shift.Day), out var those)) reports[(p, shift.Day)] = those = [];
        those.Add((reference, signUp.MemberId));
    }
}
