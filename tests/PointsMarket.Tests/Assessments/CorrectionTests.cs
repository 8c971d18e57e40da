using Microsoft.EntityFrameworkCore;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Assessments;

/// <summary>What is published stays; what was wrong is put right by an entry of its own, by two people.</summary>
public sealed class CorrectionTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Correct_ProposedAndApprovedByAnother_PostsTheDifferenceOnceAndKeepsTheLine(DatabaseProvider provider)
    {
        await using var market = await MonthEnd.StartAsync(provider);
        await market.DraftAsync();
        var line = await LineAsync(market, l => l.Grade == Grade.NotCompetent && l.Target == 60);
        Assert.Equal(CorrectionOutcome.NotPublished, await ProposeAsync(market, line, 60));
        await market.PublishAsync();
        line = await LineAsync(market, l => l.MemberId == line.MemberId);

        Assert.Equal(CorrectionOutcome.NotValid, await ProposeAsync(market, line, -1));
        Assert.Equal(CorrectionOutcome.NothingNew, await ProposeAsync(market, line, line.Points));
        Assert.Equal(CorrectionOutcome.NotFound, await ProposeAsync(market, line, 60, areaPath: "STA/PR1/"));
        Assert.Equal(CorrectionOutcome.Done, await ProposeAsync(market, line, 60));
        Assert.Equal(CorrectionOutcome.OneWaits, await ProposeAsync(market, line, 61));
        var correction = await CorrectionAsync(market);
        Assert.Equal((CorrectionState.Waiting, 60L), (correction.State, correction.Points));
        var before = await BalanceAsync(market, line);

        Assert.Equal(CorrectionOutcome.SamePerson, await DecideAsync(market, correction.Id, 3));
        Assert.Equal(CorrectionOutcome.Own, await DecideAsync(market, correction.Id, 4, member: line.MemberId));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => DecideAsync(market, correction.Id, 4))));
        Assert.Equal([CorrectionOutcome.Done, CorrectionOutcome.Decided, CorrectionOutcome.Decided, CorrectionOutcome.Decided], outcomes.Order());
        correction = await CorrectionAsync(market);
        Assert.True(correction.Difference > 0);
        Assert.Equal(before + correction.Difference, await BalanceAsync(market, line));
        Assert.Equal(1, await market.ReadAsync(db => db.LedgerTransactions.CountAsync(t => t.Kind == TransactionKinds.AssessmentCorrection && t.Reason == "漏记了两次巡逻")));
        var after = await LineAsync(market, l => l.MemberId == line.MemberId);
        Assert.Equal((line.Measures, line.Score, line.Grade, line.Bonus), (after.Measures, after.Score, after.Grade, after.Bonus));
        Assert.Equal(DraftAssessment.Outcome.Published, await market.DraftAsync());
        Assert.Equal(1, await market.ReadAsync(db => db.InboxMessages.CountAsync(m => m.MemberId == line.MemberId && m.Kind == InboxKinds.AssessmentCorrected)));
        Assert.True((await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db))).All(r => r.IsClean));
    }

    [Fact]
    public async Task Correct_TakingBackWhatWasSpent_IsRefusedAndChangesNothing()
    {
        await using var market = await MonthEnd.StartAsync();
        await market.PublishAsync();
        var line = await LineAsync(market, l => l.Grade == Grade.Excellent && l.Target == 60);
        Assert.Equal(CorrectionOutcome.Done, await ProposeAsync(market, line, 0));
        var correction = await CorrectionAsync(market);
        Assert.True(correction.Difference < 0);
        var code = await market.ReadAsync(db => db.Members.Where(m => m.Id == line.MemberId).Select(m => m.Code).SingleAsync());
        var all = await BalanceAsync(market, line);
        Assert.True((await market.PostAsync(market.Request(1, "spent", new Posting(AccountCode.Member(code), AccountCode.Redeemed, Asset.Points, all)))).Stands);

        Assert.Equal(CorrectionOutcome.NotEnoughPoints, await DecideAsync(market, correction.Id, 4));
        Assert.Equal(CorrectionState.Waiting, (await CorrectionAsync(market)).State);
        Assert.Equal(0, await BalanceAsync(market, line));
        Assert.Equal(CorrectionOutcome.Done, await DecideAsync(market, correction.Id, 4, approve: false));
        Assert.Equal(CorrectionOutcome.Done, await ProposeAsync(market, line, 1)); // a second one, after the first was refused
        Assert.Equal(2, (await CorrectionAsync(market)).Number);
    }

    [Fact]
    public async Task Struggling_ThreePublishedMonths_AreListedUntilOneIsCorrected()
    {
        await using var market = await MonthEnd.StartAsync();
        foreach (var month in (DateOnly[])[new(2026, 9, 1), new(2026, 10, 1), new(2026, 11, 1)])
        {
            market.Clock.Set(new DateTimeOffset(month.AddMonths(1).Year, month.AddMonths(1).Month, 5, 9, 0, 0, TimeSpan.FromHours(8)));
            await market.PublishAsync(month);
        }

        var listed = await market.ReadAsync(db => Struggling.ReadAsync(db, 1, "STA/", new DateOnly(2026, 11, 1)));
        Assert.NotEmpty(listed);
        Assert.All(listed, s => Assert.Equal(3, s.Months.Count));
        Assert.Empty(await market.ReadAsync(db => Struggling.ReadAsync(db, 1, "STA/", new DateOnly(2026, 12, 1)))); // not published
        Assert.Empty(await market.ReadAsync(db => Struggling.ReadAsync(db, 1, "STA/", new DateOnly(2026, 10, 1)))); // only two
        Assert.Equal(1, await market.ReadAsync(db => db.InboxMessages.CountAsync(m => m.Kind == InboxKinds.AssessmentStruggling && db.Members.Any(c => c.Id == m.MemberId && c.Kind == MemberKind.GridChief))));

        var line = await LineAsync(market, l => l.MemberId == listed[0].MemberId && l.Assessment.Month == new DateOnly(2026, 11, 1));
        Assert.Equal(CorrectionOutcome.Done, await ProposeAsync(market, line, 500));
        Assert.Equal(CorrectionOutcome.Done, await DecideAsync(market, (await CorrectionAsync(market)).Id, 4));
        Assert.DoesNotContain(await market.ReadAsync(db => Struggling.ReadAsync(db, 1, "STA/", new DateOnly(2026, 11, 1))), s => s.MemberId == line.MemberId);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task HeldRows_OfAMonth_SayWhatTheLatestApprovedCorrectionSays(DatabaseProvider provider)
    {
        await using var market = await MonthEnd.StartAsync(provider);
        await market.PublishAsync();
        var line = await LineAsync(market, l => l.Grade == Grade.NotCompetent && l.Target == 60);
        foreach (var points in (long[])[40, 60, 50])
        {
            Assert.Equal(CorrectionOutcome.Done, await ProposeAsync(market, line, points));
            Assert.Equal(CorrectionOutcome.Done, await DecideAsync(market, (await CorrectionAsync(market)).Id, 4, approve: points != 50));
        }

        var held = await market.ReadAsync(db => HeldRow.Of(db, db.AssessmentLines.AsNoTracking()).Where(h => h.Grade != Grade.NotCompetent || h.Corrected).OrderByDescending(h => h.Score)
            .Select(h => new { h.Line.MemberId, h.Points, h.Score, h.Grade, h.Corrected }).ToListAsync());

        var one = Assert.Single(held, h => h.Corrected);
        var approved = await market.ReadAsync(db => db.AssessmentCorrections.AsNoTracking().SingleAsync(c => c.Number == 2));
        Assert.Equal((line.MemberId, 60L, approved.Score, approved.Grade), (one.MemberId, one.Points, one.Score, one.Grade));
        Assert.Equal(await market.ReadAsync(db => db.AssessmentLines.CountAsync()), await market.ReadAsync(db => HeldRow.Of(db, db.AssessmentLines).CountAsync()));
    }

    [Fact]
    public async Task Supplements_OfAPublishedMonth_AreForCompetentManagersAndTheNamed()
    {
        await using var market = await MonthEnd.StartAsync();
        await market.DraftAsync();
        Assert.Empty(await ReadAsync());
        await market.PublishAsync();
        var managers = await market.ReadAsync(db => db.AssessmentLines.Where(l => l.Member.Kind == MemberKind.GridManager).Select(l => new { l.MemberId, l.Grade }).ToListAsync());
        var plain = await ReadAsync();
        Assert.Equal(managers.Count(m => m.Grade >= Grade.Competent), plain.Count);
        Assert.All(plain, s => Assert.Equal((50_00, 0), (s.MonthFen, s.AwardFen)));
        var member = await market.IdAsync("G0001");
        var named = Assert.Single(await ReadAsync(member), s => s.MemberId == member);
        Assert.Equal((0, 100_00), (named.MonthFen, named.AwardFen));

        Task<IReadOnlyList<Supplement>> ReadAsync(params int[] ids) => market.ReadAsync(db => Supplement.ReadAsync(db, 1, "STA/", MonthEnd.September, ids.ToDictionary(i => i, _ => 100_00L)));
    }

    private static Task<CorrectionOutcome> ProposeAsync(TestMarket market, AssessmentLine line, long points, string areaPath = "STA/") => market.Get<CorrectAssessment>().ExecuteAsync(
        new CorrectAssessment.Input { AssessmentId = line.AssessmentId, MemberId = line.MemberId, Points = points, Verified = line.Verified, Rejected = line.Rejected, Reason = "漏记了两次巡逻", Actor = Actor.User(3), AreaPath = areaPath });

    private static Task<CorrectionOutcome> DecideAsync(TestMarket market, int id, int user, int? member = null, bool approve = true) => market.Get<DecideCorrection>().ExecuteAsync(
        new DecideCorrection.Input { CorrectionId = id, Approve = approve, Actor = Actor.User(user), ActorMemberId = member, AreaPath = "STA/" });

    private static Task<AssessmentCorrection> CorrectionAsync(TestMarket market) => market.ReadAsync(db => db.AssessmentCorrections.AsNoTracking().OrderByDescending(c => c.Id).FirstAsync());

    private static Task<AssessmentLine> LineAsync(TestMarket market, System.Linq.Expressions.Expression<Func<AssessmentLine, bool>> which) =>
        market.ReadAsync(db => db.AssessmentLines.AsNoTracking().Where(which).OrderBy(l => l.MemberId).FirstAsync());

    private static Task<long> BalanceAsync(TestMarket market, AssessmentLine line) => market.ReadAsync(async db =>
        await db.BalanceAsync(1, AccountCode.Member(await db.Members.Where(m => m.Id == line.MemberId).Select(m => m.Code).SingleAsync()), Asset.Points));
}
