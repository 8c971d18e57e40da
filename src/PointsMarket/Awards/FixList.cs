using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Notices;
using PointsMarket.Settings;

namespace PointsMarket.Awards;

/// <summary>
/// Fixes the list of a draft: of a ranking the first ones who were not struck off, as many as the quota, passing over who is named for
/// the same in another cycle of the year; of what is named by hand everybody. Another person confirms it.
/// </summary>
public sealed class FixList(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Fixes it.</summary>
    public Task<AwardOutcome> ExecuteAsync(AwardStep step, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return writes.RunAsync(async (db, token) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var (cycle, why) = await AwardDesk.FindAsync(db, step, now, decides: true, token, AwardState.Draft);
            if (cycle is null) return why;
            await db.TakeTurnAsync(); // of two cycles that are fixed at once, the second sees the first's list
            var elsewhere = await NamedElsewhere.ReadAsync(db, cycle, token);
            var standing = await db.AwardNominees.AsTracking().Where(n => n.CycleId == cycle.Id).OrderBy(n => n.Place).ToListAsync(token);
            var named = standing.Where(n => n.StruckFor is null && !n.Dropped && !(n.MemberId is { } member && elsewhere.Contains(member))).Take(cycle.Quota).ToHashSet();
            if (named.Count == 0) return AwardOutcome.NobodyNamed;
            foreach (var n in standing) n.Named = named.Contains(n);
            (cycle.State, cycle.FixedBy) = (AwardState.Named, step.Actor.Code);
            db.Write(cycle, now, step.Actor.Code, AwardChange.Fixed, named.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await AwardPeople.TellDesksAsync(db, cycle, InboxKinds.AwardFixed, now, step.UserId, token);
            await db.SaveChangesAsync(token);
            return AwardOutcome.Done;
        }, ct);
    }
}

/// <summary>
/// Confirms a list that another person fixed. A ranking goes on public notice for
/// <see cref="SettingList.NoticeDays"/> whole station days, the day it is confirmed not counted; what was named by hand is decided with it. Two who confirm at once confirm once.
/// </summary>
public sealed class ConfirmList(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Confirms it.</summary>
    public Task<AwardOutcome> ExecuteAsync(AwardStep step, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return writes.RunAsync(async (db, token) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var (cycle, why) = await AwardDesk.FindAsync(db, step, now, decides: true, token, AwardState.Named);
            if (cycle is null) return why;
            if (cycle.FixedBy == step.Actor.Code) return AwardOutcome.SamePerson;
            cycle.ConfirmedBy = step.Actor.Code;
            db.Write(cycle, now, step.Actor.Code, AwardChange.Confirmed);
            if (AwardRule.For(cycle.Kind).Ranked)
            {
                var today = StationTime.Day(now);
                (cycle.State, cycle.NoticeFrom, cycle.NoticeTo) = (AwardState.Noticed, today, today.AddDays((int)await SettingBook.ValueAsync(db, SettingList.NoticeDays, today, token)));
                var named = await db.AwardNominees.Where(n => n.CycleId == cycle.Id && n.Named && n.MemberId != null).Select(n => n.MemberId!.Value).ToListAsync(token);
                Inbox.TellMembers(db, InboxKinds.AwardNoticed, now, named.Select(m => (m, cycle.Title, "/me/awards")));
            }
            else await DecideAward.SettleAsync(db, cycle, step, now, token);
            await db.SaveChangesAsync(token);
            return AwardOutcome.Done;
        }, ct);
    }
}

/// <summary>Sends a list back to draft with a reason, before it is decided. A public notice ends with it; the next list gets a new one.</summary>
public sealed class SendBackList(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Sends it back.</summary>
    public async Task<AwardOutcome> ExecuteAsync(AwardStep step, string? reason, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (Typed.Words(reason, AwardDesk.MostWords) is not { } words) return AwardOutcome.ReasonMissing;
        return await writes.RunAsync(async (db, token) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var (cycle, why) = await AwardDesk.FindAsync(db, step, now, decides: true, token, AwardState.Named, AwardState.Noticed);
            if (cycle is null) return why;
            (cycle.State, cycle.FixedBy, cycle.ConfirmedBy, cycle.NoticeFrom, cycle.NoticeTo) = (AwardState.Draft, null, null, null, null);
            foreach (var n in await db.AwardNominees.AsTracking().Where(n => n.CycleId == cycle.Id && n.Named).ToListAsync(token)) n.Named = false;
            db.Write(cycle, now, step.Actor.Code, AwardChange.SentBack, words);
            await db.SaveChangesAsync(token);
            return AwardOutcome.Done;
        }, ct);
    }
}

/// <summary>Calls a cycle off with a reason, while no certificate is out and no money is on its way.</summary>
public sealed class CallOffAward(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Calls it off.</summary>
    public async Task<AwardOutcome> ExecuteAsync(AwardStep step, string? reason, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (Typed.Words(reason, AwardDesk.MostWords) is not { } words) return AwardOutcome.ReasonMissing;
        return await writes.RunAsync(async (db, token) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var (cycle, why) = await AwardDesk.FindAsync(db, step, now, decides: true, token, AwardState.Draft, AwardState.Named, AwardState.Noticed, AwardState.Decided);
            if (cycle is null) return why == AwardOutcome.NotNow && await db.Certificates.AnyAsync(c => c.CycleId == step.CycleId, token) ? AwardOutcome.CertificatesOut : why;
            if (await AskAwardMoney.IsAskedAsync(db, cycle.Id, token)) return AwardOutcome.MoneyAsked;
            cycle.State = AwardState.CalledOff;
            // Nobody is owed any more, also who was asked for in a payment that came to nothing.
            foreach (var n in await db.AwardNominees.AsTracking().Where(n => n.CycleId == cycle.Id && n.OwedFen > 0).ToListAsync(token)) n.OwedFen = 0;
            db.Write(cycle, now, step.Actor.Code, AwardChange.CalledOff, words);
            await db.SaveChangesAsync(token);
            return AwardOutcome.Done;
        }, ct);
    }
}

/// <summary>An approver says that they have an interest, and decides nothing in this cycle from then on.</summary>
public sealed class DeclareInterest(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Declares it.</summary>
    public async Task<AwardOutcome> ExecuteAsync(AwardStep step, string? reason, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (Typed.Words(reason, AwardDesk.MostWords) is not { } words) return AwardOutcome.ReasonMissing;
        return await writes.RunAsync(async (db, token) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var (cycle, why) = await AwardDesk.FindAsync(db, step, now, decides: false, token, AwardState.Draft, AwardState.Named, AwardState.Noticed, AwardState.Decided);
            if (cycle is null) return why;
            if (await AwardDesk.IsRecusedAsync(db, cycle, step.UserId, now, token)) return AwardOutcome.Already;
            AwardDesk.Recuse(db, cycle, step.UserId, now, words);
            await db.SaveChangesAsync(token);
            return AwardOutcome.Done;
        }, ct);
    }
}
