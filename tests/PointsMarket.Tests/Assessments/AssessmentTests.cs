using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tasks;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Assessments;

/// <summary>From draft to published, on the files of Xinggu.</summary>
public sealed class AssessmentTests
{
    private static readonly DateOnly September = new(2026, 9, 1);

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Draft_Xinggu_EqualsTheExpectedFileAndChangesNothingAgain(DatabaseProvider provider)
    {
        await using var market = await StartAsync(provider);
        Assert.Equal(DraftAssessment.Outcome.Drafted, await DraftAsync(market));
        Assert.Equal(Xinggu.Expected("assessment-2026-09.csv"), await CsvAsync(market));
        var shown = await market.ReadAsync(db => db.Assessments.Select(a => a.ShownAt).SingleAsync());

        market.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(DraftAssessment.Outcome.Unchanged, await DraftAsync(market, Actor.User(2)));
        var same = await market.ReadAsync(db => db.Assessments.AsNoTracking().SingleAsync());
        Assert.Equal((shown, "user:1"), (same.ShownAt, same.DraftedBy));
        Assert.Equal(0, await BonusesAsync(market));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Draft_AfterInputsChanged_IsBroughtUpToDateAndShownAnew(DatabaseProvider provider)
    {
        await using var market = await StartAsync(provider);
        await DraftAsync(market);
        market.Clock.Advance(TimeSpan.FromDays(2));
        var (rewarded, left) = await market.Writes.RunAsync(async db =>
        {
            var first = await db.LedgerTransactions.OrderBy(t => t.Sequence).FirstAsync(t => t.Kind == TransactionKinds.TaskReward && t.HappenedAt > StationTime.StartOf(September));
            var report = await db.TaskReports.Include(r => r.Member).SingleAsync(r => r.Reference == first.Subject);
            report.Outcome = ReportOutcome.Rejected;
            var gone = await db.Members.OrderByDescending(m => m.Code).FirstAsync();
            gone.Left = September.AddDays(29);
            await db.SaveChangesAsync();
            return ((report.MemberId, report.Points, first.Sequence, report.Member.Code), gone.Id);
        });
        Assert.True((await market.PostAsync(market.Request(1, "reverse", new Posting(AccountCode.Member(rewarded.Code), AccountCode.Issue("task"), Asset.Points, rewarded.Points)) with
        {
            Related = new RelatedTo(Relation.Reverses, rewarded.Sequence),
        })).Stands);
        var before = await LineAsync(market, rewarded.MemberId);

        Assert.Equal(DraftAssessment.Outcome.Drafted, await DraftAsync(market, Actor.User(2)));
        var after = await LineAsync(market, rewarded.MemberId);
        Assert.Equal((before.Points - rewarded.Points, before.Verified - 1, before.Rejected + 1), (after.Points, after.Verified, after.Rejected));
        var draft = await market.ReadAsync(db => db.Assessments.AsNoTracking().SingleAsync());
        Assert.Equal((market.Clock.GetUtcNow().UtcDateTime, "user:2"), (draft.ShownAt!.Value, draft.DraftedBy));
        Assert.False(await market.ReadAsync(db => db.AssessmentLines.AnyAsync(l => l.MemberId == left)));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Publish_ShownThreeDaysByAnotherPerson_PostsEveryBonusOnce(DatabaseProvider provider)
    {
        await using var market = await StartAsync(provider);
        await DraftAsync(market);
        Assert.Equal(PublishAssessment.Outcome.TooSoon, await PublishAsync(market));
        market.Clock.Advance(AssessmentPolicy.Default.Shown);
        Assert.Equal(PublishAssessment.Outcome.SamePerson, await PublishAsync(market, Actor.User(1)));
        Assert.Equal(PublishAssessment.Outcome.NotFound, await PublishAsync(market, areaPath: "STA/PR1/"));
        Assert.Equal(0, await BonusesAsync(market));

        Assert.Equal(PublishAssessment.Outcome.Published, await PublishAsync(market));
        Assert.Equal(PublishAssessment.Outcome.Published, await PublishAsync(market, Actor.User(3)));
        var lines = await market.ReadAsync(db => db.AssessmentLines.AsNoTracking().ToListAsync());
        Assert.Equal(lines.Count(l => l.Bonus > 0), await BonusesAsync(market));
        Assert.Equal(-lines.Sum(l => l.Bonus), await market.ReadAsync(db => db.BalanceAsync(1, AccountCode.Issue("assessment"), Asset.Points)));
        Assert.All(lines, l => Assert.Equal(l.Bonus > 0, l.BonusSequence is not null));
        Assert.Equal(DraftAssessment.Outcome.Published, await DraftAsync(market));
        Assert.Equal(Xinggu.Expected("assessment-2026-09.csv"), await CsvAsync(market));
        Assert.True((await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db))).All(r => r.IsClean));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Publish_StoppedInTheMiddle_GoesOnAndPostsEveryBonusOnce(DatabaseProvider provider)
    {
        await using var market = await StartAsync(provider);
        await DraftAsync(market);
        market.Clock.Advance(AssessmentPolicy.Default.Shown);
        for (var stop = 0; ; stop++)
        {
            using var killed = new CancellationTokenSource();
            var seen = 0;
            try
            {
                await PublishAsync(market, progress: new Immediately(() =>
                {
                    if (seen++ > 0 && stop < 3) killed.Cancel();
                }), ct: killed.Token);
                Assert.Equal(3, stop);
                break;
            }
            catch (OperationCanceledException)
            {
                Assert.Equal(AssessmentState.Publishing, await market.ReadAsync(db => db.Assessments.Select(a => a.State).SingleAsync()));
                Assert.Equal(DraftAssessment.Outcome.Published, await DraftAsync(market)); // frozen already
            }
        }
        Assert.Equal(await market.ReadAsync(db => db.AssessmentLines.CountAsync(l => l.Bonus > 0)), await BonusesAsync(market));
        Assert.Equal(0, await market.Get<PublishAssessment>().FinishAllAsync());
    }

    [Fact]
    public async Task Publish_WithAnObjection_WaitsForItsAnswer()
    {
        await using var market = await StartAsync(DatabaseProvider.Sqlite);
        await DraftAsync(market);
        var line = await market.ReadAsync(db => db.AssessmentLines.AsNoTracking().OrderBy(l => l.MemberId).FirstAsync());
        var objection = new ObjectToAssessment.Input { AssessmentId = line.AssessmentId, MemberId = line.MemberId, Text = "9月20日的巡逻没有算" };
        Assert.Equal(ObjectToAssessment.Outcome.Objected, await market.Get<ObjectToAssessment>().ExecuteAsync(objection));
        Assert.Equal(ObjectToAssessment.Outcome.Already, await market.Get<ObjectToAssessment>().ExecuteAsync(objection));
        Assert.Equal(ObjectToAssessment.Outcome.NotFound, await market.Get<ObjectToAssessment>().ExecuteAsync(objection with { MemberId = 999_999 }));
        market.Clock.Advance(AssessmentPolicy.Default.Shown);
        Assert.Equal(ObjectToAssessment.Outcome.TooLate, await market.Get<ObjectToAssessment>().ExecuteAsync(objection));
        Assert.Equal(PublishAssessment.Outcome.ObjectionWaits, await PublishAsync(market));

        var id = await market.ReadAsync(db => db.AssessmentObjections.Select(o => o.Id).SingleAsync());
        var answer = new AnswerObjection.Input { ObjectionId = id, Answer = "那天记在10月。", Actor = Actor.User(2), AreaPath = "STA/", ActorMemberId = line.MemberId };
        Assert.Equal(AnswerObjection.Outcome.Own, await market.Get<AnswerObjection>().ExecuteAsync(answer));
        Assert.Equal(AnswerObjection.Outcome.NotFound, await market.Get<AnswerObjection>().ExecuteAsync(answer with { AreaPath = Area.Nowhere }));
        Assert.Equal(AnswerObjection.Outcome.Answered, await market.Get<AnswerObjection>().ExecuteAsync(answer with { ActorMemberId = null }));
        Assert.Equal(AnswerObjection.Outcome.Already, await market.Get<AnswerObjection>().ExecuteAsync(answer with { ActorMemberId = null }));
        Assert.Equal(PublishAssessment.Outcome.Published, await PublishAsync(market));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Objection_AgainstADraftShownAnew_IsTakenOnceTheEarlierIsAnswered(DatabaseProvider provider)
    {
        await using var market = await StartAsync(provider);
        await DraftAsync(market);
        var line = await market.ReadAsync(db => db.AssessmentLines.AsNoTracking().Where(l => l.Verified > 0).OrderBy(l => l.MemberId).FirstAsync());
        Task<ObjectToAssessment.Outcome> Object(string text) => market.Get<ObjectToAssessment>().ExecuteAsync(new() { AssessmentId = line.AssessmentId, MemberId = line.MemberId, Text = text });
        Assert.Equal(ObjectToAssessment.Outcome.Objected, await Object("少算了一次"));
        market.Clock.Advance(TimeSpan.FromHours(1));
        await market.Writes.RunAsync(async db =>
        {
            var report = await db.TaskReports.OrderBy(r => r.Id).FirstAsync(r => r.MemberId == line.MemberId && r.HappenedDay >= September && r.Outcome == ReportOutcome.Verified);
            report.Outcome = ReportOutcome.Rejected;
            return await db.SaveChangesAsync();
        });
        Assert.Equal(DraftAssessment.Outcome.Drafted, await DraftAsync(market));
        Assert.Equal(ObjectToAssessment.Outcome.Already, await Object("怎么更少了")); // the first waits still
        var first = await market.ReadAsync(db => db.AssessmentObjections.Select(o => o.Id).SingleAsync());
        await market.Get<AnswerObjection>().ExecuteAsync(new() { ObjectionId = first, Answer = "查过了", Actor = Actor.User(2), AreaPath = "STA/" });

        market.Clock.Advance(TimeSpan.FromHours(1));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Object("怎么更少了"))));

