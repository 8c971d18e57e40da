using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Sponsors;

/// <summary>A firm says that a delivery is coming: which day, to which outlet, what. It stands in the attendants' list until it is counted in.</summary>
public sealed class AnnounceDelivery(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The most articles of one delivery.</summary>
    public const int MostLines = 20;

    /// <summary>One article of it.</summary>
    public sealed record Line(int GoodsId, int Quantity);

    /// <summary>The announcement.</summary>
    public sealed record Input
    {
        /// <summary>The form's key.</summary>
        public required Guid Key { get; init; }

        /// <summary>The pledge it comes from.</summary>
        public required string Pledge { get; init; }

        /// <summary>The firm of the account that announces.</summary>
        public required int SponsorId { get; init; }

        /// <summary>Where it comes; of the same station as the pledge.</summary>
        public required int OutletId { get; init; }

        /// <summary>The station day it comes.</summary>
        public required DateOnly Day { get; init; }

        /// <summary>What comes, each article once.</summary>
        public required IReadOnlyList<Line> Lines { get; init; }

        /// <summary>Who announces.</summary>
        public required Actor Actor { get; init; }
    }

    /// <summary>Announces it.</summary>
    public Task<PledgeMade> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        PledgeProblem? wrong =
            input.Lines.Count is 0 or > MostLines ? PledgeProblem.NoLines
            : input.Lines.Any(l => l.Quantity is < 1 or > CountIn.MostPieces) ? PledgeProblem.NotACount
            : input.Lines.DistinctBy(l => l.GoodsId).Count() != input.Lines.Count ? PledgeProblem.GoodsTwice
            : input.Day < today || input.Day > today.AddDays(MakePledge.MostDaysAhead) ? PledgeProblem.BadDay
            : null;
        return wrong is { } why ? Task.FromResult<PledgeMade>(new PledgeMade.Refused(why)) : writes.RunAsync(db => RunAsync(db, input, today), ct);
    }

    private async Task<PledgeMade> RunAsync(MarketDb db, Input input, DateOnly today)
    {
        await db.TakeTurnAsync();
        var pledge = await db.Pledges.Where(p => p.Reference == input.Pledge && p.SponsorId == input.SponsorId).Select(p => new { p.Id, p.State, p.Outlet.Area.BookId }).SingleOrDefaultAsync();
        if (pledge is null) return new PledgeMade.Refused(PledgeProblem.NoSuchPledge);
        if (await db.Announcements.Where(a => a.Key == input.Key && a.PledgeId == pledge.Id).Select(a => a.Reference).SingleOrDefaultAsync() is { } before) return new PledgeMade.Done(before);
        if (pledge.State != PledgeState.Accepted) return new PledgeMade.Refused(PledgeProblem.NotAccepted);
        var path = await db.Outlets.Where(o => o.Id == input.OutletId && o.Area.BookId == pledge.BookId).Select(o => o.Area.Path).SingleOrDefaultAsync();
        if (path is null) return new PledgeMade.Refused(PledgeProblem.NoSuchOutlet);
        var ids = input.Lines.Select(l => l.GoodsId).ToList();
        if (await db.Goods.CountAsync(g => ids.Contains(g.Id)) != ids.Count) return new PledgeMade.Refused(PledgeProblem.NoSuchGoods);
        var now = clock.GetUtcNow().UtcDateTime;
        var announcement = new Announcement
        {
            Reference = await References.NewAsync('A', today, 5, reference => db.Announcements.AnyAsync(a => a.Reference == reference)), Key = input.Key, PledgeId = pledge.Id,
            OutletId = input.OutletId, Day = input.Day, State = AnnouncementState.Announced, AnnouncedAt = now, AnnouncedBy = input.Actor.Code,
        };
        announcement.Lines.AddRange(input.Lines.Select(l => new AnnouncedLine { GoodsId = l.GoodsId, Quantity = l.Quantity }));
        db.Announcements.Add(announcement);
        db.Note(now, input.Actor, "delivery.announced", announcement.Reference, input.Pledge);
        await SponsorNews.TellCountersAsync(db, path, InboxKinds.DeliveryAnnounced, announcement.Reference, "/desk/arrivals", now);
        await db.SaveChangesAsync();
        return new PledgeMade.Done(announcement.Reference);
    }
}

