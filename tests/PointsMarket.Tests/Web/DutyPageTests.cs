using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Duties;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>The pages of duties and shifts, through their forms.</summary>
public sealed class DutyPageTests
{
    [Fact]
    public async Task Plan_BadInput_SaysSoAndKeepsWhatWasTyped()
    {
        await using var site = await DutySite.StartAsync();
        using var desk = await site.ApproverAsync();
        await desk.GetAsync("/desk/duties/plan/new");
        (string Name, string Value)[] good = [("Input.Kind", "Patrol"), ("Input.Place", "村口到河堤"), ("Input.AreaId", $"{site.Reports.GridId}"), ("Input.StartsAt", "19:00"), ("Input.EndsAt", "21:00")];

        await desk.PostAsync(good);
        Assert.Equal("请至少选一天。", desk.ErrorOf("Input.Days"));
        Assert.Equal("村口到河堤", desk.Page.QuerySelector<IHtmlInputElement>("#Input_Place")!.Value);

        await desk.PostAsync([.. good, ("Input.Days", "Monday"), ("Input.Managers", "-3")]);
        Assert.NotNull(desk.ErrorOf("Input.Managers"));
        Assert.True(desk.Page.QuerySelector<IHtmlInputElement>("input[value=Monday]")!.IsChecked);
        await desk.PostAsync([.. good.Where(g => g.Name != "Input.EndsAt"), ("Input.EndsAt", "19:00"), ("Input.Days", "Monday"), ("Input.Managers", "1")]);
        Assert.StartsWith("开始和结束不能相同", desk.ErrorOf("Input.EndsAt"), StringComparison.Ordinal);
        await desk.PostAsync([.. good.Where(g => g.Name is not ("Input.Place" or "Input.EndsAt")), ("Input.EndsAt", "99:99"), ("Input.Place", ""), ("Input.Days", "Monday")]);
        Assert.NotNull(desk.ErrorOf("Input.Place"));
        Assert.NotNull(desk.ErrorOf("Input.EndsAt"));
        Assert.Equal(0, await site.Site.ReadAsync(db => db.Duties.CountAsync()));
    }

    [Fact]
    public async Task Plan_NewAndChanged_MakesShiftsAndSaysWhichStay()
    {
        await using var site = await DutySite.StartAsync();
        using var desk = await site.ApproverAsync();
        await desk.GetAsync("/desk/duties/plan/new");
        await desk.PostAsync(("Input.Kind", "SchoolEscort"), ("Input.Place", "村小学门口"), ("Input.AreaId", $"{site.Reports.GridId}"), ("Input.Managers", "0"), ("Input.Coordinators", "0"), ("Input.Volunteers", "0"), ("Input.Anybody", "1"));
        Assert.Contains("新排 8 班", desk.Text, StringComparison.Ordinal);
        Assert.Contains("周一、周五", desk.Text, StringComparison.Ordinal);
        var shift = await site.Site.ReadAsync(db => db.Shifts.OrderBy(s => s.Day).FirstAsync());
        await site.Get<AskForSeat>().ExecuteAsync(new() { ShiftId = shift.Id, MemberId = site.Zhang, Actor = Actor.User(1) });

        await desk.GetAsync($"/desk/duties/plan/{shift.DutyId}");
        await desk.PostAsync(("Input.Place", "新校区门口"));
        Assert.Contains("改动 7 班", desk.Text, StringComparison.Ordinal);
        Assert.Contains("有 1 班已有人报名，保持不变", desk.Text, StringComparison.Ordinal);

        using var other = await site.ApproverAsync(ReportSite.OtherVillage);
        await other.GetAsync($"/desk/duties/plan/{shift.DutyId}");
        Assert.Equal(HttpStatusCode.NotFound, other.Status);
        await other.GetAsync($"/desk/duties/{shift.Id}");
        Assert.Equal(HttpStatusCode.NotFound, other.Status);
        await other.GetAsync("/desk/duties/plan/new");
        await other.PostAsync(("Input.Kind", "Patrol"), ("Input.Place", "别人的村"), ("Input.AreaId", $"{site.Reports.GridId}"), ("Input.Days", "Monday"));
        Assert.Equal("请选您范围内的村或网格。", other.ErrorOf("Input.AreaId"));
    }

