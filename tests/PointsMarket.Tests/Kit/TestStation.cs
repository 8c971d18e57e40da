using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Members;

namespace PointsMarket.Tests.Kit;

/// <summary>
/// A small station: one village, two outlets with a paired kiosk each, rice, soap and a card on the first one's shelf, and two
/// members, 张桂兰 with 100 points, PIN 2468 and a card, and an informant with 40 points.
/// </summary>
public sealed class TestStation
{
    public const string Pin = "2468";

    private readonly TestMarket market;

    private TestStation(TestMarket market) => this.market = market;

    public int BookId { get; private set; }

    public Member Zhang { get; private set; } = null!;

    public Member Informant { get; private set; } = null!;

    public Outlet Outlet { get; private set; } = null!;

    public KioskDevice Kiosk { get; private set; } = null!;

    public KioskDevice OtherKiosk { get; private set; } = null!;

    /// <summary>The token in the first kiosk's cookie.</summary>
    public string KioskToken { get; } = Secrets.NewToken();

    public static async Task<TestStation> BuildAsync(TestMarket market)
    {
        var station = new TestStation(market);
        await market.Writes.RunAsync(station.AddAsync);
        await station.EarnAsync("G0001", 100);
        await station.EarnAsync("I0001", 40);
        await station.StockAsync("O1", Asset.Goods("RICE5"), 10);
        await station.StockAsync("O1", Asset.Goods("SOAP"), 1);
        await station.StockAsync("O1", Asset.Card("CARD50"), 5);
        return station;
    }

    public Task<PostResult> EarnAsync(string member, long points) =>
        market.PostAsync(market.Request(BookId, Guid.NewGuid().ToString("N"), new Posting(AccountCode.Issue("opening"), AccountCode.Member(member), Asset.Points, points)));

    public Task<PostResult> StockAsync(string outlet, Asset asset, long pieces) =>
        market.PostThingsAsync(market.Request(BookId, Guid.NewGuid().ToString("N"), new Posting(AccountCode.Purchase, AccountCode.Shelf(outlet), asset, pieces)));

    /// <summary>Steps up to a kiosk with a card and returns the live session.</summary>
    public async Task<KioskSessions.Live> StepUpAsync(Member? member = null, KioskDevice? kiosk = null)
    {
        member ??= Zhang;
        kiosk ??= Kiosk;
        var welcome = Assert.IsType<IdentifyAtKiosk.Welcome>(await market.Get<IdentifyAtKiosk>().ExecuteAsync(new() { DeviceId = kiosk.Id, Code = member.CardNumber! }));
        return (await market.Get<KioskSessions>().TouchAsync(kiosk.Id, welcome.Token))!;
    }

    /// <summary>Puts articles into the basket, one tap each.</summary>
    public async Task ChooseAsync(KioskSessions.Live session, params string[] skus)
    {
        foreach (var sku in skus)
            Assert.Equal(ChooseGoods.Outcome.Changed, await market.Get<ChooseGoods>().ExecuteAsync(new() { SessionId = session.Id, Sku = sku, Change = 1 }));
    }

    /// <summary>Confirms what is in the basket, as the confirm page would.</summary>
    public async Task<RedeemAtKiosk.Outcome> ConfirmAsync(KioskSessions.Live session)
    {
        var shop = (await market.ReadAsync(db => market.Get<ReadShop>().ExecuteAsync(db, session.Id)))!;
        return await market.Get<RedeemAtKiosk>().ExecuteAsync(new() { SessionId = session.Id, BasketKey = shop.BasketKey, ExpectedPoints = shop.Total });
    }

    public Task<long> BalanceAsync(AccountCode account, Asset asset) => market.ReadAsync(db => db.BalanceAsync(BookId, account, asset));

    private async Task<int> AddAsync(MarketDb db)
    {
        BookId = await Journal.OpenBookAsync(db, "STA");
        var sta = new Area { Code = "STA", Name = "房山派出所", Kind = AreaKind.Station, Path = "STA/", BookId = BookId };
        var village = new Area { Code = "V1", Name = "吴场", Kind = AreaKind.Village, Path = "STA/V1/", BookId = BookId, Parent = sta };
        var other = new Area { Code = "V2", Name = "陆圩", Kind = AreaKind.Village, Path = "STA/V2/", BookId = BookId, Parent = sta };
        Zhang = new Member { Code = "G0001", Number = "100001", Name = "张桂兰", Kind = MemberKind.GridMember, Area = village, Joined = new(2025, 1, 1), CardNumber = CardNumbers.Of(1), PinHash = new PinHasher().Hash(Pin) };
        Informant = new Member { Code = "I0001", Number = "100002", Name = "李四", Kind = MemberKind.Informant, Area = village, Joined = new(2025, 1, 1), CardNumber = CardNumbers.Of(2) };
        Outlet = new Outlet { Code = "O1", Name = "吴场兑换点", Area = village };
        var second = new Outlet { Code = "O2", Name = "陆圩兑换点", Area = other };
        Kiosk = new KioskDevice { Name = "01 号机", Outlet = Outlet, TokenHash = Secrets.Hash(KioskToken), PairedAt = market.Clock.GetUtcNow().UtcDateTime };
        OtherKiosk = new KioskDevice { Name = "02 号机", Outlet = Outlet, TokenHash = Secrets.Hash(Secrets.NewToken()), PairedAt = market.Clock.GetUtcNow().UtcDateTime };
        db.AddRange(sta, village, other, Zhang, Informant, Outlet, second, Kiosk, OtherKiosk);
        db.AddRange(
            new Goods { Sku = "RICE5", NameZh = "大米5公斤", NameEn = "Rice 5 kg", Unit = "袋", Points = 30, ValueFen = 3000, Kind = GoodsKind.Goods, LimitPerMemberMonth = 2, Section = "food", Picture = "g-rice" },
            new Goods { Sku = "SOAP", NameZh = "洗衣皂", NameEn = "Laundry soap", Unit = "块", Points = 3, ValueFen = 300, Kind = GoodsKind.Goods, Section = "daily", Picture = "g-soap" },
            new Goods { Sku = "CARD50", NameZh = "超市卡50元", NameEn = "Supermarket card 50", Unit = "张", Points = 50, ValueFen = 5000, Kind = GoodsKind.Card, LimitPerMemberMonth = 2, Section = "card", Picture = "g-card" });
        return await db.SaveChangesAsync();
    }
}
