using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Settings;

namespace PointsMarket.Market;

/// <summary>
/// Turns the basket into a redemption: points <c>member → held</c> (or <c>voucher → held</c>) and goods <c>shelf → reserved</c> in one transaction. The
/// basket's key is the idempotency key, so a second tap, a lost answer or a reload gives the same slip. Source: DESIGN 3, 5.
/// </summary>
public sealed class RedeemAtKiosk(MarketWrites writes, LotBook lots, ReadShop readShop, TimeProvider clock)
{
    /// <summary>What was confirmed on the screen.</summary>
    public sealed record Input
    {
        /// <summary>The session.</summary>
        public required Guid SessionId { get; init; }

        /// <summary>The basket's key, as the confirm page showed it.</summary>
        public required Guid BasketKey { get; init; }

        /// <summary>The points that the person agreed to.</summary>
        public required long ExpectedPoints { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Done, now or from before: the slip.</summary>
    public sealed record Redeemed(int RedemptionId) : Outcome;

    /// <summary>So many points are missing.</summary>
    public sealed record NotEnoughPoints(long Missing) : Outcome;

    /// <summary>Somebody else was quicker: so many are left.</summary>
    public sealed record OutOfStock(string Sku, long Left) : Outcome;

    /// <summary>Over the month's limit: so many may still be taken.</summary>
    public sealed record OverLimit(string Sku, int Allowed) : Outcome;

    /// <summary>The basket or a price is no longer what was agreed to: look again.</summary>
    public sealed record BasketChanged : Outcome;

    /// <summary>Nothing chosen.</summary>
    public sealed record NothingChosen : Outcome;

    /// <summary>The session is over.</summary>
    public sealed record NoSession : Outcome;

    /// <summary>Redeems the basket.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default) => writes.RunAsync(db => RunAsync(db, input), ct);

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        var outcome = await TryAsync(db, input);
        if (outcome is Redeemed or NoSession) return outcome;
        // On a server the first of two taps may commit between two reads of the second: then the refusal is only its shadow.
        return await SlipAsync(db, input) is { } slip ? new Redeemed(slip) : outcome;
    }

    private async Task<Outcome> TryAsync(MarketDb db, Input input)
    {
        var session = await db.KioskSessions.Include(s => s.Member).Include(s => s.Voucher).Include(s => s.Device.Outlet.Area).SingleOrDefaultAsync(s => s.Id == input.SessionId);
        if (session is null) return new NoSession();
        if (await SlipAsync(db, input) is { } earlier) return new Redeemed(earlier);
        if (session.BasketKey != input.BasketKey) return new BasketChanged();
        var shop = (await readShop.ExecuteAsync(db, session.Id))!;
        if (shop.Chosen.Count == 0) return new NothingChosen();
        if (shop.Total != input.ExpectedPoints || shop.Chosen.Count != Basket.Parse(session.Basket).Lines.Count) return new BasketChanged();

        var now = clock.GetUtcNow().UtcDateTime;
        var redemption = new Redemption
        {
            Reference = NewReference(now), BasketKey = input.BasketKey, MemberId = session.MemberId, VoucherId = session.VoucherId, OutletId = session.Device.OutletId,
            State = RedemptionState.Held, Points = checked((int)shop.Total), HappenedAt = now,
            ExpiresAt = now.AddDays(await SettingBook.ValueAsync(db, SettingList.SlipDays, StationTime.Day(now))),
        };
        // First expired first out, and nothing that has expired: the lots are part of the slip from here on.
        var posted = (await lots.PostAsync(db, Hold(session, shop, redemption, input.BasketKey), new LotTerms { Fresh = Areas.StationTime.Day(now) })).InOpenTime();
        if (posted.Outcome == PostOutcome.BelowFloor) return Refused(posted.Short!, shop);
        // On a server two taps at once meet here: the second waited for the first at the book's lock.
        if (posted.Outcome != PostOutcome.Posted) return new Redeemed((await SlipAsync(db, input))!.Value);

        // Only now, under the book's lock, is the count of the month the last word, even with the same person at two kiosks.
        var taken = await TakenThisMonth.ByGoodsAsync(db, session.MemberId, session.VoucherId, now);
        foreach (var line in shop.Chosen)
        {
            var limit = await db.Goods.Where(g => g.Id == line.GoodsId).Select(g => g.LimitPerMemberMonth).SingleAsync();
            if (limit is { } most && taken.GetValueOrDefault(line.GoodsId) + line.Chosen > most)
                return db.RollBack(new OverLimit(line.Sku, Math.Max(0, most - taken.GetValueOrDefault(line.GoodsId))));
            redemption.Lines.Add(new RedemptionLine { GoodsId = line.GoodsId, Quantity = line.Chosen, PointsEach = line.Points });
        }
        redemption.HoldSequence = posted.Sequence;
        redemption.PickupCode = await FreeCodeAsync(db, session.Device.OutletId);
        session.Basket = "";
        db.Redemptions.Add(redemption);
        await db.SaveChangesAsync();
        return new Redeemed(redemption.Id);
    }

    /// <summary>The slip that this basket gave before, if the session is of the same owner.</summary>
    private static async Task<int?> SlipAsync(MarketDb db, Input input) => await (
        from r in db.Redemptions
        from s in db.KioskSessions
        where s.Id == input.SessionId && r.BasketKey == input.BasketKey && r.MemberId == s.MemberId && r.VoucherId == s.VoucherId
        select (int?)r.Id).SingleOrDefaultAsync();

    private static TransactionRequest Hold(KioskSession session, Shop shop, Redemption redemption, Guid basketKey) => new()
    {
        BookId = session.Device.Outlet.Area.BookId,
        Key = $"basket:{basketKey:N}",
        Kind = TransactionKinds.Hold,
        Subject = redemption.Reference,
        HappenedAt = redemption.HappenedAt,
        Actor = Actor.Kiosk(session.DeviceId),
        Postings =
        [
            new Posting(session.Voucher?.Account ?? AccountCode.Member(session.Member!.Code), AccountCode.Held(redemption.Reference), Asset.Points, redemption.Points),
            .. shop.Chosen.Select(o => new Posting(AccountCode.Shelf(session.Device.Outlet.Code), AccountCode.Reserved(redemption.Reference), o.Asset, o.Chosen)),
        ],
    };

    private static Outcome Refused(Shortage shortage, Shop shop)
    {
        if (shortage.Asset == Asset.Points) return new NotEnoughPoints(shortage.Missing);
        var offer = shop.Chosen.Single(o => o.Asset == shortage.Asset);
        return new OutOfStock(offer.Sku, offer.Chosen - shortage.Missing);
    }

    /// <summary>Such as <c>K261121-7F3K9Q</c>: the station's day, and 30 random bits in letters that nobody mixes up.</summary>
    private static string NewReference(DateTime now)
    {
        Span<char> letters = stackalloc char[6];
        System.Security.Cryptography.RandomNumberGenerator.GetItems("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", letters);
        return $"K{Areas.StationTime.Local(now):yyMMdd}-{letters}";
    }

    private static async Task<string> FreeCodeAsync(MarketDb db, int outletId)
    {
        while (true)
        {
            var code = Secrets.NewCode();
            if (!await db.Redemptions.AnyAsync(r => r.OutletId == outletId && r.PickupCode == code)) return code;
        }
    }
}
