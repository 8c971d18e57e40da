using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Accounts;

/// <summary>Two-step sign-in through the forms, on a site that asks staff for it.</summary>
public sealed class TwoStepTests : IAsyncLifetime
{
    private SiteHost site = null!;

    public async Task InitializeAsync() => site = await SiteHost.StartAsync(settings: ("Accounts:RequireTwoStep", "true"));

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Theory]
    [InlineData("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59, "287082")] // RFC 6238, appendix B, the last six digits
    [InlineData("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 1111111109, "081804")]
    [InlineData("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 20000000000, "353130")]
    public void Code_AtTheTimesOfTheStandard_IsTheStandards(string key, long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt(key, DateTime.UnixEpoch.AddSeconds(seconds)));

    [Fact]
    public async Task Staff_WithoutTwoStep_SetItUpFirst_AndThenSignInWithIt()
    {
        var name = await site.AddAccountAsync(Roles.Administrator);
        using var client = await site.SignInAsAsync(name);
        Assert.Equal("/account/security/two-step", client.Path);
        await client.GetAsync("/admin/accounts"); // held back
        Assert.Equal("/account/security/two-step", client.Path);

        var key = client.Page.QuerySelector("code")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        await client.PostAsync(("Input.Code", "000000"));
        Assert.Contains("验证码不对", client.ErrorOf("Input.Code"), StringComparison.Ordinal);
        await client.PostAsync(("Input.Code", CodeOf(key)));
        Assert.Equal("/account/security/codes", client.Path);
        var recovery = client.Page.QuerySelectorAll(".codes code").Select(c => c.TextContent).ToList();
        Assert.Equal(10, recovery.Distinct().Count());
        await client.GetAsync("/account/security/codes"); // shown once
        Assert.Equal("/account/security", client.Path);
        await client.GetAsync("/admin/accounts");
        Assert.Equal("/admin/accounts", client.Path);

        using var again = site.Visitor();
        await PasswordAsync(again, name);
        await again.PostAsync(("Input.Code", CodeOf(key))); // the one that was used to set it up
        Assert.Contains("已经用过", again.ErrorOf("Input.Code"), StringComparison.Ordinal);
        site.Clock.Advance(TimeSpan.FromSeconds(60));
        await again.PostAsync(("Input.Code", CodeOf(key)));
        await again.GetAsync("/admin/accounts");
        Assert.Equal("/admin/accounts", again.Path);

        foreach (var (code, works) in new[] { (recovery[3].ToLowerInvariant(), true), (recovery[3], false) })
        {
            using var lost = site.Visitor();
            await PasswordAsync(lost, name);
            await lost.PostAsync(("Input.Code", code));
            Assert.Equal(!works, lost.Path.StartsWith("/account/two-step", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task HalfWay_WithoutACode_OpensNothing_AndEndsAfterFiveMinutes()
    {
        var (name, key) = await WithTwoStepAsync();
        using var client = site.Visitor();
        await PasswordAsync(client, name);
        await client.GetAsync("/account/security");
        Assert.StartsWith("/account/login", client.Path, StringComparison.Ordinal);
        await client.GetAsync("/account/two-step");
        Assert.Equal("/account/two-step", client.Path);
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        await client.PostAsync(("Input.Code", CodeOf(key)));
        Assert.StartsWith("/account/login", client.Path, StringComparison.Ordinal);
        Assert.Contains("请重新登录", client.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_GuessedTooOften_RestTheAccount()
    {
        var (name, _) = await WithTwoStepAsync();
        using var client = site.Visitor();
        await PasswordAsync(client, name); // counts as a try until the second step proves it
        for (var i = 0; i < TryCount.LockAfter; i++) await client.PostAsync(("Input.Code", $"00000{i}"));
        Assert.Contains("请等 15 分钟", client.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Administrator_WithoutTwoStep_TurnsItOffOnlyWithThePassword()
    {
        var (name, key) = await WithTwoStepAsync();
        using var client = site.Visitor();
        await PasswordAsync(client, name);
        await client.PostAsync(("Input.Code", CodeOf(key)));
        await client.GetAsync("/account/security/two-step");
        await client.PostAsync(("Input.Password", "not the password"));
        Assert.Contains("不对", client.ErrorOf("Input.Password"), StringComparison.Ordinal);
        await client.PostAsync(("Input.Password", SiteHost.Password));
        Assert.False(await site.ReadAsync(db => db.Users.Where(u => u.UserName == name).Select(u => u.TwoFactorEnabled).SingleAsync()));
        Assert.Empty(await site.ReadAsync(db => db.UserTokens.Where(t => db.Users.Any(u => u.Id == t.UserId && u.UserName == name)).ToListAsync()));
    }

    private async Task<(string Name, string Key)> WithTwoStepAsync()
    {
        var name = await site.AddAccountAsync(Roles.Approver, change: u => u.TwoFactorEnabled = true);
        var key = Totp.NewKey();
        await site.Writes.RunAsync(async db =>
        {
            var id = await db.Users.Where(u => u.UserName == name).Select(u => u.Id).SingleAsync();
            await TwoStepStore.WriteAsync(db, id, TwoStepStore.Key, key);
            return await db.SaveChangesAsync();
        });
        return (name, key);
    }

    private static async Task PasswordAsync(PageClient client, string name)
    {
        await client.GetAsync("/account/login");
        await client.PostAsync(("Input.Name", name), ("Input.Password", SiteHost.Password));
        Assert.Equal("/account/two-step", client.Path);
    }

    private string CodeOf(string key) => Totp.CodeAt(key, site.Clock.GetUtcNow().UtcDateTime);
}
