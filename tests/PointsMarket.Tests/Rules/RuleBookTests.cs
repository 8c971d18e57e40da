using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Proposals;
using PointsMarket.Rules;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;
using PointsMarket.Tests.Tasks;

namespace PointsMarket.Tests.Rules;

/// <summary>Two people change a rule, from a day to come (the clock stands at noon of 1 October 2026).</summary>
public sealed class RuleBookTests
{
    private static readonly DateOnly Tomorrow = new(2026, 10, 2);

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Approve_BySomebodyElse_CountsForWhatHappensFromThatDay(DatabaseProvider provider)
    {
        var (market, one, two) = await OpenAsync(provider);
        await using var _ = market;
        var id = await ProposedAsync(market, one);
        Assert.Equal(13, await market.ReadAsync(db => db.ScoringRules.CountAsync()));
        Assert.Equal([(InboxKinds.RuleProposed, two)], await ToldAsync(market));

        Assert.Equal(ProposalOutcome.Own, await market.Get<ApproveRule>().ExecuteAsync(By(id, one)));
        Assert.Equal(ProposalOutcome.Done, await market.Get<ApproveRule>().ExecuteAsync(By(id, two)));

        var points = new ReportPoints(await market.ReadAsync(db => db.ScoringRules.AsNoTracking().ToListAsync()));
        Assert.Equal((30, 25, 25), (points.RuleOn("dispute", Tomorrow.AddDays(-1))!.Points, points.RuleOn("dispute", Tomorrow)!.Points, points.RuleOn("dispute", Tomorrow.AddDays(400))!.Points));
        Assert.Equal([(InboxKinds.RuleProposed, two), (InboxKinds.RuleApproved, one)], await ToldAsync(market));
        Assert.Equal(["rule.proposed", "rule.approved"], await ActionsAsync(market));
        var change = Assert.Single(await market.ReadAsync(db => RuleChange.ReadAsync(db, new DateOnly(2026, 10, 1))));
        Assert.Equal((25, 30), (change.Rule.Points, change.Before!.Points));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Approve_ByTwoAtOnce_MakesOneRule(DatabaseProvider provider)
    {
        var (market, one, two) = await OpenAsync(provider);
        await using var _ = market;
        var more = new List<int> { two };
        for (var i = 0; i < 5; i++) more.Add(await market.AddAccountAsync(Roles.Administrator));
        var id = await ProposedAsync(market, one);

        var outcomes = await Task.WhenAll(more.Select(u => Task.Run(() => market.Get<ApproveRule>().ExecuteAsync(By(id, u)))));

        Assert.Single(outcomes, ProposalOutcome.Done);
        Assert.Equal(5, outcomes.Count(o => o == ProposalOutcome.Decided));
        Assert.Equal(14, await market.ReadAsync(db => db.ScoringRules.CountAsync()));
        Assert.Equal(["rule.proposed", "rule.approved"], await ActionsAsync(market));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Propose_ByTwoAtOnce_LeavesOneWaiting(DatabaseProvider provider)
    {
        var (market, one, two) = await OpenAsync(provider);
        await using var _ = market;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => market.Get<ProposeRule>().ExecuteAsync(Input(i % 2 == 0 ? one : two)))));

