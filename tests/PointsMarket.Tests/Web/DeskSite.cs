using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Sponsors;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>
/// A site with something on the desk: outlet O1 in village V1 with rice and a card on its shelf, outlet O9 in village V9 that
/// V1's people have no authority over, a member with 100 points, an informant, and slips made at a kiosk.
/// </summary>
public sealed class DeskSite : IAsyncDisposable
{
    private DeskSite(SiteHost site) => Site = site;

    public SiteHost Site { get; }

    public Member Zhang { get; private set; } = null!;

    public Member Informant { get; private set; } = null!;

    public Outlet Outlet { get; private set; } = null!;

    public Outlet Other { get; private set; } = null!;

    public Sponsor Firm { get; private set; } = null!;

    public static async Task<DeskSite> StartAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var desk = new DeskSite(await SiteHost.StartAsync(provider));
        await desk.Site.Writes.RunAsync(async db =>
        {
            var v1 = await db.Areas.SingleAsync(a => a.Code == "V1");
            var v9 = new Area { Code = "V9", Name = "林疃村", Kind = AreaKind.Village, Path = "STA/PR1/V9/", BookId = v1.BookId, ParentId = v1.ParentId };
            desk.Zhang = new Member { Code = "G0001", Number = "100001", Name = "张桂兰", Kind = MemberKind.GridMember, Area = v1, Joined = new(2025, 1, 1), CardNumber = CardNumbers.Of(1) };
            desk.Informant = new Member { Code = "I0001", Number = "100002", Name = "=李四", Kind = MemberKind.Informant, Area = v1, Joined = new(2025, 1, 1), CardNumber = CardNumbers.Of(2) };
            desk.Outlet = new Outlet { Code = "O1", Name = "吴场兑换点", Area = v1 };
            desk.Other = new Outlet { Code = "O9", Name = "林疃兑换点", Area = v9 };
            desk.Firm = new Sponsor { Code = "S01", Name = "粮油公司" };
            db.AddRange(v9, desk.Zhang, desk.Informant, desk.Outlet, desk.Other, desk.Firm);
            db.AddRange(
                new KioskDevice { Name = "01 号机", Outlet = desk.Outlet, TokenHash = Secrets.Hash("one"), PairedAt = desk.Site.Clock.GetUtcNow().UtcDateTime },
                new KioskDevice { Name = "09 号机", Outlet = desk.Other, TokenHash = Secrets.Hash("nine"), PairedAt = desk.Site.Clock.GetUtcNow().UtcDateTime },
                new Goods { Sku = "RICE5", NameZh = "大米5公斤", NameEn = "Rice 5 kg", Unit = "袋", Points = 30, ValueFen = 3000, Section = "food", Picture = "g-rice" });
            return await db.SaveChangesAsync();
        });
        await desk.PostAsync(AccountCode.Issue("opening"), AccountCode.Member("G0001"), Asset.Points, 100);
        await desk.PostAsync(AccountCode.Purchase, AccountCode.Shelf("O1"), Asset.Goods("RICE5"), 10);
        await desk.PostAsync(AccountCode.Purchase, AccountCode.Shelf("O9"), Asset.Goods("RICE5"), 10);
        return desk;
    }

    public Task<PostResult> PostAsync(AccountCode from, AccountCode to, Asset asset, long amount) => Site.Writes.RunAsync(db => Site.Services.GetRequiredService<LotBook>().PostAsync(db, new TransactionRequest
    {
        BookId = Site.BookId, Key = Guid.NewGuid().ToString("N"), Kind = "test", Subject = "test", HappenedAt = Site.Clock.GetUtcNow().UtcDateTime, Actor = Actor.System("test"), Postings = [new Posting(from, to, asset, amount)],
    }));

    /// <summary>张桂兰 takes a bag of rice, or another thing, at an outlet's kiosk; gives the slip.</summary>
    public async Task<Redemption> RedeemAsync(Outlet? outlet = null, string sku = "RICE5")
    {
        var services = Site.Services;
        var id = (outlet ?? Outlet).Id;
        var kiosk = await Site.ReadAsync(db => db.KioskDevices.Where(k => k.OutletId == id).Select(k => k.Id).SingleAsync());
        var welcome = Assert.IsType<IdentifyAtKiosk.Welcome>(await services.GetRequiredService<IdentifyAtKiosk>().ExecuteAsync(new() { DeviceId = kiosk, Code = Zhang.CardNumber! }));
        var session = (await services.GetRequiredService<KioskSessions>().TouchAsync(kiosk, welcome.Token))!;
        Assert.Equal(ChooseGoods.Outcome.Changed, await services.GetRequiredService<ChooseGoods>().ExecuteAsync(new() { SessionId = session.Id, Sku = sku, Change = 1 }));
        var shop = (await Site.ReadAsync(db => services.GetRequiredService<ReadShop>().ExecuteAsync(db, session.Id)))!;
        var done = Assert.IsType<RedeemAtKiosk.Redeemed>(await services.GetRequiredService<RedeemAtKiosk>().ExecuteAsync(new() { SessionId = session.Id, BasketKey = shop.BasketKey, ExpectedPoints = shop.Total }));
        return await Site.ReadAsync(db => db.Redemptions.SingleAsync(r => r.Id == done.RedemptionId));
    }

    public Task<long> BalanceAsync(AccountCode account, Asset asset) => Site.ReadAsync(db => db.BalanceAsync(Site.BookId, account, asset));

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
