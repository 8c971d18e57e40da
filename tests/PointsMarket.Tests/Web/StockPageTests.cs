using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Ledger;
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
        Assert.Equal((6, 13, 1), (await desk.BalanceAsync(AccountCode.Shelf("O1"), Rice), await desk.BalanceAsync(AccountCode.Shelf("O9"), Rice), await desk.BalanceAsync(AccountCode.WrittenOff, Rice)));
        await receiver.GetAsync("/desk/moves?show=all&handler=csv");
        Assert.Contains("3/4", receiver.Body, StringComparison.Ordinal);
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
