using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Notices;

namespace PointsMarket.Loops;

/// <summary>
/// Tells whose turn it is of a deadline, one day before and on the day, and the approvers of the area when it has passed. Each
/// once for a step: run again, on two nodes, or with the clock set back, it tells nobody twice.
/// </summary>
public sealed class RemindLoops(MarketWrites writes, TimeProvider clock)
{
    /// <summary>How many loops one transaction takes.</summary>
    public const int AtOnce = 100;

    /// <summary>Tells what is to be told now; how many reminders were written.</summary>
    public async Task<int> ExecuteAsync(CancellationToken ct = default)
    {
        var all = 0;
        foreach (var kind in Enum.GetValues<ReminderKind>())
        {
            int some;
            do all += some = await writes.RunAsync((db, token) => RunAsync(db, kind, clock.GetUtcNow().UtcDateTime, token), ct);
            while (some == AtOnce);
        }

        return all;
    }

    private static async Task<int> RunAsync(MarketDb db, ReminderKind kind, DateTime now, CancellationToken ct)
    {
        await db.TakeTurnAsync();
        var loops = await db.Loops.Where(IsFor(kind, now)).Where(l => !db.LoopReminders.Any(r => r.LoopId == l.Id && r.Step == l.Version && r.Kind == kind))
            .OrderBy(l => l.Id).Take(AtOnce).Include(l => l.Area).AsNoTracking().ToListAsync(ct);
        foreach (var loop in loops)
        {
            var told = kind == ReminderKind.Overdue
                ? await LoopPeople.TellApproversAsync(db, loop, loop.Area.Path, InboxKinds.LoopOverdue, now, null, ct)
                : await LoopPeople.TellOwnerAsync(db, loop, loop.Area.Path, kind == ReminderKind.OnTheDay ? InboxKinds.LoopDueToday : InboxKinds.LoopDueTomorrow, now, null, ct);
            db.LoopReminders.Add(new LoopReminder { LoopId = loop.Id, Step = loop.Version, Kind = kind, At = now, Told = told });
        }

        await db.SaveChangesAsync(ct);
        return loops.Count;
    }

    private static Expression<Func<Loop, bool>> IsFor(ReminderKind kind, DateTime now)
    {
        var today = StationTime.Day(now);
        var (tomorrow, midnight) = (today.AddDays(1), StationTime.StartOf(today));
        return kind switch
        {
            // A deadline of tomorrow that was set today needs no reminder today.
            ReminderKind.DayBefore => l => l.DueDay == tomorrow && l.SteppedAt < midnight,
            ReminderKind.OnTheDay => l => l.DueDay == today && l.SteppedAt < midnight,
            _ => l => l.DueDay < today,
        };
    }
}
