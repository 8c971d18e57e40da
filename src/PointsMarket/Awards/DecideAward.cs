using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Notices;

namespace PointsMarket.Awards;

/// <summary>
/// Decides a cycle whose public notice is over and whose objections are answered: what each is owed is put down, and certificates may
/// be issued. Whoever fixed the list does not decide on it. Where an upheld objection struck somebody off, the places of the list stay
/// as they are: the decision is about those who are left.
/// </summary>
public sealed class DecideAward(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Decides.</summary>
    public Task<AwardOutcome> ExecuteAsync(AwardStep step, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return writes.RunAsync(async (db, token) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var (cycle, why) = await AwardDesk.FindAsync(db, step, now, decides: true, token, AwardState.Noticed);
            if (cycle is null) return why;
            if (cycle.FixedBy == step.Actor.Code) return AwardOutcome.SamePerson;
            if (StationTime.Day(now) <= cycle.NoticeTo) return AwardOutcome.NoticeRuns;
            if (await db.AwardObjections.AnyAsync(o => o.CycleId == cycle.Id && o.Answer == null, token)) return AwardOutcome.ObjectionWaits;
            if (!await db.AwardNominees.AnyAsync(n => n.CycleId == cycle.Id && n.Named, token)) return AwardOutcome.NobodyNamed;
            await SettleAsync(db, cycle, step, now, token);
            await db.SaveChangesAsync(token);
            return AwardOutcome.Done;
        }, ct);
    }

    /// <summary>Decided: everybody on the list is owed the cycle's amount.</summary>
    internal static async Task SettleAsync(MarketDb db, AwardCycle cycle, AwardStep step, DateTime now, CancellationToken ct)
    {
        (cycle.State, cycle.DecidedBy, cycle.DecidedAt) = (AwardState.Decided, step.Actor.Code, now);
        var named = await db.AwardNominees.AsTracking().Where(n => n.CycleId == cycle.Id && n.Named).ToListAsync(ct);
        foreach (var n in named.Where(n => n.MemberId is not null)) n.OwedFen = cycle.AmountFen;
        db.Write(cycle, now, step.Actor.Code, AwardChange.Decided, named.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Inbox.TellMembers(db, InboxKinds.AwardDecided, now, named.Where(n => n.MemberId is not null).Select(n => (n.MemberId!.Value, cycle.Title, "/me/certificates")));
    }
}
