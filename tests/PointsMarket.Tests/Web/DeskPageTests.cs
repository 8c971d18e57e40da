using System.Net;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>The desk's pages through their forms.</summary>
public sealed class DeskPageTests : IAsyncLifetime
{
    private const string Village = "STA/PR1/V1/";
    private DeskSite desk = null!;

    public async Task InitializeAsync() => desk = await DeskSite.StartAsync();

    public async Task DisposeAsync() => await desk.DisposeAsync();

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Page_OfEachKind_OpensForItsRolesOnly(DatabaseProvider provider)
    {
        await using var desk = await DeskSite.StartAsync(provider); // every query of every page, on every database
        var slip = await desk.RedeemAsync();
        var id = desk.Zhang.Id;
        (string Path, string[] Roles)[] pages =
        [
            ("/desk", [Roles.Attendant, Roles.Approver, Roles.Administrator]), ("/desk/counter", [Roles.Attendant, Roles.Approver, Roles.Administrator]),
            ($"/desk/counter?slip={slip.Reference}", [Roles.Attendant, Roles.Approver, Roles.Administrator]),
            ("/desk/redemptions?q=G0001&from=2026-01-01&to=2026-12-31&sort=points", [Roles.Attendant, Roles.Approver, Roles.Administrator, Roles.Auditor]),
            ($"/desk/redemptions/{slip.Reference}", [Roles.Attendant, Roles.Approver, Roles.Administrator, Roles.Auditor]),
            ("/desk/goods?sort=-days&show=all", [Roles.Attendant, Roles.Approver, Roles.Administrator, Roles.Auditor]), ("/desk/goods/RICE5", [Roles.Attendant, Roles.Approver, Roles.Administrator, Roles.Auditor]),
            ("/desk/goods/count-in", [Roles.Attendant, Roles.Approver, Roles.Administrator]), ($"/desk/goods/RICE5/correct?outlet={desk.Outlet.Id}", [Roles.Attendant, Roles.Approver, Roles.Administrator]),
            ("/desk/goods/add", [Roles.Administrator]), ("/desk/goods/RICE5/edit", [Roles.Administrator]),
            ("/desk/members?sort=points", [Roles.Attendant, Roles.Approver, Roles.Administrator]), ($"/desk/members/{id}", [Roles.Attendant, Roles.Approver, Roles.Administrator]),
            ("/desk/members/add", [Roles.Administrator]), ($"/desk/members/{id}/edit", [Roles.Administrator]),
            ($"/desk/members/{id}/pin", [Roles.Approver, Roles.Administrator]), ("/desk/members/cards?all=true", [Roles.Approver, Roles.Administrator]),
            ("/desk/signatures", [Roles.Approver, Roles.Administrator]), ($"/desk/moves/send?from={desk.Outlet.Id}", [Roles.Attendant, Roles.Approver, Roles.Administrator]),
            ("/finance", [Roles.Finance, Roles.Auditor, Roles.Administrator]), ("/finance/journal?account=shelf%3AO1&kind=test", [Roles.Finance, Roles.Auditor, Roles.Administrator]),
            ($"/finance/entry/{desk.Site.BookId}/1", [Roles.Finance, Roles.Auditor, Roles.Administrator]),
            ("/admin/outlets", [Roles.Administrator]), ("/admin/kiosks", [Roles.Administrator]), ("/admin/areas", [Roles.Administrator]), ("/admin/changes", [Roles.Administrator]),
            ("/sponsor", [Roles.Sponsor]),
        ];
        using var visitor = desk.Site.Visitor();
        foreach (var (path, _) in pages) Assert.StartsWith("/account/login", (await visitor.GetAsync(path)).Path, StringComparison.Ordinal);
        foreach (var role in Roles.All.Where(r => r != Roles.Member))
        {
            using var client = await desk.Site.SignInAsync(role, role == Roles.Sponsor ? null : "STA/", sponsorId: role == Roles.Sponsor ? desk.Firm.Id : null);
            foreach (var (path, roles) in pages)
            {
                await client.GetAsync(path);
                Assert.True(client.Status == (roles.Contains(role) ? HttpStatusCode.OK : HttpStatusCode.Forbidden), $"{role} {path}: {client.Status}");
            }
        }
    }

