using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Sponsors;

/// <summary>What came of a decision on a pledge.</summary>
public enum PledgeOutcome
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>There is no such pledge in the actor's reach.</summary>
    NotFound,

    /// <summary>Somebody was quicker: it does not wait any more, or is over.</summary>
    Over,

    /// <summary>Declining needs a reason of 1 to <see cref="MakePledge.MostWords"/> characters.</summary>
    ReasonMissing,

    /// <summary>There is no such article.</summary>
    NoSuchGoods,
}

/// <summary>The desk accepts a pledge or declines it with a reason; the firm is told.</summary>
public sealed class DecidePledge(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The decision.</summary>
    public sealed record Input
    {
        /// <summary>The pledge.</summary>
        public required string Reference { get; init; }

        /// <summary>True to accept it.</summary>
        public required bool Accept { get; init; }

        /// <summary>What is said with it; needed to decline.</summary>
        public string? Answer { get; init; }

        /// <summary>The article that free words mean; only for a pledge without one.</summary>
        public int? GoodsId { get; init; }

        /// <summary>Who decides.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in; the outlet must lie in it.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>Decides it.</summary>
    public Task<PledgeOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var words = input.Answer?.Trim() is { Length: > 0 } said ? said : null;
        return (words is null && !input.Accept) || words?.Length > MakePledge.MostWords ? Task.FromResult(PledgeOutcome.ReasonMissing) : writes.RunAsync(db => RunAsync(db, input, words), ct);
    }

    private async Task<PledgeOutcome> RunAsync(MarketDb db, Input input, string? words)
    {
        await db.TakeTurnAsync();
        var pledge = await db.Pledges.SingleOrDefaultAsync(p => p.Reference == input.Reference && p.Outlet.Area.Path.StartsWith(input.AreaPath));
        if (pledge is null) return PledgeOutcome.NotFound;
        if (pledge.State != PledgeState.Waiting) return PledgeOutcome.Over;
        if (input.Accept && pledge.GoodsId is null && input.GoodsId is { } goods)
        {
            if (!await db.Goods.AnyAsync(g => g.Id == goods)) return PledgeOutcome.NoSuchGoods;
            pledge.GoodsId = goods;
        }
        var now = clock.GetUtcNow().UtcDateTime;
        (pledge.State, pledge.DecidedAt, pledge.DecidedBy, pledge.Answer) = (input.Accept ? PledgeState.Accepted : PledgeState.Declined, now, input.Actor.Code, words);
        db.Note(now, input.Actor, input.Accept ? "pledge.accepted" : "pledge.declined", pledge.Reference);
        await SponsorNews.TellFirmAsync(db, pledge.SponsorId, input.Accept ? InboxKinds.PledgeAccepted : InboxKinds.PledgeDeclined, pledge.Reference, $"/sponsor/pledges/{pledge.Reference}", now, input.Actor);
        await db.SaveChangesAsync();
        return PledgeOutcome.Done;
    }
}

/// <summary>
/// The firm takes its pledge back as long as nothing came of it; of one that came in part, the rest is not to come any more. What was
/// announced and is not here yet is called off.
/// </summary>
public sealed class WithdrawPledge(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Which pledge.</summary>
    public sealed record Input
    {
        /// <summary>The pledge.</summary>
        public required string Reference { get; init; }

        /// <summary>The firm of the account that asks.</summary>
        public required int SponsorId { get; init; }

        /// <summary>Who asks.</summary>
        public required Actor Actor { get; init; }
    }

    /// <summary>Withdraws it.</summary>
    public Task<PledgeOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private async Task<PledgeOutcome> RunAsync(MarketDb db, Input input)
    {
        await db.TakeTurnAsync();
        var pledge = await db.Pledges.Include(p => p.Outlet.Area).SingleOrDefaultAsync(p => p.Reference == input.Reference && p.SponsorId == input.SponsorId);
        if (pledge is null) return PledgeOutcome.NotFound;
        if (pledge.State is not (PledgeState.Waiting or PledgeState.Accepted)) return PledgeOutcome.Over;
        var announced = await db.Announcements.Where(a => a.PledgeId == pledge.Id).ToListAsync();
        foreach (var open in announced.Where(a => a.State == AnnouncementState.Announced)) open.State = AnnouncementState.CalledOff;
        var now = clock.GetUtcNow().UtcDateTime;
        pledge.State = announced.Any(a => a.State == AnnouncementState.CountedIn) ? PledgeState.Delivered : PledgeState.Withdrawn;
        (pledge.DecidedAt, pledge.DecidedBy) = (now, input.Actor.Code);
        db.Note(now, input.Actor, "pledge.withdrawn", pledge.Reference);
        await SponsorNews.TellDeskAsync(db, pledge.Outlet.Area.Path, InboxKinds.PledgeWithdrawn, pledge.Reference, $"/desk/sponsors/pledges/{pledge.Reference}", now);
        await db.SaveChangesAsync();
        return PledgeOutcome.Done;
    }
}
