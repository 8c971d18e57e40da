using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Duties;

/// <summary>Why somebody was not checked in.</summary>
public enum CheckInProblem
{
    /// <summary>There is no such shift, or they have no place in it.</summary>
    NotInCrew,

    /// <summary>It was called off.</summary>
    Cancelled,

    /// <summary>Earlier than <see cref="CheckIn.Early"/> before the beginning.</summary>
    TooEarly,

    /// <summary>It is over.</summary>
    Over,

    /// <summary>Not the code that is shown there now.</summary>
    WrongCode,

    /// <summary>Too many wrong codes: the crew's leader ticks them.</summary>
    TooManyTries,
}

/// <summary>
/// A member is there: scans or types the code that is shown at the place. No position is asked for, none is kept; the moment is all
/// that is written down.
/// </summary>
public sealed class CheckIn(MarketWrites writes, TimeProvider clock)
{
    /// <summary>So long before the beginning it is possible.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromMinutes(20);

    /// <summary>Later than this after the beginning counts as late.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>So many wrong codes and no more.</summary>
    public const int MostTries = 5;

    /// <summary>Who is where.</summary>
    public sealed record Input
    {
        /// <summary>The shift.</summary>
        public required int ShiftId { get; init; }

        /// <summary>Who.</summary>
        public required int MemberId { get; init; }

        /// <summary>The six digits.</summary>
        public required string Code { get; init; }

        /// <summary>Who checks in.</summary>
        public required Actor Actor { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>They are checked in.</summary>
    /// <param name="At">UTC, since when.</param>
    /// <param name="Late">Late.</param>
    /// <param name="Before">True when they were already; nothing was changed.</param>
    public sealed record In(DateTime At, bool Late, bool Before) : Outcome;

    /// <summary>They are not.</summary>
    public sealed record Refused(CheckInProblem Problem) : Outcome;

    /// <summary>Checks in.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        await db.TakeTurnAsync();
        var now = clock.GetUtcNow().UtcDateTime;
        var mine = await db.ShiftSignUps.Include(u => u.Shift).SingleOrDefaultAsync(u => u.ShiftId == input.ShiftId && u.MemberId == input.MemberId && u.State == SignUpState.Seated);
        if (mine is null) return new Refused(CheckInProblem.NotInCrew);
        if (mine.CheckedInAt is { } at) return new In(at, mine.Late, true);
        var shift = mine.Shift;
        if (shift.State == ShiftState.Cancelled) return new Refused(CheckInProblem.Cancelled);
        if (now < shift.StartsAt - Early) return new Refused(CheckInProblem.TooEarly);
        if (now > shift.EndsAt || shift.State == ShiftState.Confirmed) return new Refused(CheckInProblem.Over);
        if (mine.WrongCodes >= MostTries) return new Refused(CheckInProblem.TooManyTries);
        if (!ShiftCode.IsGood(shift.CodeKey, shift.Id, input.Code, now))
        {
            mine.WrongCodes++;
            await db.SaveChangesAsync();
            return new Refused(mine.WrongCodes >= MostTries ? CheckInProblem.TooManyTries : CheckInProblem.WrongCode);
        }
        (mine.CheckedInAt, mine.CheckedInBy, mine.Way, mine.Late, mine.WrongCodes) = (now, input.Actor.Code, CheckInWay.Code, now > shift.StartsAt + Grace, 0);
        await db.SaveChangesAsync();
        return new In(now, mine.Late, false);
    }
}

/// <summary>
/// The crew's leader, or somebody at the desk, ticks who is there: for those without a phone, and where the code would not work.
/// Until the attendance is confirmed a tick can be taken back.
/// </summary>
public sealed class TickCrew(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The ticks as they are to be.</summary>
    public sealed record Input
    {
        /// <summary>The shift.</summary>
        public required int ShiftId { get; init; }

        /// <summary>The members that are there; the others of the crew are not.</summary>
        public required IReadOnlyCollection<int> Present { get; init; }

        /// <summary>Who ticks.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The leader who ticks; null at the desk. What members did themselves by code stays as it is.</summary>
        public int? LeaderId { get; init; }

        /// <summary>The path of the area of who ticks at the desk; null for the leader.</summary>
        public string? AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Noted.</summary>
        Ticked,

        /// <summary>There is no such shift for the actor.</summary>
        NotFound,

        /// <summary>Earlier than <see cref="CheckIn.Early"/> before the beginning.</summary>
        TooEarly,

        /// <summary>Called off, or confirmed already.</summary>
        TooLate,
    }

    /// <summary>Notes the ticks.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.LeaderId is null == input.AreaPath is null) throw new ArgumentException("Either the leader ticks, or the desk.", nameof(input));
        return writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        await db.TakeTurnAsync();
        var now = clock.GetUtcNow().UtcDateTime;
        var shifts = db.Shifts.Where(s => s.Id == input.ShiftId);
        shifts = input.AreaPath is { } path ? shifts.Where(s => s.Area.Path.StartsWith(path)) : shifts.Where(s => s.LeaderId == input.LeaderId);
        var shift = await shifts.Include(s => s.SignUps).SingleOrDefaultAsync();
        if (shift is null) return Outcome.NotFound;
        if (shift.State is ShiftState.Cancelled or ShiftState.Confirmed) return Outcome.TooLate;
        if (now < shift.StartsAt - CheckIn.Early) return Outcome.TooEarly;
        foreach (var signUp in shift.SignUps.Where(u => u.State == SignUpState.Seated))
        {
            var there = input.Present.Contains(signUp.MemberId);
            if (there && signUp.CheckedInAt is null)
                (signUp.CheckedInAt, signUp.CheckedInBy, signUp.Way) = (now, input.Actor.Code, input.LeaderId is null ? CheckInWay.Desk : CheckInWay.Leader);
            else if (!there && signUp.CheckedInAt is not null && (signUp.Way != CheckInWay.Code || input.LeaderId is null))
                (signUp.CheckedInAt, signUp.CheckedInBy, signUp.Way, signUp.Late) = (null, null, null, false);
        }
        await db.SaveChangesAsync();
        return Outcome.Ticked;
    }
}
