using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Members;
using PointsMarket.Tasks;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>The public notice page, and the wish to stand there or not.</summary>
public sealed class NoticesPageTests : IAsyncLifetime
{
    private readonly ReportSite reports = new();

    public Task InitializeAsync() => reports.InitializeAsync();

    public Task DisposeAsync() => reports.DisposeAsync();

    [Fact]
    public async Task Notices_ForAnybody_ShowMaskedNamesOnly()
    {
        await reports.Site.Writes.RunAsync(db =>
        {
            db.AddRange(Enumerable.Range(1, 5).Select(i => new Member { Code = $"P000{i}", Number = $"20000{i}", Name = "赵钱孙", Kind = MemberKind.Volunteer, AreaId = reports.GridId, Joined = new(2025, 1, 1) }));
            return db.SaveChangesAsync();
        });
        foreach (var filed in (FileReport.Filed[])[await reports.FiledAsync("一件"), await reports.FiledAsync("两件", member: reports.Informant)])
            await reports.Site.Services.GetRequiredService<VerifyReports>().ExecuteAsync(new Judgement { ReportIds = [filed.ReportId], Actor = Actor.User(77), ActorMemberId = null, AreaPath = "STA/" });
        using var visitor = reports.Site.Visitor();

        await visitor.GetAsync("/notices");

        Assert.Contains("张*兰", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("合计 20 分", visitor.Text, StringComparison.Ordinal); // the informant's 20 are not in it
        foreach (var secret in (string[])["张桂兰", "孙不言", "X0001", "G0001", "100001"]) Assert.DoesNotContain(secret, visitor.Body, StringComparison.Ordinal);
        await visitor.GetAsync("/notices?village=V2");
        Assert.Contains("不到 5 人，不列名字", visitor.Text, StringComparison.Ordinal);
        foreach (var odd in (string[])["/notices?village=%3Cscript%3E&last=maybe", "/notices?station=nowhere&last=true", "/notices?culture=en"])
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(odd)).Status);
        await visitor.GetAsync("/");
        Assert.NotNull(visitor.Page.QuerySelector("a[href='/notices']"));
    }

    [Fact]
    public async Task Leaderboard_OnesOwnWish_IsKept()
    {
        using var client = await reports.MemberAsync();
        await client.GetAsync("/me");
        await client.PostAsync("form[action*=oard]", ("shown", "false"));
        Assert.Contains("红榜上不再有您", client.Text, StringComparison.Ordinal);
        Assert.True(await OffAsync());
        using var desk = await reports.Site.SignInAsync(Roles.Attendant, ReportSite.Village);
        await desk.GetAsync($"/desk/members/{reports.Zhang}");
        await desk.PostAsync("form[action*=oard]", ("shown", "true"));
        Assert.Contains("已恢复上榜", desk.Text, StringComparison.Ordinal);
        Assert.False(await OffAsync());
        using var other = await reports.Site.SignInAsync(Roles.Attendant, ReportSite.OtherVillage);
        await other.GetAsync("/desk/members");
        Assert.Equal(HttpStatusCode.NotFound, (await other.ForgeAsync($"/desk/members/{reports.Zhang}?handler=Board", ("shown", "false"))).Status);
        Assert.False(await OffAsync());
        using var informant = await reports.MemberAsync(reports.Informant);
        Assert.Null((await informant.GetAsync("/me")).Page.QuerySelector("form[action*=oard]")); // never there, so nothing to choose
    }

    private Task<bool> OffAsync() => reports.Site.ReadAsync(db => db.Members.Where(m => m.Id == reports.Zhang).Select(m => m.OffLeaderboard).SingleAsync());
}
