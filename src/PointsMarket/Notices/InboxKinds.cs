using System.Reflection;

namespace PointsMarket.Notices;

/// <summary>What an inbox can tell. Each kind has its words under <c>Inbox.Kind.{kind}</c>, with the subject as {0}.</summary>
public static partial class InboxKinds
{
    /// <summary>A report of the member's was verified.</summary>
    public const string ReportVerified = "report-verified";

    /// <summary>Several were, in one action; the subject is how many.</summary>
    public const string ReportsVerified = "reports-verified";

    /// <summary>A report of the member's came back with a question.</summary>
    public const string ReportReturned = "report-returned";

    /// <summary>A report of the member's was rejected.</summary>
    public const string ReportRejected = "report-rejected";

    /// <summary>A verified report of the member's was taken back.</summary>
    public const string ReportReversed = "report-reversed";

    /// <summary>The member has a place in a shift.</summary>
    public const string ShiftWon = "shift-won";

    /// <summary>The member stands in reserve for a shift.</summary>
    public const string ShiftReserve = "shift-reserve";

    /// <summary>The member moved up from the reserve and has a place.</summary>
    public const string ShiftMovedUp = "shift-moved-up";

    /// <summary>Somebody at the desk signed the member up for a shift.</summary>
    public const string ShiftSignedUp = "shift-signed-up";

    /// <summary>Somebody at the desk took the member off a shift.</summary>
    public const string ShiftTakenOff = "shift-taken-off";

    /// <summary>A shift was called off.</summary>
    public const string ShiftCancelled = "shift-cancelled";

    /// <summary>A claim stands first in line and waits for an approver.</summary>
    public const string CaseAsked = "case-asked";

    /// <summary>Somebody at the desk asked for a case in the member's name.</summary>
    public const string CaseAskedFor = "case-asked-for";

    /// <summary>The member is named in a claim and is asked to agree.</summary>
    public const string CaseTeam = "case-team";

    /// <summary>A partner agreed to the member's claim.</summary>
    public const string CaseAgreed = "case-agreed";

    /// <summary>A partner did not agree to the claim, which ended it.</summary>
    public const string CaseDeclined = "case-declined";

    /// <summary>The member's claim came first in line.</summary>
    public const string CaseFirst = "case-first";

    /// <summary>The member's claim was approved.</summary>
    public const string CaseApproved = "case-approved";

    /// <summary>The member's claim was refused.</summary>
    public const string CaseRefused = "case-refused";

    /// <summary>A claim was taken back or released.</summary>
    public const string CaseReleased = "case-released";

    /// <summary>A claim ran out.</summary>
    public const string CaseLapsed = "case-lapsed";

    /// <summary>Somebody else settled the case the member stood in line for.</summary>
    public const string CaseMissed = "case-missed";

    /// <summary>A case the member held or stood in line for was withdrawn.</summary>
    public const string CaseWithdrawn = "case-withdrawn";

    /// <summary>There is a new note on a case in hand.</summary>
    public const string CaseNoted = "case-noted";

    /// <summary>More time was asked for.</summary>
    public const string CaseExtensionAsked = "case-extension-asked";

    /// <summary>An approver answered about more time.</summary>
    public const string CaseExtensionDecided = "case-extension-decided";

    /// <summary>A place in the member's claim is being handed over.</summary>
    public const string CaseHandOver = "case-hand-over";

    /// <summary>The member is asked to take a place in a claim over.</summary>
    public const string CaseHandOverAsked = "case-hand-over-asked";

    /// <summary>A hand-over is signed by both and waits for an approver.</summary>
    public const string CaseHandOverSigned = "case-hand-over-signed";

    /// <summary>A hand-over was confirmed.</summary>
    public const string CaseHandOverDone = "case-hand-over-done";

    /// <summary>Nothing came of a hand-over.</summary>
    public const string CaseHandOverEnded = "case-hand-over-ended";

    /// <summary>A case was reported as settled.</summary>
    public const string CaseSubmitted = "case-submitted";

    /// <summary>A submitted case was sent back.</summary>
    public const string CaseSentBack = "case-sent-back";

    /// <summary>A case was closed and its reward paid.</summary>
    public const string CaseClosed = "case-closed";

    /// <summary>A closed case was reopened and its reward taken back.</summary>
    public const string CaseReopened = "case-reopened";

    /// <summary>A closed case is due for a revisit.</summary>
    public const string CaseRevisit = "case-revisit";

    /// <summary>A closed case was revisited.</summary>
    public const string CaseRevisited = "case-revisited";

    /// <summary>A report nobody judged in time climbed to the reader's level.</summary>
    public const string ReportClimbed = "report-climbed";

    /// <summary>Several did at once; the subject is how many.</summary>
    public const string ReportsClimbed = "reports-climbed";

    /// <summary>A case nobody took care of in time climbed to the reader's level.</summary>
    public const string CaseClimbed = "case-climbed";

    /// <summary>Several did at once; the subject is how many.</summary>
    public const string CasesClimbed = "cases-climbed";

    /// <summary>A change of the rule book waits for a second pair of eyes.</summary>
    public const string RuleProposed = "rule-proposed";

    /// <summary>The reader's change of the rule book was approved.</summary>
    public const string RuleApproved = "rule-approved";

    /// <summary>The reader's change of the rule book was refused.</summary>
    public const string RuleRefused = "rule-refused";

    /// <summary>A hazard, dispute or opinion was entered.</summary>
    public const string LoopOpened = "loop-opened";

    /// <summary>A hazard, dispute or opinion was given to who reads it.</summary>
    public const string LoopGiven = "loop-given";

