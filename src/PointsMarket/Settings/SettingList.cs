using System.Reflection;

namespace PointsMarket.Settings;

/// <summary>
/// Every setting there is. A feature that wants one adds its line here, and its name on screen under
/// <c>Settings.Name.{key with - for .}</c>; the page of settings shows it by itself. Settings know no feature.
/// </summary>
public static class SettingList
{
    /// <summary>What a point is worth, for the cover of the points (DESIGN 6).</summary>
    public static readonly Setting PointValue = new("points.value", SettingUnit.Fen, 100, 1, 10_000) { Public = true };

    /// <summary>Below this cover the books warn.</summary>
    public static readonly Setting CoverWarnBelow = new("cover.warn-below", SettingUnit.Percent, 100, 1, 1000);

    /// <summary>Below this cover no new case reward is offered unless somebody overrides with a reason.</summary>
    public static readonly Setting CoverStopBelow = new("cover.stop-below", SettingUnit.Percent, 80, 0, 1000);

    /// <summary>What a case that is settled late still earns.</summary>
    public static readonly Setting CaseLateShare = new("cases.late-share", SettingUnit.Percent, 50, 0, 100) { Public = true };

    /// <summary>How late it may be settled and still earn that.</summary>
    public static readonly Setting CaseLateDays = new("cases.late-days", SettingUnit.Days, 7, 0, 60) { Public = true };

    /// <summary>How many claims a member may hold at once.</summary>
    public static readonly Setting CaseHeldAtOnce = new("cases.held-at-once", SettingUnit.Count, 3, 1, 20) { Public = true };

    /// <summary>How long after its closing a case is asked after again.</summary>
    public static readonly Setting CaseRevisitDays = new("cases.revisit-days", SettingUnit.Days, 30, 1, 365);

    /// <summary>A case that pays more is closed by somebody other than who approved its claim.</summary>
    public static readonly Setting CaseSecondPairOver = new("cases.second-pair-over", SettingUnit.Points, 200, 0, 1_000_000);

    /// <summary>How long a slip waits before its points come back.</summary>
    public static readonly Setting SlipDays = new("kiosk.slip-days", SettingUnit.Days, 7, 1, 60) { Public = true };

    /// <summary>How long after the hand-over goods may be brought back.</summary>
    public static readonly Setting ReturnDays = new("kiosk.return-days", SettingUnit.Days, 1, 0, 30) { Public = true };

    /// <summary>Up to this amount one approver is enough.</summary>
    public static readonly Setting OneApproverUpTo = new("payments.one-approver-up-to", SettingUnit.Fen, 50_000, 0, 1_000_000_000);

    /// <summary>Up to this amount two approvers are enough; above it somebody of finance approves as well.</summary>
    public static readonly Setting TwoApproversUpTo = new("payments.two-approvers-up-to", SettingUnit.Fen, 300_000, 0, 1_000_000_000);

    /// <summary>The weight of the workload in a month's score.</summary>
    public static readonly Setting WeightWorkload = new("assessment.weight-workload", SettingUnit.Percent, 60, 0, 100) { Public = true };

    /// <summary>The weight of the quality.</summary>
    public static readonly Setting WeightQuality = new("assessment.weight-quality", SettingUnit.Percent, 20, 0, 100) { Public = true };

    /// <summary>The weight of the evaluations.</summary>
    public static readonly Setting WeightEvaluation = new("assessment.weight-evaluation", SettingUnit.Percent, 20, 0, 100) { Public = true };

    /// <summary>The points a month that are a grid manager's full workload.</summary>
    public static readonly Setting TargetGridManager = new("assessment.target-grid-manager", SettingUnit.Points, 120, 1, 10_000) { Public = true };

    /// <summary>A grid member's.</summary>
    public static readonly Setting TargetGridMember = new("assessment.target-grid-member", SettingUnit.Points, 60, 1, 10_000) { Public = true };

    /// <summary>An informant's.</summary>
    public static readonly Setting TargetInformant = new("assessment.target-informant", SettingUnit.Points, 30, 1, 10_000) { Public = true };

    /// <summary>A volunteer's.</summary>
    public static readonly Setting TargetVolunteer = new("assessment.target-volunteer", SettingUnit.Points, 30, 1, 10_000) { Public = true };

    /// <summary>The score from which a month is excellent.</summary>
    public static readonly Setting ExcellentFrom = new("assessment.excellent-from", SettingUnit.Hundredths, 9000, 0, 10_000) { Public = true };

    /// <summary>The score from which a month is competent.</summary>
    public static readonly Setting CompetentFrom = new("assessment.competent-from", SettingUnit.Hundredths, 6000, 0, 10_000) { Public = true };

    /// <summary>The bonus for an excellent month.</summary>
    public static readonly Setting BonusExcellent = new("assessment.bonus-excellent", SettingUnit.Points, 20, 0, 1000) { Public = true };

    /// <summary>The bonus for a competent month.</summary>
    public static readonly Setting BonusCompetent = new("assessment.bonus-competent", SettingUnit.Points, 10, 0, 1000) { Public = true };

    /// <summary>How long a draft lies before it is published.</summary>
    public static readonly Setting ObjectionDays = new("assessment.objection-days", SettingUnit.Days, 3, 0, 30) { Public = true };

    /// <summary>How many days after its end a month is drafted by itself, so that its evaluations can be completed.</summary>
    public static readonly Setting DraftAfterDays = new("assessment.draft-after-days", SettingUnit.Days, 3, 0, 20);

