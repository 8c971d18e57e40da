using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Tasks;

public sealed class JudgeReportTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Verify_ManyAtOnce_GivesWhatTheRulesSayInOrderOfFiling(DatabaseProvider provider)
    {
        var desk = await ReportDesk.OpenAsync(provider);
        await using var market = desk.Market;
        // 化解纠纷: 30 each, two a day
        var ids = await desk.FiledAsync(4, i => desk.Input("dispute", $"第{i}件", new DateTime(2026, 9, 30, 2, 0, 0, DateTimeKind.Utc)));

        var judged = await desk.VerifyAsync([.. ids.Reverse()]);

        Assert.Equal([(ids[0], 30, null), (ids[1], 30, null), (ids[2], 0, CapReached.Day), (ids[3], 0, CapReached.Day)], judged.Done.Select(d => (d.Id, d.Points, d.Cap)));
        Assert.Equal((60L, 60L, 2), (judged.Points, await desk.EarnedAsync(), await desk.EntriesAsync()));
        var third = await desk.ReadAsync(ids[2]);
        Assert.Equal((ReportOutcome.Verified, 0, CapReached.Day), (third.Outcome, third.Points, third.Cap));
        Assert.Equal(ReportChange.Verified, third.Events.OrderBy(e => e.Id).Last().Change);
        Assert.Empty(await ProblemsAsync(market));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Verify_TwoApproversAtOnce_GivesEachReportOnceAndKeepsTheCap(DatabaseProvider provider)
    {
        var desk = await ReportDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var ids = await desk.FiledAsync(8, i => desk.Input("dispute", $"第{i}件", new DateTime(2026, 9, 30, 2, 0, 0, DateTimeKind.Utc)));

        // everybody verifies overlapping parts at the same moment
        var judged = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            market.Get<VerifyReports>().ExecuteAsync(ReportDesk.By(user: 10 + i, reports: [ids[i], ids[(i + 1) % 8], ids[(i + 2) % 8]])))));

        Assert.Equal(8, judged.Sum(j => j.Done.Count));
        Assert.Equal(ids.Order(), judged.SelectMany(j => j.Done).Select(d => d.Id).Order());
        Assert.All(judged.SelectMany(j => j.Left.Values), why => Assert.Equal(LeftAlone.Judged, why));
        Assert.Equal((60L, 2), (await desk.EarnedAsync(), await desk.EntriesAsync()));
        Assert.Empty(await ProblemsAsync(market));
    }

    [Fact]
    public async Task Judge_OwnReportOrOtherAreaOrTampered_LeavesItAlone()
    {
        var desk = await ReportDesk.OpenAsync();
        await using var market = desk.Market;
        var id = await desk.FiledAsync();
        Judgement[] tries =
        [
            ReportDesk.By(member: desk.Station.Zhang.Id, reports: id), ReportDesk.By(area: ReportDesk.OtherVillage, reports: id), ReportDesk.By(area: Areas.Area.Nowhere, reports: id), ReportDesk.By(reports: 99_999),
        ];
        LeftAlone[] whys = [LeftAlone.Own, LeftAlone.NotFound, LeftAlone.NotFound, LeftAlone.NotFound];
        foreach (var (by, why) in tries.Zip(whys))
        {
            foreach (var judged in (Judged[])[
                await market.Get<VerifyReports>().ExecuteAsync(by), await market.Get<ReturnReports>().ExecuteAsync(by, "?"), await market.Get<RejectReports>().ExecuteAsync(by, "否")])
            {
                Assert.Empty(judged.Done);
                Assert.Equal(why, Assert.Single(judged.Left).Value);
            }
            Assert.Equal(new ReverseReport.NotReversed(why), await market.Get<ReverseReport>().ExecuteAsync(by, "错"));
        }
        Assert.Equal(ReportOutcome.Pending, (await desk.ReadAsync(id)).Outcome);
        Assert.Equal(0, await desk.EntriesAsync());
    }

    [Fact]
    public async Task Judge_AlreadyJudged_IsLeftAsItIs()
    {
        var desk = await ReportDesk.OpenAsync();
        await using var market = desk.Market;
        var (one, two) = (await desk.FiledAsync(), await desk.FiledAsync());
        await market.Get<RejectReports>().ExecuteAsync(ReportDesk.By(reports: one), "不是本人做的");
        await desk.VerifyAsync(two);

        Assert.Equal([LeftAlone.Judged, LeftAlone.Judged], (await desk.VerifyAsync(one, two)).Left.Values);
        Assert.Equal([LeftAlone.Judged, LeftAlone.Judged], (await market.Get<RejectReports>().ExecuteAsync(ReportDesk.By(reports: [one, two]), "否")).Left.Values);
        Assert.Equal((ReportOutcome.Rejected, "不是本人做的"), ((await desk.ReadAsync(one)).Outcome, (await desk.ReadAsync(one)).Reason));
        Assert.Equal(20, await desk.EarnedAsync());
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Reverse_AVerifiedReport_TakesThePointsBackOnceAndFreesTheCap(DatabaseProvider provider)
    {
        var desk = await ReportDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var day = new DateTime(2026, 9, 30, 2, 0, 0, DateTimeKind.Utc);
        var ids = await desk.FiledAsync(3, i => desk.Input("dispute", $"第{i}件", day));
        await desk.VerifyAsync(ids[0], ids[1]);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => market.Get<ReverseReport>().ExecuteAsync(ReportDesk.By(reports: ids[0]), "重复上报"))));

        Assert.Single(outcomes.OfType<ReverseReport.Reversed>());
        Assert.Equal(3, outcomes.Count(o => o == new ReverseReport.NotReversed(LeftAlone.Judged)));
        var report = await desk.ReadAsync(ids[0]);
        Assert.Equal((ReportOutcome.Reversed, 0, "重复上报", -30), (report.Outcome, report.Points, report.Reason, report.Events.OrderBy(e => e.Id).Last().Points));
        Assert.Equal(30, await desk.EarnedAsync());
        Assert.Equal(30, (await desk.VerifyAsync(ids[2])).Points); // the day has room again
        Assert.Empty(await ProblemsAsync(market));
    }

    [Fact]
    public async Task Reverse_WhenThePointsAreSpent_IsRefusedAndChangesNothing()
    {
        var desk = await ReportDesk.OpenAsync();
        await using var market = desk.Market;
        var id = await desk.FiledAsync();
        await desk.VerifyAsync(id);
        await market.PostAsync(market.Request(desk.Station.BookId, "spend", new Posting(AccountCode.Member("G0001"), AccountCode.Redeemed, Asset.Points, 115)));

        Assert.Equal(new ReverseReport.Spent(15), await market.Get<ReverseReport>().ExecuteAsync(ReportDesk.By(reports: id), "错"));
        Assert.Equal((ReportOutcome.Verified, 20), ((await desk.ReadAsync(id)).Outcome, (await desk.ReadAsync(id)).Points));
    }

    [Fact]
    public async Task Verify_AThousandInOneAction_PaysEachOnceAndKeepsTheChain()
    {
        var desk = await ReportDesk.OpenAsync();
        await using var market = desk.Market;
        await market.Writes.RunAsync(db =>
        {
            db.AddRange(Enumerable.Range(0, 1000).Select(i => new TaskReport
            {
                Reference = $"B{i:D5}", MemberId = desk.Station.Zhang.Id, Category = "clue", HappenedAt = desk.Now.AddHours(-i % 700), HappenedDay = Areas.StationTime.Day(desk.Now.AddHours(-i % 700)),
                FiledAt = desk.Now, AreaId = desk.Station.Zhang.AreaId, Text = "批量",
            }));
            return db.SaveChangesAsync();
        });
        var ids = await market.ReadAsync(db => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToListAsync(db.TaskReports.OrderBy(r => r.Id).Select(r => r.Id)));
        Assert.Equal(1000, (await desk.VerifyAsync([.. ids])).Done.Count);
        Assert.Empty((await desk.VerifyAsync([.. ids])).Done);
        Assert.Equal(1000, await desk.EntriesAsync());
        Assert.True(Assert.Single(await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db))).IsClean);
    }

    [Fact]
    public async Task Doubts_OfReportsOnAScreen_NameWhatToLookAtTwice()
    {
        var desk = await ReportDesk.OpenAsync();
        await using var market = desk.Market;
        var bare = await desk.FiledAsync(desk.Input("hazard-found", "水渠边护栏松动了一大截"));
        market.Clock.Advance(TimeSpan.FromDays(1));
        var near = await desk.FiledAsync(desk.Input("hazard-found", "水渠边的护栏松动了一大截!") with { Photos = [Pictures.JpegFromPhone()] });
        market.Clock.Advance(TimeSpan.FromDays(10));
        var same = await desk.FiledAsync(desk.Input("hazard-found", "桥头路灯不亮", member: desk.Station.Informant) with { Photos = [Pictures.JpegFromPhone()] });
        market.Clock.Advance(TimeSpan.FromDays(10));
        var burst = new List<int>();
        for (var i = 0; i < 5; i++) burst.Add(await desk.FiledAsync(desk.Input(text: string.Concat(Enumerable.Repeat((char)('一' + i), 9)))));

        var doubts = await market.ReadAsync(db => ReportDoubts.ForAsync(db, [bare, near, same, .. burst]));

        Assert.Equal([DoubtKind.NoPhoto, DoubtKind.NearText], doubts[bare].Select(d => d.Kind));
        Assert.Equal([DoubtKind.SamePhoto, DoubtKind.NearText], doubts[near].Select(d => d.Kind));
        Assert.Equal((await desk.ReadAsync(bare)).Reference, doubts[near][^1].Other);
        Assert.Equal((await desk.ReadAsync(near)).Reference, Assert.Single(doubts[same]).Other);
        Assert.All(burst, id => Assert.Equal(DoubtKind.Burst, Assert.Single(doubts[id]).Kind));
    }

    private static async Task<IEnumerable<object>> ProblemsAsync(TestMarket market) =>
        (await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db))).SelectMany(p => p.Findings);
}
