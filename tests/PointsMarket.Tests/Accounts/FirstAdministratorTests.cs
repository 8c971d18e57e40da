using System.Net;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Tests.Kit;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Tests.Accounts;

/// <summary>The first run, and keys shared between nodes.</summary>
public sealed class FirstAdministratorTests
{
    [Fact]
    public async Task FirstRun_WithTheConsolesCode_MakesOneAdministratorAndIsGone()
    {
        await using var site = await SiteHost.StartAsync();
        var code = ((SetupCode)site.Services.GetService(typeof(SetupCode))!).Code;
        using var visitor = site.Visitor();
        await visitor.GetAsync("/account/login");
        Assert.NotNull(visitor.Page.QuerySelector("a[href='/setup']"));
        await visitor.GetAsync("/setup");
        (string, string)[] form = [("Input.DisplayName", "顾站长"), ("Input.UserName", "gu"), ("Input.Password", "gu is the chief"), ("Input.Again", "gu is the chief")];
        await visitor.PostAsync([.. form, ("Input.Code", "AAAAAAAAAAAA")]);
        Assert.Contains("启动码不对", visitor.ErrorOf("Input.Code"), StringComparison.Ordinal);
        await visitor.PostAsync([.. form, ("Input.Code", code)]);
        Assert.Contains("3 到 32 个", visitor.ErrorOf("Input.UserName"), StringComparison.Ordinal);
        form[1] = ("Input.UserName", "gu.chief");
        await visitor.PostAsync([.. form, ("Input.Code", code)]);
        Assert.Contains("管理员已设置好", visitor.Text, StringComparison.Ordinal);
        await visitor.GetAsync("/setup");
        Assert.Equal(HttpStatusCode.NotFound, visitor.Status);
        await visitor.GetAsync("/account/login");
        await visitor.PostAsync(("Input.Name", "gu.chief"), ("Input.Password", "gu is the chief"));
        await visitor.GetAsync("/admin/accounts"); // no area of its own, and one station: that one
        Assert.Contains("gu.chief", visitor.Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task FirstRun_TenAtOnce_MakesOne(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var create = market.Get<CreateFirstAdministrator>();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => create.ExecuteAsync(new() { UserName = $"first-{i}", DisplayName = "F", Password = "long enough to do" })));
        Assert.Single(outcomes, CreateFirstAdministrator.Outcome.Created);
        Assert.Equal(1, await market.ReadAsync(db => db.Users.CountAsync()));
    }

    [SkippableFact]
    public async Task Keys_OnAServerDatabase_AreSharedByTwoNodes()
    {
        await using var one = await SiteHost.StartAsync(DatabaseProvider.Postgres);
        using var client = await one.SignInAsync(Roles.Approver);
        var cookie = (await CookieAsync(one, await one.AddAccountAsync(Roles.Approver)))!;
        await using var two = one.AnotherNode();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/security");
        request.Headers.Add("Cookie", cookie);
        using var other = two.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        using var answer = await other.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(await one.ReadAsync(db => db.ProtectionKeys.ToListAsync()));
    }

    private static async Task<string?> CookieAsync(SiteHost site, string name)
    {
        using var client = site.Visitor(follow: false);
        await client.GetAsync("/account/login");
        var token = client.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var answer = await client.Http.PostAsync("/account/login", new FormUrlEncodedContent([new("Input.Name", name), new("Input.Password", SiteHost.Password), new("__RequestVerificationToken", token)]));
        return answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("pm.user=", StringComparison.Ordinal)).Split(';')[0];
    }
}
