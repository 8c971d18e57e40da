using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Tips;

/// <summary>Somebody at the desk, and the tip.</summary>
public sealed record TipAtDesk
{
    /// <summary>The tip.</summary>
    public required string Reference { get; init; }

    /// <summary>The account.</summary>
    public required int UserId { get; init; }

    /// <summary>The path of the area the account may act in.</summary>
    public required string AreaPath { get; init; }

    internal string Actor => Ledger.Actor.User(UserId).Code;

    internal IQueryable<Tip> In(MarketDb db) => db.Tips.Where(t => t.Reference == Reference && t.Area.Path.StartsWith(AreaPath));
}

/// <summary>Opens a tip at the desk: from then on it counts as read, and it is on record who opened it, once a day.</summary>
public sealed class OpenTip(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The tip's key; null when there is none in the account's area.</summary>
    public Task<Guid?> ExecuteAsync(TipAtDesk at, CancellationToken ct = default) => writes.RunAsync<Guid?>(async db =>
    {
        ArgumentNullException.ThrowIfNull(at);
        if (await at.In(db).SingleOrDefaultAsync() is not { } tip) return null;
        var day = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        tip.HasNews = false;
        if (tip.State == TipState.Received) tip.State = TipState.Read;
        var actor = at.Actor;
        if (!await db.TipEvents.AnyAsync(e => e.TipId == tip.Id && e.Actor == actor && e.Day == day && e.Step == TipStep.Opened))
            db.TipEvents.Add(new TipEvent { TipId = tip.Id, Day = day, Actor = actor, Step = TipStep.Opened });
        await db.SaveChangesAsync();
        return tip.Id;
    }, ct);

    /// <summary>The tip's key when this account has opened it today; null otherwise.</summary>
    public async Task<Guid?> OpenedTodayAsync(MarketDb db, TipAtDesk at, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(at);
        var (day, actor) = (StationTime.Day(clock.GetUtcNow().UtcDateTime), at.Actor);
        return await at.In(db).Where(t => db.TipEvents.Any(e => e.TipId == t.Id && e.Actor == actor && e.Day == day && e.Step == TipStep.Opened))
            .Select(t => (Guid?)t.Id).SingleOrDefaultAsync(ct);
    }
}

/// <summary>Closes a tip as useful or not; the tipper reads it in the mailbox. Can be changed until a reward was proposed.</summary>
public sealed class CloseTip(MarketWrites writes, TimeProvider clock)
{
    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Closed.</summary>
        Closed,

        /// <summary>There is no such tip in the account's area.</summary>
        NotFound,

        /// <summary>A reward was proposed: it stays useful.</summary>
        Rewarded,
    }

    /// <summary>Closes it.</summary>
    public Task<Outcome> ExecuteAsync(TipAtDesk at, bool useful, CancellationToken ct = default) => writes.RunAsync(async db =>
    {
        ArgumentNullException.ThrowIfNull(at);
        if (await at.In(db).Select(t => (Guid?)t.Id).SingleOrDefaultAsync() is not { } id) return Outcome.NotFound;
        var to = useful ? TipState.Useful : TipState.NotUseful;
        var closed = await db.Tips.Where(t => t.Id == id && t.Reward == TipRewardState.None && t.State != to).ExecuteUpdateAsync(s => s.SetProperty(t => t.State, to));
        if (closed == 0) return await db.Tips.AnyAsync(t => t.Id == id && t.State == to) ? Outcome.Closed : Outcome.Rewarded;
        db.TipEvents.Add(new TipEvent
        {
            TipId = id, Day = StationTime.Day(clock.GetUtcNow().UtcDateTime), Actor = at.Actor, Step = useful ? TipStep.ClosedUseful : TipStep.ClosedNotUseful,
        });
        await db.SaveChangesAsync();
        return Outcome.Closed;
    }, ct);
}
