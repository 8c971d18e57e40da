using System.Net;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>A new category through the forms, and everywhere it must be known from its day on; the same for one that is retired.</summary>
public sealed class CategoryPageTests : IAsyncLifetime
{
    private SiteHost site = null!;

    public async Task InitializeAsync() => site = await SiteHost.StartAsync();

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Category_ProposedAndApproved_IsKnownEverywhereFromItsDay()
    {
        using var one = await site.SignInAsync(Roles.Administrator);
        using var two = await site.SignInAsync(Roles.Administrator);
        await one.GetAsync("/desk/rules/category");
        await one.PostAsync("form.wide", Fields(code: "Night Watch"));
        Assert.Contains("代码要用小写字母开头", one.ErrorOf("Input.Code")!, StringComparison.Ordinal);
        Assert.Equal("夜间守望", one.Page.QuerySelector("#Input_NameZh")!.GetAttribute("value")); // what was typed is kept
        await one.PostAsync("form.wide", Fields(english: ""));
        Assert.NotNull(one.ErrorOf("Input.NameEn"));
        await one.PostAsync("form.wide", Fields());
        Assert.Contains("已提交，等别人审批", one.Text, StringComparison.Ordinal);
        Assert.Contains("新类别：夜间守望", one.Text, StringComparison.Ordinal);
        await two.GetAsync(one.Path);
        await two.PostAsync("form[action*=pprove]");
        Assert.Contains("已批准", two.Text, StringComparison.Ordinal);

        var member = await site.Writes.RunAsync(async db =>
        {
            var made = new Member { Code = "G0001", Number = "100001", Name = "张桂兰", Kind = MemberKind.GridMember, AreaId = (await db.Areas.SingleAsync(a => a.Code == "V1")).Id, Joined = new(2025, 1, 1) };
            db.Add(made);
            await db.SaveChangesAsync();
            return made.Id;
        });
        var account = await site.AddAccountAsync(Roles.Member, area: null, memberId: member);
        using (var early = await site.SignInAsAsync(account))
            Assert.DoesNotContain("夜间守望", (await early.GetAsync("/me/report")).Text, StringComparison.Ordinal);
        site.Clock.Advance(TimeSpan.FromDays(31));
        using var phone = await site.SignInAsAsync(account);
        using var desk = await site.SignInAsync(Roles.Administrator);
        await phone.GetAsync("/me/report");
        Assert.Contains("夜间守望", phone.Text, StringComparison.Ordinal);
        await phone.PostAsync(("Input.Category", "night-watch"), ("Input.Text", "守了一夜"));
        Assert.Contains("已收到", phone.Text, StringComparison.Ordinal);
        await desk.GetAsync("/desk/reports?category=night-watch");
        Assert.Contains("守了一夜", desk.Text, StringComparison.Ordinal);
        Assert.Contains("夜间守望", desk.Page.QuerySelector("#category")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("夜间守望", (await desk.GetAsync("/admin/routes")).Text, StringComparison.Ordinal);
        Assert.Contains("夜间守望", (await site.Visitor().GetAsync("/notices")).Text, StringComparison.Ordinal);
        using var english = site.Visitor();
        Assert.Contains("Night watch", (await english.GetAsync("/notices?culture=en")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Category_Retired_IsNoLongerOffered()
    {
        using var one = await site.SignInAsync(Roles.Administrator);
        using var two = await site.SignInAsync(Roles.Administrator);
        Assert.Equal(HttpStatusCode.NotFound, (await one.GetAsync("/desk/rules/retire/nothing")).Status);
        await one.GetAsync("/desk/rules/retire/publicity");
        Assert.NotNull(one.Page.QuerySelector("#what-if"));
        await one.PostAsync("form.wide", ("Input.Reason", "不再做了"), ("Input.From", "2026-10-01"));
        Assert.Contains("最早从明天起", one.ErrorOf("Input.From")!, StringComparison.Ordinal);
        await one.PostAsync("form.wide", ("Input.Reason", "不再做了"), ("Input.From", "2026-10-05"));
        Assert.Contains("已停用", one.Text, StringComparison.Ordinal);
        await two.GetAsync(one.Path);
        await two.PostAsync("form[action*=pprove]");
        site.Clock.Advance(TimeSpan.FromDays(5));
        using var later = await site.SignInAsync(Roles.Administrator);
        Assert.Contains("已停用", (await later.GetAsync("/desk/rules")).Text, StringComparison.Ordinal);
        Assert.Contains("不再受理", (await site.Visitor().GetAsync("/notices")).Text, StringComparison.Ordinal);
    }

    private static (string, string)[] Fields(string code = "night-watch", string english = "Night watch") =>
    [
        ("Input.NameZh", "夜间守望"), ("Input.NameEn", english), ("Input.Code", code), ("Input.Icon", "eye"), ("Input.Points", "6"), ("Input.Evidence", "Text"),
        ("Input.FirstLevel", "GridManager"), ("Input.From", "2026-11-01"), ("Input.Reason", "夜里多巡一次"),
    ];
}
