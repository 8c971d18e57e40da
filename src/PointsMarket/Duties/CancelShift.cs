using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Duties;

/// <summary>Calls one shift off with a reason and tells everybody in it. It is not made again.</summary>
public sealed class CancelShift(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Which, and why.</summary>
    public sealed record Input
    {
        /// <summary>The shift.</summary>
        public required int ShiftId { get; init; }

        /// <summary>1 to <see cref="Shift.MostReason"/> letters.</summary>
        public required string Reason { get; init; }

        /// <summary>Who calls it off.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Called off; so many were told.</summary>
    public sealed record Cancelled(int Told) : Outcome;

    /// <summary>There is no such shift in the actor's area.</summary>
    public sealed record NotFound : Outcome;

    /// <summary>It was called off before, or its attendance is confirmed.</summary>
    public sealed record TooLate : Outcome;

    /// <summary>The reason is empty or too long.</summary>
    public sealed record BadReason : Outcome;

    /// <summary>Calls it off.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var reason = (input.Reason ?? "").Trim();
        if (reason.Length is 0 or > Shift.MostReason) return new BadReason();
        return await writes.RunAsync(db => RunAsync(db, input, reason, clock.GetUtcNow().UtcDateTime), ct);
    }

    private static async Task<Outcome> RunAsync(MarketDb db, Input input, string reason, DateTime now)
    {
        await db.TakeTurnAsync();
        var shift = await db.Shifts.Include(s => s.SignUps).SingleOrDefaultAsync(s => s.Id == input.ShiftId && s.Area.Path.StartsWith(input.AreaPath));
        if (shift is null) return new NotFound();
        if (shift.State is ShiftState.Cancelled or ShiftState.Confirmed) return new TooLate();
        (shift.State, shift.CancelReason) = (ShiftState.Cancelled, reason);
        var told = shift.SignUps.Where(u => u.State != SignUpState.Withdrawn).ToList();
        foreach (var signUp in told) Inbox.TellMember(db, signUp.MemberId, InboxKinds.ShiftCancelled, shift.Subject, $"/me/duties/{shift.Id}", now);
        db.Note(now, input.Actor, "shift.cancelled", $"S{shift.Id}", reason);
        await db.SaveChangesAsync();
        return new Cancelled(told.Count);
    }
}
