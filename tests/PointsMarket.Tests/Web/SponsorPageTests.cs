using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Ledger;
using PointsMarket.Sponsors;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

public sealed class SponsorPageTests : IAsyncLifetime
{
    private DeskSite desk = null!;

    public async Task InitializeAsync() => desk = await DeskSite.StartAsync();

    public async Task DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task Pledge_ThroughTheForms_IsAnsweredAnnouncedCountedInAndReceipted()
    {
        using var firm = await desk.Site.SignInAsync(Roles.Sponsor, null, sponsorId: desk.Firm.Id);
        var rice = await desk.Site.ReadAsync(db => db.Goods.Select(g => g.Id).SingleAsync());
        await firm.GetAsync($"/sponsor/pledges/new?outlet={desk.Outlet.Id}&sku=RICE5");
        await firm.PostAsync(("Input.Quantity", "-1"));
        Assert.NotNull(firm.ErrorOf("Input.Quantity"));
        await firm.PostAsync(("Input.Quantity", "20"), ("Input.Words", "新米"));
        Assert.StartsWith("/sponsor/pledges/P", firm.Path, StringComparison.Ordinal);
        var pledge = firm.Path.Split('/')[^1];

        using var approver = await desk.Site.SignInAsync(Roles.Approver);
        await approver.GetAsync("/desk/sponsors");
        Assert.Contains("粮油公司", approver.Text, StringComparison.Ordinal);
        await approver.GetAsync($"/desk/sponsors/pledges/{pledge}");
        await approver.PostAsync(("accept", "false"));
        Assert.Contains("不接受时请写原因", approver.ErrorOf("Answer"), StringComparison.Ordinal);
        await approver.PostAsync(("accept", "true"), ("Answer", "早上送"));
        await firm.GetAsync("/account/inbox");
        Assert.Contains(pledge, firm.Text, StringComparison.Ordinal);

        await firm.GetAsync($"/sponsor/pledges/{pledge}");
        Assert.Contains("早上送", firm.Text, StringComparison.Ordinal);
        await firm.PostAsync("form[action*=Announce]", ("Input.Lines[0].Quantity", "20"));
        var announced = await desk.Site.ReadAsync(db => db.Announcements.Select(a => a.Reference).SingleAsync());
        using var attendant = await desk.Site.SignInAsync(Roles.Attendant, "STA/PR1/V1/");
        await attendant.GetAsync("/desk/arrivals");
        Assert.Contains(announced, attendant.Text, StringComparison.Ordinal);
        await attendant.GetAsync($"/desk/goods/count-in?announced={announced}");
        await attendant.PostAsync(("Input.Lines[0].Accepted", "18"), ("Input.Lines[0].Refused", "2"), ("Input.Lines[0].Reason", "破包"), ("Input.Reference", "D1"));
        Assert.Equal(28, await desk.BalanceAsync(AccountCode.Shelf("O1"), Asset.Goods("RICE5")));
        await attendant.GetAsync($"/desk/goods/count-in?announced={announced}");
        Assert.Equal(HttpStatusCode.NotFound, attendant.Status);

        await firm.GetAsync("/sponsor/deliveries/D1");
        Assert.Contains("破包", firm.Text, StringComparison.Ordinal);
        await firm.GetAsync("/sponsor/deliveries/D1/receipt");
        Assert.Contains("¥540.00", firm.Text, StringComparison.Ordinal);
        await firm.GetAsync($"/sponsor/thanks/{DateOnly.FromDateTime(desk.Site.Clock.GetUtcNow().UtcDateTime).Year}");
        Assert.Contains("18", firm.Text, StringComparison.Ordinal);
        await firm.GetAsync("/sponsor/impact");
        Assert.Contains("不到 5 位", firm.Text, StringComparison.Ordinal);
        foreach (var page in (string[])["/sponsor", "/sponsor/pledges", "/sponsor/deliveries", "/sponsor/wishes", "/sponsor/people", "/sponsor/pledges?handler=csv", "/sponsor/deliveries?handler=csv", "/sponsor/wishes?handler=csv", "/sponsor/impact?handler=csv"])
            Assert.Equal(HttpStatusCode.OK, (await firm.GetAsync(page)).Status);
        await approver.GetAsync("/desk/sponsors/receipt/D1");
        Assert.Contains("D1", approver.Text, StringComparison.Ordinal);
        foreach (var page in (string[])["/desk/sponsors?handler=csv", $"/desk/sponsors/{desk.Firm.Id}", "/desk/arrivals?handler=csv"])
            Assert.Equal(HttpStatusCode.OK, (await approver.GetAsync(page)).Status);
    }

