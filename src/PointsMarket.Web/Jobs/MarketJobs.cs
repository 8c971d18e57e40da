using PointsMarket.Assessments;
using PointsMarket.Awards;
using PointsMarket.Backups;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Jobs;
using PointsMarket.Ledger;
using PointsMarket.Loops;
using PointsMarket.Market;
using PointsMarket.Meetings;
using PointsMarket.Notices;
using PointsMarket.Tasks;
using PointsMarket.Tips;

namespace PointsMarket.Web.Jobs;

/// <summary>
/// What the site does by itself. Each is an operation of the library that can be repeated and stopped anywhere; here stands only
/// when. Taking another scheduler means another <see cref="RunJob"/> and <see cref="JobSchedule"/>, not another list.
/// </summary>
internal static class MarketJobs
{
    /// <summary>All of them, in the order of the page.</summary>
    public static readonly IReadOnlyList<JobSpec> All =
    [
        // Month's end: every month that is missing, whenever the server was off.
        new("assess", JobTime.EveryDay(0, 30), (w, ct) => w.CountAsync(w.Get<DraftMissingMonths>().ExecuteAsync(ct))) { AtStart = true, Retries = true },
        new("reconcile", JobTime.EveryDay(1, 0), async (w, ct) => w.Report.Count(await w.Get<ReconcilePastMonths>().ExecuteAsync(w.Report, ct) + await w.Get<AskToReconcile>().ExecuteAsync(w.Report, ct))) { AtStart = true, Retries = true },

        // At night.
        new("backup", JobTime.EveryDay(3, 0), (w, ct) => w.Get<KeepBackups>().ExecuteAsync(w.Report, ct)) { Retries = true, Watched = true },
        new("verify", JobTime.EveryDay(3, 30), (w, ct) => w.Get<CheckBooks>().ExecuteAsync(w.Report, ct)) { Retries = true, Watched = true },
        new("tidy", JobTime.EveryDay(4, 20), async (w, ct) => w.Report.Count(await w.Get<SweepInbox>().ExecuteAsync(ct) + await w.Get<SweepRuns>().ExecuteAsync(ct))),

        // All day long.
        new("slips", JobTime.EveryMinutes(5), (w, ct) => w.CountAsync(w.Get<ExpireRedemptions>().ExecuteAsync(ct))) { AtStart = true },
        new("shifts", JobTime.EveryMinutes(2, 1), async (w, ct) => w.Report.Count(await w.Get<MakeShifts>().ExecuteAsync(ct) + await w.Get<DrawShifts>().ExecuteAsync(ct))) { AtStart = true },
        new("cases", JobTime.EveryMinutes(10, 2), async (w, ct) => w.Report.Count(await w.Get<LapseClaims>().ExecuteAsync(ct) + await w.Get<AskForRevisits>().ExecuteAsync(ct))) { AtStart = true },
        new("deadlines", JobTime.EveryMinutes(10, 3), (w, ct) => w.CountAsync(w.Get<RemindLoops>().ExecuteAsync(ct))) { AtStart = true },
        new("climbs", JobTime.EveryMinutes(15, 4), async (w, ct) => w.Report.Count(await w.Get<TellClimbedReports>().ExecuteAsync(ct) + await w.Get<TellClimbedCases>().ExecuteAsync(ct))) { AtStart = true },
        new("publish", JobTime.EveryMinutes(10, 5), (w, ct) => w.CountAsync(w.Get<PublishAssessment>().FinishAllAsync(ct))) { AtStart = true },
        new("certificates", JobTime.EveryMinutes(10, 8), (w, ct) => w.Get<IssueCertificates>().FinishAllAsync(ct)) { AtStart = true },
        new("tips", JobTime.EveryHour(7), (w, ct) => w.CountAsync(w.Get<GrantTipRewards>().ExecuteAsync(ct))) { AtStart = true },
        new("reminders", JobTime.EveryHour(12), async (w, ct) => w.Report.Count(await w.Get<RemindRaters>().ExecuteAsync(ct) + await w.Get<RemindActions>().ExecuteAsync(ct))) { AtStart = true },
        new("checkpoints", JobTime.EveryMinutes(10, 6), (w, ct) => w.Get<KeepCheckpoints>().WriteAsync(ct)) { AtStart = true },
    ];
}
