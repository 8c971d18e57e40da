using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Tasks;

namespace PointsMarket.Tests.Kit;

/// <summary>
/// A small station to test the pages on: two villages with an outlet each, six articles, five members with known numbers, cards and PINs.
/// Everything is written through the door and the journal, so a verified ledger stays verifiable.
/// </summary>
public sealed class TestVillage
{
    /// <summary>The PIN of every member that has one.</summary>
    public const string Pin = "2468";

    /// <summary>张桂兰, 500 points.</summary>
    public const string Zhang = "G0001";

    /// <summary>李强, 20 points.</summary>
    public const string Li = "G0002";

    /// <summary>An informant: shown by code only.</summary>
    public const string Informant = "X0001";

    /// <summary>Never set a PIN; has a card.</summary>
    public const string WithoutPin = "G0003";

    /// <summary>No longer in service.</summary>
    public const string Gone = "G0004";

    /// <summary>The path of the whole station, and of its first village.</summary>
    public const string Path = "STA/", VillagePath = "STA/PR1/V1/";

    private static readonly (string Sku, string Zh, string En, string Unit, int Points, int? Limit, string Section, string Picture, int Stock)[] Shelf =
    [
        ("RICE5", "大米5公斤", "Rice 5 kg", "袋", 30, 4, "food", "g-rice", 12),
        ("OIL1", "食用油1升", "Cooking oil 1 l", "瓶", 15, 4, "food", "g-oil", 8),
        ("EGGS", "鸡蛋20枚", "20 eggs", "盒", 24, null, "food", "g-egg", 3),
        ("SOAP", "洗衣皂", "Laundry soap", "块", 3, 10, "daily", "g-soap", 46),
        ("TOWEL", "毛巾", "Towel", "条", 8, 6, "daily", "g-towel", 0),
        ("CARD50", "超市卡50元", "Supermarket card 50", "张", 50, 2, "card", "g-card", 5),
    ];

    private readonly IServiceProvider services;
    private string hash = "";
    private int deliveries, newcomers;

    private TestVillage(IServiceProvider services) => this.services = services;

    /// <summary>The book of the station.</summary>
    public int BookId { get; private set; }

    private DateTime Now => services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;

    private MarketWrites Writes => services.GetRequiredService<MarketWrites>();

    /// <summary>Builds the station in an empty, migrated database.</summary>
    public static async Task<TestVillage> BuildAsync(IServiceProvider services)
    {
        var station = new TestVillage(services);
        await station.AddAreasAsync();
        await station.AddGoodsAsync();
        await station.AddMembersAsync();
        foreach (var g in Shelf.Where(g => g.Stock > 0)) await station.StockAsync("O1", g.Sku, g.Stock);
        await station.GiveAsync(Zhang, 500);
        await station.GiveAsync(Li, 20);
        await station.GiveAsync(Informant, 100);
        return station;
    }

    /// <summary>The number typed at the kiosk by the member with this code.</summary>
    public static string NumberOf(string member) => (member[0] == 'G' ? "10" : "19") + member[1..];

    /// <summary>The card of the member with this code.</summary>
    public static string CardOf(string member) => CardNumbers.Of(member[0] * 10_000L + int.Parse(member[1..]));

    /// <summary>A volunteer of their own for a test, with points, card and PIN. Returns the code.</summary>
    public async Task<string> NewcomerAsync(int points = 500, string name = "陈小梅")
    {
        var code = $"G{1000 + Interlocked.Increment(ref newcomers)}";
        await Writes.RunAsync(async db =>
        {
            var grid = await db.Areas.SingleAsync(a => a.Code == "V1G01");
            db.Add(Of(grid, code, name, MemberKind.Volunteer, hash));
            return await db.SaveChangesAsync();
        });
        if (points > 0) await GiveAsync(code, points);
        return code;
    }

    /// <summary>Puts pieces on an outlet's shelf.</summary>
    public async Task StockAsync(string outlet, string sku, int pieces)
    {
        var asset = await ReadAsync(db => db.Goods.Where(g => g.Sku == sku).ToListAsync());
        await PostAsync($"delivery:T{++deliveries}", TransactionKinds.Delivery, $"T{deliveries}",
            new Posting(AccountCode.Purchase, AccountCode.Shelf(outlet), asset.Single().Asset, pieces));
    }

    /// <summary>Gives a member opening points.</summary>
    public Task GiveAsync(string member, int points) => PostAsync($"opening:{member}:{Guid.NewGuid():N}", "opening", member,
        new Posting(AccountCode.Issue("opening"), AccountCode.Member(member), Asset.Points, points));

    /// <summary>Files a verified report and posts what it earned. Returns its reference.</summary>
    public async Task<string> ReportAsync(string member, string category, int points, DateTime? happenedAt = null)
    {
        var at = happenedAt ?? Now;
        var reference = $"R{Guid.NewGuid():N}"[..9];
        await Writes.RunAsync(async db =>
        {
            var who = await db.Members.SingleAsync(m => m.Code == member);
            db.TaskReports.Add(new TaskReport
            {
                Reference = reference, MemberId = who.Id, Category = category, HappenedAt = at, HappenedDay = StationTime.Day(at), FiledAt = at,
                AreaId = who.AreaId, Text = "done", Outcome = ReportOutcome.Verified, Points = points,
            });
            return await db.SaveChangesAsync();
        });
        await PostAsync($"task:{reference}", TransactionKinds.TaskReward, reference, at,
            new Posting(AccountCode.Issue("task"), AccountCode.Member(member), Asset.Points, points));
        return reference;
    }

