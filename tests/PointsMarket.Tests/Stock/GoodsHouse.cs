using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Sponsors;
using PointsMarket.Stock;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Stock;

/// <summary>Two outlets, three articles and no stock but what a test brings; what people do with goods, in one line each.</summary>
internal sealed class GoodsHouse(TestMarket market, TestStation station)
{
    public const string Station = "STA/";

    private int deliveries;

    public TestMarket Market => market;

    public TestStation House => station;

    public int First { get; private set; }

    public int Second { get; private set; }

    public IReadOnlyDictionary<string, int> Goods { get; private set; } = null!;

    /// <summary>The reference of what was brought last.</summary>
    public string LastDelivery => $"D{deliveries}";

    public DateOnly Today => PointsMarket.Areas.StationTime.Day(market.Clock.GetUtcNow().UtcDateTime);

    public static async Task<GoodsHouse> OpenAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var market = await TestMarket.StartAsync(provider);
        var house = new GoodsHouse(market, await TestStation.BuildAsync(market));
        await market.Writes.RunAsync(db => db.Goods.ExecuteUpdateAsync(s => s.SetProperty(g => g.LimitPerMemberMonth, (int?)null)));
        house.Goods = await market.ReadAsync(db => db.Goods.ToDictionaryAsync(g => g.Sku, g => g.Id));
        (house.First, house.Second) = await market.ReadAsync(async db => (await db.Outlets.Where(o => o.Code == "O1").Select(o => o.Id).SingleAsync(), await db.Outlets.Where(o => o.Code == "O2").Select(o => o.Id).SingleAsync()));
        return house;
    }

    public Task<CountIn.Outcome> BringAsync(int outlet, string sku, int pieces, int? expiresIn = null, int refused = 0, IReadOnlyList<string>? cards = null) => market.Get<CountIn>().ExecuteAsync(new()
    {
        Reference = $"D{++deliveries}", Date = Today, SponsorId = null, OutletId = outlet, Actor = Actor.User(7), AreaPath = Station,
        Lines = [new() { GoodsId = Goods[sku], Accepted = pieces, Refused = refused, RefusedReason = refused > 0 ? "破损" : null, Expires = expiresIn is { } days ? Today.AddDays(days) : null, Serials = cards ?? [] }],
    });

    public async Task<RedeemAtKiosk.Outcome> TakeAsync(params string[] skus)
    {
        var session = await station.StepUpAsync();
        foreach (var sku in skus) await market.Get<ChooseGoods>().ExecuteAsync(new() { SessionId = session.Id, Sku = sku, Change = 1 });
        return await station.ConfirmAsync(session);
    }

    public Task<EndRedemption.Outcome> EndAsync(int slip, RedemptionState to) =>
        market.Get<EndRedemption>().ExecuteAsync(new() { RedemptionId = slip, To = to, Actor = Actor.User(1), AreaPath = Station, Reason = "拿错了" });

    public Task<SendStock.Outcome> SendAsync(int from, int to, string sku, int pieces, IReadOnlyList<string>? cards = null) => market.Get<SendStock>().ExecuteAsync(new()
    {
        Key = Guid.NewGuid(), FromOutletId = from, ToOutletId = to, Lines = [new(Goods[sku], pieces) { Serials = cards ?? [] }], Actor = Actor.User(7), AreaPath = Station,
    });

    public Task<SendStock.Outcome> SendCardsAsync(int from, int to, params string[] serials) => SendAsync(from, to, "CARD50", serials.Length, serials);

    public Task<EndMove.Outcome> ReceiveCardsAsync(int move, int received, params string[] serials) => market.Get<EndMove>().ExecuteAsync(new()
    {
        MoveId = move, Received = new Dictionary<int, int> { [Goods["CARD50"]] = received }, Cards = [new ScannedCards(Goods["CARD50"], serials)], Reason = "路上少了", Actor = Actor.User(8), AreaPath = Station,
    });

    public async Task<SignatureOutcome> SignMoveAsync(int move, int user, bool sign = true) =>
        await market.AnswerAsync(await market.ReadAsync(db => db.StockMoves.Where(m => m.Id == move).Select(m => m.Reference).SingleAsync()), user, sign);

    public async Task<EndMove.Outcome> EndMoveAsync(int move, int? received)
    {
        var goods = await market.ReadAsync(db => db.StockMoves.Where(m => m.Id == move).SelectMany(m => m.Lines).Select(l => l.GoodsId).SingleAsync());
        return await market.Get<EndMove>().ExecuteAsync(new() { MoveId = move, Received = received is { } n ? new Dictionary<int, int> { [goods] = n } : null, Reason = "路上少了", Actor = Actor.User(8), AreaPath = Station });
    }

    public Task<ReportDifference.Outcome> ReportAsync(int outlet, string sku, int counted, int user = 1) => market.Get<ReportDifference>().ExecuteAsync(new()
    {
        Key = Guid.NewGuid(), OutletId = outlet, Article = (Goods[sku], counted), Reason = "老鼠咬了", Actor = Actor.User(user), AreaPath = Station,
    });

    public Task<ReportDifference.Outcome> WriteOffAsync(int outlet, params int[] lots) => market.Get<ReportDifference>().ExecuteAsync(new()
    {
        Key = Guid.NewGuid(), OutletId = outlet, Lots = lots, Reason = "已过期", Actor = Actor.User(1), AreaPath = Station,
    });

    public static StocktakeBy By(int stocktake, int user = 1) => new() { StocktakeId = stocktake, Actor = Actor.User(user), AreaPath = Station };

    public Task<StocktakeOutcome> SignAsync(int stocktake, int user, string? reason = null) => market.Get<SignStocktake>().ExecuteAsync(By(stocktake, user), reason);

    public Task<long> ShelfAsync(string outlet, string sku) => station.BalanceAsync(AccountCode.Shelf(outlet), sku == "CARD50" ? Asset.Card(sku) : Asset.Goods(sku));

    /// <summary>The lots of an article on a shelf: the days until each expires, and its pieces.</summary>
    public async Task<IReadOnlyList<(int? Days, long Pieces)>> LotsAsync(string outlet, string sku)
    {
        var lots = await market.ReadAsync(db => db.LotsAtAsync(station.BookId, AccountCode.Shelf(outlet)));
        return [.. lots.Where(l => l.GoodsId == Goods[sku]).Select(l => (l.Expires is { } day ? day.DayNumber - Today.DayNumber : (int?)null, l.Quantity))];
    }

    /// <summary>The books are proved, and the lots are the books.</summary>
    public async Task AssertProvedAsync()
    {
        Assert.Empty(Assert.Single(await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db))).Findings);
        Assert.Empty(await market.Get<CheckLots>().ExecuteAsync());
    }
}
