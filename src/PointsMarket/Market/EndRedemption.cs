using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>
/// Ends a redemption's hold: handed over at the counter, cancelled, or not collected in time (invariant 6: once); or takes goods
/// back that were handed over not too long ago (<see cref="Redemption.ReturnableAsync"/>). Doing the same again gives the same answer.
/// </summary>
public sealed class EndRedemption(MarketWrites writes, LotBook lots, TimeProvider clock)
{
    /// <summary>What to do.</summary>
    public sealed record Input
    {
        /// <summary>The redemption.</summary>
        public required int RedemptionId { get; init; }

        /// <summary>What it is to become: anything but <see cref="RedemptionState.Held"/>.</summary>
        public required RedemptionState To { get; init; }

        /// <summary>Who does it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in; the outlet must lie in it.</summary>
        public required string AreaPath { get; init; }

        /// <summary>Why it is cancelled or brought back, in words.</summary>
        public string? Reason { get; init; }

        /// <summary>The numbers of the cards that are handed over; see <see cref="CardShelf"/> for when they are needed.</summary>
        public IReadOnlyList<ScannedCards> Cards { get; init; } = [];
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Done, now or from before.</summary>
        Done,

        /// <summary>It ended otherwise before: see the redemption's state.</summary>
        EndedOtherwise,

        /// <summary>It waited longer than it may: not handed over any more, the points flow back.</summary>
        TooLate,

        /// <summary>It still waits for its seven days: it cannot expire yet.</summary>
        TooSoon,

        /// <summary>Something set aside has expired while it waited: it is not handed over, but cancelled.</summary>
        GoodsExpired,

        /// <summary>The numbers of cards do not fit; <see cref="CardShelf.CheckAsync"/> says which. Brought back: one of them is lost or blocked.</summary>
        CardsNotRight,

        /// <summary>There is no such redemption in the actor's area.</summary>
        NotFound,
    }

    /// <summary>Ends it. Throws <see cref="ArgumentException"/> when asked to make it Held.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.To == RedemptionState.Held) throw new ArgumentException("A redemption does not go back to held.", nameof(input));
        return writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        var r = await db.Redemptions.Include(x => x.Lines).ThenInclude(l => l.Goods).Include(x => x.Member).Include(x => x.Voucher).Include(x => x.Outlet.Area)
            .SingleOrDefaultAsync(x => x.Id == input.RedemptionId && x.Outlet.Area.Path.StartsWith(input.AreaPath));
        if (r is null) return Outcome.NotFound;
        if (r.State == input.To) return Outcome.Done;
        var now = clock.GetUtcNow().UtcDateTime;
        var from = input.To == RedemptionState.Returned ? RedemptionState.HandedOver : RedemptionState.Held;
        if (r.State != from) return Outcome.EndedOtherwise;
        if (input.To == RedemptionState.HandedOver && now >= r.ExpiresAt) return Outcome.TooLate;
        if (input.To == RedemptionState.HandedOver && await HasExpiredAsync(db, r, now)) return Outcome.GoodsExpired;
        if (input.To == RedemptionState.Returned && (r.EndSequence is null || now >= r.EndedAt + await Redemption.ReturnableAsync(db, r.EndedAt!.Value))) return Outcome.TooLate;
        if (input.To == RedemptionState.Expired && now < r.ExpiresAt) return Outcome.TooSoon;

        var posted = await lots.PostAsync(db, Request(r, input, now));
        if (posted.Outcome != PostOutcome.Posted) return await EndedMeanwhileAsync(db, input);
        // Under the book's lock, so that one card scanned at two counters at once leaves at one.
        if (await CardShelf.EndAsync(db, r, input, now) is not null) return db.RollBack(Outcome.CardsNotRight);
        (r.State, r.EndedAt, r.EndedBy, r.Reason, r.PickupCode, r.EndSequence) = (input.To, now, input.Actor.Code, input.Reason, null, posted.Sequence);
        await db.SaveChangesAsync();
        return Outcome.Done;
    }

    /// <summary>On a server somebody else ended it while this one waited for the book: their state is committed now.</summary>
    private static async Task<Outcome> EndedMeanwhileAsync(MarketDb db, Input input)
    {
        var state = await db.Redemptions.AsNoTracking().Where(x => x.Id == input.RedemptionId).Select(x => x.State).SingleAsync();
        return state == input.To ? Outcome.Done : Outcome.EndedOtherwise;
    }

    private static async Task<bool> HasExpiredAsync(MarketDb db, Redemption r, DateTime now)
    {
        var (place, today) = (AccountCode.Reserved(r.Reference).Value, StationTime.Day(now));
        return await db.LotStocks.AnyAsync(s => s.BookId == r.Outlet.Area.BookId && s.Place == place && s.Lot.UseBy <= today);
    }

    private static TransactionRequest Request(Redemption r, Input input, DateTime now)
    {
        var (points, goods) = (AccountCode.Held(r.Reference), AccountCode.Reserved(r.Reference));
        var (owner, shelf) = (r.Voucher?.Account ?? AccountCode.Member(r.Member!.Code), AccountCode.Shelf(r.Outlet.Code));
        var (kind, related, pointsFrom, pointsTo, goodsFrom, goodsTo) = input.To switch
        {
            RedemptionState.HandedOver => (TransactionKinds.HandOver, new RelatedTo(Relation.Ends, r.HoldSequence!.Value), points, AccountCode.Redeemed, goods, AccountCode.HandedOut),
            RedemptionState.Returned => (TransactionKinds.Return, new RelatedTo(Relation.Reverses, r.EndSequence!.Value), AccountCode.Redeemed, owner, AccountCode.HandedOut, shelf),
            _ => (TransactionKinds.Release, new RelatedTo(Relation.Ends, r.HoldSequence!.Value), points, owner, goods, shelf),
        };
        return new TransactionRequest
        {
            BookId = r.Outlet.Area.BookId,
            Key = $"redemption:{r.Reference}:{kind}",
            Kind = kind,
            Subject = r.Reference,
            HappenedAt = now,
            Actor = input.Actor,
            Reason = input.Reason,
            Related = related,
            Postings =
            [
                new Posting(pointsFrom, pointsTo, Asset.Points, r.Points),
                .. r.Lines.OrderBy(l => l.GoodsId).Select(l => new Posting(goodsFrom, goodsTo, l.Goods.Asset, l.Quantity)),
            ],
        };
    }
}

/// <summary>Lets every slip flow back that was not collected in time; each in a transaction of its own, so that it can stop anywhere.</summary>
public sealed class ExpireRedemptions(MarketContexts contexts, EndRedemption end, TimeProvider clock)
{
    /// <summary>How many flowed back.</summary>
    public async Task<int> ExecuteAsync(CancellationToken ct = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = contexts.Read();
        var due = await db.Redemptions.Where(r => r.State == RedemptionState.Held && r.ExpiresAt <= now).OrderBy(r => r.ExpiresAt).Select(r => r.Id).ToListAsync(ct);
        var count = 0;
        foreach (var id in due)
        {
            var outcome = await end.ExecuteAsync(new EndRedemption.Input { RedemptionId = id, To = RedemptionState.Expired, Actor = Actor.System("schedule"), AreaPath = "" }, ct);
            if (outcome == EndRedemption.Outcome.Done) count++;
        }
        return count;
    }
}
