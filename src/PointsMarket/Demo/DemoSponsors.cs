using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Sponsors;

namespace PointsMarket.Demo;

/// <summary>
/// What firms pledged and announced, beside the deliveries of <see cref="DemoStock"/>, and the numbers of the supermarket cards at the
/// second outlet. Written as the operations write them.
/// </summary>
internal static class DemoSponsors
{
    private const string Numbered = "CARD100", FirstSerial = "JS20260900001";

    public static async Task AddAsync(MarketDb db, Actor actor, DateTime now, CancellationToken ct)
    {
        await PledgesAsync(db, actor, now, ct);
        await CardsAsync(db, actor, now, ct);
    }

    private static async Task PledgesAsync(MarketDb db, Actor actor, DateTime now, CancellationToken ct)
    {
        var today = StationTime.Day(now);
        var firms = await db.Sponsors.ToDictionaryAsync(s => s.Code, s => s.Id, ct);
        var outlets = await db.Outlets.ToDictionaryAsync(o => o.Code, o => o.Id, ct);
        var goods = await db.Goods.ToDictionaryAsync(g => g.Sku, g => g.Id, ct);
        Pledge Of(int number, string firm, string outlet, string? sku, int? quantity, string? words, int days, PledgeState state) => new()
        {
            Reference = $"P{today.AddDays(-6):yyMMdd}-DEM{number}", Key = new Guid(number, 0, 0, new byte[8]), SponsorId = firms[firm], OutletId = outlets[outlet], GoodsId = sku is null ? null : goods[sku],
            Quantity = quantity, Words = words, Day = today.AddDays(days), State = state, MadeAt = now.AddDays(-6).AddHours(-number), MadeBy = actor.Code,
            DecidedAt = state == PledgeState.Waiting ? null : now.AddDays(-5), DecidedBy = state == PledgeState.Waiting ? null : actor.Code, Answer = state == PledgeState.Accepted ? "太及时了，谢谢！请上午送，有人等。" : null,
        };
        var coming = Of(1, "S01", DemoPlaces.FirstOutlet, "OIL1", 60, null, 2, PledgeState.Accepted);
        db.Pledges.AddRange(
            coming,
            Of(2, "S01", DemoPlaces.SecondOutlet, "RICE5", 40, "新米下来了，先送四十袋", 9, PledgeState.Waiting),
            Of(3, "S02", DemoPlaces.FirstOutlet, null, null, "十箱洗洁精，每箱二十瓶", 5, PledgeState.Waiting));
        await db.SaveChangesAsync(ct);
        var announced = new Announcement
        {
            Reference = $"A{today.AddDays(-1):yyMMdd}-DEM4", Key = new Guid(4, 0, 0, new byte[8]), PledgeId = coming.Id, OutletId = coming.OutletId, Day = today.AddDays(1),
            State = AnnouncementState.Announced, AnnouncedAt = now.AddDays(-1), AnnouncedBy = actor.Code,
        };
        announced.Lines.Add(new AnnouncedLine { GoodsId = goods["OIL1"], Quantity = 36 });
        db.Announcements.Add(announced);
        await db.SaveChangesAsync(ct);
    }

    private static async Task CardsAsync(MarketDb db, Actor actor, DateTime now, CancellationToken ct)
    {
        var book = await db.LedgerBooks.Select(b => b.Id).SingleAsync(ct);
        var goods = await db.Goods.SingleAsync(g => g.Sku == Numbered, ct);
        var outlet = await db.Outlets.SingleAsync(o => o.Code == DemoPlaces.SecondOutlet, ct);
        var pieces = (await CardStock.ReadAsync(db, [book], ct)).Where(s => s.OutletId == outlet.Id && s.GoodsId == goods.Id).Sum(s => s.Pieces);
        var batch = await db.DeliveryLines.Where(l => l.GoodsId == goods.Id && l.Delivery.OutletId == outlet.Id).OrderByDescending(l => l.DeliveryId).Select(l => l.Delivery.Reference).FirstOrDefaultAsync(ct);
        if (pieces == 0 || batch is null) return;
        var slips = await db.Redemptions.Where(r => r.OutletId == outlet.Id && r.State == RedemptionState.HandedOver && r.Lines.Any(l => l.GoodsId == goods.Id && l.Quantity == 1))
            .OrderByDescending(r => r.EndedAt).Take(2).Select(r => new { r.Id, r.EndedAt }).ToListAsync(ct);
        var serials = CardSerials.Range(FirstSerial, (int)pieces + slips.Count)!;
        if (await CardShelf.ReceiveAsync(db, goods.Id, outlet.Id, serials, batch, actor, now.AddDays(-20)) is { } refused) throw new InvalidOperationException($"The demo station breaks a rule: {refused}");
        foreach (var (slip, card) in slips.Zip(db.SupermarketCards.Local.OrderBy(c => c.Serial, StringComparer.Ordinal)))
        {
            (card.State, card.RedemptionId) = (CardState.HandedOut, slip.Id);
            card.Events.Add(CardShelf.Event(CardStep.HandedOut, actor, slip.EndedAt!.Value, slip.Id));
        }
        await db.SaveChangesAsync(ct);
        // Once a card has its number, each of the article leaves with its own: those of the other outlets were entered too.
        var used = serials.Count;
        foreach (var other in (await CardStock.ReadAsync(db, [book], ct)).Where(s => s.GoodsId == goods.Id && s.Missing > 0))
        {
            List<string> more = [.. CardSerials.Range(FirstSerial, used + (int)other.Missing)!.Skip(used)];
            if (await CardShelf.ReceiveAsync(db, goods.Id, other.OutletId, more, null, actor, now.AddDays(-19)) is { } wrong) throw new InvalidOperationException($"The demo station breaks a rule: {wrong}");
            used += more.Count;
        }
        await db.SaveChangesAsync(ct);
    }
}