    /// <summary>A station that began later than this day of its first month is assessed from the next month on.</summary>
    public static readonly Setting BeganBy = new("assessment.began-by", SettingUnit.Count, 7, 1, 31);

    /// <summary>How many months in a row that are not competent put somebody on the chief's list.</summary>
    public static readonly Setting StrugglingMonths = new("assessment.struggling-months", SettingUnit.Count, 3, 2, 12) { Public = true };

    /// <summary>What a grid manager of a competent month is paid.</summary>
    public static readonly Setting PayrollMonth = new("awards.payroll-month", SettingUnit.Fen, 5000, 0, 10_000_000);

    /// <summary>What an award of the year pays once.</summary>
    public static readonly Setting AwardOnce = new("awards.paid-once", SettingUnit.Fen, 100_000, 0, 100_000_000);

    /// <summary>What the title of the year adds to every month's pay.</summary>
    public static readonly Setting AwardMonth = new("awards.paid-monthly", SettingUnit.Fen, 10_000, 0, 10_000_000);

    /// <summary>How long the names lie in public before an award is final.</summary>
    public static readonly Setting NoticeDays = new("awards.notice-days", SettingUnit.Days, 7, 0, 60) { Public = true };

    /// <summary>How many days before its expiry a lot is listed.</summary>
    public static readonly Setting ExpiringSoonDays = new("stock.expiring-soon-days", SettingUnit.Days, 30, 1, 365);

    /// <summary>Under how many days' worth an article runs low.</summary>
    public static readonly Setting StockLowDays = new("stock.low-days", SettingUnit.Days, 7, 1, 90);

    /// <summary>The reward of a tip that one person may give; more takes two.</summary>
    public static readonly Setting TipOneMayGive = new("tips.one-may-give", SettingUnit.Points, 200, 0, 10_000);

    /// <summary>How long a hazard that was found may wait for its first step.</summary>
    public static readonly Setting LoopHazardFound = new("loops.hazard-found", SettingUnit.Days, 1, 1, 180);

    /// <summary>How long the responsible side has to remove a hazard, where no other day is chosen.</summary>
    public static readonly Setting LoopHazardNotified = new("loops.hazard-notified", SettingUnit.Days, 7, 1, 180);

    /// <summary>How long a re-inspected hazard may wait to be decided.</summary>
    public static readonly Setting LoopHazardReinspected = new("loops.hazard-reinspected", SettingUnit.Days, 2, 1, 180);

    /// <summary>How long a dispute may wait for its mediator.</summary>
    public static readonly Setting LoopDisputeFound = new("loops.dispute-found", SettingUnit.Days, 1, 1, 180);

    /// <summary>How long the mediator has, where no other day is chosen.</summary>
    public static readonly Setting LoopDisputeAssigned = new("loops.dispute-assigned", SettingUnit.Days, 7, 1, 180);

    /// <summary>When after an agreement somebody asks whether it is kept.</summary>
    public static readonly Setting LoopDisputeMediated = new("loops.dispute-mediated", SettingUnit.Days, 7, 1, 180);

    /// <summary>When after that the parties are visited again.</summary>
    public static readonly Setting LoopDisputeFollowedUp = new("loops.dispute-followed-up", SettingUnit.Days, 30, 1, 180);

    /// <summary>How long a revisited dispute may wait to be decided.</summary>
    public static readonly Setting LoopDisputeRevisited = new("loops.dispute-revisited", SettingUnit.Days, 3, 1, 180);

    /// <summary>How long an opinion may wait for its owner.</summary>
    public static readonly Setting LoopOpinionReceived = new("loops.opinion-received", SettingUnit.Days, 2, 1, 180);

    /// <summary>How long its owner has for the answer, where no other day is chosen.</summary>
    public static readonly Setting LoopOpinionOwned = new("loops.opinion-owned", SettingUnit.Days, 7, 1, 180);

    /// <summary>How long an answered opinion may wait to be closed.</summary>
    public static readonly Setting LoopOpinionAnswered = new("loops.opinion-answered", SettingUnit.Days, 3, 1, 180);

    /// <summary>How long another department has, where no other day is chosen.</summary>
    public static readonly Setting LoopReferred = new("loops.referred", SettingUnit.Days, 15, 1, 180);

    /// <summary>How long its reply may wait for the next step.</summary>
    public static readonly Setting LoopReplied = new("loops.replied", SettingUnit.Days, 3, 1, 180);

    /// <summary>Pairs of which the first may never be larger than the second. Both are of one group.</summary>
    public static IReadOnlyList<(Setting Low, Setting High)> Ordered { get; } =
    [
        (CoverStopBelow, CoverWarnBelow), (OneApproverUpTo, TwoApproversUpTo), (CompetentFrom, ExcellentFrom), (BonusCompetent, BonusExcellent),
    ];

    /// <summary>All of them, in the order they are written here.</summary>
    public static IReadOnlyList<Setting> All { get; } =
        [.. typeof(SettingList).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.FieldType == typeof(Setting)).OrderBy(f => f.MetadataToken).Select(f => (Setting)f.GetValue(null)!)];

    /// <summary>The groups, in order.</summary>
    public static IReadOnlyList<string> Groups { get; } = [.. All.Select(s => s.Group).Distinct()];

    /// <summary>The settings of a group; none for a name that is no group.</summary>
    public static IReadOnlyList<Setting> Of(string? group) => [.. All.Where(s => s.Group == group)];

    /// <summary>The setting with this key, or null.</summary>
    public static Setting? Find(string? key) => All.FirstOrDefault(s => s.Key == key);
}