    [Fact]
    public async Task Counter_ScannedSlip_IsHandedOverOnceAndTheSecondIsTold()
    {
        var slip = await desk.RedeemAsync();
        using var first = await desk.Site.SignInAsync(Roles.Attendant, Village);
        using var second = await desk.Site.SignInAsync(Roles.Attendant, Village);
        foreach (var client in new[] { first, second })
        {
            await client.GetAsync("/desk/counter");
            await client.PostAsync(("Input.Code", CardNumbers.ForSlip(slip.PickupCode!)));
            Assert.Contains("张*兰", client.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("张桂兰", client.Text, StringComparison.Ordinal);
        }

        await Task.WhenAll(first.PostAsync("form[action*=HandOver]"), second.PostAsync("form[action*=HandOver]"));

        Assert.Single([first, second], c => c.Page.QuerySelector(".note.ok, .note[role=status]") is not null);
        Assert.Single([first, second], c => c.Page.QuerySelector(".note.bad[role=alert]")?.TextContent.Contains("不要再发", StringComparison.Ordinal) == true);
        Assert.Equal(1, await desk.BalanceAsync(AccountCode.HandedOut, Asset.Goods("RICE5")));
    }

    [Fact]
    public async Task Counter_WrongThingScanned_SaysWhatItIs()
    {
        var elsewhere = await desk.RedeemAsync(desk.Other);
        using var client = await desk.Site.SignInAsync(Roles.Attendant, Village);
        foreach (var (typed, said) in new[] { (elsewhere.PickupCode!, "林疃兑换点"), ("999999", "没有找到"), (desk.Zhang.CardNumber!, "会员卡"), ("abc", "不像领取码"), ("", "请填写") })
        {
            await client.GetAsync("/desk/counter");
            await client.PostAsync(("Input.Code", typed));
            Assert.Contains(said, client.ErrorOf("Input.Code"), StringComparison.Ordinal);
        }

        await client.GetAsync($"/desk/counter?slip={elsewhere.Reference}");
        Assert.Equal(HttpStatusCode.NotFound, client.Status);
        await client.GetAsync("/desk/counter");
        await client.ForgeAsync("/desk/counter?handler=HandOver", ("id", $"{elsewhere.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, client.Status);
        Assert.Equal(0, await desk.BalanceAsync(AccountCode.HandedOut, Asset.Goods("RICE5")));
    }

    [Fact]
    public async Task Counter_ExpiredOrReturned_FollowsTheClock()
    {
        var slip = await desk.RedeemAsync();
        using var client = await desk.Site.SignInAsync(Roles.Attendant, Village);
        await client.GetAsync($"/desk/counter?slip={slip.Reference}");
        await client.PostAsync("form[action*=Cancel]", ("reason", " "));
        Assert.Contains("请写明原因", client.Text, StringComparison.Ordinal);
        await client.PostAsync("form[action*=HandOver]");
        await client.GetAsync($"/desk/counter?slip={slip.Reference}");
        await client.PostAsync("form[action*=Return]", ("reason", "选错商品"));
        Assert.Equal((100, 10), (await desk.BalanceAsync(AccountCode.Member("G0001"), Asset.Points), await desk.BalanceAsync(AccountCode.Shelf("O1"), Asset.Goods("RICE5"))));

        var late = await desk.RedeemAsync();
        desk.Site.Clock.Advance(Redemption.Waits);
        using var again = await desk.Site.SignInAsync(Roles.Attendant, Village);
        await again.GetAsync($"/desk/counter?slip={late.Reference}");
        Assert.Contains("已过期", again.Text, StringComparison.Ordinal);
        Assert.Null(again.Page.QuerySelector("form[action*=HandOver]"));
        await again.ForgeAsync("/desk/counter?handler=HandOver", ("id", $"{late.Id}"));
        Assert.Equal(0, await desk.BalanceAsync(AccountCode.HandedOut, Asset.Goods("RICE5")));
    }

    [Fact]
    public async Task Members_Informant_IsFoundByCodeOnlyAndNeverNamed()
    {
        using var admin = await desk.Site.SignInAsync(Roles.Administrator);
        await admin.GetAsync("/desk/members?q=" + Uri.EscapeDataString("李四"));
        Assert.DoesNotContain("I0001", admin.Text, StringComparison.Ordinal);
        foreach (var path in new[] { "/desk/members?q=I0001", $"/desk/members/{desk.Informant.Id}", $"/desk/members/{desk.Informant.Id}/edit", $"/desk/members/{desk.Informant.Id}/pin", $"/desk/members/cards?id={desk.Informant.Id}", "/desk/members?handler=csv" })
        {
            await admin.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, admin.Status);
            Assert.Contains("I0001", admin.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("李四", admin.Body, StringComparison.Ordinal);
        }

        await admin.GetAsync("/desk/members?q=" + desk.Zhang.CardNumber);
        Assert.Contains("张桂兰", admin.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_Added_HasANumberAndBadInputKeepsWhatWasTyped()
    {
        using var admin = await desk.Site.SignInAsync(Roles.Administrator);
        await admin.GetAsync("/desk/members/add");
        await admin.PostAsync(("Input.Name", "=1+1"), ("Input.Code", "G0001"));
        Assert.Contains("有人用了", admin.ErrorOf("Input.Code"), StringComparison.Ordinal);
        Assert.Equal("=1+1", admin.Page.GetElementById("Input_Name")!.GetAttribute("value"));
        await admin.PostAsync(("Input.Code", "g0002"));
        Assert.Contains("100003", admin.Text, StringComparison.Ordinal);
        await admin.GetAsync("/desk/members?handler=csv");
        Assert.Contains("'=1+1", admin.Body, StringComparison.Ordinal); // no formula in a spreadsheet
    }

    [Fact]
    public async Task Pin_TypedOrMadeUp_IsSetAndShownOnce()
    {
        using var approver = await desk.Site.SignInAsync(Roles.Approver, Village);
        await approver.GetAsync($"/desk/members/{desk.Zhang.Id}/pin");
        await approver.PostAsync(("Input.Pin", "1234"), ("Input.Again", "1234"));
        Assert.Contains("太好猜", approver.ErrorOf("Input.Pin"), StringComparison.Ordinal);
        await approver.PostAsync(("Input.Pin", "2468"), ("Input.Again", "8642"));
        Assert.NotNull(approver.ErrorOf("Input.Again"));
        await approver.PostAsync("form[action*=Suggest]");
        var pin = approver.Page.QuerySelector(".secret")!.TextContent.Trim();
        Assert.True(new PinHasher().Matches(await desk.Site.ReadAsync(db => db.Members.Where(m => m.Code == "G0001").Select(m => m.PinHash).SingleAsync()), pin));
        await approver.GetAsync(approver.Path);
        Assert.Null(approver.Page.QuerySelector(".secret"));
    }

    [Fact]
    public async Task OtherArea_EveryPageWithAnId_IsNotFound()
    {
        var slip = await desk.RedeemAsync();
        using var admin = await desk.Site.SignInAsync(Roles.Administrator, "STA/PR1/V9/");
        var v1 = await desk.Site.ReadAsync(db => db.Areas.Where(a => a.Code == "V1").Select(a => a.Id).SingleAsync());
        var id = desk.Zhang.Id;
        foreach (var path in new[]
        {
            $"/desk/members/{id}", $"/desk/members/{id}/edit", $"/desk/members/{id}/pin", $"/desk/redemptions/{slip.Reference}", $"/desk/counter?slip={slip.Reference}",
            $"/desk/goods/RICE5?outlet={desk.Outlet.Id}", $"/desk/goods/RICE5/correct?outlet={desk.Outlet.Id}", $"/admin/outlets?edit={desk.Outlet.Id}", $"/admin/areas?edit={v1}",
        })
        {
            await admin.GetAsync(path);
            Assert.True(admin.Status == HttpStatusCode.NotFound, path);
        }

        await admin.GetAsync("/desk/members/cards?id=" + id);
        Assert.DoesNotContain("张桂兰", admin.Text, StringComparison.Ordinal);
        var kiosk = await desk.Site.ReadAsync(db => db.KioskDevices.Where(k => k.OutletId == desk.Outlet.Id).Select(k => k.Id).SingleAsync());
        foreach (var path in new[] { "/admin/kiosks?handler=Retire", "/admin/kiosks?handler=Again", $"/desk/members/{id}?handler=Card", $"/desk/members/{id}?handler=Unlock", $"/desk/members/{id}/pin?handler=Suggest" })
        {
            await admin.GetAsync("/admin/kiosks");
            Assert.Equal(HttpStatusCode.NotFound, (await admin.ForgeAsync(path, ("id", $"{kiosk}"))).Status);
        }

        Assert.Equal(0, await desk.Site.ReadAsync(db => db.ChangeRecords.CountAsync()));
    }

    [Fact]
    public async Task Stock_CountedInCorrectedAndTakenBack_StandsOnTheShelf()
    {
        using var attendant = await desk.Site.SignInAsync(Roles.Attendant, Village);
        await attendant.GetAsync($"/desk/goods/count-in?outlet={desk.Outlet.Id}&sku=RICE5");
        await attendant.PostAsync(("Input.Lines[0].Accepted", "-5"));
        Assert.NotNull(attendant.ErrorOf("Input.Lines[0].Accepted"));
        await attendant.PostAsync(("Input.Lines[0].Accepted", "40"), ("Input.SponsorId", $"{desk.Firm.Id}"));
        Assert.Equal(50, await desk.BalanceAsync(AccountCode.Shelf("O1"), Asset.Goods("RICE5")));

        await attendant.GetAsync($"/desk/goods/RICE5/correct?outlet={desk.Outlet.Id}");
        await attendant.PostAsync(("Input.Counted", "48"), ("Input.Reason", "破损两袋"));
        Assert.Contains("等另一个人", attendant.Text, StringComparison.Ordinal);
        Assert.Null(attendant.Page.QuerySelector("form[action*=Sign]"));
        Assert.Equal(50, await desk.BalanceAsync(AccountCode.Shelf("O1"), Asset.Goods("RICE5")));
        using var second = await desk.Site.SignInAsync(Roles.Approver, Village);
        await second.GetAsync(attendant.Path);
        await second.PostAsync("form[action*=Sign]");
        Assert.Equal(48, await desk.BalanceAsync(AccountCode.Shelf("O1"), Asset.Goods("RICE5")));

        using var admin = await desk.Site.SignInAsync(Roles.Administrator);
        var sequence = await desk.Site.ReadAsync(db => db.LedgerTransactions.Where(t => t.Kind == TransactionKinds.Delivery).Select(t => t.Sequence).SingleAsync());
        await admin.GetAsync($"/finance/entry/{desk.Site.BookId}/{sequence}");
        await admin.PostAsync(("Input.Reason", "数错了"));
        Assert.Contains("等另一个人签字", admin.Text, StringComparison.Ordinal);
        Assert.Null(admin.Page.QuerySelector("textarea[name='Input.Reason'], input[name='Input.Reason']"));
        await admin.GetAsync("/desk/signatures");
        Assert.Null(admin.Page.QuerySelector("button[name=sign]")); // not one's own
        await admin.ForgeAsync("/desk/signatures", ("id", $"{await desk.Site.ReadAsync(db => db.SecondSignatures.Select(s => s.Id).SingleAsync())}"), ("sign", "true"));
        Assert.Contains("要另一个人", admin.Text, StringComparison.Ordinal);
        Assert.Equal(48, await desk.BalanceAsync(AccountCode.Shelf("O1"), Asset.Goods("RICE5")));
        await second.GetAsync("/desk/signatures");
        await second.PostAsync(("sign", "true"));
        Assert.Equal(8, await desk.BalanceAsync(AccountCode.Shelf("O1"), Asset.Goods("RICE5")));
        using var sponsor = await desk.Site.SignInAsync(Roles.Sponsor, null, sponsorId: desk.Firm.Id);
        await sponsor.GetAsync("/sponsor");
        Assert.Contains("已冲正", sponsor.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Books_Checked_AreBalancedOrSayWhatIsOff()
    {
        await desk.RedeemAsync();
        using var auditor = await desk.Site.SignInAsync(Roles.Auditor);
        await auditor.GetAsync("/finance");
        Assert.Contains("还没有核对过", auditor.Text, StringComparison.Ordinal);
        await auditor.PostAsync("form[action*=Check]");
        Assert.Contains("账是平的", auditor.Text, StringComparison.Ordinal);

        await desk.Site.Writes.RunAsync(db => db.LedgerBooks.ExecuteUpdateAsync(s => s.SetProperty(b => b.Head, new byte[32])));
        await auditor.PostAsync("form[action*=Check]");
        Assert.Contains("账本的末尾对不上", auditor.Text, StringComparison.Ordinal);
        await auditor.GetAsync($"/finance/journal?handler=csv&book={desk.Site.BookId}");
        Assert.Contains("redemption-hold", auditor.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kiosk_Offered_ShowsTheCodeOnceAndPairs()
    {
        using var admin = await desk.Site.SignInAsync(Roles.Administrator);
        await admin.GetAsync("/admin/kiosks");
        await admin.PostAsync(("Input.Name", ""), ("Input.OutletId", $"{desk.Outlet.Id}"));
        Assert.NotNull(admin.ErrorOf("Input.Name"));
        await admin.PostAsync(("Input.Name", "02 号机"));
        Assert.Matches(@"^\d{3} \d{3}$", admin.Page.QuerySelector(".secret")!.TextContent.Trim());
        await admin.GetAsync("/admin/kiosks");
        Assert.Null(admin.Page.QuerySelector(".secret"));
        await admin.GetAsync("/admin/changes");
        Assert.Contains("生成配对码", admin.Text, StringComparison.Ordinal);
    }
}
