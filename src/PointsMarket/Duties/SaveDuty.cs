using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;

namespace PointsMarket.Duties;

/// <summary>Why a duty was not saved.</summary>
public enum DutyProblem
{
    /// <summary>No place in words, or more than <see cref="Duty.MostPlace"/> letters.</summary>
    Place,

    /// <summary>Not a grid or village of the actor's area.</summary>
    Area,

    /// <summary>No day of the week, and the kind has no usual ones.</summary>
    NoDays,

    /// <summary>The end is the beginning, or the shift would last more than <see cref="SaveDuty.MostHours"/> hours.</summary>
    Times,

    /// <summary>The last day is before the first, or either is not of the years 2000 to 2099.</summary>
    Dates,

    /// <summary>No seat, or more than <see cref="Crew.MostSeats"/>.</summary>
    Crew,

    /// <summary>The draw is not 1 to <see cref="SaveDuty.MostDrawDays"/> days before.</summary>
    DrawDays,

    /// <summary>There is no such duty in the actor's area.</summary>
    NoSuchDuty,
}

/// <summary>
/// Adds a duty or changes one, and makes its shifts at once. A change reaches only future shifts that nobody has signed up for;
/// how many others stay as they were is part of the outcome.
/// </summary>
public sealed class SaveDuty(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The longest shift.</summary>
    public const int MostHours = 12;

    /// <summary>The earliest draw, in days before the shift.</summary>
    public const int MostDrawDays = 14;

    /// <summary>The duty as it is to be.</summary>
    public sealed record Input
    {
        /// <summary>The duty to change; null for a new one.</summary>
        public int? DutyId { get; init; }

        /// <summary>What is done.</summary>
        public required DutyKind Kind { get; init; }

        /// <summary>Where, in words.</summary>
        public required string Place { get; init; }

        /// <summary>The grid or village.</summary>
        public required int AreaId { get; init; }

        /// <summary>The days; none for those usual for the kind, or the only day there is.</summary>
        public required Weekdays Weekdays { get; init; }

        /// <summary>On the station's clock.</summary>
        public required TimeOnly StartsAt { get; init; }

        /// <summary>On the station's clock; not later than the beginning means the next day.</summary>
        public required TimeOnly EndsAt { get; init; }

        /// <summary>The first day.</summary>
        public required DateOnly FirstDay { get; init; }

        /// <summary>The last day; null while it goes on.</summary>
        public DateOnly? LastDay { get; init; }

        /// <summary>Seats kept for a level; null for anybody.</summary>
        public required IReadOnlyList<(MemberKind? Kind, int Seats)> Crew { get; init; }

        /// <summary>How many days before the places are drawn.</summary>
        public required int DrawDays { get; init; }

        /// <summary>Who saves it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Saved.</summary>
    /// <param name="DutyId">Its key.</param>
    /// <param name="Made">New shifts.</param>
    /// <param name="Changed">Shifts that follow the change.</param>
    /// <param name="Removed">Shifts that are no longer held, with nobody in them.</param>
    /// <param name="Kept">Shifts that stay as they were, because somebody has signed up.</param>
    public sealed record Saved(int DutyId, int Made, int Changed, int Removed, int Kept) : Outcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(DutyProblem Problem) : Outcome;

    /// <summary>Saves it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var place = (input.Place ?? "").Trim();
        var days = input.Weekdays & Weekdays.All;
        if (days == Weekdays.None) days = input.FirstDay == input.LastDay ? Recurrence.Of(input.FirstDay) : DutyKinds.UsualDays(input.Kind);
        var seats = input.Crew.Sum(c => (long)c.Seats);
        var length = input.EndsAt - input.StartsAt; // wraps round midnight
        DutyProblem? wrong =
            place.Length is 0 or > Duty.MostPlace || place.Any(char.IsControl) ? DutyProblem.Place
            : days == Weekdays.None ? DutyProblem.NoDays
            : length == TimeSpan.Zero || length > TimeSpan.FromHours(MostHours) ? DutyProblem.Times
            : input.FirstDay.Year is < 2000 or > 2099 || input.LastDay is { } last && (last < input.FirstDay || last.Year > 2099) ? DutyProblem.Dates
            : seats is < 1 or > Crew.MostSeats || input.Crew.Any(c => c.Seats < 0) ? DutyProblem.Crew
            : input.DrawDays is < 1 or > MostDrawDays ? DutyProblem.DrawDays
            : null;
        return wrong is { } problem
            ? Task.FromResult<Outcome>(new Refused(problem))
            : writes.RunAsync(db => SaveAsync(db, input with { Place = place, Weekdays = days }, clock.GetUtcNow().UtcDateTime), ct);
    }

    internal static async Task<Outcome> SaveAsync(MarketDb db, Input input, DateTime now)
    {
        await db.TakeTurnAsync();
        var area = await db.Areas.Where(a => a.Id == input.AreaId && a.Path.StartsWith(input.AreaPath) && (a.Kind == AreaKind.Grid || a.Kind == AreaKind.Village)).SingleOrDefaultAsync();
        if (area is null) return new Refused(DutyProblem.Area);
        var duty = input.DutyId is { } id
            ? await db.Duties.SingleOrDefaultAsync(d => d.Id == id && d.Area.Path.StartsWith(input.AreaPath))
            : db.Add(new Duty { Place = input.Place }).Entity;
        if (duty is null) return new Refused(DutyProblem.NoSuchDuty);
        (duty.Kind, duty.Place, duty.AreaId, duty.Weekdays, duty.StartsAt, duty.EndsAt) = (input.Kind, input.Place, input.AreaId, input.Weekdays, input.StartsAt, input.EndsAt);
        (duty.FirstDay, duty.LastDay, duty.Crew, duty.DrawDays) = (input.FirstDay, input.LastDay, Crew.Of(input.Crew), input.DrawDays);
        await db.SaveChangesAsync();
        var done = await ShiftPlan.CarryOutAsync(db, duty.Id, change: true, now);
        db.Note(now, input.Actor, input.DutyId is null ? "duty.added" : "duty.edited", $"D{duty.Id}",
            $"{duty.Kind} {duty.Weekdays} {duty.StartsAt:HH:mm}-{duty.EndsAt:HH:mm} {duty.FirstDay:yyyy-MM-dd}..{duty.LastDay:yyyy-MM-dd} {duty.Crew} in {area.Code}");
        await db.SaveChangesAsync();
        return new Saved(duty.Id, done.Made, done.Changed, done.Removed, done.Kept);
    }
}