        Assert.Equal([ObjectToAssessment.Outcome.Objected, .. Enumerable.Repeat(ObjectToAssessment.Outcome.Already, 3)], outcomes.Order());
        Assert.Equal([0, 1], await market.ReadAsync(db => db.AssessmentObjections.OrderBy(o => o.Round).Select(o => o.Round).ToListAsync()));
        var second = await market.ReadAsync(db => db.AssessmentObjections.Where(o => o.Round == 1).Select(o => o.Id).SingleAsync());
        await market.Get<AnswerObjection>().ExecuteAsync(new() { ObjectionId = second, Answer = "再查过了", Actor = Actor.User(2), AreaPath = "STA/" });
        Assert.Equal(ObjectToAssessment.Outcome.Already, await Object("还是不对")); // it was not shown anew since
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Publish_ADraftThatWasOvertaken_IsRefusedUntilItIsDraftedAgain(DatabaseProvider provider)
    {
        await using var market = await StartAsync(provider);
        await DraftAsync(market);
        market.Clock.Advance(AssessmentPolicy.Default.Shown);
        var id = await market.ReadAsync(db => db.Assessments.Select(a => a.Id).SingleAsync());
        Assert.Equal(0, await market.Get<CompareDraft>().ExecuteAsync(id));
        var member = await market.Writes.RunAsync(async db =>
        {
            var report = await db.TaskReports.OrderBy(r => r.Id).FirstAsync(r => r.HappenedDay >= September && r.Outcome == ReportOutcome.Verified && r.Member.Left == null);
            report.Outcome = ReportOutcome.Rejected; // in the reports alone: the ledger says nothing of it
            await db.SaveChangesAsync();
            return report.MemberId;
        });
        Assert.Equal(1, await market.Get<CompareDraft>().ExecuteAsync(id));
        var before = await LineAsync(market, member);

        Assert.Equal(PublishAssessment.Outcome.Stale, await PublishAsync(market));

        Assert.Equal(0, await BonusesAsync(market));
        Assert.Equal(DraftAssessment.Outcome.Drafted, await DraftAsync(market));
        Assert.Equal(PublishAssessment.Outcome.TooSoon, await PublishAsync(market)); // shown anew
        market.Clock.Advance(AssessmentPolicy.Default.Shown);
        Assert.Equal(PublishAssessment.Outcome.Published, await PublishAsync(market));
        Assert.Equal(0, await market.Get<CompareDraft>().ExecuteAsync(id)); // no draft any more
        Assert.Equal(before.Rejected + 1, (await LineAsync(market, member)).Rejected);
    }

