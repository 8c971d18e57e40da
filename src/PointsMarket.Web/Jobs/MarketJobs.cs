using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Tips;

namespace PointsMarket.Web.Jobs;

/// <summary>What the site does by itself.</summary>
internal static class MarketJobs
{
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<LetSlipsFlowBack>();
        builder.Services.AddHostedService<KeepCheckpoints>();
        builder.Services.AddHostedService<GoOnPublishing>();
        builder.Services.AddHostedService<RewardTips>();
    }
}

/// <summary>What was not collected in seven days flows back (DESIGN 5).</summary>
internal sealed class LetSlipsFlowBack(ExpireRedemptions expire, TimeProvider clock, ILogger<LetSlipsFlowBack> log) : RepeatedJob(TimeSpan.FromMinutes(5), clock, log)
{
    protected override Task RunOnceAsync(CancellationToken ct) => expire.ExecuteAsync(ct);
}

/// <summary>Grants the rewards of tips, one batch a week, and never to the hour of a decision (DESIGN 4).</summary>
internal sealed class RewardTips(GrantTipRewards grant, TimeProvider clock, ILogger<RewardTips> log) : RepeatedJob(TimeSpan.FromHours(1), clock, log)
{
    protected override Task RunOnceAsync(CancellationToken ct) => grant.ExecuteAsync(ct);
}

/// <summary>Goes on with an assessment whose bonus points were being posted when the site stopped (DESIGN 7).</summary>
internal sealed class GoOnPublishing(PublishAssessment publish, TimeProvider clock, ILogger<GoOnPublishing> log) : RepeatedJob(TimeSpan.FromMinutes(10), clock, log)
{
    protected override Task RunOnceAsync(CancellationToken ct) => publish.FinishAllAsync(ct);
}

/// <summary>Writes the heads of the books to the checkpoint file outside the database (DESIGN 3, invariant 7).</summary>
internal sealed class KeepCheckpoints(MarketContexts contexts, CheckpointFile checkpoints, TimeProvider clock, ILogger<KeepCheckpoints> log) : RepeatedJob(TimeSpan.FromMinutes(10), clock, log)
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await RunOnceAsync(cancellationToken); // the last word before the site goes down
    }

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        await using var db = contexts.Read();
        await checkpoints.AppendHeadsAsync(db, Clock.GetUtcNow().UtcDateTime, ct);
    }
}
