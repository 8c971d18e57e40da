using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tasks;

namespace PointsMarket.Duties;

/// <summary>
/// After a shift an approver confirms who was there, all of the crew in one action: each attendee gets a report of the shift's
/// category, filed and verified by the same rules as any other (<see cref="FileReport"/>, <see cref="VerifyReports"/>): the rule of
/// the day, the caps, once for each member and shift. What was wrong is taken back by <see cref="ReverseReport"/>.
/// </summary>
public sealed class ConfirmAttendance(MarketWrites writes, FileReport file, VerifyReports verify, TimeProvider clock)
{
    /// <summary>Which shift, and who confirms.</summary>
    public sealed record Input
    {
        /// <summary>The shift.</summary>
        public required int ShiftId { get; init; }

        /// <summary>Who confirms.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The member they are themselves, or null: nobody confirms a shift of their own.</summary>
        public required int? ActorMemberId { get; init; }

        /// <summary>The path of the area they may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Confirmed: so many were there, so many stayed away, so many points in all, so many whose day gave no report.</summary>
    public sealed record Confirmed(int Present, int Absent, long Points, int WithoutReport) : Outcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(AttendanceProblem Problem) : Outcome;

    /// <summary>Confirms. Twice is once: the second finds it confirmed.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync((db, token) => RunAsync(db, input, token), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input, CancellationToken ct)
    {
        await db.TakeTurnAsync();
        var now = clock.GetUtcNow().UtcDateTime;
        var shift = await db.Shifts.Include(s => s.Area).Include(s => s.SignUps).ThenInclude(u => u.Member)
            .SingleOrDefaultAsync(s => s.Id == input.ShiftId && s.Area.Path.StartsWith(input.AreaPath), ct);
        if (shift is null) return new Refused(AttendanceProblem.NotFound);
        var crew = shift.SignUps.Where(u => u.State == SignUpState.Seated).OrderBy(u => u.Seat).ToList();
        if (ProblemOf(shift, crew, input, now) is { } problem) return new Refused(problem);

        var reports = new List<int>();
        foreach (var signUp in crew)
        {
            signUp.Attended = signUp.CheckedInAt is not null;
            if (signUp.Attended == true && await FileAsync(db, shift, signUp, ct) is { } report) reports.Add((signUp.ReportId = report).Value);
        }
        (shift.State, shift.ConfirmedAt, shift.ConfirmedBy) = (ShiftState.Confirmed, now, input.Actor.Code);
        db.Note(now, input.Actor, "shift.confirmed", $"S{shift.Id}", string.Create(CultureInfo.InvariantCulture, $"{crew.Count(u => u.Attended == true)} of {crew.Count}"));
        await db.SaveChangesAsync(ct);
        var judged = await verify.ExecuteAsync(db, new Judgement { ReportIds = reports, Actor = input.Actor, ActorMemberId = input.ActorMemberId, AreaPath = input.AreaPath }, ct);
        if (judged.Left.Values.Contains(LeftAlone.MonthClosed)) return db.RollBack(new Refused(AttendanceProblem.MonthClosed));
        if (judged.Left.Count > 0) throw new InvalidOperationException($"Shift {shift.Id} was confirmed, but a report of its crew was left alone: {judged.Left.First()}.");
        var there = crew.Count(u => u.Attended == true);
        return new Confirmed(there, crew.Count - there, judged.Points, there - reports.Count);
    }

    private static AttendanceProblem? ProblemOf(Shift shift, List<ShiftSignUp> crew, Input input, DateTime now) =>
        shift.State == ShiftState.Confirmed ? AttendanceProblem.Before
        : shift.State == ShiftState.Cancelled ? AttendanceProblem.Cancelled
        : now < shift.EndsAt ? AttendanceProblem.NotOver
        : StationTime.Day(shift.StartsAt) < StationTime.Day(now).AddDays(-FileReport.MostDays) ? AttendanceProblem.TooOld
        : crew.Any(u => u.MemberId == input.ActorMemberId) ? AttendanceProblem.Own
        : crew.Any(u => u.CheckedInBy == input.Actor.Code) ? AttendanceProblem.OwnTick
        : null;

    /// <summary>What the report says: a place, times and a number, read in any language.</summary>
    internal static string TextOf(Shift shift, DateTime checkedInAt) => string.Create(
        CultureInfo.InvariantCulture, $"{shift.Place} {StationTime.Local(shift.StartsAt):yyyy-MM-dd HH:mm}–{StationTime.Local(shift.EndsAt):HH:mm} (S{shift.Id}) ✓ {StationTime.Local(checkedInAt):HH:mm}");

    /// <summary>The report's key; null where the member's own dates leave no room for one (out of service on that day).</summary>
    private async Task<int?> FileAsync(MarketDb db, Shift shift, ShiftSignUp signUp, CancellationToken ct)
    {
        var at = signUp.CheckedInAt!.Value;
        var filed = await file.ExecuteAsync(db, new FileReport.Input
        {
            MemberId = signUp.MemberId, ClientKey = string.Create(CultureInfo.InvariantCulture, $"shift:{shift.Id}"), Category = DutyKinds.Category(shift.Kind), HappenedAt = shift.StartsAt,
            AreaId = shift.AreaId, Actor = Actor.Parse(signUp.CheckedInBy!), ForAnotherIn = signUp.Way == CheckInWay.Code ? null : shift.Area.Path[..(shift.Area.Path.IndexOf('/', StringComparison.Ordinal) + 1)],
            Text = TextOf(shift, at),
        }, ct);
        return filed switch
        {
            FileReport.Filed { Before: false } done => done.ReportId,
            FileReport.Refused { Problem: ReportProblem.NotInService or ReportProblem.UnknownCategory } => null,
            _ => throw new InvalidOperationException($"Shift {shift.Id} was held, but {signUp.Member.Code}'s report was not taken: {filed}."),
        };
    }
}

/// <summary>Why an attendance was not confirmed.</summary>
public enum AttendanceProblem
{
    /// <summary>There is no such shift in the actor's area.</summary>
    NotFound,

    /// <summary>Somebody has confirmed it already.</summary>
    Before,

    /// <summary>It was called off.</summary>
    Cancelled,

    /// <summary>It is not over.</summary>
    NotOver,

    /// <summary>It was held longer ago than a report may be filed for.</summary>
    TooOld,

    /// <summary>The actor was in the crew: another pair of eyes is needed.</summary>
    Own,

    /// <summary>The actor ticked somebody in: another pair of eyes is needed.</summary>
    OwnTick,

    /// <summary>The shift was in a month that is closed; its points cannot be given any more.</summary>
    MonthClosed,
}
