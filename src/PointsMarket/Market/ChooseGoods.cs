using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Market;

/// <summary>
/// Puts one more of an article into the basket, or takes one out. The basket is only a wish: it never promises more than is
/// there, but what counts is decided when it is redeemed.
/// </summary>
public sealed class ChooseGoods(MarketWrites writes, ReadShop readShop)
{
    /// <summary>One tap.</summary>
    public sealed record Input
    {
        /// <summary>The session.</summary>
        public required Guid SessionId { get; init; }

        /// <summary>The article.</summary>
        public required string Sku { get; init; }

        /// <summary>+1 or −1; anything else counts by its sign, so that a forged form gains nothing.</summary>
        public required int Change { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Done.</summary>
        Changed,

        /// <summary>There is no such article on offer.</summary>
        NotOffered,

        /// <summary>No more of it: sold out, over the month's limit, or not enough points. The basket stays.</summary>
        NoMore,

        /// <summary>The session is over.</summary>
        NoSession,
    }

    /// <summary>Changes the basket. A basket that was redeemed stays as it was; the tap begins a new one.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default) => writes.RunAsync(async db =>
    {
        ArgumentNullException.ThrowIfNull(input);
        var shop = await readShop.ExecuteAsync(db, input.SessionId);
        if (shop is null) return Outcome.NoSession;
        var offer = shop.Offers.FirstOrDefault(o => o.Sku == input.Sku);
        if (offer is null) return Outcome.NotOffered;
        if (input.Change > 0 && !shop.CanAdd(offer)) return Outcome.NoMore;

        var session = await db.KioskSessions.SingleAsync(s => s.Id == input.SessionId);
        var basket = Basket.Parse(session.Basket);
        basket.Set(input.Sku, offer.Chosen + Math.Sign(input.Change));
        session.Basket = basket.ToString();
        if (await db.Redemptions.AnyAsync(r => r.BasketKey == session.BasketKey)) session.BasketKey = Guid.NewGuid();
        await db.SaveChangesAsync();
        return Outcome.Changed;
    }, ct);
}
