using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Proposals;
using PointsMarket.Routing;
using PointsMarket.Rules;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;
using PointsMarket.Tests.Tasks;

namespace PointsMarket.Tests.Rules;

/// <summary>Categories are data: proposed by one, approved by another, in force from a day on; retired the same way.</summary>
public sealed class CategoryTests
{
    private static readonly DateOnly Tomorrow = new(2026, 10, 2);

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Category_ProposedAndApproved_EarnsFromItsDayAndHasARoute(DatabaseProvider provider)
    {
        var desk = await ReportDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var (one, two) = (await market.AddAccountAsync(Roles.Administrator), await market.AddAccountAsync(Roles.Administrator));
        var id = Assert.IsType<ProposeRule.Proposed>(await market.Get<ProposeRule>().ExecuteAsync(Input(one))).Id;
        Assert.Equal(RuleProblem.OneWaits, Assert.IsType<ProposeRule.Refused>(await market.Get<ProposeRule>().ExecuteAsync(Input(one))).Why);
        Assert.Equal(ProposalOutcome.Own, await market.Get<ApproveRule>().ExecuteAsync(By(id, one)));
        Assert.DoesNotContain("night-watch", await market.ReadAsync(db => TaskCategory.CodesAsync(db)));

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => market.Get<ApproveRule>().ExecuteAsync(By(id, two)))));
        Assert.Equal([ProposalOutcome.Done, ProposalOutcome.Decided], both.Order());
        Assert.Equal("night-watch", (await market.ReadAsync(db => TaskCategory.CodesAsync(db)))[^1]);
        Assert.Equal([new Rung(MemberKind.Coordinator, ApproveRule.NewRouteDays), new Rung(MemberKind.GridChief, ApproveRule.NewRouteDays)], (await market.ReadAsync(db => RouteBook.ReadAsync(db))).Of(Matter.Report, "night-watch"));
        Assert.Equal(RuleProblem.CodeTaken, Assert.IsType<ProposeRule.Refused>(await market.Get<ProposeRule>().ExecuteAsync(Input(one))).Why);

        Assert.Equal(ReportProblem.UnknownCategory, Assert.IsType<FileReport.Refused>(await FileAsync(desk, "night-watch")).Problem);
        market.Clock.Advance(TimeSpan.FromDays(1));
        var filed = Assert.IsType<FileReport.Filed>(await FileAsync(desk, "night-watch"));
        Assert.Equal(6, Assert.Single((await desk.VerifyAsync([filed.ReportId])).Done).Points);
        var preview = await market.ReadAsync(db => RulePreview.ReadAsync(db, "STA/", new DateOnly(2026, 10, 1), new ScoringRule { Category = "night-watch", Points = 9 }));
        Assert.Equal((6, 9), (preview.Now, preview.Then));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Category_Retired_CountsForWhatHappenedBefore(DatabaseProvider provider)
    {
        var desk = await ReportDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var (one, two) = (await market.AddAccountAsync(Roles.Administrator), await market.AddAccountAsync(Roles.Administrator));
        var before = Assert.IsType<FileReport.Filed>(await FileAsync(desk, "care"));
        var input = Input(one) with { Category = "care", New = null, Retire = true };
        var id = Assert.IsType<ProposeRule.Proposed>(await market.Get<ProposeRule>().ExecuteAsync(input)).Id;
        Assert.Equal(ProposalOutcome.Done, await market.Get<ApproveRule>().ExecuteAsync(By(id, two)));
        Assert.Equal(RuleProblem.NothingNew, Assert.IsType<ProposeRule.Refused>(await market.Get<ProposeRule>().ExecuteAsync(input with { From = Tomorrow.AddDays(5) })).Why);

        market.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(ReportProblem.UnknownCategory, Assert.IsType<FileReport.Refused>(await FileAsync(desk, "care")).Problem);
        Assert.IsType<FileReport.Filed>(await FileAsync(desk, "care", TimeSpan.FromDays(-1))); // it happened while it was offered
        Assert.Equal(8, Assert.Single((await desk.VerifyAsync([before.ReportId])).Done).Points);
        var preview = await market.ReadAsync(db => RulePreview.ReadAsync(db, "STA/", new DateOnly(2026, 10, 1), new ScoringRule { Category = "care", Retired = true }));
        Assert.Equal((8, 0), (preview.Now, preview.Then));

        var again = Assert.IsType<ProposeRule.Proposed>(await market.Get<ProposeRule>().ExecuteAsync(input with { Retire = false, From = Tomorrow.AddDays(9) })).Id;
        Assert.Equal(ProposalOutcome.Done, await market.Get<ApproveRule>().ExecuteAsync(By(again, two)));
        market.Clock.Advance(TimeSpan.FromDays(9));
        Assert.IsType<FileReport.Filed>(await FileAsync(desk, "care"));
    }

    public static TheoryData<string, RuleProblem> Bad => new()
    {
        { "code", RuleProblem.BadCode }, { "Code", RuleProblem.BadCode }, { "long", RuleProblem.BadCode }, { "name", RuleProblem.NameMissing }, { "names", RuleProblem.NameMissing },
        { "icon", RuleProblem.BadIcon }, { "level", RuleProblem.BadLevel }, { "taken", RuleProblem.CodeTaken }, { "unknown", RuleProblem.UnknownCategory },
    };

    [Theory, MemberData(nameof(Bad))]
    public async Task Propose_ABadCategory_IsRefusedAndNothingChanges(string what, RuleProblem why)
    {
        await using var market = await TestMarket.StartAsync();
        await TestStation.BuildAsync(market);
        var input = Input(1);
        var fresh = input.New!;
        var wrong = what switch
        {
            "code" => input with { Category = "<b>" },
            "Code" => input with { Category = "Night" },
            "long" => input with { Category = new string('a', 33) },
            "name" => input with { New = fresh with { NameEn = " " } },
            "names" => input with { New = fresh with { NameZh = new string('夜', 31) } },
            "icon" => input with { New = fresh with { Icon = "skull" } },
            "level" => input with { New = fresh with { FirstLevel = MemberKind.Informant } },
            "taken" => input with { Category = "care" },
            _ => input with { New = null },
        };
        Assert.Equal(why, Assert.IsType<ProposeRule.Refused>(await market.Get<ProposeRule>().ExecuteAsync(wrong)).Why);
        Assert.Equal((0, 13), await market.ReadAsync(async db => (await db.RuleProposals.CountAsync(), await db.TaskCategories.CountAsync())));
    }

    private static ProposeRule.Input Input(int user) => new()
    {
        Category = "night-watch", From = Tomorrow, Points = 6, ReportsPerDay = 1, PointsPerMonth = 60, Evidence = Evidence.Text, Reason = "夜里多巡一次", Actor = Actor.User(user), AreaPath = "STA/",
        New = new("夜间守望", "Night watch", "eye", MemberKind.Coordinator),
    };

    private static ProposalDecision By(int proposal, int user) => new() { ProposalId = proposal, UserId = user, AreaPath = "STA/" };

    private static Task<FileReport.Outcome> FileAsync(ReportDesk desk, string category, TimeSpan back = default) =>
        desk.Market.Get<FileReport>().ExecuteAsync(desk.Input(category, "看了一圈", desk.Now + back));
}
