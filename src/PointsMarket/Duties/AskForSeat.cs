using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Notices;

namespace PointsMarket.Duties;

/// <summary>Why somebody got no place and no hope of one.</summary>
public enum SeatProblem
{
    /// <summary>There is no such shift in the member's station, or in the area of who asks for them.</summary>
    NoSuchShift,

    /// <summary>There is no such member there.</summary>
    NoSuchMember,

    /// <summary>It was called off, or is over.</summary>
    NotOpen,

    /// <summary>It has begun.</summary>
    Begun,

    /// <summary>The member is not in service on that day.</summary>
    NotInService,

    /// <summary>Every place is kept for another level.</summary>
    NoSeatForKind,

    /// <summary>The member is on another shift at that time.</summary>
    Overlaps,

    /// <summary>The member has signed up already.</summary>
    Already,
}

/// <summary>
/// A member asks for a place in a shift; or somebody at the desk asks for a member without a phone, which stays on record. Until
/// the draw all wishes are equal; after it a place that is left is theirs at once, or they stand last in reserve.
/// </summary>
public sealed class AskForSeat(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Who wants to go where.</summary>
    public sealed record Input
    {
        /// <summary>The shift.</summary>
        public required int ShiftId { get; init; }

        /// <summary>Who.</summary>
        public required int MemberId { get; init; }

        /// <summary>Who asks.</summary>
        public required Actor Actor { get; init; }

        /// <summary>Null when the member asks; else the path of the area of who asks for them, in which shift and member must lie.</summary>
        public string? ForAnotherIn { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>It is noted: waiting for the draw, seated, or in reserve.</summary>
    public sealed record Noted(SignUpState State) : Outcome;

    /// <summary>It is not.</summary>
    /// <param name="Problem">Why.</param>
    /// <param name="Other">The shift at the same time.</param>
    public sealed record Refused(SeatProblem Problem, int? Other = null) : Outcome;

    /// <summary>Asks.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync(db => RunAsync(db, input, clock.GetUtcNow().UtcDateTime), ct);
    }

    internal static async Task<Outcome> RunAsync(MarketDb db, Input input, DateTime now)
    {
        await db.TakeTurnAsync();
        var path = input.ForAnotherIn ?? "";
        var member = await db.Members.Include(m => m.Area).SingleOrDefaultAsync(m => m.Id == input.MemberId && m.Area.Path.StartsWith(path));
        if (member is null) return new Refused(SeatProblem.NoSuchMember);
        var shift = await db.Shifts.Include(s => s.SignUps).ThenInclude(u => u.Member)
            .SingleOrDefaultAsync(s => s.Id == input.ShiftId && s.Area.BookId == member.Area.BookId && s.Area.Path.StartsWith(path));
        if (shift is null) return new Refused(SeatProblem.NoSuchShift);
        if (await ProblemAsync(db, shift, member, now) is { } refused) return refused;
        var mine = shift.SignUps.SingleOrDefault(u => u.MemberId == member.Id);
        if (mine is null) shift.SignUps.Add(mine = new ShiftSignUp { MemberId = member.Id, Member = member, AskedBy = input.Actor.Code });
        (mine.AskedAt, mine.AskedBy, mine.State, mine.Served, mine.Rank, mine.WrongCodes) = (now, input.Actor.Code, SignUpState.Asked, null, null, 0);
        if (shift.State == ShiftState.Drawn)
        {
            (mine.State, mine.Rank) = (SignUpState.Reserve, 1 + (shift.SignUps.Max(u => u.Rank) ?? 0));
            Seating.Fill(shift);
        }
        if (input.ForAnotherIn is not null) Inbox.TellMember(db, member.Id, InboxKinds.ShiftSignedUp, shift.Subject, $"/me/duties/{shift.Id}", now);
        await db.SaveChangesAsync();
        return new Noted(mine.State);
    }

    private static async Task<Refused?> ProblemAsync(MarketDb db, Shift shift, Member member, DateTime now)
    {
        if (shift.State is ShiftState.Cancelled or ShiftState.Confirmed) return new Refused(SeatProblem.NotOpen);
        if (shift.StartsAt <= now) return new Refused(SeatProblem.Begun);
        if (shift.SignUps.Any(u => u.MemberId == member.Id && u.State != SignUpState.Withdrawn)) return new Refused(SeatProblem.Already);
        if (shift.Day < member.Joined || shift.Day >= member.Left) return new Refused(SeatProblem.NotInService);
        if (!shift.Crew.Wants(member.Kind)) return new Refused(SeatProblem.NoSeatForKind);
        var other = await db.ShiftSignUps
            .Where(u => u.MemberId == member.Id && u.State != SignUpState.Withdrawn && u.Shift.State != ShiftState.Cancelled && u.Shift.StartsAt < shift.EndsAt && u.Shift.EndsAt > shift.StartsAt)
            .Select(u => (int?)u.ShiftId).FirstOrDefaultAsync();
        return other is null ? null : new Refused(SeatProblem.Overlaps, other);
    }
}

/// <summary>
/// A member takes the wish back or gives the place back, until the shift begins; or is taken off at the desk. Whoever is next in
/// reserve moves up and is told.
/// </summary>
public sealed class LeaveShift(MarketWrites writes, TimeProvider clock)
{
    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Done.</summary>
        Left,

        /// <summary>They were not in it.</summary>
        NotIn,

        /// <summary>It has begun, was called off, or is over.</summary>
        TooLate,
    }

    /// <summary>Leaves; the input is that of asking.</summary>
    public Task<Outcome> ExecuteAsync(AskForSeat.Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync(db => RunAsync(db, input, clock.GetUtcNow().UtcDateTime), ct);
    }

    private static async Task<Outcome> RunAsync(MarketDb db, AskForSeat.Input input, DateTime now)
    {
        await db.TakeTurnAsync();
        var path = input.ForAnotherIn ?? "";
        var shift = await db.Shifts.Include(s => s.SignUps).ThenInclude(u => u.Member)
            .SingleOrDefaultAsync(s => s.Id == input.ShiftId && s.Area.Path.StartsWith(path) && s.SignUps.Any(u => u.MemberId == input.MemberId && u.State != SignUpState.Withdrawn));
        if (shift is null) return Outcome.NotIn;
        if (shift.State is ShiftState.Cancelled or ShiftState.Confirmed || shift.StartsAt <= now) return Outcome.TooLate;
        var mine = shift.SignUps.Single(u => u.MemberId == input.MemberId);
        (mine.State, mine.Seat, mine.Rank, mine.CheckedInAt, mine.CheckedInBy, mine.Way, mine.Late) = (SignUpState.Withdrawn, null, null, null, null, null, false);
        if (shift.State == ShiftState.Drawn)
        {
            foreach (var next in Seating.Fill(shift)) Inbox.TellMember(db, next.MemberId, InboxKinds.ShiftMovedUp, shift.Subject, $"/me/duties/{shift.Id}", now);
        }
        if (input.ForAnotherIn is not null)
        {
            Inbox.TellMember(db, mine.MemberId, InboxKinds.ShiftTakenOff, shift.Subject, $"/me/duties/{shift.Id}", now);
            db.Note(now, input.Actor, "shift.taken-off", $"S{shift.Id}", mine.Member.Code);
        }
        await db.SaveChangesAsync();
        return Outcome.Left;
    }
}
