using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Sponsors;
using PointsMarket.Stock;

namespace PointsMarket.Demo;

/// <summary>What is going on with goods just now: eggs that have expired and oil that soon does, towels on their way, a count that waits for its second signature, and wishes.</summary>
internal sealed class DemoGoods(MarketDb db, LotBook lots, Actor actor, DateTime now)
{
    private const string DeliveryNote = "D9001", Towels = "M000001-DEMO";

    private readonly DateOnly today = StationTime.Day(now);
    private readonly Dictionary<string, Goods> goods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> outlets = new(StringComparer.Ordinal);
    private int book;

    public async Task RunAsync(CancellationToken ct)
    {
        book = await db.LedgerBooks.Select(b => b.Id).SingleAsync(ct);
        foreach (var g in await db.Goods.AsNoTracking().ToListAsync(ct)) goods[g.Sku] = g;
        foreach (var o in await db.Outlets.AsNoTracking().ToListAsync(ct)) outlets[o.Code] = o.Id;
        await DeliverAsync(("EGGS", 8, 1, today.AddDays(-1)), ("OIL1", 12, 0, today.AddDays(12)));
        await SendAsync("TOWEL", 6);
        await ReportAsync("SOAP", missing: 2, ct);
        foreach (var (sku, pieces) in new[] { ("WASH", 20), ("EGGS", 30), ("RICE5", 30) })
            db.StockThresholds.Add(new StockThreshold { OutletId = outlets[DemoPlaces.FirstOutlet], GoodsId = goods[sku].Id, Pieces = pieces });
        await db.SaveChangesAsync(ct);
    }

    private async Task DeliverAsync(params (string Sku, int Accepted, int Refused, DateOnly Expires)[] lines)
    {
        var day = today.AddDays(-40);
        var sponsor = await db.Sponsors.SingleAsync(s => s.Code == "S03");
        var posted = await PostAsync(
            $"delivery:{DeliveryNote}", TransactionKinds.Delivery, DeliveryNote, StationTime.StartOf(day),
            lines.Select(l => new Posting(AccountCode.Sponsor(sponsor.Code), AccountCode.Shelf(DemoPlaces.SecondOutlet), goods[l.Sku].Asset, l.Accepted)), new LotTerms { Expires = [.. lines.Select(l => (DateOnly?)l.Expires)] });
        var made = await db.LotsOfAsync(book, posted, default);
        var delivery = new Delivery { Reference = DeliveryNote, Date = day, SponsorId = sponsor.Id, OutletId = outlets[DemoPlaces.SecondOutlet], CountedAt = StationTime.StartOf(day).AddHours(10), CountedBy = actor.Code };
        delivery.Lines.AddRange(lines.Select((l, i) => new DeliveryLine
        {
            Position = i, GoodsId = goods[l.Sku].Id, Announced = l.Accepted + l.Refused, Accepted = l.Accepted, Refused = l.Refused, RefusedReason = l.Refused > 0 ? "破损" : null, Expires = l.Expires, ValueFen = goods[l.Sku].ValueFen, LotId = made[i],
        }));
        db.Deliveries.Add(delivery);
    }

    private async Task SendAsync(string sku, int pieces)
    {
        var at = now.AddHours(-3);
        var posted = await PostAsync($"move:{Towels}:send", TransactionKinds.StockSend, Towels, at, [new Posting(AccountCode.Shelf(DemoPlaces.SecondOutlet), AccountCode.Transit(Towels), goods[sku].Asset, pieces)], LotTerms.None);
        var move = new StockMove
        {
            Key = new Guid(19, 65, 27, [0, 0, 0, 0, 0, 0, 0, 1]), Reference = Towels, FromOutletId = outlets[DemoPlaces.SecondOutlet], ToOutletId = outlets[DemoPlaces.FirstOutlet],
            State = StockMoveState.Sent, Note = "明天上午送到", SentAt = at, SentBy = actor.Code, SendSequence = posted,
        };
        move.Lines.Add(new StockMoveLine { GoodsId = goods[sku].Id, Sent = pieces });
        db.StockMoves.Add(move);
    }

    private async Task ReportAsync(string sku, int missing, CancellationToken ct)
    {
        var shelf = await db.BalanceAsync(book, AccountCode.Shelf(DemoPlaces.FirstOutlet), goods[sku].Asset, ct);
        var at = now.AddHours(-1);
        var report = new Stocktake
        {
            Key = new Guid(19, 65, 27, [0, 0, 0, 0, 0, 0, 0, 2]), BookId = book, OutletId = outlets[DemoPlaces.FirstOutlet], Kind = StocktakeKind.Single, State = StocktakeState.Signing,
            Month = new DateOnly(today.Year, today.Month, 1), OpenedAt = at, OpenedBy = actor.Code, Reason = "包装受潮，少了两块", FirstAt = at, FirstBy = actor.Code,
        };
        report.Lines.Add(new StocktakeLine { GoodsId = goods[sku].Id, Book = shelf, Counted = checked((int)shelf) - missing, CountedAt = at, CountedBy = actor.Code });
        db.Stocktakes.Add(report);
    }

    private async Task<long> PostAsync(string key, string kind, string subject, DateTime at, IEnumerable<Posting> postings, LotTerms terms)
    {
        var posted = await lots.PostAsync(db, new TransactionRequest { BookId = book, Key = key, Kind = kind, Subject = subject, HappenedAt = at, Actor = actor, Postings = [.. postings] }, terms);
        return posted.Outcome == PostOutcome.Posted ? posted.Sequence : throw new InvalidOperationException($"The demo station breaks a rule: {key} {posted}");
    }
}