    [Fact]
    public async Task Week_WithFilters_ShowsAndExportsWhatFits()
    {
        await using var site = await DutySite.StartAsync();
        await site.ShiftAsync(day: 5);
        using var desk = await site.Site.SignInAsync(Roles.Attendant);

        await desk.GetAsync("/desk/duties?week=2026-10-06");
        Assert.Single(desk.Page.QuerySelectorAll(".d-chip"));
        Assert.Null(desk.Page.QuerySelector("a[href='/desk/duties/plan']")); // an attendant plans nothing
        await desk.GetAsync("/desk/duties?week=2026-10-06&kind=Post");
        Assert.Contains("没有符合条件的", desk.Text, StringComparison.Ordinal);
        await desk.GetAsync("/desk/duties?week=2026-10-06&phase=Open&q=河堤&kind=Patrol");
        Assert.Single(desk.Page.QuerySelectorAll(".d-chip"));
        await desk.GetAsync("/desk/duties?week=2026-10-06&handler=csv");
        Assert.Contains("村口到河堤", desk.Body, StringComparison.Ordinal);
        Assert.Contains("2026-10-05 19:00", desk.Body, StringComparison.Ordinal);
        await desk.GetAsync("/desk/duties?week=9999-99-99&kind=Nonsense");
        Assert.Equal(HttpStatusCode.OK, desk.Status);
    }

