using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Assessments;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Ledger;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>A site with Xinggu's files, for the pages of evaluations, meetings, corrections and effects.</summary>
public sealed class MonthlySite : SiteHost, IAsyncLifetime
{
    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        // The kit's areas have other names than the files give the same codes.
        await Writes.RunAsync(async db =>
        {
            await db.Areas.Where(a => a.Code == "V1").ExecuteDeleteAsync();
            await db.Areas.Where(a => a.Code == "PR1").ExecuteDeleteAsync();
            return await db.Areas.Where(a => a.Code == "STA").ExecuteUpdateAsync(s => s.SetProperty(a => a.Name, "房山派出所"));
        });
        var outcome = await Services.GetRequiredService<ImportFiles>().ExecuteAsync(new ImportFiles.Input { Sources = Xinggu.Sources, Actor = Actor.System("import") });
        Assert.False(outcome.Refused, outcome.Words());
        await Services.GetRequiredService<DraftAssessment>().ExecuteAsync(new DraftAssessment.Input { Month = new DateOnly(2026, 9, 1), Actor = Actor.User(901), AreaPath = "STA/" });
        Clock.Advance(AssessmentPolicy.Default.Shown);
        var id = await ReadAsync(db => db.Assessments.Select(a => a.Id).SingleAsync());
        Assert.Equal(PublishAssessment.Outcome.Published, await Services.GetRequiredService<PublishAssessment>().ExecuteAsync(new PublishAssessment.Input { AssessmentId = id, Actor = Actor.User(902), AreaPath = "STA/" }));
    }

    public Task<int> IdAsync(string code) => ReadAsync(db => db.Members.Where(m => m.Code == code).Select(m => m.Id).SingleAsync());

    public async Task<PageClient> MemberAsync(string code) => await SignInAsync(Roles.Member, area: null, memberId: await IdAsync(code));
}

/// <summary>The pages between two months' ends, through their forms.</summary>
public sealed class MonthlyPageTests(MonthlySite site) : IClassFixture<MonthlySite>
{
    private static readonly (string, string)[] Marks =
        [("Input.Reporting", "4"), ("Input.Mediation", "4"), ("Input.Order", "4"), ("Input.Duty", "4"), ("Input.Feedback", "4"), ("Input.Manner", "4")];

    [Fact]
    public async Task Rating_OnThePhoneAndAtTheDesk_NamesNobodyToTheRated()
    {
        var manager = await site.IdAsync("M0004");
        using var chief = await site.MemberAsync("C0001");
        await chief.GetAsync("/me/evaluations");
        Assert.Contains("请您评议", chief.Text, StringComparison.Ordinal);
        await chief.GetAsync($"/me/evaluations/{manager}");
        await chief.PostAsync(("Input.Words", "只有话"));
        Assert.NotNull(chief.Page.QuerySelector("#Input_Reporting-error"));
        Assert.Contains("只有话", chief.Text, StringComparison.Ordinal); // what was typed stays
        await chief.PostAsync([.. Marks, ("Input.Words", "<b>踏实肯干</b>")]);
        Assert.Contains("已交：", chief.Text, StringComparison.Ordinal);
        await chief.GetAsync($"/me/evaluations/{manager}");
        await chief.ForgeAsync($"/me/evaluations/{manager}", [.. Marks.Skip(1), ("Input.Reporting", "9")]);
        Assert.NotNull(chief.Page.QuerySelector("#Input_Reporting-error"));
        foreach (var odd in (string[])[$"/me/evaluations/{await site.IdAsync("C0001")}", $"/me/evaluations/{await site.IdAsync("I0001")}", "/me/evaluations/999999"])
            Assert.Equal(HttpStatusCode.NotFound, (await chief.GetAsync(odd)).Status);

        using var officer = await site.SignInAsync(Roles.Approver);
        await officer.GetAsync($"/desk/evaluations/{manager}?month=2026-10");
        await officer.PostAsync(Marks);
        await officer.GetAsync("/desk/evaluations?show=all&q=M0004");
        Assert.Contains("还没评", officer.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("/desk/evaluations?handler=csv&show=all")).Status);

        using var rated = await site.MemberAsync("M0004");
        var raters = new[] { "C0001", "踏实肯干" };
        foreach (var page in (string[])["/me/evaluations", "/me/assessment", "/me"])
        {
            await rated.GetAsync(page);
            Assert.All(raters, r => Assert.DoesNotContain(r, rated.Body, StringComparison.Ordinal));
        }

