using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Stock;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>Goods between their coming and their going, through the desk's forms.</summary>
public sealed class StockPageTests : IAsyncLifetime
{
    private const string Village = "STA/PR1/V1/", Elsewhere = "STA/PR1/V9/";
    private static readonly Asset Rice = Asset.Goods("RICE5");
    private DeskSite desk = null!;

    public async Task InitializeAsync() => desk = await DeskSite.StartAsync();

    public async Task DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task Outlook_WishOfAnOutlet_IsSavedOrRefusedAndOthersAreOutOfReach()
    {
        using var attendant = await desk.Site.SignInAsync(Roles.Attendant, Village);
        await attendant.GetAsync("/desk/stock?show=all");
        Assert.Contains("大米5公斤", attendant.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("林疃兑换点", attendant.Text, StringComparison.Ordinal);
        await attendant.PostAsync("form[action*=Wish]", ("Wish.Pieces", "-1"));
        Assert.Contains("太大或太小", attendant.Text, StringComparison.Ordinal);
        await attendant.PostAsync("form[action*=Wish]", ("Wish.Pieces", "40"));
        Assert.Equal(40, await desk.Site.ReadAsync(db => db.StockThresholds.Select(t => t.Pieces).SingleAsync()));
        var rice = await desk.Site.ReadAsync(db => db.Goods.Where(g => g.Sku == "RICE5").Select(g => g.Id).SingleAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await attendant.ForgeAsync("/desk/stock?handler=Wish", ("Wish.OutletId", $"{desk.Other.Id}"), ("Wish.GoodsId", $"{rice}"), ("Wish.Pieces", "9"))).Status);
        await attendant.GetAsync("/desk/stock?handler=csv");
        Assert.Contains("RICE5", attendant.Body, StringComparison.Ordinal);
        Assert.Contains(",40,30", attendant.Body, StringComparison.Ordinal); // thirty short of the forty
    }

