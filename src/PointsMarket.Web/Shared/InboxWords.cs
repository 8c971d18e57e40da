using PointsMarket.Notices;

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
        InboxKinds.ReportReversed => ("undo-2", "r"),
        InboxKinds.ReportClimbed or InboxKinds.ReportsClimbed or InboxKinds.CaseClimbed or InboxKinds.CasesClimbed => ("trending-up", "g"),
        InboxKinds.RuleProposed => ("scroll-text", "b"),
        InboxKinds.SettingsProposed => ("settings", "b"),
        InboxKinds.PaymentAsked => ("credit-card", "b"),
        InboxKinds.PledgeMade or InboxKinds.PledgeAccepted or InboxKinds.DeliveryCounted => ("hand-heart", ""),
        InboxKinds.DeliveryAnnounced => ("package-plus", "b"),
        InboxKinds.PledgeDeclined => ("circle-x", "r"),
        InboxKinds.PledgeWithdrawn or InboxKinds.DeliveryCalledOff => ("undo-2", "g"),
        _ => ("bell", "b"),
    };
}
