using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Killed;

/// <summary>Drafts the month before a moment and publishes it when its days are over: <c>PROVIDER CONNECTION assess 2026-10-01T04:00:00Z</c>.</summary>
internal static class Assessing
{
    public const string Word = "assess";

    public static async Task RunAsync(IServiceProvider services, Standing clock)
    {
        var month = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddMonths(-1);
        Victim.Say($"drafted {await services.GetRequiredService<DraftAssessment>().ExecuteAsync(new() { Month = month, Actor = Actor.User(1), AreaPath = "STA/" })}");
        clock.Wait(AssessmentPolicy.Default.Shown);
        int id;
        await using (var db = services.GetRequiredService<MarketContexts>().Read()) id = await db.Assessments.Select(a => a.Id).SingleAsync();
        Victim.Say($"published {await services.GetRequiredService<PublishAssessment>().ExecuteAsync(new() { AssessmentId = id, Actor = Actor.User(2), AreaPath = "STA/" })}");
    }
}

/// <summary>A clock that stands until it is told to go on.</summary>
internal sealed class Standing(string at) : TimeProvider
{
    private DateTimeOffset now = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);

    public override DateTimeOffset GetUtcNow() => now;

    public void Wait(TimeSpan time) => now += time;
}