    [Fact]
    public async Task Stocktake_OnATablet_IsBlindAndNeedsTwoPeople()
    {
        using var attendant = await desk.Site.SignInAsync(Roles.Attendant, Village);
        await attendant.GetAsync("/desk/stocktakes");
        await attendant.PostAsync(("outletId", $"{desk.Outlet.Id}"));
        var sheet = attendant.Path;
        Assert.DoesNotContain("账上", attendant.Text, StringComparison.Ordinal);
        await attendant.PostAsync(("Lines[0].Counted", "-3"));
        Assert.NotNull(attendant.Page.QuerySelector("#count-0-error"));
        Assert.Equal("-3", attendant.Page.QuerySelector("#count-0")!.GetAttribute("value"));
        await attendant.ForgeAsync(sheet + "?handler=Finish");
        Assert.Contains("还有商品没点", attendant.Text, StringComparison.Ordinal);
        await attendant.PostAsync(("Lines[0].Counted", "8"));
        await attendant.ForgeAsync(sheet + "?handler=Finish");
        Assert.Contains("这些再点一遍", attendant.Text, StringComparison.Ordinal);
        Assert.True(string.IsNullOrEmpty(attendant.Page.QuerySelector("#count-0")!.GetAttribute("value")));
        await attendant.ForgeAsync(sheet + "?handler=Finish", ("Lines[0].Position", "0"), ("Lines[0].Counted", "9"));
        await attendant.PostAsync("form[action*=Sign]", ("Input.Reason", ""));
        Assert.Contains("请写明原因", attendant.ErrorOf("Input.Reason"), StringComparison.Ordinal);
        await attendant.PostAsync("form[action*=Sign]", ("Input.Reason", "破损一袋"));
        await attendant.ForgeAsync(sheet + "?handler=Sign");
        Assert.Contains("另一个人", attendant.Text, StringComparison.Ordinal);
        Assert.Equal(10, await desk.BalanceAsync(AccountCode.Shelf("O1"), Rice));

        using var stranger = await desk.Site.SignInAsync(Roles.Approver, Elsewhere);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(sheet)).Status);
        using var approver = await desk.Site.SignInAsync(Roles.Approver, Village);
        await approver.GetAsync(sheet);
        await approver.PostAsync("form[action*=Sign]");
        Assert.Equal(9, await desk.BalanceAsync(AccountCode.Shelf("O1"), Rice));
        await approver.GetAsync("/desk/stocktakes?show=signed&handler=csv");
        Assert.Contains("PD0001", approver.Body, StringComparison.Ordinal);
        await approver.GetAsync(sheet + "?handler=csv");
        Assert.Contains("O1,RICE5,9", approver.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stocktake_OfNumberedCards_IsScannedBlindAndNamesWhatIsMissingMasked()
    {
        await CardsAsync(3);
        using var attendant = await desk.Site.SignInAsync(Roles.Attendant, Village);
        await attendant.GetAsync("/desk/stocktakes");
        await attendant.PostAsync(("outletId", $"{desk.Outlet.Id}"));
        var sheet = attendant.Path;
        var card = attendant.Page.QuerySelector("textarea[name$=Numbers]")!.GetAttribute("name")!;
        Assert.DoesNotContain("0003", attendant.Body, StringComparison.Ordinal);
        await attendant.PostAsync((card, "JY2026-0001\nZZ9999"));
        Assert.Contains("****9999 从没入过库", attendant.Text, StringComparison.Ordinal);
        Assert.Contains("ZZ9999", attendant.Page.QuerySelector("textarea[name$=Numbers]")!.TextContent, StringComparison.Ordinal); // what was scanned is not lost
        await attendant.PostAsync(("Lines[0].Counted", "10"), (card, "JY2026-0001\njy2026-0002"));
        Assert.Contains("已经扫了 2 张", attendant.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("2026-0001", attendant.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("0003", attendant.Body, StringComparison.Ordinal);
        await attendant.ForgeAsync(sheet + "?handler=Finish");
        card = attendant.Page.QuerySelector("textarea[name$=Numbers]")!.GetAttribute("name")!;
        Assert.DoesNotContain("已经扫了", attendant.Text, StringComparison.Ordinal); // the second round is blind too
        await attendant.PostAsync((card, "JY2026-0001\nJY2026-0002"));
        await attendant.ForgeAsync(sheet + "?handler=Finish");
        Assert.Contains("****0003", attendant.Text, StringComparison.Ordinal);
        await attendant.PostAsync("form[action*=Sign]", ("Input.Reason", "找不到了"));
        using var approver = await desk.Site.SignInAsync(Roles.Approver, Village);
        await approver.GetAsync(sheet);
        await approver.PostAsync("form[action*=Sign]");
        Assert.Equal(2, await desk.BalanceAsync(AccountCode.Shelf("O1"), Asset.Card("CARD50")));
        Assert.Equal(CardState.Lost, await desk.Site.ReadAsync(db => db.SupermarketCards.Where(c => c.Serial == "JY2026-0003").Select(c => c.State).SingleAsync()));
        await NameOnThePageAsync(approver, attendant);
    }

    [Fact]
    public async Task Stocktake_ScannedInSeveralGoes_KeepsWhatWasTypedAndSaysWhatIsPromisedAtTheEnd()
    {
        await CardsAsync(3);
        await desk.RedeemAsync(sku: "CARD50");
        await desk.RedeemAsync(sku: "CARD50");
        using var attendant = await desk.Site.SignInAsync(Roles.Attendant, Village);
        await attendant.GetAsync("/desk/stocktakes");
        await attendant.PostAsync(("outletId", $"{desk.Outlet.Id}"));
        var sheet = attendant.Path;
        string Numbers() => attendant.Page.QuerySelector("textarea[name$=Numbers]")!.GetAttribute("name")!;
        string Rice() => attendant.Page.QuerySelector("input[name$=Counted]")!.GetAttribute("name")!;
        await attendant.PostAsync((Rice(), "8"), (Numbers(), "JY2026-0001"));
        Assert.Contains("已经扫了 1 张", attendant.Text, StringComparison.Ordinal);
        Assert.Equal("8", attendant.Page.QuerySelector($"input[name='{Rice()}']")!.GetAttribute("value"));
        await attendant.ForgeAsync(sheet + "?handler=Finish");
        Assert.Contains("比给兑换单留着的还少", attendant.Text, StringComparison.Ordinal);
        Assert.Contains("已经扫了 1 张", attendant.Text, StringComparison.Ordinal);
        await attendant.PostAsync((Numbers(), "JY2026-0002\njy2026-0003"));
        await attendant.ForgeAsync(sheet + "?handler=Finish");
        Assert.Contains("再点", attendant.Text, StringComparison.Ordinal); // rice differs: the second round
        Assert.Equal(StocktakeState.Recounting, await desk.Site.ReadAsync(db => db.Stocktakes.Select(s => s.State).SingleAsync()));
    }

    /// <summary>So many numbered cards at the first outlet, and their pieces.</summary>
    private async Task CardsAsync(int count)
    {
        await desk.Site.Writes.RunAsync(async db =>
        {
            var card = new Goods { Sku = "CARD50", NameZh = "超市卡50元", NameEn = "Supermarket card 50", Unit = "张", Points = 50, ValueFen = 5000, Kind = GoodsKind.Card, Section = "card", Picture = "g-card" };
            foreach (var serial in CardSerials.Range("JY2026-0001", count)!) db.Add(new SupermarketCard { Goods = card, OutletId = desk.Outlet.Id, Serial = serial, State = CardState.InStock });
            return await db.SaveChangesAsync();
        });
        await desk.PostAsync(AccountCode.Purchase, AccountCode.Shelf("O1"), Asset.Card("CARD50"), count);
    }

    /// <summary>A difference that was reported by pieces asks which cards it is about.</summary>
    private async Task NameOnThePageAsync(PageClient first, PageClient second)
    {
        await first.GetAsync($"/desk/goods/CARD50/correct?outlet={desk.Outlet.Id}");
        await first.PostAsync(("Input.Counted", "1"), ("Input.Reason", "又少一张"));
        Assert.Contains("是哪几张", first.Text, StringComparison.Ordinal);
        await second.GetAsync(first.Path);
        Assert.Contains("请第一位签字的人先补上", second.Text, StringComparison.Ordinal);
        Assert.Null(second.Page.QuerySelector("form[action*=Sign]"));
        await first.PostAsync("form[action*=Name]", ("Name.Numbers", "JY2026-0003"));
        Assert.Contains("****0003 已挂失或停用", first.Text, StringComparison.Ordinal);
        await first.PostAsync("form[action*=Name]", ("Name.Numbers", "JY2026-0001"), ("Name.There", "true"));
        Assert.Contains("****0002", first.Text, StringComparison.Ordinal);
        await second.GetAsync(first.Path);
        await second.PostAsync("form[action*=Sign]");
        Assert.Equal((1, CardState.Lost), (await desk.BalanceAsync(AccountCode.Shelf("O1"), Asset.Card("CARD50")), await desk.Site.ReadAsync(db => db.SupermarketCards.Where(c => c.Serial == "JY2026-0002").Select(c => c.State).SingleAsync())));
    }

    [Fact]
    public async Task Move_SentAndReceived_IsCountedByTheOtherOutlet()
    {
        using var sender = await desk.Site.SignInAsync(Roles.Attendant, Village);
        await sender.GetAsync($"/desk/moves/send?from={desk.Outlet.Id}");
        await sender.PostAsync(("Input.ToOutletId", $"{desk.Other.Id}"), ("Input.Lines[0].Pieces", "99"));
        Assert.Contains("能送的只有 10", sender.Text, StringComparison.Ordinal);
        await sender.PostAsync(("Input.Lines[0].Pieces", "4"));
        var move = sender.Path;
        Assert.StartsWith("/desk/moves/", move, StringComparison.Ordinal);
        Assert.Null(sender.Page.QuerySelector("form[action*=Receive]"));
        Assert.Equal(HttpStatusCode.NotFound, (await sender.ForgeAsync(move + "?handler=Receive")).Status);

        using var receiver = await desk.Site.SignInAsync(Roles.Attendant, Elsewhere);
        await receiver.GetAsync(move);
        await receiver.PostAsync("form[action*=Receive]", ("Input.Lines[0].Received", "3"));
        Assert.Contains("请写明原因", receiver.ErrorOf("Input.Reason"), StringComparison.Ordinal);
        await receiver.PostAsync("form[action*=Receive]", ("Input.Reason", "路上破了一袋"));
        Assert.Equal((6, 13, 0), (await desk.BalanceAsync(AccountCode.Shelf("O1"), Rice), await desk.BalanceAsync(AccountCode.Shelf("O9"), Rice), await desk.BalanceAsync(AccountCode.WrittenOff, Rice)));
        Assert.Contains("等另一个审核人签字", receiver.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await receiver.GetAsync("/desk/signatures")).Status);
        using var approver = await desk.Site.SignInAsync(Roles.Approver, Elsewhere);
        await approver.GetAsync("/desk");
        Assert.Contains("1 件事等第二个人签字", approver.Text, StringComparison.Ordinal);
        await approver.GetAsync("/desk/signatures");
        Assert.Contains("路上破了一袋", approver.Text, StringComparison.Ordinal);
        await approver.PostAsync(("sign", "true"));
        Assert.Contains("已签字", approver.Text, StringComparison.Ordinal);
        Assert.Equal(1, await desk.BalanceAsync(AccountCode.WrittenOff, Rice));
        await approver.GetAsync("/desk/signatures?handler=csv");
        Assert.Contains("路上破了一袋", approver.Body, StringComparison.Ordinal);
        await approver.GetAsync(move);
        Assert.DoesNotContain("等另一个审核人签字", approver.Text, StringComparison.Ordinal);
        await receiver.GetAsync("/desk/moves?show=all&handler=csv");
        Assert.Contains("3/4", receiver.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_OfNumberedCards_AsksBothSidesWhichOnesAndKeepsWhatWasTyped()
    {
        await CardsAsync(3);
        using var sender = await desk.Site.SignInAsync(Roles.Attendant, Village);
        await sender.GetAsync($"/desk/moves/send?from={desk.Outlet.Id}");
        var list = sender.Page.QuerySelector("textarea[name$=Serials]")!.GetAttribute("name")!;
        var (pieces, first) = (list.Replace("Serials", "Pieces", StringComparison.Ordinal), list.Replace("Serials", "First", StringComparison.Ordinal));
        await sender.PostAsync(("Input.ToOutletId", $"{desk.Other.Id}"), (pieces, "2"));
        Assert.Contains("要 2 个卡号", sender.Text, StringComparison.Ordinal);
        await sender.PostAsync((list, "ZZ9999\nJY2026-0001"));
        Assert.Contains("****9999 没有入过库", sender.Text, StringComparison.Ordinal);
        Assert.Contains("ZZ9999", sender.Page.QuerySelector("textarea[name$=Serials]")!.TextContent, StringComparison.Ordinal);
        await sender.PostAsync((list, ""), (first, "JY2026-0001"));
        var move = sender.Path;
        Assert.StartsWith("/desk/moves/", move, StringComparison.Ordinal);

        using var receiver = await desk.Site.SignInAsync(Roles.Attendant, Elsewhere);
        await receiver.GetAsync(move);
        await receiver.PostAsync("form[action*=Receive]", ("Input.Lines[0].Received", "1"), ("Input.Lines[0].Serials", "JY2026-0003"), ("Input.Reason", "少一张"));
        Assert.Contains("****0003 不在这次调拨的卡里", receiver.Text, StringComparison.Ordinal);
        await receiver.PostAsync("form[action*=Receive]", ("Input.Lines[0].Serials", "jy2026-0002"));
        Assert.Contains("****0001", receiver.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("2026-0001", receiver.Body, StringComparison.Ordinal);
        Assert.Equal((desk.Other.Id, null), await desk.Site.ReadAsync(async db => await db.SupermarketCards.Where(c => c.Serial == "JY2026-0002").Select(c => new ValueTuple<int, string?>(c.OutletId, c.Move)).SingleAsync()));
    }

    [Fact]
    public async Task Import_BadFileAndGoodOne_NamesRowsOrFillsTheSheet()
    {
        using var attendant = await desk.Site.SignInAsync(Roles.Attendant, Village);
        var month = PointsMarket.Areas.StationMonth.Text(PointsMarket.Areas.StationTime.Day(desk.Site.Clock.GetUtcNow().UtcDateTime));
        await attendant.GetAsync("/desk/stocktakes/import");
        await UploadAsync(attendant, month, "outlet,sku,counted\nO9,RICE5,1\n");
        Assert.Contains("O9", attendant.Text, StringComparison.Ordinal);
        await UploadAsync(attendant, month, "outlet,sku,counted\nO1,RICE5,7\n");
        Assert.Contains("吴场兑换点", attendant.Text, StringComparison.Ordinal);
        Assert.Equal(0, await desk.Site.ReadAsync(db => db.Stocktakes.CountAsync()));
        await attendant.ForgeAsync("/desk/stocktakes/import?handler=Keep", ("Input.Month", month), ("Input.Carried", attendant.Page.QuerySelector("input[name='Input.Carried']")!.GetAttribute("value")!));
        Assert.StartsWith("/desk/stocktakes/", attendant.Path, StringComparison.Ordinal);
        Assert.Equal((StocktakeState.Counting, 7), await desk.Site.ReadAsync(db => db.StocktakeLines.Where(l => l.Counted != null).Select(l => new ValueTuple<StocktakeState, int>(db.Stocktakes.Single(s => s.Id == l.StocktakeId).State, l.Counted!.Value)).SingleAsync()));
    }

    private static async Task UploadAsync(PageClient client, string month, string csv)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(client.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent(month), "Input.Month" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "Input.File", "counts.csv" },
        };
        await client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/desk/stocktakes/import") { Content = form });
    }
}
