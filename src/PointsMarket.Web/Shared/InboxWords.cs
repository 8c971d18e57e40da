using Microsoft.Extensions.Localization;
using PointsMarket.Notices;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Shared;

/// <summary>The icon and the colour of a message; its words are <c>Inbox.Kind.{kind}</c>.</summary>
public static class InboxWords
{
    /// <summary>Name in the lucide sprite, and the tone of the icon: empty (pine), g (gold), b (blue), r (red).</summary>
    public static (string Icon, string Tone) Of(string kind) => kind switch
    {
        InboxKinds.ReportVerified or InboxKinds.ReportsVerified or InboxKinds.RuleApproved or InboxKinds.SettingsApproved or InboxKinds.PaymentApproved or InboxKinds.PaymentPaid => ("circle-check", ""),
        InboxKinds.ReportReturned => ("message-square", "g"),
        InboxKinds.ReportRejected or InboxKinds.RuleRefused or InboxKinds.SettingsRefused or InboxKinds.PaymentRefused => ("circle-x", "r"),
        InboxKinds.ReportReversed or InboxKinds.PaymentReversed => ("undo-2", "r"),
        InboxKinds.PaymentReversalAsked => ("undo-2", "b"),
        InboxKinds.PaymentReversalRefused => ("circle-x", "r"),
        InboxKinds.PaymentClaimBack => ("triangle-alert", "r"),
        InboxKinds.ReportClimbed or InboxKinds.ReportsClimbed or InboxKinds.CaseClimbed or InboxKinds.CasesClimbed => ("trending-up", "g"),
        InboxKinds.AssessmentPublished => ("award", ""),
        InboxKinds.AssessmentShown or InboxKinds.AssessmentCorrected => ("award", "g"),
        InboxKinds.RatingDue or InboxKinds.RatingLate => ("users", "g"),
        InboxKinds.ActionGiven or InboxKinds.ActionDue => ("list-checks", "b"),
        InboxKinds.ActionOverdue or InboxKinds.AssessmentStruggling => ("triangle-alert", "r"),
        InboxKinds.RuleProposed => ("scroll-text", "b"),
        InboxKinds.SettingsProposed => ("settings", "b"),
        InboxKinds.PaymentAsked => ("credit-card", "b"),
        InboxKinds.JobFailed or InboxKinds.BooksOff => ("triangle-alert", "r"),
        InboxKinds.PledgeMade or InboxKinds.PledgeAccepted or InboxKinds.DeliveryCounted => ("hand-heart", ""),
        InboxKinds.DeliveryAnnounced => ("package-plus", "b"),
        InboxKinds.PledgeDeclined => ("circle-x", "r"),
        InboxKinds.PledgeWithdrawn or InboxKinds.DeliveryCalledOff => ("undo-2", "g"),
        InboxKinds.AwardNoticed or InboxKinds.AwardDecided or InboxKinds.CertificateIssued => ("award", "g"),
        InboxKinds.AwardFixed => ("clipboard-check", "b"),
        InboxKinds.AwardObjection or InboxKinds.AwardAnswered => ("message-square", "g"),
        InboxKinds.CertificateRevoked => ("circle-x", "r"),
        _ => ("bell", "b"),
    };

    /// <summary>What stands in the words of a message: the subject as it is, or a job's name in words.</summary>
    public static string Subject(IStringLocalizer<Texts> texts, string kind, string subject)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return kind == InboxKinds.JobFailed && texts[$"Jobs.Name.{subject}"] is { ResourceNotFound: false } known ? known : subject;
    }
}
