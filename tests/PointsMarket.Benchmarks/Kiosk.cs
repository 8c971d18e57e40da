using System.Diagnostics;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Members;
using Move = PointsMarket.Ledger.Posting;

namespace PointsMarket.Benchmarks;

/// <summary>A kiosk of an outlet with plenty, and members with plenty of points who step up one after the other.</summary>
internal sealed class Kiosk
{
    private const int Members = 100;
    private const long Plenty = 1_000_000;

    private readonly Bench bench;
    private int device, next;

    private Kiosk(Bench bench) => this.bench = bench;

    public static async Task<Kiosk> BuildAsync(Bench bench)
    {
        var kiosk = new Kiosk(bench);
        kiosk.device = await bench.Writes.RunAsync(async db =>
        {
            var station = new Area { Code = "STA", Name = "站", Kind = AreaKind.Station, Path = "STA/", BookId = bench.Book };
            var village = new Area { Code = "V1", Name = "村", Kind = AreaKind.Village, Path = "STA/V1/", BookId = bench.Book, Parent = station };
            var outlet = new Outlet { Code = "O1", Name = "兑换点", Area = village };
            var device = new KioskDevice { Name = "01", Outlet = outlet, TokenHash = Secrets.Hash(Secrets.NewToken()), PairedAt = DateTime.UnixEpoch };
            db.AddRange(station, village, outlet, device);
            foreach (var (sku, points) in (ReadOnlySpan<(string, int)>)[("RICE", 30), ("OIL", 40), ("SOAP", 3), ("SALT", 2)])
                db.Add(new Goods { Sku = sku, NameZh = sku, NameEn = sku, Unit = "个", Points = points, ValueFen = points * 100, Kind = GoodsKind.Goods, LimitPerMemberMonth = sku == "SOAP" ? 10_000 : null, Section = "food", Picture = "g-rice" });
            db.AddRange(Enumerable.Range(0, Members).Select(i => new Member { Code = $"K{i:0000}", Number = $"{300_000 + i}", Name = "王五", Kind = MemberKind.GridMember, Area = village, Joined = new(2025, 1, 1), CardNumber = CardNumbers.Of(i + 1) }));
            await db.SaveChangesAsync();
            return device.Id;
        });
        foreach (var sku in (string[])["RICE", "OIL", "SOAP", "SALT"]) await bench.Writes.RunAsync(db => bench.Get<LotBook>().PostAsync(db, bench.Request($"stock:{sku}", new Move(AccountCode.Purchase, AccountCode.Shelf("O1"), Asset.Goods(sku), Plenty))));
        for (var i = 0; i < Members; i++) await bench.PostAsync($"points:{i}", new Move(AccountCode.Issue("opening"), AccountCode.Member($"K{i:0000}"), Asset.Points, Plenty));
        return kiosk;
    }

    /// <summary>The next member chooses two articles and confirms; how long the confirmation took, in milliseconds.</summary>
    public async Task<double> RedeemAsync()
    {
        var card = CardNumbers.Of(next++ % Members + 1);
        var welcome = (IdentifyAtKiosk.Welcome)await bench.Get<IdentifyAtKiosk>().ExecuteAsync(new() { DeviceId = device, Code = card });
        var session = (await bench.Get<KioskSessions>().TouchAsync(device, welcome.Token))!;
        foreach (var sku in (string[])["RICE", "SOAP"]) await bench.Get<ChooseGoods>().ExecuteAsync(new() { SessionId = session.Id, Sku = sku, Change = 1 });
        var shop = (await bench.ReadAsync(db => bench.Get<ReadShop>().ExecuteAsync(db, session.Id)))!;
        var confirm = new RedeemAtKiosk.Input { SessionId = session.Id, BasketKey = shop.BasketKey, ExpectedPoints = shop.Total };

        var start = Stopwatch.GetTimestamp();
        var outcome = await bench.Get<RedeemAtKiosk>().ExecuteAsync(confirm);
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return outcome is RedeemAtKiosk.Redeemed ? took : throw new InvalidOperationException($"Answered {outcome}.");
    }
}
