using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Notices;
using PointsMarket.Settings;

namespace PointsMarket.Tips;

/// <summary>What a useful tip may be worth.</summary>
public static class TipRewards
{
    /// <summary>A reward over this many points takes two different people.</summary>
    public static Task<long> OneMayGiveAsync(MarketDb db, DateOnly day, CancellationToken ct = default) => SettingBook.ValueAsync(db, SettingList.TipOneMayGive, day, ct);

    /// <summary>The tiers, in points.</summary>
    public static IReadOnlyList<int> Tiers { get; } = [20, 50, 100, 200, 500];
}

/// <summary>What came of a decision about a reward.</summary>
public enum TipRewarding
{
    /// <summary>Decided: it comes with the next week's batch.</summary>
    Approved,

    /// <summary>Proposed: a second person decides.</summary>
    Proposed,

    /// <summary>Turned down.</summary>
    Refused,

    /// <summary>There is no such tip in the account's area.</summary>
    NotFound,

    /// <summary>Not one of the tiers.</summary>
    NoSuchTier,

    /// <summary>Only a tip that was closed as useful is rewarded.</summary>
    NotUseful,

    /// <summary>A reward was proposed or decided before.</summary>
    Decided,

    /// <summary>The one who proposed it does not decide it.</summary>
    NotYours,
}

/// <summary>Proposes a reward for a useful tip; up to <see cref="SettingList.TipOneMayGive"/> points that decides it.</summary>
public sealed class ProposeTipReward(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Proposes it.</summary>
    public Task<TipRewarding> ExecuteAsync(TipAtDesk at, int points, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(at);
        return TipRewards.Tiers.Contains(points) ? writes.RunAsync(db => RunAsync(db, at, points), ct) : Task.FromResult(TipRewarding.NoSuchTier);
    }

    private async Task<TipRewarding> RunAsync(MarketDb db, TipAtDesk at, int points)
    {
        if (await at.In(db).Select(t => new { t.Id, t.State, t.Area.Path }).SingleOrDefaultAsync() is not { } tip) return TipRewarding.NotFound;
        if (tip.State != TipState.Useful) return TipRewarding.NotUseful;
        var day = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        var alone = points <= await TipRewards.OneMayGiveAsync(db, day);
        var (to, on, by) = (alone ? TipRewardState.Approved : TipRewardState.Proposed, alone ? day : (DateOnly?)null, at.UserId);
        // The state in the WHERE: of two at once one proposes.
        var changed = await db.Tips.Where(t => t.Id == tip.Id && t.Reward == TipRewardState.None && t.State == TipState.Useful).ExecuteUpdateAsync(s => s
            .SetProperty(t => t.Reward, to).SetProperty(t => t.RewardPoints, points).SetProperty(t => t.ProposedBy, by).SetProperty(t => t.ApprovedOn, on));
        if (changed == 0) return TipRewarding.Decided;
        db.TipEvents.Add(new TipEvent { TipId = tip.Id, Day = day, Actor = at.Actor, Step = alone ? TipStep.RewardApproved : TipStep.RewardProposed });
        if (!alone)
            await Inbox.TellStaffAsync(db, [Roles.Approver], tip.Path, InboxKinds.TipReward, at.Reference, $"/desk/tips/{at.Reference}", StationTime.StartOf(day), at.UserId);
        await db.SaveChangesAsync();
        return alone ? TipRewarding.Approved : TipRewarding.Proposed;
    }
}

/// <summary>A second person approves or turns down a reward that is too large for one.</summary>
public sealed class DecideTipReward(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Decides it.</summary>
    public Task<TipRewarding> ExecuteAsync(TipAtDesk at, bool approve, CancellationToken ct = default) => writes.RunAsync(async db =>
    {
        ArgumentNullException.ThrowIfNull(at);
        if (await at.In(db).Select(t => new { t.Id, t.ProposedBy }).SingleOrDefaultAsync() is not { } tip) return TipRewarding.NotFound;
        if (tip.ProposedBy == at.UserId) return TipRewarding.NotYours;
        var day = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        var (to, on) = (approve ? TipRewardState.Approved : TipRewardState.None, approve ? day : (DateOnly?)null);
        var by = approve ? tip.ProposedBy : null;
        var changed = await db.Tips.Where(t => t.Id == tip.Id && t.Reward == TipRewardState.Proposed).ExecuteUpdateAsync(s => s
            .SetProperty(t => t.Reward, to).SetProperty(t => t.ApprovedOn, on).SetProperty(t => t.ProposedBy, by)
            .SetProperty(t => t.RewardPoints, t => approve ? t.RewardPoints : 0));
        if (changed == 0) return TipRewarding.Decided;
        db.TipEvents.Add(new TipEvent { TipId = tip.Id, Day = day, Actor = at.Actor, Step = approve ? TipStep.RewardApproved : TipStep.RewardRefused });
        await db.SaveChangesAsync();
        return approve ? TipRewarding.Approved : TipRewarding.Refused;
    }, ct);
}