    [Fact]
    public async Task Draft_MonthNotOverOrAreaNoStation_IsRefused()
    {
        await using var market = await StartAsync(DatabaseProvider.Sqlite);
        var input = new DraftAssessment.Input { Month = September, Actor = Actor.User(1), AreaPath = "STA/" };
        Assert.Equal(DraftAssessment.Outcome.MonthNotOver, await market.Get<DraftAssessment>().ExecuteAsync(input with { Month = new DateOnly(2026, 10, 1) }));
        Assert.Equal(DraftAssessment.Outcome.NotTheStation, await market.Get<DraftAssessment>().ExecuteAsync(input with { AreaPath = "STA/PR1/" }));
        market.Clock.Set(new DateTimeOffset(2026, 9, 30, 23, 59, 59, TimeSpan.FromHours(8)));
        Assert.Equal(DraftAssessment.Outcome.MonthNotOver, await market.Get<DraftAssessment>().ExecuteAsync(input));
    }

    private static async Task<TestMarket> StartAsync(DatabaseProvider provider)
    {
        var market = await TestMarket.StartAsync(provider);
        var outcome = await market.ImportAsync(Xinggu.Sources);
        Assert.False(outcome.Refused, outcome.Words());
        return market;
    }

    private static Task<DraftAssessment.Outcome> DraftAsync(TestMarket market, Actor? actor = null) => market.Get<DraftAssessment>().ExecuteAsync(
        new DraftAssessment.Input { Month = September, Actor = actor ?? Actor.User(1), AreaPath = "STA/" });

