using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Members;

/// <summary>
/// Checks a member's PIN. Every try is counted in the database before the PIN is even looked at, so that many tries at once,
/// from many kiosks, are counted too. From the third failure on the next try must wait, longer each time; after
/// <see cref="LockAfter"/> failures the PIN is locked until an approver unlocks it. Source: DESIGN 5.
/// </summary>
public sealed class CheckPin(MarketWrites writes, PinHasher hasher, TimeProvider clock)
{
    /// <summary>Failures after which the PIN is locked.</summary>
    public const int LockAfter = 6;

    /// <summary>What the check came to.</summary>
    public enum Outcome
    {
        /// <summary>Right.</summary>
        Right,

        /// <summary>Wrong; <see cref="Result.TriesLeft"/> says how many tries are left.</summary>
        Wrong,

        /// <summary>Too soon after failures; <see cref="Result.Wait"/> says how long. The PIN was not looked at.</summary>
        TooSoon,

        /// <summary>Locked, now or from before; an approver unlocks.</summary>
        Locked,

        /// <summary>No PIN was ever set.</summary>
        NoPin,
    }

    /// <summary>The outcome with its numbers.</summary>
    public sealed record Result(Outcome Outcome, int TriesLeft = 0, TimeSpan Wait = default);

    private sealed record Ticket(Result? Refusal, string? Hash, int Failures);

    /// <summary>Checks the PIN of a member.</summary>
    public async Task<Result> ExecuteAsync(int memberId, string pin, CancellationToken ct = default)
    {
        var ticket = await writes.RunAsync(db => CountAsync(db, memberId), ct);
        if (ticket.Refusal is { } refusal) return refusal;
        if (!hasher.Matches(ticket.Hash, pin)) // outside the door
            return ticket.Failures >= LockAfter ? new Result(Outcome.Locked) : new Result(Outcome.Wrong, LockAfter - ticket.Failures);
        await writes.RunAsync(db => db.Members.Where(m => m.Id == memberId && m.PinHash == ticket.Hash)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.PinFailures, 0).SetProperty(m => m.PinWaitUntil, (DateTime?)null).SetProperty(m => m.PinLocked, false)), CancellationToken.None);
        return new Result(Outcome.Right);
    }

    /// <summary>How long to wait after so many failures: nothing for two, then 10 s, 30 s, 90 s, ….</summary>
    internal static TimeSpan DelayAfter(int failures) => failures < 3 ? TimeSpan.Zero : TimeSpan.FromSeconds(10 * Math.Pow(3, failures - 3));

    private async Task<Ticket> CountAsync(MarketDb db, int memberId)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var member = await db.Members.AsNoTracking().Where(m => m.Id == memberId)
            .Select(m => new { m.PinHash, m.PinFailures, m.PinWaitUntil, m.PinLocked }).SingleAsync();
        if (member.PinLocked) return new Ticket(new Result(Outcome.Locked), null, 0);
        if (member.PinHash is null) return new Ticket(new Result(Outcome.NoPin), null, 0);
        if (member.PinWaitUntil > now) return new Ticket(new Result(Outcome.TooSoon, LockAfter - member.PinFailures, member.PinWaitUntil.Value - now), null, 0);

        var failures = member.PinFailures + 1;
        var counted = await db.Members.Where(m => m.Id == memberId && m.PinFailures == member.PinFailures && !m.PinLocked)
            .ExecuteUpdateAsync(s => s
                .SetProperty(m => m.PinFailures, failures)
                .SetProperty(m => m.PinWaitUntil, now + DelayAfter(failures))
                .SetProperty(m => m.PinLocked, failures >= LockAfter));
        // Another try was counted between the two statements (server databases only): this one comes too soon.
        return counted == 1 ? new Ticket(null, member.PinHash, failures) : new Ticket(new Result(Outcome.TooSoon, 0, TimeSpan.FromSeconds(1)), null, 0);
    }
}