        // September's evaluations are published with the month: means, and nobody's name, for those with three raters or more.
        var (code, names) = await site.ReadAsync(async db =>
        {
            var rich = await db.AssessmentLines.Where(l => l.Raters >= AssessmentScore.LeastRaters && l.Member.Kind == PointsMarket.Members.MemberKind.GridMember).OrderByDescending(l => l.MemberId).Select(l => new { l.MemberId, l.Member.Code }).FirstAsync();
            return (rich.Code, await db.Evaluations.Where(e => e.MemberId == rich.MemberId && e.Month == new DateOnly(2026, 9, 1)).Select(e => new { e.Rater!.Code, e.Rater.Name }).ToListAsync());
        });
        using var member = await site.MemberAsync(code);
        await member.GetAsync("/me/evaluations");
        Assert.Contains("大家怎么看我", member.Text, StringComparison.Ordinal);
        var means = member.Page.QuerySelector(".rt-means")!.ParentElement!.TextContent;
        Assert.All(names, n => Assert.False(means.Contains(n.Code, StringComparison.Ordinal) || means.Contains(n.Name, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Correction_ProposedByOneApprovedByAnother_ShowsBesideTheLineThatStays()
    {
        var code = await site.ReadAsync(db => db.AssessmentLines.Where(l => l.Grade == Grade.NotCompetent && l.Target == 60).OrderBy(l => l.MemberId).Select(l => l.Member.Code).FirstAsync());
        using var proposer = await site.SignInAsync(Roles.Approver);
        await proposer.GetAsync($"/desk/assessment/corrections?month=2026-09&member={code}");
        await proposer.PostAsync(("Input.Points", "60"), ("Input.Reason", ""));
        Assert.NotNull(proposer.ErrorOf("Input.Reason"));
        await proposer.PostAsync(("Input.Points", "60"), ("Input.Reason", "漏记了 <i>两次</i> 巡逻"));
        Assert.Contains("等另一位同事批准", proposer.Text, StringComparison.Ordinal);
        Assert.Null(proposer.Page.QuerySelector("button[name=approve]"));

        using var judge = await site.SignInAsync(Roles.Administrator);
        await judge.GetAsync("/desk/assessment/corrections?month=2026-09");
        await judge.PostAsync("form[action*=decide]", ("approve", "true"));
        Assert.Contains("已批准，差额已入账", judge.Text, StringComparison.Ordinal);
        using var member = await site.MemberAsync(code);
        await member.GetAsync("/me/assessment");
        Assert.Contains("漏记了 <i>两次</i> 巡逻", member.Text, StringComparison.Ordinal);
        Assert.Contains("不称职", member.Text, StringComparison.Ordinal); // the line as published

        // At the desk what holds is shown, counted and exported, and marked.
        var (grade, score) = await site.ReadAsync(db => db.AssessmentCorrections.Where(c => c.Member.Code == code).Select(c => new ValueTuple<Grade, int?>(c.Grade, c.Score)).SingleAsync());
        Assert.NotEqual(Grade.NotCompetent, grade);
        await judge.GetAsync($"/desk/assessment?month=2026-09&q={code}&grade={grade}&sort=-score");
        Assert.Contains(AssessmentWords.Score(score) + "*", judge.Text, StringComparison.Ordinal);
        Assert.Contains("公布后有更正", judge.Text, StringComparison.Ordinal);
        await judge.GetAsync($"/desk/assessment?month=2026-09&q={code}&grade=NotCompetent&sort=points");
        Assert.Contains("没有找到这样的人", judge.Text, StringComparison.Ordinal);
        await judge.GetAsync($"/desk/assessment?month=2026-09&q={code}&handler=csv");
        Assert.Contains($"{AssessmentWords.Score(score)},", judge.Body, StringComparison.Ordinal);
        Assert.Contains(",*", judge.Body, StringComparison.Ordinal);

        using var village = await site.SignInAsync(Roles.Approver, "STA/PR1/V1/");
        await village.GetAsync($"/desk/assessment/corrections?month=2026-09&member={code}");
        Assert.Null(village.Page.QuerySelector("#Input_Points"));
    }

    [Fact]
    public async Task Pages_AboutAMonth_CompareListAndPrint()
    {
        using var approver = await site.SignInAsync(Roles.Approver);
        await approver.GetAsync("/desk/assessment/compare?month=2026-09");
        Assert.NotNull(approver.Page.QuerySelector("svg.bars"));
        Assert.Contains("不到 5 人，不显示", approver.Text, StringComparison.Ordinal); // one grid chief
        await approver.GetAsync("/desk/assessment/compare?month=2026-09&handler=csv");
        Assert.Equal(HttpStatusCode.OK, approver.Status);
        await approver.GetAsync("/desk/assessment/payroll?month=2026-09&handler=csv");
        Assert.Contains("M000", approver.Body, StringComparison.Ordinal);
        await approver.GetAsync("/desk/assessment/payroll?month=2026-09");
        await approver.PostAsync(("fund", approver.Page.QuerySelector("#fund option")!.GetAttribute("value")!));
        Assert.StartsWith("/finance/payments/", approver.Path, StringComparison.Ordinal);
        var (payment, sum) = await site.ReadAsync(async db => (await db.Payments.SingleAsync(p => p.Key == "payroll:2026-09"), (await Supplement.ReadAsync(db, 1, "STA/", new DateOnly(2026, 9, 1), new Dictionary<int, long>())).Sum(s => s.TotalFen)));
        Assert.Equal(sum, payment.AmountFen);
        await AskForTheDifferenceAsync(approver);
        await approver.GetAsync("/desk/assessment/print?month=2026-09");
        var names = await site.ReadAsync(db => db.Members.Where(m => m.Kind == PointsMarket.Members.MemberKind.GridMember).Select(m => m.Name).Take(20).ToListAsync());
        var sheet = approver.Page.QuerySelector(".doc-rows")!.TextContent;
        Assert.All(names.Where(n => n.Length > 2), n => Assert.DoesNotContain(n, sheet, StringComparison.Ordinal));
        Assert.Contains("I0001", sheet, StringComparison.Ordinal);
        await approver.GetAsync("/desk/assessment/print?month=2026-09&names=true");
        Assert.Contains(names[0], approver.Page.QuerySelector(".doc-rows")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await approver.GetAsync("/desk/assessment/print?month=2020-01")).Status);
        foreach (var odd in (string[])["/desk/assessment/compare?month=2020-01", "/desk/assessment/payroll?month=x", "/desk/assessment/corrections?month=2020-01&member=%3Cb%3E"])
            Assert.Equal(HttpStatusCode.OK, (await approver.GetAsync(odd)).Status);
    }

    /// <summary>After the payroll was asked for, somebody is named for the year, and a manager's month is corrected downwards.</summary>
    private async Task AskForTheDifferenceAsync(PageClient approver)
    {
        const string Page = "/desk/assessment/payroll?month=2026-09";
        await approver.GetAsync(Page);
        Assert.Null(approver.Page.QuerySelector("form[action*='handler=ask']"));
        var lowered = await site.Writes.RunAsync(async db =>
        {
            var area = await db.Areas.Where(a => a.Path == "STA/").Select(a => new { a.Id, a.BookId }).SingleAsync();
            var cycle = new AwardCycle { BookId = area.BookId, Kind = AwardKind.ModelAide, Year = 2025, Title = "2025年三十佳", Quota = 1, AreaId = area.Id, Kinds = "", LeastMonths = 1, Words = "特发此证", MonthlyFen = 100_00, State = AwardState.Decided };
            cycle.Nominees.Add(new AwardNominee { MemberId = await db.Members.Where(m => m.Code == "G0001").Select(m => m.Id).SingleAsync(), Place = 1, Named = true });
            db.Add(cycle);
            var line = await db.AssessmentLines.Include(l => l.Member).Where(l => l.Member.Kind == PointsMarket.Members.MemberKind.GridManager && (l.Grade == Grade.Competent || l.Grade == Grade.Excellent)).OrderBy(l => l.MemberId).FirstAsync();
            db.Add(new AssessmentCorrection { AssessmentId = line.AssessmentId, MemberId = line.MemberId, Number = 1, State = CorrectionState.Approved, Score = 100, Grade = Grade.NotCompetent, Reason = "多记了", ProposedBy = "user:901", ProposedAt = site.Clock.GetUtcNow().UtcDateTime, DecidedBy = "user:902" });
            await db.SaveChangesAsync();
            return line.Member.Code;
        });
        await approver.GetAsync(Page);
        Assert.Contains("申请付差额", approver.Text, StringComparison.Ordinal);
        Assert.Contains("请到付款单里收回", approver.Text, StringComparison.Ordinal);
        Assert.Contains(lowered, approver.Page.QuerySelectorAll("table")[^1].TextContent, StringComparison.Ordinal);
        await approver.PostAsync(("fund", approver.Page.QuerySelector("#fund option")!.GetAttribute("value")!));
        Assert.StartsWith("/finance/payments/", approver.Path, StringComparison.Ordinal);
        var more = await site.ReadAsync(db => db.Payments.AsNoTracking().Include(p => p.Lines).ThenInclude(l => l.Member).SingleAsync(p => p.Key == "payroll:2026-09:2"));
        Assert.Equal(("G0001", 100_00L), (Assert.Single(more.Lines).Member!.Code, more.AmountFen));
        await approver.GetAsync(Page);
        Assert.Null(approver.Page.QuerySelector("form[action*='handler=ask']"));
        await approver.ForgeAsync(Page + "&handler=ask", ("fund", "volunteer-fund"));
        Assert.Contains("都已经申请过了", approver.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Meeting_WrittenGivenAndDone_IsFollowedOnThePhone()
    {
        using var desk = await site.SignInAsync(Roles.Approver, "STA/PR1/V1/");
        await desk.GetAsync("/desk/meetings/new");
        Assert.Contains("不写居民的姓名", desk.Text, StringComparison.Ordinal);
        await desk.PostAsync(("Input.Title", "周例会"), ("Input.Notes", ""), ("Input.HeldOn", "2026-10-03"));
        Assert.NotNull(desk.ErrorOf("Input.Notes"));
        await desk.PostAsync(("Input.Notes", "路灯 <script>"), ("Input.HeldOn", "2027-10-03"));
        Assert.NotNull(desk.ErrorOf("Input.HeldOn"));
        await desk.PostAsync(("Input.Notes", "路灯 <script>"), ("Input.HeldOn", "2026-10-03"));
        Assert.StartsWith("/desk/meetings/", desk.Path, StringComparison.Ordinal);
        var meeting = desk.Path;
        await desk.PostAsync(("Input.What", "修好路灯"), ("Input.OwnerCode", "G9999"), ("Input.DueDay", "2026-10-09"));
        Assert.NotNull(desk.ErrorOf("Input.OwnerCode"));
        await desk.PostAsync(("Input.What", "修好路灯"), ("Input.OwnerCode", "M0001"), ("Input.DueDay", "2026-10-09"));
        Assert.Contains("交办了", desk.Text, StringComparison.Ordinal);

        using var owner = await site.MemberAsync("M0001");
        await owner.GetAsync("/me/actions");
        Assert.Contains("修好路灯", owner.Text, StringComparison.Ordinal);
        await owner.PostAsync(("result", "两盏都亮了"));
        Assert.Contains("已记为办完", owner.Text, StringComparison.Ordinal);
        await desk.GetAsync("/desk/meetings?show=all&q=路灯");
        Assert.Contains("修好路灯", desk.Text, StringComparison.Ordinal);
        await desk.GetAsync("/desk/meetings?show=done&handler=csv");
        Assert.Contains("两盏都亮了", desk.Body, StringComparison.Ordinal);
        using var elsewhere = await site.SignInAsync(Roles.Attendant, "STA/PR1/V2/");
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.GetAsync(meeting)).Status);

        await desk.GetAsync($"/desk/meetings/new?id={meeting.Split('/')[^1]}");
        await desk.PostAsync(("Input.Notes", "路灯、排班"));
        Assert.Contains("路灯 <script>", desk.Page.QuerySelector("#notes")!.Closest("section")!.QuerySelector("details")!.TextContent, StringComparison.Ordinal); // what it said before stays
    }

    [Fact]
    public async Task Meeting_ForAnAttendant_IsReadAndOnlyTheirOwnActionFinished()
    {
        using var approver = await site.SignInAsync(Roles.Approver, "STA/PR1/V1/");
        await approver.GetAsync("/desk/meetings/new");
        await approver.PostAsync(("Input.Title", "兑换点例会"), ("Input.Notes", "补货"), ("Input.HeldOn", "2026-10-03"));
        var meeting = approver.Path;
        var name = await site.AddAccountAsync(Roles.Attendant, "STA/PR1/V1/");
        var attendant = await site.ReadAsync(db => db.Users.Where(u => u.UserName == name).Select(u => u.Id).SingleAsync());
        await approver.PostAsync(("Input.What", "别人的事"), ("Input.OwnerCode", "M0001"), ("Input.DueDay", "2026-10-09"));
        await approver.PostAsync(("Input.What", "自己的事"), ("Input.OwnerUserId", $"{attendant}"), ("Input.DueDay", "2026-10-09"));

        using var desk = await site.SignInAsAsync(name);
        await desk.GetAsync("/desk/meetings");
        Assert.Null(desk.Page.QuerySelector("a[href='/desk/meetings/new']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync("/desk/meetings/new")).Status);
        await desk.GetAsync(meeting);
        Assert.Contains("补货", desk.Text, StringComparison.Ordinal);
        Assert.Null(desk.Page.QuerySelector("#Input_What"));
        Assert.Single(desk.Page.QuerySelectorAll("form[action*=finish]"));
        await desk.ForgeAsync(meeting + "?handler=finish&number=1", ("result", "替他办了"));
        Assert.Equal(HttpStatusCode.NotFound, desk.Status);
        await desk.GetAsync(meeting);
        await desk.ForgeAsync(meeting, ("Input.What", "再来一件"), ("Input.OwnerCode", "M0001"), ("Input.DueDay", "2026-10-09"));
        Assert.Equal(HttpStatusCode.Forbidden, desk.Status);
        await desk.GetAsync(meeting);
        await desk.PostAsync("form[action*=finish]", ("result", "补好了"));
        Assert.Contains("已记为办完", desk.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Effects_ForEverybodyAndForAnArea_ShowSumsWithTheirBase()
    {
        using var visitor = site.Visitor();
        await visitor.GetAsync("/effects?period=2026-09");
        Assert.Contains("房山派出所的成效", visitor.Text, StringComparison.Ordinal);
        Assert.NotNull(visitor.Page.QuerySelector("svg.bars"));
        Assert.NotNull(visitor.Page.QuerySelector("details table"));
        Assert.Contains("太少", visitor.Text, StringComparison.Ordinal); // no base last year
        foreach (var odd in (string[])["/effects", "/effects?period=2026-Q3", "/effects?period=2026", "/effects?period=%3Cb%3E&station=nowhere", "/effects?culture=en"])
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(odd)).Status);

        using var desk = await site.SignInAsync(Roles.Attendant, "STA/PR1/V1/");
        await desk.GetAsync("/desk/effects?period=2026-09&area=V1G01");
        Assert.Contains("吴场第1网格", desk.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync("/desk/effects?period=2026-09&area=V2")).Status);
        Assert.Equal(HttpStatusCode.OK, (await desk.GetAsync("/desk/effects/print?period=2026-09&size=a3")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync("/desk/effects/figures")).Status);

        using var approver = await site.SignInAsync(Roles.Approver);
        await approver.GetAsync("/desk/effects/figures");
        await approver.PostAsync("form[enctype]");
        Assert.Contains("请选择文件", approver.Text, StringComparison.Ordinal);
        await approver.ForgeAsync("/desk/effects/figures", ("Input.Bytes", Base64("month,area,key,value\n2026-09,STA,calls,x\n2026-09,V9,calls,1\n")));
        Assert.Contains("有 2 处不对", approver.Text, StringComparison.Ordinal);
        await approver.ForgeAsync("/desk/effects/figures", ("Input.Bytes", Base64("month,area,key,value\n2026-09,STA,calls,412\n2025-09,STA,calls,400\n")));
        Assert.Contains("将新增 2", approver.Text, StringComparison.Ordinal);
        var carried = approver.Page.QuerySelector("input[name='Input.Bytes']")!.GetAttribute("value")!;
        await approver.ForgeAsync("/desk/effects/figures?handler=keep", ("Input.Bytes", carried));
        Assert.Contains("存好了", approver.Text, StringComparison.Ordinal);
        await approver.GetAsync("/desk/effects?period=2026-09");
        Assert.Contains("+3%", approver.Text, StringComparison.Ordinal); // 412 on 400
    }

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
