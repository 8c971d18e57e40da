namespace PointsMarket.Notices;

/// <content>What an inbox tells of payments.</content>
public static partial class InboxKinds
{
    /// <summary>A payment waits for its reader's approval.</summary>
    public const string PaymentAsked = "payment-asked";

    /// <summary>A payment has all its approvals: for who asked, and for finance, who pays.</summary>
    public const string PaymentApproved = "payment-approved";

    /// <summary>The reader's payment was refused or stopped.</summary>
    public const string PaymentRefused = "payment-refused";

    /// <summary>The reader's payment was paid.</summary>
    public const string PaymentPaid = "payment-paid";

    /// <summary>A payment that was made is to be taken back, and waits for approvers.</summary>
    public const string PaymentReversalAsked = "payment-reversal-asked";

    /// <summary>It is not taken back.</summary>
    public const string PaymentReversalRefused = "payment-reversal-refused";

    /// <summary>It was taken back, whole or in part.</summary>
    public const string PaymentReversed = "payment-reversed";

    /// <summary>Other purposes of a fund wait for the reader's decision.</summary>
    public const string FundPurposesProposed = "fund-purposes-proposed";

    /// <summary>The purposes that the reader proposed for a fund hold.</summary>
    public const string FundPurposesApproved = "fund-purposes-approved";

    /// <summary>The purposes that the reader proposed for a fund were refused.</summary>
    public const string FundPurposesRefused = "fund-purposes-refused";

    /// <summary>Money that was paid is to be claimed back.</summary>
    public const string PaymentClaimBack = "payment-claim-back";
}