    /// <summary>The member who has it has taken the next step.</summary>
    public const string LoopStepped = "loop-stepped";

    /// <summary>The next step is due tomorrow.</summary>
    public const string LoopDueTomorrow = "loop-due-tomorrow";

    /// <summary>The next step is due today.</summary>
    public const string LoopDueToday = "loop-due-today";

    /// <summary>The next step is overdue.</summary>
    public const string LoopOverdue = "loop-overdue";

    /// <summary>The opinion that the member brought has an answer.</summary>
    public const string LoopAnswered = "loop-answered";

    /// <summary>What the member found has come to its end.</summary>
    public const string LoopEnded = "loop-ended";

    /// <summary>Somebody asks to see an informant's name; a second person decides.</summary>
    public const string UnsealAsked = "unseal-asked";

    /// <summary>The request to see an informant's name was decided.</summary>
    public const string UnsealDecided = "unseal-decided";

    /// <summary>A confidential tip came in; told with the day only.</summary>
    public const string TipReceived = "tip-received";

    /// <summary>The tipper wrote again; told with the day only.</summary>
    public const string TipAnswered = "tip-answered";

    /// <summary>A large reward for a tip waits for a second person.</summary>
    public const string TipReward = "tip-reward";

    /// <summary>A change of settings waits for a second pair of eyes.</summary>
    public const string SettingsProposed = "settings-proposed";

    /// <summary>The reader's change of settings was approved.</summary>
    public const string SettingsApproved = "settings-approved";

    /// <summary>The reader's change of settings was refused.</summary>
    public const string SettingsRefused = "settings-refused";
    /// <summary>A job of the schedule failed; the subject is its name.</summary>
    public const string JobFailed = "job-failed";
    /// <summary>A firm pledged something; the desk answers.</summary>
    public const string PledgeMade = "pledge-made";

    /// <summary>A firm took its pledge back.</summary>
    public const string PledgeWithdrawn = "pledge-withdrawn";

    /// <summary>The desk accepted the firm's pledge.</summary>
    public const string PledgeAccepted = "pledge-accepted";

    /// <summary>The desk declined the firm's pledge.</summary>
    public const string PledgeDeclined = "pledge-declined";

    /// <summary>A firm announced a delivery.</summary>
    public const string DeliveryAnnounced = "delivery-announced";

    /// <summary>A firm called an announced delivery off.</summary>
    public const string DeliveryCalledOff = "delivery-called-off";

    /// <summary>The firm's delivery was counted in.</summary>
    public const string DeliveryCounted = "delivery-counted";

    /// <summary>The firm's delivery was taken back after it had been counted in.</summary>
    public const string DeliveryTakenBack = "delivery-taken-back";

    /// <summary>The nightly proof found a book that is not in order; the subject is its code.</summary>
    public const string BooksOff = "books-off";

    /// <summary>A month ended and waits to be reconciled; the subject is the station and the month.</summary>
    public const string MonthOpen = "month-open";

    /// <summary>A month was reconciled by itself, for its reader to look at; the subject is the station and the month.</summary>
    public const string MonthReconciled = "month-reconciled";
    /// <summary>The month's evaluations are not all given; the subject is the month.</summary>
    public const string RatingDue = "rating-due";

    /// <summary>The month is over, and its evaluations are still not all given.</summary>
    public const string RatingLate = "rating-late";

    /// <summary>The draft of the month's assessment is shown; the member may object.</summary>
    public const string AssessmentShown = "assessment-shown";

    /// <summary>A member objected to a draft.</summary>
    public const string AssessmentObjected = "assessment-objected";

    /// <summary>The member's objection has its answer.</summary>
    public const string AssessmentAnswered = "assessment-answered";

    /// <summary>The month's assessment is published.</summary>
    public const string AssessmentPublished = "assessment-published";

    /// <summary>Somebody was not competent for the third month in a row.</summary>
    public const string AssessmentStruggling = "assessment-struggling";

    /// <summary>A correction of a published assessment waits for a second person.</summary>
    public const string AssessmentCorrection = "assessment-correction";

    /// <summary>The member's published assessment was corrected.</summary>
    public const string AssessmentCorrected = "assessment-corrected";

    /// <summary>A meeting gave the reader something to do; the subject is its number.</summary>
    public const string ActionGiven = "action-given";

    /// <summary>What a meeting gave the reader is due tomorrow or today.</summary>
    public const string ActionDue = "action-due";

    /// <summary>What a meeting gave somebody is overdue.</summary>
    public const string ActionOverdue = "action-overdue";
    /// <summary>A list of an award is fixed and waits for another person.</summary>
    public const string AwardFixed = "award-fixed";

    /// <summary>The member stands on a list that is on public notice.</summary>
    public const string AwardNoticed = "award-noticed";

    /// <summary>A member objected to a list on public notice.</summary>
    public const string AwardObjection = "award-objection";

    /// <summary>The member's objection was answered.</summary>
    public const string AwardAnswered = "award-answered";

    /// <summary>An award of the reader's is decided.</summary>
    public const string AwardDecided = "award-decided";

    /// <summary>There is a certificate for the reader.</summary>
    public const string CertificateIssued = "certificate-issued";

    /// <summary>A certificate of the reader's was revoked.</summary>
    public const string CertificateRevoked = "certificate-revoked";

    /// <summary>A stocktake, a correction or a write-off waits for a signature.</summary>
    public const string StocktakeWaits = "stocktake-waits";

    /// <summary>Every kind there is: the constants of this class.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(InboxKinds).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!)];
}
