using System.Net;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Ledger;
using PointsMarket.Sponsors;
using PointsMarket.Stock;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>The desk's start page says what waits, to those who may do something about it; and what stands behind an entry is a link away.</summary>
public sealed class DeskTodoTests : IAsyncLifetime
{
    private DeskSite desk = null!;

    public async Task InitializeAsync() => desk = await DeskSite.StartAsync();

    public async Task DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task Overview_OfWhatWaits_IsForThoseWhoMayActAndLeadsToIt()
    {
        var today = StationTime.Day(desk.Site.Clock.GetUtcNow().UtcDateTime);
        await desk.Site.Writes.RunAsync(async db =>
        {
            var rice = await db.Goods.SingleAsync(g => g.Sku == "RICE5");
            var pledge = new Pledge { Reference = "P1", SponsorId = desk.Firm.Id, OutletId = desk.Outlet.Id, GoodsId = rice.Id, Quantity = 20, Day = today, State = PledgeState.Waiting, Key = Guid.NewGuid(), MadeAt = desk.Site.Clock.GetUtcNow().UtcDateTime, MadeBy = "user:9" };
            db.Add(pledge);
            db.Add(new Stocktake { Key = Guid.NewGuid(), BookId = desk.Site.BookId, OutletId = desk.Outlet.Id, Kind = StocktakeKind.Single, State = StocktakeState.Signing, Month = new(today.Year, today.Month, 1), OpenedAt = desk.Site.Clock.GetUtcNow().UtcDateTime, OpenedBy = "user:9", FirstBy = "user:9", FirstAt = desk.Site.Clock.GetUtcNow().UtcDateTime, Reason = "破损" });
            return await db.SaveChangesAsync();
        });
        using var approver = await desk.Site.SignInAsync(Roles.Approver, "STA/PR1/V1/");
        await approver.GetAsync("/desk");
        Assert.Contains("1 笔认捐等答复", approver.Text, StringComparison.Ordinal);
        Assert.Contains("1 份盘点等签字", approver.Text, StringComparison.Ordinal);
        foreach (var link in approver.Page.QuerySelectorAll(".todo a").Select(a => a.GetAttribute("href")!).ToList()) Assert.Equal((link, HttpStatusCode.OK), (link, (await approver.GetAsync(link)).Status));
        using var attendant = await desk.Site.SignInAsync(Roles.Attendant, "STA/PR1/V1/");
        await attendant.GetAsync("/desk");
        Assert.DoesNotContain("认捐", attendant.Page.QuerySelector(".todo")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 份盘点等签字", attendant.Text, StringComparison.Ordinal);
        using var elsewhere = await desk.Site.SignInAsync(Roles.Approver, "STA/PR1/V9/");
        await elsewhere.GetAsync("/desk");
        Assert.DoesNotContain("盘点等签字", elsewhere.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entry_ReadByTheAuditor_LeadsToWhatStandsBehindIt()
    {
        var slip = await desk.RedeemAsync();
        var hold = await desk.Site.ReadAsync(db => db.LedgerTransactions.Where(t => t.Kind == TransactionKinds.Hold && t.Subject == slip.Reference).Select(t => t.Sequence).SingleAsync());
        using var auditor = await desk.Site.SignInAsync(Roles.Auditor);
        await auditor.GetAsync($"/finance/entry/{desk.Site.BookId}/{hold}");
        var behind = auditor.Page.QuerySelector("main a[href^='/desk/']")!.GetAttribute("href")!;
        Assert.Equal($"/desk/redemptions/{slip.Reference}", behind);
        Assert.Equal(HttpStatusCode.OK, (await auditor.GetAsync(behind)).Status);
        using var finance = await desk.Site.SignInAsync(Roles.Finance); // reads the books, not the desk
        await finance.GetAsync($"/finance/entry/{desk.Site.BookId}/{hold}");
        Assert.Null(finance.Page.QuerySelector("main a[href^='/desk/']"));
    }
}