        Assert.Single(outcomes.OfType<ProposeRule.Proposed>());
        Assert.All(outcomes.OfType<ProposeRule.Refused>(), r => Assert.Equal(RuleProblem.OneWaits, r.Why));
        Assert.Equal(1, await market.ReadAsync(db => db.RuleProposals.CountAsync()));
    }

    [Fact]
    public async Task Propose_WhatIsWrong_IsRefusedAndChangesNothing()
    {
        var (market, one, two) = await OpenAsync();
        await using var _ = market;
        var fine = Input(one);
        (ProposeRule.Input Input, RuleProblem Why)[] tries =
        [
            (fine with { Category = "gossip" }, RuleProblem.UnknownCategory),
            (fine with { From = Tomorrow.AddDays(-1) }, RuleProblem.TooEarly),
            (fine with { From = Tomorrow.AddYears(2) }, RuleProblem.TooFar),
            (fine with { Points = -1 }, RuleProblem.BadPoints), (fine with { Points = 1001 }, RuleProblem.BadPoints),
            (fine with { ReportsPerDay = 0 }, RuleProblem.BadDay), (fine with { PointsPerMonth = 24 }, RuleProblem.BadMonth),
            (fine with { Reason = " \n" }, RuleProblem.ReasonMissing), (fine with { Reason = new string('长', 251) }, RuleProblem.ReasonMissing),
            (fine with { Points = 30 }, RuleProblem.NothingNew),
            (fine with { AreaPath = "STA/V1/" }, RuleProblem.NotTheStation), (fine with { AreaPath = Areas.Area.Nowhere }, RuleProblem.NotTheStation),
        ];
        foreach (var (input, why) in tries)
            Assert.Equal(new ProposeRule.Refused(why), await market.Get<ProposeRule>().ExecuteAsync(input));
        Assert.Equal(0, await market.ReadAsync(db => db.RuleProposals.CountAsync()));

        Assert.Equal(ProposalOutcome.Done, await market.Get<ApproveRule>().ExecuteAsync(By(await ProposedAsync(market, one), two)));
        Assert.Equal(new ProposeRule.Refused(RuleProblem.DayTaken), await market.Get<ProposeRule>().ExecuteAsync(fine with { Points = 40 }));
    }

    [Fact]
    public async Task Approve_WhenItsDayHasCome_IsTooLate()
    {
        var (market, one, two) = await OpenAsync();
        await using var _ = market;
        var id = await ProposedAsync(market, one);
        market.Clock.Set(new DateTimeOffset(2026, 10, 2, 0, 0, 0, TimeSpan.FromHours(8)));

        Assert.Equal(ProposalOutcome.TooLate, await market.Get<ApproveRule>().ExecuteAsync(By(id, two)));
        Assert.Equal(13, await market.ReadAsync(db => db.ScoringRules.CountAsync()));
        Assert.Equal(ProposalOutcome.Done, await market.Get<WithdrawRule>().ExecuteAsync(By(id, one)));
    }

    [Fact]
    public async Task Decide_ByOthers_FollowsWhoMay()
    {
        var (market, one, two) = await OpenAsync();
        await using var _ = market;
        var village = await market.AddAccountAsync(Roles.Administrator, "STA/V1/");
        var approver = await market.AddAccountAsync(Roles.Approver);
        var id = await ProposedAsync(market, one);

        Assert.Equal(ProposalOutcome.NotAllowed, await market.Get<ApproveRule>().ExecuteAsync(By(id, village, "STA/V1/")));
        Assert.Equal(ProposalOutcome.NotAllowed, await market.Get<ApproveRule>().ExecuteAsync(By(id, approver)));
        Assert.Equal(ProposalOutcome.NotOwn, await market.Get<WithdrawRule>().ExecuteAsync(By(id, two)));
        Assert.Equal(ProposalOutcome.ReasonMissing, await market.Get<RefuseRule>().ExecuteAsync(By(id, two), "  "));
        Assert.Equal(ProposalOutcome.NotFound, await market.Get<RefuseRule>().ExecuteAsync(By(id + 9, two), "不行"));
        Assert.Equal(ProposalOutcome.Done, await market.Get<RefuseRule>().ExecuteAsync(By(id, two), "先看看"));
        Assert.Equal(ProposalOutcome.Decided, await market.Get<ApproveRule>().ExecuteAsync(By(id, two)));
        Assert.Equal(ProposalOutcome.Decided, await market.Get<WithdrawRule>().ExecuteAsync(By(id, one)));
        Assert.Equal("先看看", await market.ReadAsync(db => db.RuleProposals.Select(p => p.Answer).SingleAsync()));
        Assert.Equal(13, await market.ReadAsync(db => db.ScoringRules.CountAsync()));
    }

    [Fact]
    public async Task Decide_WithOneAdministrator_IsForAnApproverOfTheStation()
    {
        await using var market = await TestMarket.StartAsync();
        await TestStation.BuildAsync(market);
        var only = await market.AddAccountAsync(Roles.Administrator);
        var approver = await market.AddAccountAsync(Roles.Approver);
        var small = await market.AddAccountAsync(Roles.Approver, "STA/V1/");
        var id = await ProposedAsync(market, only);

        Assert.Equal([(InboxKinds.RuleProposed, approver)], await ToldAsync(market));
        Assert.Equal(ProposalOutcome.NotAllowed, await market.Get<ApproveRule>().ExecuteAsync(By(id, small, "STA/V1/")));
        Assert.Equal(ProposalOutcome.Own, await market.Get<ApproveRule>().ExecuteAsync(By(id, only)));
        Assert.Equal(ProposalOutcome.Done, await market.Get<ApproveRule>().ExecuteAsync(By(id, approver)));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Preview_OfAMonth_IsWhatVerifyingUnderTheRuleWouldGive(DatabaseProvider provider)
    {
        var desk = await ReportDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var day = new DateTime(2026, 9, 8, 2, 0, 0, DateTimeKind.Utc);
        string[] categories = ["dispute", "patrol", "care"];
        var ids = await desk.FiledAsync(36, i => desk.Input(categories[i % 3], $"第{i}件事情办好了", day.AddDays(i / 9), i % 4 == 0 ? desk.Station.Informant : null));
        Assert.Equal(36, (await desk.VerifyAsync(ids)).Done.Count);
        var rule = new ScoringRule { Category = "dispute", From = Tomorrow, Points = 7, ReportsPerDay = 1, PointsPerMonth = 20 };

        var preview = await market.ReadAsync(db => RulePreview.ReadAsync(db, "STA/", new DateOnly(2026, 9, 1), rule));

        // The other way: the same reports, verified one after the other under a book with the rule in it.
        var reports = await market.ReadAsync(db => db.TaskReports.AsNoTracking().OrderBy(r => r.FiledAt).ThenBy(r => r.Reference).ToListAsync());
        var book = (await market.ReadAsync(db => db.ScoringRules.AsNoTracking().ToListAsync())).Where(r => r.Category != "dispute").Append(new ScoringRule { Category = "dispute", From = new DateOnly(2000, 1, 1), Points = 7, ReportsPerDay = 1, PointsPerMonth = 20 });
        var then = new ReportPoints(book);
        var expected = reports.Select(r => (r.Category, r.MemberId, r.Points, Then: then.Next(r.MemberId, r.Category, r.HappenedDay))).ToList();
        Assert.Equal(expected.GroupBy(e => e.Category).OrderBy(g => g.Key).Select(g => (g.Key, g.Count(), (long)g.Sum(e => e.Points), (long)g.Sum(e => e.Then))),
            preview.Lines.OrderBy(l => l.Category).Select(l => (l.Category, l.Reports, l.Now, l.Then)));
        var byMember = expected.GroupBy(e => e.MemberId).Select(g => g.Sum(e => e.Then - e.Points)).ToList();
        Assert.Equal((byMember.Count(d => d > 0), byMember.Count(d => d < 0)), (preview.More, preview.Less));
        Assert.True(preview.Then < preview.Now);
        Assert.Equal(0, (await market.ReadAsync(db => RulePreview.ReadAsync(db, "STA/V2/", new DateOnly(2026, 9, 1), rule))).Now);
        Assert.Equal(13, await market.ReadAsync(db => db.ScoringRules.CountAsync()));
    }

    private static async Task<(TestMarket Market, int One, int Two)> OpenAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var market = await TestMarket.StartAsync(provider);
        await TestStation.BuildAsync(market);
        return (market, await market.AddAccountAsync(Roles.Administrator), await market.AddAccountAsync(Roles.Administrator));
    }

    private static ProposeRule.Input Input(int user) => new()
    {
        Category = "dispute", From = Tomorrow, Points = 25, ReportsPerDay = 2, PointsPerMonth = null, Evidence = Evidence.Text, Reason = "试试", Actor = Actor.User(user), AreaPath = "STA/",
    };

    private static ProposalDecision By(int proposal, int user, string area = "STA/") => new() { ProposalId = proposal, UserId = user, AreaPath = area };

    private static async Task<int> ProposedAsync(TestMarket market, int user) => Assert.IsType<ProposeRule.Proposed>(await market.Get<ProposeRule>().ExecuteAsync(Input(user))).Id;

    private static async Task<IEnumerable<(string, int)>> ToldAsync(TestMarket market) =>
        (await market.ReadAsync(db => db.InboxMessages.OrderBy(m => m.Id).Select(m => new { m.Kind, m.UserId }).ToListAsync())).Select(m => (m.Kind, m.UserId!.Value));

    private static Task<List<string>> ActionsAsync(TestMarket market) =>
        market.ReadAsync(db => db.ChangeRecords.Where(c => c.Action.StartsWith("rule.")).OrderBy(c => c.Id).Select(c => c.Action).ToListAsync());
}