    private static async Task<PublishAssessment.Outcome> PublishAsync(
        TestMarket market, Actor? actor = null, string areaPath = "STA/", IProgress<(int, int)>? progress = null, CancellationToken ct = default) =>
        await market.Get<PublishAssessment>().ExecuteAsync(
            new PublishAssessment.Input
            {
                AssessmentId = await market.ReadAsync(db => db.Assessments.Select(a => a.Id).SingleAsync()), Actor = actor ?? Actor.User(2), AreaPath = areaPath, Progress = progress,
            }, ct);

    private static Task<int> BonusesAsync(TestMarket market) => market.ReadAsync(db => db.LedgerTransactions.CountAsync(t => t.Kind == TransactionKinds.AssessmentBonus));

    private static Task<AssessmentLine> LineAsync(TestMarket market, int member) => market.ReadAsync(db => db.AssessmentLines.AsNoTracking().SingleAsync(l => l.MemberId == member));

    private static Task<string> CsvAsync(TestMarket market) => market.ReadAsync(async db =>
        "member,points,verified,rejected,raters,score,grade,bonus\n" + string.Concat(
            (await db.AssessmentLines.AsNoTracking().Include(l => l.Member).ToListAsync()).OrderBy(l => l.Member.Code, StringComparer.Ordinal)
            .Select(l => $"{l.Member.Code},{l.Points},{l.Verified},{l.Rejected},{l.Raters},{AssessmentWords.Score(l.Score)},{AssessmentWords.Of(l.Grade)},{l.Bonus}\n")));

    private sealed class Immediately(Action told) : IProgress<(int, int)>
    {
        public void Report((int, int) value) => told();
    }
}
