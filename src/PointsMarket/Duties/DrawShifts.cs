using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Notices;

namespace PointsMarket.Duties;

/// <summary>
/// Draws the places of every shift whose time for it has come, and tells everybody who asked (DESIGN 4; the rule is that of
/// <see cref="Lots"/>). A shift is drawn once; what comes later stands behind.
/// </summary>
public sealed class DrawShifts(MarketContexts contexts, MarketWrites writes, TimeProvider clock)
{
    /// <summary>Draws what is due; how many shifts.</summary>
    public async Task<int> ExecuteAsync(CancellationToken ct = default)
    {
        List<int> due;
        await using (var db = contexts.Read())
        {
            var now = clock.GetUtcNow().UtcDateTime;
            due = await db.Shifts.Where(s => s.State == ShiftState.Open && s.DrawAt <= now).OrderBy(s => s.StartsAt).ThenBy(s => s.Id).Select(s => s.Id).ToListAsync(ct);
        }
        var drawn = 0;
        foreach (var id in due)
        {
            if (await writes.RunAsync(db => DrawAsync(db, id, clock.GetUtcNow().UtcDateTime), ct)) drawn++;
        }
        return drawn;
    }

    /// <summary>False when somebody was quicker, or it is not due (any more).</summary>
    internal static async Task<bool> DrawAsync(MarketDb db, int shiftId, DateTime now)
    {
        await db.TakeTurnAsync();
        var shift = await db.Shifts.Include(s => s.SignUps).ThenInclude(u => u.Member).SingleAsync(s => s.Id == shiftId);
        if (shift.State != ShiftState.Open || shift.DrawAt > now) return false;
        var asked = shift.SignUps.Where(u => u.State == SignUpState.Asked).ToDictionary(u => u.Member.Code, StringComparer.Ordinal);
        var served = await ServedAsync(db, shift, [.. asked.Values.Select(u => u.MemberId)]);
        var rank = 0;
        foreach (var lot in Lots.Order(shift.Seed, asked.Values.Select(u => new Lots.Candidate(u.Member.Code, served.GetValueOrDefault(u.MemberId)))))
        {
            var signUp = asked[lot.Code];
            (signUp.State, signUp.Rank, signUp.Served) = (SignUpState.Reserve, ++rank, lot.Served);
        }
        (shift.State, shift.DrawnAt) = (ShiftState.Drawn, now);
        Seating.Fill(shift);
        foreach (var signUp in asked.Values)
            Inbox.TellMember(db, signUp.MemberId, signUp.State == SignUpState.Seated ? InboxKinds.ShiftWon : InboxKinds.ShiftReserve, shift.Subject, $"/me/duties/{shift.Id}", now);
        await db.SaveChangesAsync();
        return true;
    }

    /// <summary>Shifts held, or still to be held, that began in the four weeks before this one; not those somebody stayed away from.</summary>
    private static Task<Dictionary<int, int>> ServedAsync(MarketDb db, Shift shift, List<int> members)
    {
        var since = shift.StartsAt - Lots.Remembers;
        return db.ShiftSignUps
            .Where(u => members.Contains(u.MemberId) && u.State == SignUpState.Seated && u.Attended != false && u.Shift.State != ShiftState.Cancelled
                && u.Shift.StartsAt >= since && u.Shift.StartsAt < shift.StartsAt)
            .GroupBy(u => u.MemberId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
    }
}
