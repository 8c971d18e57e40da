using Microsoft.EntityFrameworkCore;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Assessments;

/// <summary>Xinggu's September, and the operations of the month's end on it.</summary>
internal static class MonthEnd
{
    public static readonly DateOnly September = new(2026, 9, 1);

    public static async Task<TestMarket> StartAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var market = await TestMarket.StartAsync(provider);
        var outcome = await market.ImportAsync(Xinggu.Sources);
        Assert.False(outcome.Refused, outcome.Words());
        return market;
    }

    public static Task<DraftAssessment.Outcome> DraftAsync(this TestMarket market, DateOnly? month = null) => market.Get<DraftAssessment>().ExecuteAsync(
        new DraftAssessment.Input { Month = month ?? September, Actor = Actor.User(1), AreaPath = "STA/" });

    /// <summary>Drafts, waits, publishes by somebody else.</summary>
    public static async Task PublishAsync(this TestMarket market, DateOnly? month = null)
    {
        await market.DraftAsync(month);
        market.Clock.Advance(AssessmentPolicy.Default.Shown);
        var id = await market.ReadAsync(db => db.Assessments.Where(a => a.Month == (month ?? September)).Select(a => a.Id).SingleAsync());
        Assert.Equal(PublishAssessment.Outcome.Published, await market.Get<PublishAssessment>().ExecuteAsync(new PublishAssessment.Input { AssessmentId = id, Actor = Actor.User(2), AreaPath = "STA/" }));
    }

    public static Task<int> IdAsync(this TestMarket market, string code) => market.ReadAsync(db => db.Members.Where(m => m.Code == code).Select(m => m.Id).SingleAsync());

    /// <summary>What <c>assess --csv</c> prints.</summary>
    public static Task<string> CsvAsync(this TestMarket market) => market.ReadAsync(async db =>
        "member,points,verified,rejected,raters,score,grade,bonus\n" + string.Concat(
            (await db.AssessmentLines.AsNoTracking().Include(l => l.Member).ToListAsync()).OrderBy(l => l.Member.Code, StringComparer.Ordinal)
            .Select(l => $"{l.Member.Code},{l.Points},{l.Verified},{l.Rejected},{l.Raters},{AssessmentWords.Score(l.Score)},{AssessmentWords.Of(l.Grade)},{l.Bonus}\n")));
}
