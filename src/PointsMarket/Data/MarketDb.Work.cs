using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Assessments;
using PointsMarket.Awards;
using PointsMarket.Cases;
using PointsMarket.Duties;
using PointsMarket.Effects;
using PointsMarket.Loops;
using PointsMarket.Meetings;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Routing;
using PointsMarket.Rules;
using PointsMarket.Tasks;
using PointsMarket.Tips;
using PointsMarket.Unsealing;

namespace PointsMarket.Data;

/// <content>The tables of people and of what they do.</content>
public abstract partial class MarketDb
{
    /// <summary>Areas.</summary>
    public DbSet<Area> Areas => Set<Area>();

    /// <summary>Members.</summary>
    public DbSet<Member> Members => Set<Member>();

    /// <summary>Informants' names, sealed.</summary>
    public DbSet<SealedIdentity> SealedIdentities => Set<SealedIdentity>();

    /// <summary>Requests to see an informant's name.</summary>
    public DbSet<UnsealRequest> UnsealRequests => Set<UnsealRequest>();

    /// <summary>What was done about them.</summary>
    public DbSet<UnsealEvent> UnsealEvents => Set<UnsealEvent>();

    /// <summary>Confidential tips.</summary>
    public DbSet<Tip> Tips => Set<Tip>();

    /// <summary>What tippers and the desk write to each other, sealed.</summary>
    public DbSet<TipMessage> TipMessages => Set<TipMessage>();

    /// <summary>Photos that came with tips, sealed.</summary>
    public DbSet<TipPhoto> TipPhotos => Set<TipPhoto>();

    /// <summary>Who did what with a tip.</summary>
    public DbSet<TipEvent> TipEvents => Set<TipEvent>();

    /// <summary>The weeks whose rewards were granted.</summary>
    public DbSet<TipBatch> TipBatches => Set<TipBatch>();

    /// <summary>Task reports.</summary>
    public DbSet<TaskReport> TaskReports => Set<TaskReport>();

    /// <summary>Photos of task reports.</summary>
    public DbSet<ReportPhoto> ReportPhotos => Set<ReportPhoto>();

    /// <summary>What became of task reports.</summary>
    public DbSet<ReportEvent> ReportEvents => Set<ReportEvent>();

    /// <summary>The rule book.</summary>
    public DbSet<ScoringRule> ScoringRules => Set<ScoringRule>();

    /// <summary>Cases.</summary>
    public DbSet<Case> Cases => Set<Case>();

    /// <summary>Shares in cases.</summary>
    public DbSet<ClaimShare> ClaimShares => Set<ClaimShare>();

    /// <summary>Duties.</summary>
    public DbSet<Duty> Duties => Set<Duty>();

    /// <summary>Shifts.</summary>
    public DbSet<Shift> Shifts => Set<Shift>();

    /// <summary>Who asked for a place in a shift.</summary>
    public DbSet<ShiftSignUp> ShiftSignUps => Set<ShiftSignUp>();

    /// <summary>Promises to settle cases.</summary>
    public DbSet<Claim> Claims => Set<Claim>();

    /// <summary>What became of cases.</summary>
    public DbSet<CaseEvent> CaseEvents => Set<CaseEvent>();

    /// <summary>Photos that came with notes on cases.</summary>
    public DbSet<CasePhoto> CasePhotos => Set<CasePhoto>();

    /// <summary>Other files that came with notes on cases.</summary>
    public DbSet<CaseFile> CaseFiles => Set<CaseFile>();

    /// <summary>Monthly marks.</summary>
    public DbSet<Evaluation> Evaluations => Set<Evaluation>();

    /// <summary>Monthly assessments.</summary>
    public DbSet<Assessment> Assessments => Set<Assessment>();

    /// <summary>Members' lines of assessments.</summary>
    public DbSet<AssessmentLine> AssessmentLines => Set<AssessmentLine>();

    /// <summary>Objections to drafts.</summary>
    public DbSet<AssessmentObjection> AssessmentObjections => Set<AssessmentObjection>();

    /// <summary>What people are told.</summary>
    public DbSet<InboxMessage> InboxMessages => Set<InboxMessage>();

    /// <summary>Changes of the rule book, proposed and decided.</summary>
    public DbSet<RuleProposal> RuleProposals => Set<RuleProposal>();

    /// <summary>Which level acts first on what, and where it climbs.</summary>
    public DbSet<RouteStep> RouteSteps => Set<RouteStep>();

    /// <summary>What climbed, and was told of.</summary>
    public DbSet<Climb> Climbs => Set<Climb>();

    /// <summary>Hazards, disputes and opinions on their way to an end.</summary>
    public DbSet<Loop> Loops => Set<Loop>();

    /// <summary>What was done in them.</summary>
    public DbSet<LoopStep> LoopSteps => Set<LoopStep>();

    /// <summary>Photos of those steps.</summary>
    public DbSet<LoopPhoto> LoopPhotos => Set<LoopPhoto>();

    /// <summary>Which deadlines were told of.</summary>
    public DbSet<LoopReminder> LoopReminders => Set<LoopReminder>();

    /// <summary>Who mediates what.</summary>
    public DbSet<Mediator> Mediators => Set<Mediator>();

    /// <summary>What may be reported.</summary>
    public DbSet<TaskCategory> TaskCategories => Set<TaskCategory>();

    /// <summary>Corrections of published assessments.</summary>
    public DbSet<AssessmentCorrection> AssessmentCorrections => Set<AssessmentCorrection>();

    /// <summary>Minutes of meetings.</summary>
    public DbSet<Meeting> Meetings => Set<Meeting>();

    /// <summary>Minutes as they were before a change.</summary>
    public DbSet<EarlierMinutes> EarlierMinutes => Set<EarlierMinutes>();

    /// <summary>What follows from meetings.</summary>
    public DbSet<MeetingAction> MeetingActions => Set<MeetingAction>();

    /// <summary>The police's own monthly figures.</summary>
    public DbSet<PoliceFigure> PoliceFigures => Set<PoliceFigure>();

    /// <summary>Rounds of awards.</summary>
    public DbSet<AwardCycle> AwardCycles => Set<AwardCycle>();

    /// <summary>Who may be, or is, named in them.</summary>
    public DbSet<AwardNominee> AwardNominees => Set<AwardNominee>();

    /// <summary>What was done to them.</summary>
    public DbSet<AwardEvent> AwardEvents => Set<AwardEvent>();

    /// <summary>Who stands aside.</summary>
    public DbSet<AwardRecusal> AwardRecusals => Set<AwardRecusal>();

    /// <summary>Objections to lists on public notice.</summary>
    public DbSet<AwardObjection> AwardObjections => Set<AwardObjection>();

    /// <summary>Certificates.</summary>
    public DbSet<Certificate> Certificates => Set<Certificate>();

    /// <summary>When they were printed.</summary>
    public DbSet<CertificatePrint> CertificatePrints => Set<CertificatePrint>();
}
