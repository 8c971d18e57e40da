using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;

namespace PointsMarket.Duties;

/// <summary>
/// Makes the shifts of the coming four weeks from their duties. Can be repeated: what is there stays as it is, also when the
/// clock was set back. The unique key on duty and day stands behind it.
/// </summary>
public sealed class MakeShifts(MarketContexts contexts, MarketWrites writes, TimeProvider clock)
{
    /// <summary>How many days ahead, today included.</summary>
    public const int DaysAhead = 28;

    /// <summary>Makes those that are missing; how many.</summary>
    public async Task<int> ExecuteAsync(CancellationToken ct = default)
    {
        List<int> duties;
        await using (var db = contexts.Read())
        {
            var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
            duties = await db.Duties.Where(d => d.LastDay == null || d.LastDay >= today).OrderBy(d => d.Id).Select(d => d.Id).ToListAsync(ct);
        }
        var made = 0;
        foreach (var id in duties)
        {
            made += await writes.RunAsync(async db =>
            {
                await db.TakeTurnAsync();
                return (await ShiftPlan.CarryOutAsync(db, id, change: false, clock.GetUtcNow().UtcDateTime)).Made;
            }, ct);
        }
        return made;
    }
}

/// <summary>Brings the coming shifts of one duty in line with it. Called inside the door, under its turn.</summary>
internal static class ShiftPlan
{
    /// <summary>What was done: new shifts, changed ones, removed ones, and those left as they were because somebody has signed up.</summary>
    public readonly record struct Done(int Made, int Changed, int Removed, int Kept);

    /// <summary>Makes what is missing; with <paramref name="change"/> also changes and removes future shifts that nobody has signed up for.</summary>
    public static async Task<Done> CarryOutAsync(MarketDb db, int dutyId, bool change, DateTime now)
    {
        var duty = await db.Duties.SingleAsync(d => d.Id == dutyId);
        var today = StationTime.Day(now);
        var wanted = Recurrence.Days(duty.Weekdays, duty.FirstDay, duty.LastDay, today, today.AddDays(MakeShifts.DaysAhead - 1)).ToHashSet();
        var there = await db.Shifts.Include(s => s.SignUps).Where(s => s.DutyId == dutyId && s.Day >= today).ToListAsync();
        var (changed, removed, kept) = (0, 0, 0);
        foreach (var shift in change ? there.Where(s => s.StartsAt > now && s.State is ShiftState.Open or ShiftState.Drawn) : [])
        {
            var stays = wanted.Contains(shift.Day);
            if (stays && IsAs(shift, duty)) continue;
            if (shift.SignUps.Any(u => u.State != SignUpState.Withdrawn)) kept++;
            else if (stays && Recurrence.Times(shift.Day, duty.StartsAt, duty.EndsAt).StartsAt > now)
            {
                Write(shift, duty, now);
                changed++;
            }
            else if (!stays)
            {
                db.Remove(shift);
                removed++;
            }
        }
        var made = wanted.Except(there.Select(s => s.Day)).Order().Select(day => Make(duty, day, now)).Where(s => s.StartsAt > now).ToList();
        db.AddRange(made);
        await db.SaveChangesAsync();
        return new Done(made.Count, changed, removed, kept);
    }

    private static Shift Make(Duty duty, DateOnly day, DateTime now)
    {
        var shift = new Shift { DutyId = duty.Id, Day = day, Place = duty.Place, Seed = Lots.NewSeed(), CodeKey = RandomNumberGenerator.GetHexString(64, lowercase: true) };
        Write(shift, duty, now);
        return shift;
    }

    private static void Write(Shift shift, Duty duty, DateTime now)
    {
        (shift.Kind, shift.Place, shift.AreaId, shift.Crew) = (duty.Kind, duty.Place, duty.AreaId, duty.Crew);
        (shift.StartsAt, shift.EndsAt) = Recurrence.Times(shift.Day, duty.StartsAt, duty.EndsAt);
        shift.DrawAt = Recurrence.DrawAt(shift.Day, duty.DrawDays);
        // Drawn with nobody in it, and now the draw is to come: it is asked for again.
        if (shift.State == ShiftState.Drawn && shift.DrawAt > now) (shift.State, shift.DrawnAt, shift.Seed) = (ShiftState.Open, null, Lots.NewSeed());
    }

    private static bool IsAs(Shift shift, Duty duty) =>
        (shift.Kind, shift.Place, shift.AreaId, shift.StartsAt, shift.EndsAt, shift.DrawAt)
            == (duty.Kind, duty.Place, duty.AreaId, Recurrence.Times(shift.Day, duty.StartsAt, duty.EndsAt).StartsAt, Recurrence.Times(shift.Day, duty.StartsAt, duty.EndsAt).EndsAt, Recurrence.DrawAt(shift.Day, duty.DrawDays))
        && shift.Crew.Equals(duty.Crew);
}
