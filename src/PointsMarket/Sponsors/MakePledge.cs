using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Sponsors;

/// <summary>Why a firm's pledge or announcement is not taken.</summary>
public enum PledgeProblem
{
    /// <summary>Neither an article nor words, or more than <see cref="MakePledge.MostWords"/> characters.</summary>
    WhatMissing,

    /// <summary>Below 1 or over <see cref="CountIn.MostPieces"/> pieces; an article needs a number.</summary>
    NotACount,

    /// <summary>A value below 0 or over <see cref="MakePledge.MostFen"/>.</summary>
    BadValue,

    /// <summary>Before today or more than <see cref="MakePledge.MostDaysAhead"/> days ahead.</summary>
    BadDay,

    /// <summary>There is no such outlet, or it belongs to another station than the pledge.</summary>
    NoSuchOutlet,

    /// <summary>There is no such article.</summary>
    NoSuchGoods,

    /// <summary>An article stands in two lines.</summary>
    GoodsTwice,

    /// <summary>No line, or more than <see cref="AnnounceDelivery.MostLines"/>.</summary>
    NoLines,

    /// <summary>The firm has <see cref="MakePledge.MostWaiting"/> that wait already.</summary>
    TooMany,

    /// <summary>The firm has no such pledge.</summary>
    NoSuchPledge,

    /// <summary>The pledge was not accepted, or is over.</summary>
    NotAccepted,
}

/// <summary>What came of a pledge or an announcement.</summary>
public abstract record PledgeMade
{
    /// <summary>It stands under this reference, now or from before.</summary>
    public sealed record Done(string Reference) : PledgeMade;

    /// <summary>Not taken.</summary>
    public sealed record Refused(PledgeProblem Why) : PledgeMade;
}

/// <summary>A firm says what it will give and by when. The desk of the outlet is told, and answers.</summary>
public sealed class MakePledge(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Bounds that catch a slip of the finger.</summary>
    public const int MostWords = 200, MostFen = 1_000_000_000, MostDaysAhead = 366, MostWaiting = 50;

    /// <summary>The pledge.</summary>
    public sealed record Input
    {
        /// <summary>The form's key.</summary>
        public required Guid Key { get; init; }

        /// <summary>The firm of the account that pledges.</summary>
        public required int SponsorId { get; init; }

        /// <summary>Where it is to go.</summary>
        public required int OutletId { get; init; }

        /// <summary>The article; null for free words.</summary>
        public required int? GoodsId { get; init; }

        /// <summary>Free words, or something to say with the article.</summary>
        public required string? Words { get; init; }

        /// <summary>Pieces; needed with an article.</summary>
        public required int? Quantity { get; init; }

        /// <summary>What it is worth, fen; null when it is not said.</summary>
        public required long? ValueFen { get; init; }

        /// <summary>The station day it is to come by.</summary>
        public required DateOnly Day { get; init; }

        /// <summary>Who pledges.</summary>
        public required Actor Actor { get; init; }
    }

    /// <summary>Makes it.</summary>
    public Task<PledgeMade> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var words = input.Words?.Trim() is { Length: > 0 } said ? said : null;
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        PledgeProblem? wrong =
            (input.GoodsId is null && words is null) || words?.Length > MostWords ? PledgeProblem.WhatMissing
            : input.Quantity is < 1 or > CountIn.MostPieces || (input.GoodsId is not null && input.Quantity is null) ? PledgeProblem.NotACount
            : input.ValueFen is < 0 or > MostFen ? PledgeProblem.BadValue
            : input.Day < today || input.Day > today.AddDays(MostDaysAhead) ? PledgeProblem.BadDay
            : null;
        return wrong is { } why ? Task.FromResult<PledgeMade>(new PledgeMade.Refused(why)) : writes.RunAsync(db => RunAsync(db, input with { Words = words }, today), ct);
    }

    private async Task<PledgeMade> RunAsync(MarketDb db, Input input, DateOnly today)
    {
        await db.TakeTurnAsync();
        if (await db.Pledges.Where(p => p.Key == input.Key && p.SponsorId == input.SponsorId).Select(p => p.Reference).SingleOrDefaultAsync() is { } before) return new PledgeMade.Done(before);
        var path = await db.Outlets.Where(o => o.Id == input.OutletId).Select(o => o.Area.Path).SingleOrDefaultAsync();
        if (path is null) return new PledgeMade.Refused(PledgeProblem.NoSuchOutlet);
        if (input.GoodsId is { } goods && !await db.Goods.AnyAsync(g => g.Id == goods)) return new PledgeMade.Refused(PledgeProblem.NoSuchGoods);
        if (await db.Pledges.CountAsync(p => p.SponsorId == input.SponsorId && p.State == PledgeState.Waiting) >= MostWaiting) return new PledgeMade.Refused(PledgeProblem.TooMany);
        var now = clock.GetUtcNow().UtcDateTime;
        var pledge = new Pledge
        {
            Reference = await References.NewAsync('P', today, 5, reference => db.Pledges.AnyAsync(p => p.Reference == reference)), Key = input.Key, SponsorId = input.SponsorId,
            OutletId = input.OutletId, GoodsId = input.GoodsId, Words = input.Words, Quantity = input.Quantity, ValueFen = input.ValueFen, Day = input.Day,
            State = PledgeState.Waiting, MadeAt = now, MadeBy = input.Actor.Code,
        };
        db.Pledges.Add(pledge);
        db.Note(now, input.Actor, "pledge.made", pledge.Reference);
        await SponsorNews.TellDeskAsync(db, path, InboxKinds.PledgeMade, pledge.Reference, $"/desk/sponsors/pledges/{pledge.Reference}", now);
        await db.SaveChangesAsync();
        return new PledgeMade.Done(pledge.Reference);
    }
}
