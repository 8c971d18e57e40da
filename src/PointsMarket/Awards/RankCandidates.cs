using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;

namespace PointsMarket.Awards;

/// <summary>
/// Works the ranking of a draft out from the year's published assessments and keeps every number it follows from. Doing it again
/// brings it up to date; who was struck off stays so. Approvers who stand in it are put on record as recused.
/// </summary>
public sealed class RankCandidates(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Ranks.</summary>
    public Task<AwardOutcome> ExecuteAsync(AwardStep step, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return writes.RunAsync(async (db, token) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var (cycle, why) = await AwardDesk.FindAsync(db, step, now, decides: false, token, AwardState.Draft);
            if (cycle is null) return why;
            if (!AwardRule.For(cycle.Kind).Ranked) return AwardOutcome.NotNow;
            var ranked = await AwardRanking.ReadAsync(db, cycle, StationTime.Day(now), token);
            await KeepAsync(db, cycle, ranked, token);
            await RecuseAsync(db, cycle, [.. ranked.Select(c => c.MemberId)], now, token);
            cycle.RankedAt = now;
            db.Write(cycle, now, step.Actor.Code, AwardChange.Ranked, ranked.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await db.SaveChangesAsync(token);
            return AwardOutcome.Done;
        }, ct);
    }

    /// <summary>Rows are kept where the member stays, because an objection of an earlier notice may point to one.</summary>
    private static async Task KeepAsync(MarketDb db, AwardCycle cycle, IReadOnlyList<AwardCandidate> ranked, CancellationToken ct)
    {
        var old = await db.AwardNominees.AsTracking().Where(n => n.CycleId == cycle.Id).ToDictionaryAsync(n => n.MemberId!.Value, ct);
        var place = 0;
        foreach (var c in ranked)
        {
            if (!old.Remove(c.MemberId, out var nominee)) db.AwardNominees.Add(nominee = new AwardNominee { CycleId = cycle.Id, MemberId = c.MemberId });
            (nominee.Place, nominee.ScoreSum, nominee.Months, nominee.Points, nominee.Dropped) = (++place, c.ScoreSum, c.Months, c.Points, false);
        }
        await DropAsync(db, cycle, old.Values, place, ct);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Empties the ranking of a draft; saved with the operation.</summary>
    internal static async Task EmptyAsync(MarketDb db, AwardCycle cycle, CancellationToken ct) =>
        await DropAsync(db, cycle, await db.AwardNominees.AsTracking().Where(n => n.CycleId == cycle.Id).OrderBy(n => n.Place).ToListAsync(ct), 0, ct);

    /// <summary>Who is not ranked any more goes; whoever an objection points to stays behind the others, out of the ranking.</summary>
    private static async Task DropAsync(MarketDb db, AwardCycle cycle, IEnumerable<AwardNominee> gone, int place, CancellationToken ct)
    {
        var objected = await db.AwardObjections.Where(o => o.CycleId == cycle.Id && o.NomineeId != null).Select(o => o.NomineeId!.Value).ToListAsync(ct);
        foreach (var n in gone)
        {
            if (objected.Contains(n.Id)) (n.Place, n.Dropped) = (++place, true);
            else db.AwardNominees.Remove(n);
        }
    }

    private static async Task RecuseAsync(MarketDb db, AwardCycle cycle, List<int> members, DateTime now, CancellationToken ct)
    {
        var roles = AwardPeople.Deciding;
        var users = await db.Users.Where(u => u.MemberId != null && members.Contains(u.MemberId.Value)
                && db.UserRoles.Any(r => r.UserId == u.Id && db.Roles.Any(x => x.Id == r.RoleId && roles.Contains(x.Name!)))
                && !db.AwardRecusals.Any(r => r.CycleId == cycle.Id && r.UserId == u.Id))
            .Select(u => u.Id).ToListAsync(ct);
        foreach (var user in users) AwardDesk.Recuse(db, cycle, user, now, null);
    }
}

/// <summary>Strikes a ranked candidate off with a reason, or takes that back, while the cycle is in draft. The next ones move up. Who is not ranked any more is left as they are.</summary>
public sealed class StrikeCandidate(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Strikes off with a reason; takes it back without one.</summary>
    public async Task<AwardOutcome> ExecuteAsync(AwardStep step, int nomineeId, bool strike, string? reason, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        var words = Typed.Words(reason, AwardDesk.MostWords);
        if (strike && words is null) return AwardOutcome.ReasonMissing;
        return await writes.RunAsync(async (db, token) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var (cycle, why) = await AwardDesk.FindAsync(db, step, now, decides: true, token, AwardState.Draft);
            if (cycle is null) return why;
            var nominee = await db.AwardNominees.AsTracking().Include(n => n.Member).SingleOrDefaultAsync(n => n.Id == nomineeId && n.CycleId == cycle.Id && n.MemberId != null && !n.Dropped, token);
            if (nominee is null || !AwardRule.For(cycle.Kind).Ranked) return AwardOutcome.NotFound;
            if (strike == nominee.StruckFor is not null) return AwardOutcome.Already;
            (nominee.StruckFor, nominee.StruckBy) = strike ? (words, step.Actor.Code) : (null, null);
            db.Write(cycle, now, step.Actor.Code, strike ? AwardChange.Struck : AwardChange.Restored, strike ? $"{nominee.Member!.Code}: {words}" : nominee.Member!.Code);
            await db.SaveChangesAsync(token);
            return AwardOutcome.Done;
        }, ct);
    }
}
