using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Assessments;

/// <summary>Two people, or two taps, at the same moment: each gets a worded answer, and one of them did it.</summary>
public sealed class AtOnceTests
{
    private const int Many = 6;

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Object_TappedManyTimes_IsTakenDownOnce(DatabaseProvider provider)
    {
        await using var market = await MonthEnd.StartAsync(provider);
        await market.DraftAsync();
        var line = await market.ReadAsync(db => db.AssessmentLines.AsNoTracking().OrderBy(l => l.MemberId).FirstAsync());

        var outcomes = await AllAsync(_ => market.Get<ObjectToAssessment>().ExecuteAsync(new() { AssessmentId = line.AssessmentId, MemberId = line.MemberId, Text = "少算了一次" }));

        Assert.Equal([ObjectToAssessment.Outcome.Objected, .. Enumerable.Repeat(ObjectToAssessment.Outcome.Already, Many - 1)], outcomes.Order());
        Assert.Equal(1, await market.ReadAsync(db => db.AssessmentObjections.CountAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Answer_ByManyApprovers_IsTheFirstOnes(DatabaseProvider provider)
    {
        await using var market = await MonthEnd.StartAsync(provider);
        await market.DraftAsync();
        var line = await market.ReadAsync(db => db.AssessmentLines.AsNoTracking().OrderBy(l => l.MemberId).FirstAsync());
        await market.Get<ObjectToAssessment>().ExecuteAsync(new() { AssessmentId = line.AssessmentId, MemberId = line.MemberId, Text = "少算了一次" });
        var id = await market.ReadAsync(db => db.AssessmentObjections.Select(o => o.Id).SingleAsync());

        var outcomes = await AllAsync(i => market.Get<AnswerObjection>().ExecuteAsync(new() { ObjectionId = id, Answer = $"答复{i}", Actor = Actor.User(10 + i), AreaPath = "STA/" }));

        var first = Array.IndexOf(outcomes, AnswerObjection.Outcome.Answered);
        Assert.Equal([AnswerObjection.Outcome.Answered, .. Enumerable.Repeat(AnswerObjection.Outcome.Already, Many - 1)], outcomes.Order());
        Assert.Equal($"答复{first}", await market.ReadAsync(db => db.AssessmentObjections.Select(o => o.Answer).SingleAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Draft_ByTheJobAndAtTheDesk_IsOne(DatabaseProvider provider)
    {
        await using var market = await MonthEnd.StartAsync(provider);

        var outcomes = await AllAsync(i => market.Get<DraftAssessment>().ExecuteAsync(new() { Month = MonthEnd.September, Actor = Actor.User(1 + i), AreaPath = "STA/" }));

        Assert.All(outcomes, o => Assert.True(o is DraftAssessment.Outcome.Drafted or DraftAssessment.Outcome.Unchanged, o.ToString()));
        Assert.Equal(1, await market.ReadAsync(db => db.Assessments.CountAsync(a => a.ShownAt != null)));
        Assert.Equal(DraftAssessment.Outcome.Unchanged, await market.DraftAsync());
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Publish_ByManyAtOnce_TellsTheMembersOnce(DatabaseProvider provider)
    {
        await using var market = await MonthEnd.StartAsync(provider);
        var member = await MemberWithAccountAsync(market);
        await market.DraftAsync();
        market.Clock.Advance(AssessmentPolicy.Default.Shown);
        var id = await market.ReadAsync(db => db.Assessments.Select(a => a.Id).SingleAsync());

        var outcomes = await AllAsync(i => market.Get<PublishAssessment>().ExecuteAsync(new() { AssessmentId = id, Actor = Actor.User(10 + i), AreaPath = "STA/" }));

        Assert.All(outcomes, o => Assert.Equal(PublishAssessment.Outcome.Published, o));
        Assert.Equal(1, await market.ReadAsync(db => db.InboxMessages.CountAsync(m => m.MemberId == member && m.Kind == InboxKinds.AssessmentPublished)));
        Assert.Equal(await market.ReadAsync(db => db.AssessmentLines.CountAsync(l => l.Bonus > 0)), await market.ReadAsync(db => db.LedgerTransactions.CountAsync(t => t.Kind == TransactionKinds.AssessmentBonus)));
    }

    private static async Task<int> MemberWithAccountAsync(TestMarket market)
    {
        var member = await market.IdAsync("G0001");
        await market.AddAccountAsync(Roles.Member, null, member);
        return member;
    }

    private static Task<T[]> AllAsync<T>(Func<int, Task<T>> each) => Task.WhenAll(Enumerable.Range(0, Many).Select(i => Task.Run(() => each(i))));
}
