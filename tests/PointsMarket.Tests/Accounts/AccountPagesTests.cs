using System.Net;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Accounts;

/// <summary>Accounts administered through the pages, within an area, and never without an administrator.</summary>
public sealed class AccountPagesTests(SiteHost site) : IClassFixture<SiteHost>
{
    [Fact]
    public async Task Account_MadeByAnAdministrator_SignsInOnceWithTheOneTimePassword()
    {
        using var admin = await site.SignInAsync(Roles.Administrator);
        await admin.GetAsync("/admin/accounts/add");
        await admin.PostAsync(("Input.UserName", "lin.attendant"), ("Input.DisplayName", "林师傅"), ("Input.Roles", Roles.Attendant), ("Input.AreaId", await AreaAsync("V1")));
        var password = admin.Page.QuerySelector(".secret code")!.TextContent;
        await admin.GetAsync(admin.Path);
        Assert.Null(admin.Page.QuerySelector(".secret code")); // shown once

        using var person = site.Visitor();
        await person.GetAsync("/account/login");
        await person.PostAsync(("Input.Name", "lin.attendant"), ("Input.Password", password));
        Assert.Equal("/account/security/password", person.Path);
        var record = await site.ReadAsync(db => db.ChangeRecords.OrderBy(c => c.Id).LastAsync(c => c.Action == "account.created"));
        Assert.Equal((Roles.Attendant, true), (record.Detail, record.Actor.StartsWith("user:", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Input.UserName", "12345", "Input.UserName")]
    [InlineData("Input.UserName", "Ab", "Input.UserName")]
    [InlineData("Input.UserName", "robert'); drop table", "Input.UserName")]
    [InlineData("Input.Roles", "Emperor", "Input.Roles")]
    [InlineData("Input.AreaId", "", "Input.AreaId")]
    [InlineData("Input.AreaId", "999999", "Input.AreaId")]
    [InlineData("Input.AreaId", "abc", "Input.AreaId")]
    [InlineData("Input.MemberNumber", "777777", "Input.MemberNumber")]
    [InlineData("Input.DisplayName", "", "Input.DisplayName")]
    public async Task Account_WithBadInput_IsRefusedBesideTheFieldAndKeepsTheForm(string field, string value, string wrong)
    {
        using var admin = await site.SignInAsync(Roles.Administrator);
        var before = await site.ReadAsync(db => db.Users.CountAsync());
        await admin.GetAsync("/admin/accounts/add");
        var fields = new Dictionary<string, string>
        {
            ["Input.UserName"] = "good.name", ["Input.DisplayName"] = "好名字", ["Input.Roles"] = Roles.Finance, ["Input.AreaId"] = await AreaAsync("STA"), [field] = value,
        };
        await admin.PostAsync(fields);
        Assert.NotNull(admin.ErrorOf(wrong));
        if (field != "Input.DisplayName") Assert.Equal("好名字", admin.Page.QuerySelector("#Input_DisplayName")!.GetAttribute("value"));
        Assert.Equal(before, await site.ReadAsync(db => db.Users.CountAsync()));
    }

    [Fact]
    public async Task Administrator_OfAVillage_NeitherSeesNorTouchesWhatIsAbove()
    {
        var chief = await site.AddAccountAsync(Roles.Approver, "STA/PR1/");
        var chiefId = await IdAsync(chief);
        using var village = await site.SignInAsync(Roles.Administrator, "STA/PR1/V1/");
        await village.GetAsync("/admin/accounts");
        Assert.DoesNotContain(chief, village.Body, StringComparison.Ordinal);
        await village.GetAsync("/admin/accounts?handler=csv");
        Assert.DoesNotContain(chief, village.Body, StringComparison.Ordinal);
        await village.GetAsync($"/admin/accounts/{chiefId}");
        Assert.Equal(HttpStatusCode.NotFound, village.Status);

        await village.GetAsync("/admin/accounts/add");
        await village.ForgeAsync($"/admin/accounts/{chiefId}?handler=password");
        Assert.Equal(HttpStatusCode.NotFound, village.Status);
        await village.GetAsync("/admin/accounts/add");
        await village.PostAsync(
            "form.form", ("Input.UserName", "too.high"), ("Input.DisplayName", "高"), ("Input.Roles", Roles.Administrator), ("Input.AreaId", await AreaAsync("STA")));
        Assert.Contains("不归您管", village.ErrorOf("Input.AreaId"), StringComparison.Ordinal);
        Assert.False(await site.ReadAsync(db => db.Users.AnyAsync(u => u.UserName == "too.high")));
    }

    [Fact]
    public async Task Administrator_WithoutAnArea_OfTwoStations_SeesNothing()
    {
        await using var two = await SiteHost.StartAsync();
        await two.Writes.RunAsync(async db =>
        {
            db.Areas.Add(new Areas.Area { Code = "STB", Name = "B", Kind = Areas.AreaKind.Station, Path = "STB/", BookId = await Journal.OpenBookAsync(db, "STB") });
            return await db.SaveChangesAsync();
        });
        using var nowhere = await two.SignInAsync(Roles.Administrator, area: null);
        await nowhere.GetAsync("/admin/accounts");
        Assert.Contains("没有这样的账号", nowhere.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LastAdministrator_ByAnyWay_Stays()
    {
        await using var alone = await SiteHost.StartAsync();
        var name = await alone.AddAccountAsync(Roles.Administrator);
        var id = await alone.ReadAsync(db => db.Users.Where(u => u.UserName == name).Select(u => u.Id).SingleAsync());
        using var admin = await alone.SignInAsAsync(name);
        await admin.GetAsync($"/admin/accounts/{id}");
        var roles = admin.Page.QuerySelector("form.form")!;
        await admin.ForgeAsync($"/admin/accounts/{id}", ("Input.DisplayName", "A"), ("Input.Roles", Roles.Finance), ("Input.AreaId", await AreaAsync("STA", alone)));
        Assert.Contains("最后一位管理员", admin.Text, StringComparison.Ordinal);
        await admin.GetAsync($"/admin/accounts/{id}");
        await admin.ForgeAsync($"/admin/accounts/{id}?handler=lock");
        Assert.Contains("不能停用自己", admin.Text, StringComparison.Ordinal);
        Assert.NotNull(roles);
        Assert.True(await alone.ReadAsync(db => AccountStamps.Administrators(db).AnyAsync()));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task TwoAdministrators_LockingEachOtherAtOnce_LeaveOne(DatabaseProvider provider)
    {
        await using var both = await SiteHost.StartAsync(provider);
        for (var round = 0; round < 5; round++)
        {
            var ids = new List<int>();
            foreach (var name in new[] { await both.AddAccountAsync(Roles.Administrator), await both.AddAccountAsync(Roles.Administrator) })
                ids.Add(await both.ReadAsync(db => db.Users.Where(u => u.UserName == name).Select(u => u.Id).SingleAsync()));
            var locking = (LockAccount)both.Services.GetService(typeof(LockAccount))!;
            AccountAction By(int actor, int on) => new() { UserId = on, Actor = Actor.User(actor), AreaPath = "STA/" };
            await Task.WhenAll(locking.ExecuteAsync(By(ids[0], ids[1])), locking.ExecuteAsync(By(ids[1], ids[0])));
            Assert.Equal(1, await both.ReadAsync(db => AccountStamps.Administrators(db).CountAsync()));
            await both.Writes.RunAsync(db => db.Users.ExecuteUpdateAsync(s => s.SetProperty(u => u.LockoutEnd, TryCount.Forever)));
        }
    }

    [Fact]
    public async Task Locked_Account_IsToldSoAndSignedOut()
    {
        var name = await site.AddAccountAsync(Roles.Attendant, "STA/PR1/V1/");
        var id = await IdAsync(name);
        using var person = await site.SignInAsAsync(name);
        using var admin = await site.SignInAsync(Roles.Administrator);
        await admin.GetAsync($"/admin/accounts/{id}");
        await admin.PostAsync("form[action$='handler=Lock']");
        Assert.Contains("账号已停用", admin.Text, StringComparison.Ordinal);
        site.Clock.Advance(TimeSpan.FromSeconds(61));
        await person.GetAsync("/account/security");
        Assert.StartsWith("/account/login", person.Path, StringComparison.Ordinal);
        await person.PostAsync(("Input.Name", name), ("Input.Password", SiteHost.Password));
        Assert.Contains("已经停用", person.Text, StringComparison.Ordinal);
        await admin.PostAsync("form[action$='handler=Unlock']");
        using var back = await site.SignInAsAsync(name);
    }

    [Fact]
    public async Task Roles_Changed_HoldWithinAMinuteWhereTheyAreSignedIn()
    {
        var name = await site.AddAccountAsync(Roles.Administrator);
        using var person = await site.SignInAsAsync(name);
        using var admin = await site.SignInAsync(Roles.Administrator);
        await admin.GetAsync($"/admin/accounts/{await IdAsync(name)}");
        await admin.ForgeAsync(admin.Path, ("Input.DisplayName", "A"), ("Input.Roles", Roles.Attendant), ("Input.AreaId", await AreaAsync("V1")));
        site.Clock.Advance(TimeSpan.FromSeconds(61));
        await person.GetAsync("/admin/accounts");
        Assert.StartsWith("/account/login", person.Path, StringComparison.Ordinal);
    }

    private async Task<string> AreaAsync(string code, SiteHost? of = null) =>
        (await (of ?? site).ReadAsync(db => db.Areas.Where(a => a.Code == code).Select(a => a.Id).SingleAsync())).ToString();

    private Task<int> IdAsync(string name) => site.ReadAsync(db => db.Users.Where(u => u.UserName == name).Select(u => u.Id).SingleAsync());
}
