using PointsMarket.Assessments;
using PointsMarket.Awards;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Ledger;
using PointsMarket.Loops;
using PointsMarket.Market;
using PointsMarket.Notices;
using PointsMarket.Tasks;
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
        builder.Services.AddHostedService<GoOnIssuing>();
        builder.Services.AddHostedService<KeepShifts>();
        builder.Services.AddHostedService<LookAfterCases>();
        builder.Services.AddHostedService<SweepInboxes>();
        builder.Services.AddHostedService<TellOfClimbs>();
        builder.Services.AddHostedService<TellOfDeadlines>();
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

/// <summary>Goes on with certificates that were being issued when the site stopped (DESIGN 7).</summary>
internal sealed class GoOnIssuing(IssueCertificates issue, TimeProvider clock, ILogger<GoOnIssuing> log) : RepeatedJob(TimeSpan.FromMinutes(10), clock, log)
{
    protected override Task RunOnceAsync(CancellationToken ct) => issue.FinishAllAsync(ct);
}

/// <summary>Makes the shifts of the coming weeks, and draws the places of those whose time has come (DESIGN 4).</summary>
internal sealed class KeepShifts(MakeShifts make, DrawShifts draw, TimeProvider clock, ILogger<KeepShifts> log) : RepeatedJob(TimeSpan.FromMinutes(2), clock, log)
{
    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        await make.ExecuteAsync(ct);
        await draw.ExecuteAsync(ct);
    }
}

/// <summary>Claims that ran out free their case; cases closed a month ago are due for a revisit (DESIGN 4).</summary>
internal sealed class LookAfterCases(LapseClaims lapse, AskForRevisits revisits, TimeProvider clock, ILogger<LookAfterCases> log) : RepeatedJob(TimeSpan.FromMinutes(10), clock, log)
{
    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        await lapse.ExecuteAsync(ct);
        await revisits.ExecuteAsync(ct);
    }
}

/// <summary>What was read half a year ago is deleted from the inboxes.</summary>
internal sealed class SweepInboxes(SweepInbox sweep, TimeProvider clock, ILogger<SweepInboxes> log) : RepeatedJob(TimeSpan.FromHours(6), clock, log)
{
    protected override Task RunOnceAsync(CancellationToken ct) => sweep.ExecuteAsync(ct);
}

/// <summary>Tells the next level of reports that nobody judged in time (DESIGN 4, "Routing"). They climb whether or not this runs.</summary>
internal sealed class TellOfClimbs(TellClimbedReports tell, TimeProvider clock, ILogger<TellOfClimbs> log) : RepeatedJob(TimeSpan.FromMinutes(15), clock, log)
{
    protected override Task RunOnceAsync(CancellationToken ct) => tell.ExecuteAsync(ct);
}

/// <summary>Tells of the deadlines of hazards, disputes and opinions; what is overdue climbs to the approvers (DESIGN 4).</summary>
internal sealed class TellOfDeadlines(RemindLoops remind, TimeProvider clock, ILogger<TellOfDeadlines> log) : RepeatedJob(TimeSpan.FromMinutes(10), clock, log)
{
    protected override Task RunOnceAsync(CancellationToken ct) => remind.ExecuteAsync(ct);
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