    /// <summary>Pairs a new kiosk with an outlet: its key and the token for its cookie.</summary>
    public async Task<(int DeviceId, string Token)> PairAsync(string outlet = "O1", string name = "01")
    {
        var offer = await OfferAsync(outlet, name);
        return (offer.DeviceId, (await services.GetRequiredService<PairKiosk>().ExecuteAsync(offer.Code))!);
    }

    /// <summary>A pairing code for a new kiosk at an outlet.</summary>
    public async Task<OfferPairing.Offer> OfferAsync(string outlet = "O1", string name = "01")
    {
        var id = await ReadAsync(db => db.Outlets.Where(o => o.Code == outlet).Select(o => o.Id).SingleAsync());
        return (await services.GetRequiredService<OfferPairing>().ExecuteAsync(
            new OfferPairing.Input { OutletId = id, Name = name, Actor = Actor.System("test"), AreaPath = Path }))!;
    }

    /// <summary>The key of a member.</summary>
    public Task<int> MemberIdAsync(string code) => ReadAsync(db => db.Members.Where(m => m.Code == code).Select(m => m.Id).SingleAsync());

    /// <summary>What a member may spend.</summary>
    public Task<long> PointsOfAsync(string member) => ReadAsync(db => db.BalanceAsync(BookId, AccountCode.Member(member), Asset.Points));

    /// <summary>What lies on an outlet's shelf.</summary>
    public async Task<long> OnShelfAsync(string sku, string outlet = "O1")
    {
        var goods = await ReadAsync(db => db.Goods.SingleAsync(g => g.Sku == sku));
        return await ReadAsync(db => db.BalanceAsync(BookId, AccountCode.Shelf(outlet), goods.Asset));
    }

    /// <summary>Reads with a context of its own.</summary>
    public async Task<T> ReadAsync<T>(Func<MarketDb, Task<T>> read)
    {
        await using var db = services.GetRequiredService<MarketContexts>().Read();
        return await read(db);
    }

    private Task PostAsync(string key, string kind, string subject, Posting posting) => PostAsync(key, kind, subject, Now, posting);

    private async Task PostAsync(string key, string kind, string subject, DateTime at, Posting posting)
    {
        var posted = await Writes.RunAsync(db => services.GetRequiredService<LotBook>().PostAsync(db, new TransactionRequest
        {
            BookId = BookId, Key = key, Kind = kind, Subject = subject, HappenedAt = at, Actor = Actor.System("test"), Postings = [posting],
        }));
        Assert.Equal(PostOutcome.Posted, posted.Outcome);
    }

    private async Task AddAreasAsync()
    {
        BookId = await Writes.RunAsync(db => Journal.OpenBookAsync(db, "STA"));
        await Writes.RunAsync(async db =>
        {
            var station = await AreaAsync(db, "STA", "示范派出所", AreaKind.Station, null);
            var room = await AreaAsync(db, "PR1", "示范警务室", AreaKind.PoliceRoom, station);
            var first = await AreaAsync(db, "V1", "第一村", AreaKind.Village, room);
            var second = await AreaAsync(db, "V2", "第二村", AreaKind.Village, room);
            await AreaAsync(db, "V1G01", "第一村1号网格", AreaKind.Grid, first);
            db.AddRange(new Outlet { Code = "O1", Name = "第一村兑换点", Area = first }, new Outlet { Code = "O2", Name = "第二村兑换点", Area = second });
            return await db.SaveChangesAsync();
        });
    }

    /// <summary>The area as it is there already (the site's kit brings the first ones), or a new one.</summary>
    private async Task<Area> AreaAsync(MarketDb db, string code, string name, AreaKind kind, Area? parent) =>
        await db.Areas.SingleOrDefaultAsync(a => a.Code == code)
        ?? db.Add(new Area { Code = code, Name = name, Kind = kind, Parent = parent, Path = $"{parent?.Path}{code}/", BookId = BookId }).Entity;

    private Task AddGoodsAsync() => Writes.RunAsync(db =>
    {
        db.AddRange(Shelf.Select(g => new Goods
        {
            Sku = g.Sku, NameZh = g.Zh, NameEn = g.En, Unit = g.Unit, Points = g.Points, ValueFen = g.Points * 100, LimitPerMemberMonth = g.Limit,
            Section = g.Section, Picture = g.Picture, Kind = g.Section == "card" ? GoodsKind.Card : GoodsKind.Goods,
        }));
        return db.SaveChangesAsync();
    });

    private async Task AddMembersAsync()
    {
        hash = services.GetRequiredService<PinHasher>().Hash(Pin);
        await Writes.RunAsync(async db =>
        {
            var grid = await db.Areas.SingleAsync(a => a.Code == "V1G01");
            db.AddRange(
                Of(grid, Zhang, "张桂兰", MemberKind.GridMember, hash),
                Of(grid, Li, "李强", MemberKind.Volunteer, hash),
                Of(grid, WithoutPin, "王秀英", MemberKind.Volunteer, null),
                Of(grid, Gone, "赵国庆", MemberKind.Volunteer, hash, new DateOnly(2025, 1, 1)),
                Of(grid, Informant, "孙不言", MemberKind.Informant, hash));
            return await db.SaveChangesAsync();
        });
    }

    private static Member Of(Area grid, string code, string name, MemberKind kind, string? pin, DateOnly? left = null) => new()
    {
        Code = code, Number = NumberOf(code), Name = name, Kind = kind, AreaId = grid.Id, Joined = new DateOnly(2024, 1, 1), Left = left,
        CardNumber = CardOf(code), PinHash = pin,
    };
}