    [Fact]
    public async Task Firm_AskingForAnothersRows_NeverSeesThem()
    {
        var other = await desk.Site.Writes.RunAsync(async db =>
        {
            var firm = new Sponsor { Code = "S02", Name = "别家公司" };
            db.Add(firm);
            await db.SaveChangesAsync();
            return firm.Id;
        });
        var today = PointsMarket.Areas.StationTime.Day(desk.Site.Clock.GetUtcNow().UtcDateTime);
        var pledge = ((PledgeMade.Done)await desk.Site.Services.GetRequiredService<MakePledge>().ExecuteAsync(new()
        {
            Key = Guid.NewGuid(), SponsorId = other, OutletId = desk.Outlet.Id, GoodsId = null, Words = "别家的桌子", Quantity = null, ValueFen = null, Day = today, Actor = Actor.User(1),
        })).Reference;
        await desk.Site.Services.GetRequiredService<CountIn>().ExecuteAsync(new()
        {
            Reference = "OTHER1", Date = today, SponsorId = other, OutletId = desk.Outlet.Id, Actor = Actor.User(1), AreaPath = "STA/",
            Lines = [new CountIn.Line { GoodsId = await desk.Site.ReadAsync(db => db.Goods.Select(g => g.Id).SingleAsync()), Accepted = 77 }],
        });
        using var firm = await desk.Site.SignInAsync(Roles.Sponsor, null, sponsorId: desk.Firm.Id);
        using var theirs = await desk.Site.SignInAsync(Roles.Sponsor, null, sponsorId: other);
        foreach (var page in (string[])[$"/sponsor/pledges/{pledge}", "/sponsor/deliveries/OTHER1", "/sponsor/deliveries/OTHER1/receipt", "/sponsor/deliveries/OTHER1/receipt?handler=pdf", $"/sponsor/thanks/{today.Year}"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await firm.GetAsync(page)).Status);
            if (!page.Contains("pdf", StringComparison.Ordinal)) Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync(page)).Status);
        }
        foreach (var page in (string[])["/sponsor", "/sponsor/pledges", "/sponsor/deliveries", "/sponsor/impact", "/sponsor/people", "/sponsor/pledges?handler=csv", "/sponsor/deliveries?handler=csv", "/sponsor/impact?handler=csv"])
        {
            await firm.GetAsync(page);
            Assert.Equal(HttpStatusCode.OK, firm.Status);
            Assert.DoesNotContain(pledge, firm.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("OTHER1", firm.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("sponsor-2", firm.Body, StringComparison.Ordinal);
        }
        await firm.GetAsync("/sponsor/pledges/new");
        await firm.ForgeAsync($"/sponsor/pledges/{pledge}?handler=withdraw");
        Assert.Equal(HttpStatusCode.NotFound, firm.Status);
        Assert.Equal(PledgeState.Waiting, await desk.Site.ReadAsync(db => db.Pledges.Select(p => p.State).SingleAsync()));
    }

    [Fact]
    public async Task Sponsors_AddedAndRenamed_AreOnRecord()
    {
        using var approver = await desk.Site.SignInAsync(Roles.Approver);
        await approver.GetAsync("/desk/sponsors/add");
        await approver.PostAsync(("Code", "坏 编号"), ("Name", "新企业"));
        Assert.NotNull(approver.ErrorOf("Code"));
        await approver.PostAsync(("Code", "S01"), ("Name", "新企业"));
        Assert.Contains("已经有企业用了", approver.ErrorOf("Code"), StringComparison.Ordinal);
        await approver.PostAsync(("Code", "S09"), ("Name", "新企业"));
        await approver.PostAsync(("Name", "新企业有限公司"));
        Assert.Equal("新企业有限公司", await desk.Site.ReadAsync(db => db.Sponsors.Where(s => s.Code == "S09").Select(s => s.Name).SingleAsync()));
        Assert.Equal(["sponsor.added", "sponsor.edited"], await desk.Site.ReadAsync(db => db.ChangeRecords.Where(c => c.Subject == "S09").OrderBy(c => c.Id).Select(c => c.Action).ToListAsync()));
    }
}