    [Fact]
    public async Task SignUp_OnThePhone_WaitsForTheDrawAndCanBeTakenBack()
    {
        await using var site = await DutySite.StartAsync();
        var shift = await site.ShiftAsync();
        using var phone = await site.Reports.MemberAsync();
        await phone.GetAsync("/me/duties");
        Assert.Contains("村口到河堤", phone.Text, StringComparison.Ordinal);

        await phone.PostAsync($"form[action='/me/duties/{shift.Id}?handler=ask']");
        Assert.Equal($"/me/duties/{shift.Id}", phone.Path);
        Assert.Contains("报上了！", phone.Text, StringComparison.Ordinal);
        await phone.ForgeAsync($"/me/duties/{shift.Id}?handler=ask");
        Assert.Contains("您已经报过名了", phone.Text, StringComparison.Ordinal);
        Assert.Contains(Lots.Fingerprint(shift.Seed), phone.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(shift.Seed, phone.Body, StringComparison.Ordinal); // not before the draw
        await phone.PostAsync($"form[action*='handler=leave' i]");
        Assert.Contains("已退出这一班", phone.Text, StringComparison.Ordinal);
        await phone.ForgeAsync("/me/duties/99?handler=ask");
        Assert.Equal(HttpStatusCode.NotFound, phone.Status);

        site.Site.Clock.Set(shift.StartsAt);
        using var later = await site.Reports.MemberAsync(); // days have passed: one signs in again
        await later.GetAsync($"/me/duties/{shift.Id}");
        Assert.Contains("不能再报名", later.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckIn_WithTheCodeFromTheDesk_IsNotedByPostOnly()
    {
        await using var site = await DutySite.StartAsync();
        var shift = await site.BegunAsync(site.Zhang);
        using var desk = await site.Site.SignInAsync(Roles.Attendant);
        await desk.GetAsync($"/desk/duties/{shift.Id}/code");
        var code = DutySite.DigitsOf(desk);
        Assert.Matches("^[0-9]{6}$", code);
        using (var answer = await desk.Http.GetAsync($"/desk/duties/{shift.Id}/code")) Assert.Equal("30", answer.Headers.GetValues("Refresh").Single());
        using var phone = await site.Reports.MemberAsync();

        await phone.GetAsync($"/me/checkin?s={shift.Id}&c={code}");
        Assert.Equal(code, phone.Page.QuerySelector<IHtmlInputElement>("#Input_Code")!.Value);
        Assert.Equal(0, await InAsync(site));
        await phone.PostAsync(("Input.Code", "000 000"));
        Assert.StartsWith("签到码不对", phone.ErrorOf("Input.Code"), StringComparison.Ordinal);
        Assert.Equal("000 000", phone.Page.QuerySelector<IHtmlInputElement>("#Input_Code")!.Value);
        await phone.PostAsync(("Input.Code", ""));
        Assert.NotNull(phone.ErrorOf("Input.Code"));
        await phone.PostAsync(("Input.Code", $"{code[..3]} {code[3..]}"));
        Assert.Contains("签到成功，19:00", phone.Text, StringComparison.Ordinal);
        Assert.Equal(1, await InAsync(site));

        await phone.GetAsync("/me/checkin"); // the only one that is on
        Assert.Contains("您 19:00 已签到", phone.Text, StringComparison.Ordinal);
        await phone.GetAsync("/me/checkin?s=99&c=1");
        Assert.Contains("现在没有轮到您的班次", phone.Text, StringComparison.Ordinal);
        site.Site.Clock.Set(shift.EndsAt.AddMinutes(1));
        await desk.GetAsync($"/desk/duties/{shift.Id}/code");
        Assert.Null(desk.Page.QuerySelector(".d-digits"));
    }

    [Fact]
    public async Task Leader_OnThePhone_ShowsTheCodeAndTicks()
    {
        await using var site = await DutySite.StartAsync();
        var shift = await site.BegunAsync(site.Zhang, site.Reports.Informant);
        Assert.Equal(site.Zhang, shift.LeaderId);
        using var other = await site.Reports.MemberAsync(site.Reports.Informant);
        foreach (var page in (string[])["code", "crew"])
        {
            await other.GetAsync($"/me/duties/{shift.Id}/{page}");
            Assert.Equal(HttpStatusCode.NotFound, other.Status);
        }

        using var phone = await site.Reports.MemberAsync();
        await phone.GetAsync($"/me/duties/{shift.Id}/code");
        Assert.Matches("^[0-9]{6}$", DutySite.DigitsOf(phone));
        await phone.GetAsync($"/me/duties/{shift.Id}/crew");
        Assert.DoesNotContain("孙不言", phone.Body, StringComparison.Ordinal); // an informant: by code
        await phone.PostAsync("form[method=post]:has(fieldset)", ("Present", $"{site.Reports.Informant}"));
        Assert.Contains("点名已保存", phone.Text, StringComparison.Ordinal);
        Assert.Equal(1, await InAsync(site));
        await phone.GetAsync($"/me/duties/{shift.Id}");
        Assert.Contains("X0001", phone.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("孙不言", phone.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Desk_AddsTicksAndRemoves_AndRefusesInWords()
    {
        await using var site = await DutySite.StartAsync();
        var shift = await site.ShiftAsync();
        using var desk = await site.Site.SignInAsync(Roles.Attendant);
        await desk.GetAsync($"/desk/duties/{shift.Id}");
        await desk.PostAsync(("Input.Who", "nobody"));
        Assert.StartsWith("没有找到这个成员", desk.ErrorOf("Input.Who"), StringComparison.Ordinal);
        Assert.Equal("nobody", desk.Page.QuerySelector<IHtmlInputElement>("#Input_Who")!.Value);
        await desk.PostAsync(("Input.Who", "100001"));
        Assert.Contains("已报名，和大家一起等定人", desk.Text, StringComparison.Ordinal);
        await desk.PostAsync(("Input.Who", "x0001"));
        Assert.Contains("X0001", desk.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("孙不言", desk.Body, StringComparison.Ordinal);
        await desk.PostAsync(("member", $"{site.Reports.Informant}"));
        Assert.Contains("已移出", desk.Text, StringComparison.Ordinal);

        site.Site.Clock.Set(shift.DrawAt);
        await site.Get<DrawShifts>().ExecuteAsync();
        site.Site.Clock.Set(shift.StartsAt);
        using var later = await site.Site.SignInAsync(Roles.Attendant); // days have passed: one signs in again
        await later.GetAsync($"/desk/duties/{shift.Id}");
        Assert.Contains(shift.Seed, later.Text, StringComparison.Ordinal);
        await later.ForgeAsync($"/desk/duties/{shift.Id}?handler=tick", ("present", $"{site.Zhang}"));
        Assert.Contains("值班员点名", later.Text, StringComparison.Ordinal);
        await later.ForgeAsync("/desk/duties/99?handler=tick", ("present", "1"));
        Assert.Equal(HttpStatusCode.NotFound, later.Status);
    }

    [Fact]
    public async Task Attendance_ConfirmedByAnApprover_ShowsThePointsOnThePhone()
    {
        await using var site = await DutySite.StartAsync();
        var shift = await site.BegunAsync(site.Zhang, site.Reports.Informant);
        using var phone = await site.Reports.MemberAsync();
        await phone.GetAsync($"/me/checkin?s={shift.Id}");
        await phone.PostAsync(("Input.Code", ShiftCode.At(shift.CodeKey, shift.Id, shift.StartsAt).Code));
        using var own = await site.ApproverAsync(member: site.Reports.Informant);
        using var elsewhere = await site.ApproverAsync(ReportSite.OtherVillage);
        using var desk = await site.ApproverAsync();
        var page = $"/desk/duties/{shift.Id}/attendance";
        await desk.GetAsync(page);
        await desk.PostAsync("form[data-working]");
        Assert.Contains("还没结束", desk.Text, StringComparison.Ordinal);

        site.Site.Clock.Set(shift.EndsAt.AddMinutes(1));
        await own.GetAsync(page);
        await own.PostAsync("form[data-working]");
        Assert.Contains("您也在这一班里", own.Text, StringComparison.Ordinal);
        await elsewhere.GetAsync(page);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.Status);
        await desk.GetAsync(page);
        await desk.PostAsync("form[data-working]");
        Assert.Contains("到场 1 人，没有到场 1 人，共 5 分", desk.Text, StringComparison.Ordinal);
        await desk.ForgeAsync(page);
        Assert.Contains("没有重复记分", desk.Text, StringComparison.Ordinal);

        Assert.Equal(5, await site.Reports.BalanceAsync());
        await phone.GetAsync("/me");
        Assert.Contains("+5", phone.Text, StringComparison.Ordinal);
        await phone.GetAsync($"/me/duties/{shift.Id}");
        Assert.Contains("已确认到场，积分 +5", phone.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_WithAReason_IsReadByEverybodyOnTheShift()
    {
        await using var site = await DutySite.StartAsync();
        var shift = await site.ShiftAsync();
        await site.Get<AskForSeat>().ExecuteAsync(new() { ShiftId = shift.Id, MemberId = site.Zhang, Actor = Actor.User(1) });
        using var desk = await site.ApproverAsync();
        await desk.GetAsync($"/desk/duties/{shift.Id}/cancel");
        await desk.PostAsync(("Input.Reason", "  "));
        Assert.NotNull(desk.ErrorOf("Input.Reason"));
        await desk.PostAsync(("Input.Reason", "<b>大雨</b>"));
        Assert.Contains("已取消，通知了 1 人", desk.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>大雨", desk.Body, StringComparison.Ordinal);

        using var phone = await site.Reports.MemberAsync();
        await phone.GetAsync($"/me/duties/{shift.Id}");
        Assert.Contains("这一班取消了：<b>大雨</b>", phone.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("handler=ask"), phone.Body);
    }

    private static Task<int> InAsync(DutySite site) => site.Site.ReadAsync(db => db.ShiftSignUps.CountAsync(u => u.CheckedInAt != null));
}