/// <summary>The firm calls an announced delivery off as long as it is not counted in; the pledge stands.</summary>
public sealed class CallOffDelivery(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Which delivery.</summary>
    public sealed record Input
    {
        /// <summary>The announcement.</summary>
        public required string Reference { get; init; }

        /// <summary>The firm of the account that asks.</summary>
        public required int SponsorId { get; init; }

        /// <summary>Who asks.</summary>
        public required Actor Actor { get; init; }
    }

    /// <summary>Calls it off.</summary>
    public Task<PledgeOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private async Task<PledgeOutcome> RunAsync(MarketDb db, Input input)
    {
        await db.TakeTurnAsync();
        var announcement = await db.Announcements.Include(a => a.Outlet.Area).SingleOrDefaultAsync(a => a.Reference == input.Reference && a.Pledge.SponsorId == input.SponsorId);
        if (announcement is null) return PledgeOutcome.NotFound;
        if (announcement.State != AnnouncementState.Announced) return PledgeOutcome.Over;
        var now = clock.GetUtcNow().UtcDateTime;
        announcement.State = AnnouncementState.CalledOff;
        db.Note(now, input.Actor, "delivery.called-off", announcement.Reference);
        await SponsorNews.TellCountersAsync(db, announcement.Outlet.Area.Path, InboxKinds.DeliveryCalledOff, announcement.Reference, "/desk/arrivals", now);
        await db.SaveChangesAsync();
        return PledgeOutcome.Done;
    }
}

/// <summary>What counting in, and taking that back, does to the announcement it answers.</summary>
internal static class AnnouncementsCountedIn
{
    /// <summary>
    /// Ties a delivery to its announcement, ends a pledge that came whole, and tells the firm; false when it is not on its way to that
    /// outlet from that firm any more. The delivery is saved and has its key.
    /// </summary>
    public static async Task<bool> SettleAsync(MarketDb db, Delivery delivery, Actor actor, DateTime now)
    {
        var announcement = await db.Announcements.Include(a => a.Pledge).SingleOrDefaultAsync(a => a.Id == delivery.AnnouncementId);
        if (announcement is not { State: AnnouncementState.Announced } || announcement.OutletId != delivery.OutletId || announcement.Pledge.SponsorId != delivery.SponsorId) return false;
        (announcement.State, announcement.DeliveryId) = (AnnouncementState.CountedIn, delivery.Id);
        var pledge = announcement.Pledge;
        if (pledge.State == PledgeState.Accepted && IsWhole(pledge, await OthersAsync(db, announcement), delivery)) pledge.State = PledgeState.Delivered;
        await SponsorNews.TellFirmAsync(db, pledge.SponsorId, InboxKinds.DeliveryCounted, delivery.Reference, $"/sponsor/deliveries/{delivery.Reference}", now, actor);
        return true;
    }

    /// <summary>
    /// A delivery was taken back: its announcement is on its way again, its pledge is open again where that delivery had made it
    /// whole, and the firm is told. What the firm itself ended stays ended.
    /// </summary>
    public static async Task ReopenAsync(MarketDb db, string reference, Actor actor, DateTime now)
    {
        var delivery = await db.Deliveries.Include(d => d.Lines).SingleOrDefaultAsync(d => d.Reference == reference);
        if (delivery?.SponsorId is not { } firm) return;
        await SponsorNews.TellFirmAsync(db, firm, InboxKinds.DeliveryTakenBack, reference, $"/sponsor/deliveries/{reference}", now, actor);
        var announcement = await db.Announcements.Include(a => a.Pledge).SingleOrDefaultAsync(a => a.DeliveryId == delivery.Id);
        if (announcement is null) return;
        var (pledge, others) = (announcement.Pledge, await OthersAsync(db, announcement));
        if (pledge.State == PledgeState.Delivered && IsWhole(pledge, others, delivery) && !IsWhole(pledge, others, null)) pledge.State = PledgeState.Accepted;
        (announcement.State, announcement.DeliveryId) = (AnnouncementState.Announced, null);
    }

    /// <summary>Pieces of each other delivery that came of the pledge.</summary>
    private static Task<List<long>> OthersAsync(MarketDb db, Announcement announcement) =>
        db.Announcements.Where(a => a.PledgeId == announcement.PledgeId && a.DeliveryId != null && a.Id != announcement.Id).Select(a => a.Delivery!.Lines.Sum(l => (long)l.Accepted)).ToListAsync();

    /// <summary>Whether a pledge came whole with these; of one without a number anything that came is all.</summary>
    private static bool IsWhole(Pledge pledge, List<long> others, Delivery? delivery) => pledge.Quantity is { } all
        ? others.Sum() + (delivery?.Lines.Sum(l => (long)l.Accepted) ?? 0) >= all
        : others.Count > 0 || delivery is not null;
}
