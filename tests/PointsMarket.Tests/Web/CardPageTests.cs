using System.Net;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

public sealed class CardPageTests : IAsyncLifetime
{
    private DeskSite desk = null!;

    public async Task InitializeAsync()
    {
        desk = await DeskSite.StartAsync();
        await desk.Site.Writes.RunAsync(db =>
        {
            db.Add(new Goods { Sku = "CARD50", NameZh = "超市卡50元", NameEn = "Supermarket card 50", Unit = "张", Points = 50, ValueFen = 5000, Kind = GoodsKind.Card, Section = "card", Picture = "g-card" });
            return db.SaveChangesAsync();
        });
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task Cards_CountedInByForm_AreMaskedEverywhereButInTheAuditorsTrace()
    {
        using var attendant = await desk.Site.SignInAsync(Roles.Attendant, "STA/PR1/V1/");
        var card = await desk.Site.ReadAsync(db => db.Goods.Where(g => g.Kind == GoodsKind.Card).Select(g => g.Id).SingleAsync());
        await attendant.GetAsync($"/desk/goods/count-in?outlet={desk.Outlet.Id}&sku=CARD50");
        await attendant.PostAsync(("Input.Lines[0].GoodsId", $"{card}"), ("Input.Lines[0].Accepted", "3"));
        Assert.Contains("要 3 个卡号", attendant.ErrorOf("Input.Lines[0].Serials"), StringComparison.Ordinal);
        await attendant.PostAsync(("Input.Lines[0].FirstSerial", "JY2026-000098"));
        await attendant.GetAsync("/desk/cards");
        Assert.Contains("****0098", attendant.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("000098", attendant.Body, StringComparison.Ordinal);
        await attendant.PostAsync("form[action*=Find]", ("Serial", "nonsense!"));
        Assert.Contains("这不像卡号", attendant.ErrorOf("Serial"), StringComparison.Ordinal);
        await attendant.PostAsync("form[action*=Find]", ("Serial", "jy2026-000099"));
        Assert.StartsWith("/desk/cards/", attendant.Path, StringComparison.Ordinal);
        Assert.DoesNotContain("000099", attendant.Path + attendant.Body, StringComparison.Ordinal);
        Assert.Empty(attendant.Page.QuerySelectorAll("button[name=to]"));
        var shown = attendant.Path;

        using var approver = await desk.Site.SignInAsync(Roles.Approver);
        await approver.GetAsync(shown);
        await approver.PostAsync(("Reason", "柜台遗失"), ("to", "Lost"));
        Assert.Contains("等另一个人签字核销", approver.Text, StringComparison.Ordinal);
        Assert.Empty(approver.Page.QuerySelectorAll("button[name=to]"));
        await approver.GetAsync("/desk/signatures");
        Assert.Contains("****0099", approver.Text, StringComparison.Ordinal);
        Assert.Empty(approver.Page.QuerySelectorAll("button[name=sign]")); // not one's own
        using var second = await desk.Site.SignInAsync(Roles.Approver);
        await second.GetAsync("/desk/signatures");
        await second.PostAsync(("sign", "true"));
        Assert.Equal(1, await desk.BalanceAsync(AccountCode.WrittenOff, Asset.Card("CARD50")));
        Assert.Equal(2, await desk.BalanceAsync(AccountCode.Shelf("O1"), Asset.Card("CARD50")));

        using var auditor = await desk.Site.SignInAsync(Roles.Auditor);
        await auditor.GetAsync("/finance/cards");
        await auditor.PostAsync(("Serial", "JY2026-000099"));
        Assert.Equal("/finance/cards", auditor.Path);
        Assert.Contains("JY2026-000099", auditor.Text, StringComparison.Ordinal);
        Assert.Contains("柜台遗失", auditor.Text, StringComparison.Ordinal);
        await auditor.PostAsync(("Serial", "JY2026-999999"));
        Assert.Contains("没有入库过", auditor.ErrorOf("Serial"), StringComparison.Ordinal);

        var kept = await desk.Site.ReadAsync(async db => string.Join('\n',
            (await db.ChangeRecords.Select(c => c.Subject + c.Detail).ToListAsync()).Concat(await db.LedgerTransactions.Select(t => t.Key + t.Subject + t.Reason).ToListAsync()).Concat(await db.CardEvents.Select(v => v.Words ?? "").ToListAsync())));
        Assert.DoesNotContain("JY2026", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counter_SlipWithNumberedCards_AsksForThemAndSaysWhatIsWrong()
    {
        using var attendant = await desk.Site.SignInAsync(Roles.Attendant, "STA/PR1/V1/");
        await desk.PostAsync(AccountCode.Purchase, AccountCode.Shelf("O1"), Asset.Card("CARD50"), 2);
        await attendant.GetAsync($"/desk/cards/enter?outlet={desk.Outlet.Id}&sku=CARD50");
        await attendant.PostAsync(("Input.First", ""), ("Input.List", ""));
        Assert.Contains("请填卡号", attendant.Text, StringComparison.Ordinal);
        await attendant.PostAsync(("Input.List", "AA01\nAA02"));
        Assert.Equal(2, await desk.Site.ReadAsync(db => db.SupermarketCards.CountAsync()));
        await attendant.GetAsync($"/desk/cards/enter?outlet={desk.Other.Id}&sku=CARD50");
        Assert.Equal(HttpStatusCode.NotFound, attendant.Status); // another village's

        var slip = await desk.RedeemAsync(sku: "CARD50");
        var goods = await desk.Site.ReadAsync(db => db.SupermarketCards.Select(c => c.GoodsId).FirstAsync());
        await attendant.GetAsync($"/desk/counter?slip={slip.Reference}");
        await attendant.PostAsync(($"Cards[{goods}]", "AA09"));
        var said = attendant.Page.GetElementById($"cards-{goods}-error")?.TextContent;
        Assert.True(said?.StartsWith("****AA09 没有入过库", StringComparison.Ordinal), said ?? attendant.Text);
        Assert.Contains("AA09", attendant.Page.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal); // what was scanned stays
        await attendant.PostAsync(($"Cards[{goods}]", "aa 02"));
        Assert.Equal((CardState.HandedOut, slip.Id), await desk.Site.ReadAsync(async db => await db.SupermarketCards.Where(c => c.Serial == "AA02").Select(c => new ValueTuple<CardState, int?>(c.State, c.RedemptionId)).SingleAsync()));
        await attendant.GetAsync("/desk/cards?handler=csv");
        Assert.Contains("****AA02", attendant.Body, StringComparison.Ordinal);
        Assert.Contains(slip.Reference, attendant.Body, StringComparison.Ordinal);
    }
}
