using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Notices;
using PointsMarket.Proposals;
using PointsMarket.Settings;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Settings;

/// <summary>Two people change a number, from a day to come (the clock stands at noon of 1 October 2026).</summary>
public sealed class SettingTests
{
    private static readonly DateOnly Tomorrow = new(2026, 10, 2);

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [Fact]
    public void List_OfAllSettings_IsWellFormed()
    {
        Assert.Equal(SettingList.All.Count, SettingList.All.Select(s => s.Key).Distinct().Count());
        Assert.All(SettingList.All, s =>
        {
            Assert.Matches("^[a-z]+[.][a-z][a-z-]*$", s.Key);
            Assert.InRange(s.Default, s.Min, s.Max);
        });
        Assert.All(SettingList.Ordered, o => Assert.True(o.Low.Group == o.High.Group && o.Low.Default <= o.High.Default));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Approve_BySomebodyElse_IsInForceFromItsDay(DatabaseProvider provider)
    {
        await using var market = await OpenAsync(provider);
        var (one, two) = (await market.AddAccountAsync(Roles.Administrator), await market.AddAccountAsync(Roles.Finance));
        var id = await ProposedAsync(market, one, (SettingList.CoverWarnBelow, 120), (SettingList.CoverStopBelow, 80));
        Assert.Equal(100, await ValueAsync(market, SettingList.CoverWarnBelow, Tomorrow));

        Assert.Equal(ProposalOutcome.Own, await market.Get<ApproveSettings>().ExecuteAsync(By(id, one)));
        Assert.Equal(ProposalOutcome.Done, await market.Get<ApproveSettings>().ExecuteAsync(By(id, two)));

        Assert.Equal((100, 120, 120, 80), (await ValueAsync(market, SettingList.CoverWarnBelow, Tomorrow.AddDays(-1)), await ValueAsync(market, SettingList.CoverWarnBelow, Tomorrow),
            await ValueAsync(market, SettingList.CoverWarnBelow, Tomorrow.AddDays(300)), await ValueAsync(market, SettingList.CoverStopBelow, Tomorrow)));
        var many = await market.ReadAsync(db => SettingBook.ValuesAsync(db, SettingList.Of("cover"), Tomorrow));
        Assert.Equal([120, 80], SettingList.Of("cover").Select(s => many[s]));
        Assert.Equal(1, await market.ReadAsync(db => db.SettingValues.CountAsync())); // what does not change is no row
        Assert.Equal([(InboxKinds.SettingsProposed, two), (InboxKinds.SettingsApproved, one)], await ToldAsync(market));
        Assert.Equal(["settings.proposed", "settings.approved"], await market.ReadAsync(db => db.ChangeRecords.Where(c => c.Action.StartsWith("settings.")).OrderBy(c => c.Id).Select(c => c.Action).ToListAsync()));
        Assert.Empty(await market.ReadAsync(db => SettingNews.ReadAsync(db, Tomorrow))); // not one that members live by
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Change_ByManyAtOnce_IsOne(DatabaseProvider provider)
    {
        await using var market = await OpenAsync(provider);
        var people = new List<int>();
        for (var i = 0; i < 5; i++) people.Add(await market.AddAccountAsync(i % 2 == 0 ? Roles.Administrator : Roles.Finance));

        var proposed = await Task.WhenAll(people.Select(u => Task.Run(() => market.Get<ProposeSettings>().ExecuteAsync(Input(u, (SettingList.PointValue, 90))))));
        var id = Assert.Single(proposed.OfType<ProposeSettings.Proposed>()).Id;
        Assert.All(proposed.OfType<ProposeSettings.Refused>(), r => Assert.Equal(SettingProblem.OneWaits, r.Why));
        var outcomes = await Task.WhenAll(people.Select(u => Task.Run(() => market.Get<ApproveSettings>().ExecuteAsync(By(id, u)))));

        Assert.Single(outcomes, ProposalOutcome.Done);
        Assert.Single(outcomes, ProposalOutcome.Own);
        Assert.Equal(3, outcomes.Count(o => o == ProposalOutcome.Decided));
        var news = Assert.Single(await market.ReadAsync(db => SettingNews.ReadAsync(db, Tomorrow)));
        Assert.Equal((SettingList.PointValue, Tomorrow, 100L, 90L), (news.Setting, news.From, news.Before, news.Value));
    }

    [Fact]
    public async Task Propose_WhatIsWrong_IsRefusedAndChangesNothing()
    {
        await using var market = await OpenAsync();
        var (one, two, approver) = (await market.AddAccountAsync(Roles.Administrator), await market.AddAccountAsync(Roles.Administrator), await market.AddAccountAsync(Roles.Approver));
        var fine = Input(one, (SettingList.CoverWarnBelow, 120));
        (ProposeSettings.Input Input, SettingProblem Why, Setting? About)[] tries =
        [
            (fine with { Group = "gossip" }, SettingProblem.Unknown, null), (fine with { Group = "cases" }, SettingProblem.Unknown, null),
            (fine with { From = Tomorrow.AddDays(-1) }, SettingProblem.TooEarly, null), (fine with { From = Tomorrow.AddYears(2) }, SettingProblem.TooFar, null),
            (Input(one, (SettingList.CoverWarnBelow, 1001)), SettingProblem.OutOfBounds, SettingList.CoverWarnBelow), (Input(one, (SettingList.CoverStopBelow, -1)), SettingProblem.OutOfBounds, SettingList.CoverStopBelow),
            (Input(one, (SettingList.CoverStopBelow, 101)), SettingProblem.OutOfOrder, SettingList.CoverStopBelow), (Input(one, (SettingList.CoverWarnBelow, 79)), SettingProblem.OutOfOrder, SettingList.CoverWarnBelow),
            (fine with { Reason = " \n\0" }, SettingProblem.ReasonMissing, null), (fine with { Reason = new string('长', 251) }, SettingProblem.ReasonMissing, null),
            (Input(one, (SettingList.CoverWarnBelow, 100)), SettingProblem.NothingNew, null), (Input(one) with { Group = "cover" }, SettingProblem.NothingNew, null),
            (fine with { UserId = approver }, SettingProblem.NotAllowed, null), (fine with { AreaPath = "STA/V1/" }, SettingProblem.NotAllowed, null),
        ];
        foreach (var (input, why, about) in tries)
            Assert.Equal(new ProposeSettings.Refused(why, about), await market.Get<ProposeSettings>().ExecuteAsync(input));
        Assert.Equal(0, await market.ReadAsync(db => db.SettingProposals.CountAsync()));

        Assert.Equal(ProposalOutcome.Done, await market.Get<ApproveSettings>().ExecuteAsync(By(await ProposedAsync(market, one, (SettingList.CoverStopBelow, 90)), two)));
        Assert.Equal(new ProposeSettings.Refused(SettingProblem.DayTaken, SettingList.CoverStopBelow), await market.Get<ProposeSettings>().ExecuteAsync(Input(one, (SettingList.CoverStopBelow, 70))));
        // A later row counts too: 85 is above today's 80, and below what is to come.
        Assert.Equal(new ProposeSettings.Refused(SettingProblem.OutOfOrder, SettingList.CoverWarnBelow), await market.Get<ProposeSettings>().ExecuteAsync(Input(one, (SettingList.CoverWarnBelow, 85))));
    }

    [Fact]
    public async Task Decide_ByOthers_FollowsWhoMay()
    {
        await using var market = await OpenAsync();
        var (only, approver, village) = (await market.AddAccountAsync(Roles.Finance), await market.AddAccountAsync(Roles.Approver), await market.AddAccountAsync(Roles.Administrator, "STA/V1/"));
        var id = await ProposedAsync(market, only, (SettingList.PointValue, 90));
        Assert.Equal([(InboxKinds.SettingsProposed, approver)], await ToldAsync(market)); // the only one of finance and administration for the station
        Assert.Equal(ProposalOutcome.NotAllowed, await market.Get<ApproveSettings>().ExecuteAsync(By(id, village, "STA/V1/")));
        Assert.Equal(ProposalOutcome.NotOwn, await market.Get<WithdrawSettings>().ExecuteAsync(By(id, approver)));
        Assert.Equal(ProposalOutcome.ReasonMissing, await market.Get<RefuseSettings>().ExecuteAsync(By(id, approver), "  "));
        Assert.Equal(ProposalOutcome.NotFound, await market.Get<RefuseSettings>().ExecuteAsync(By(id + 9, approver), "不行"));
        market.Clock.Set(new DateTimeOffset(2026, 10, 2, 0, 0, 0, TimeSpan.FromHours(8)));
        Assert.Equal(ProposalOutcome.TooLate, await market.Get<ApproveSettings>().ExecuteAsync(By(id, approver)));
        Assert.Equal(ProposalOutcome.Done, await market.Get<RefuseSettings>().ExecuteAsync(By(id, approver), "先看看"));
        Assert.Equal(ProposalOutcome.Decided, await market.Get<WithdrawSettings>().ExecuteAsync(By(id, only)));
        Assert.Equal(0, await market.ReadAsync(db => db.SettingValues.CountAsync()));
    }

    private static async Task<TestMarket> OpenAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var market = await TestMarket.StartAsync(provider);
        await TestStation.BuildAsync(market);
        return market;
    }

    private static ProposeSettings.Input Input(int user, params (Setting Setting, long Value)[] values) => new()
    {
        Group = values.Length == 0 ? "" : values[0].Setting.Group, Values = values.ToDictionary(v => v.Setting, v => v.Value), From = Tomorrow, Reason = "试试", UserId = user, AreaPath = "STA/",
    };

    private static ProposalDecision By(int proposal, int user, string area = "STA/") => new() { ProposalId = proposal, UserId = user, AreaPath = area };

    private static async Task<int> ProposedAsync(TestMarket market, int user, params (Setting, long)[] values) =>
        Assert.IsType<ProposeSettings.Proposed>(await market.Get<ProposeSettings>().ExecuteAsync(Input(user, values))).Id;

    private static Task<long> ValueAsync(TestMarket market, Setting setting, DateOnly day) => market.ReadAsync(db => SettingBook.ValueAsync(db, setting, day));

    private static async Task<IEnumerable<(string, int)>> ToldAsync(TestMarket market) =>
        (await market.ReadAsync(db => db.InboxMessages.OrderBy(m => m.Id).Select(m => new { m.Kind, m.UserId }).ToListAsync())).Select(m => (m.Kind, m.UserId!.Value));
}
