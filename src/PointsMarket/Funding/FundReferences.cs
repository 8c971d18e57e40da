using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Funding;

/// <summary>What entries of money share: references of the bank, and what the journal may answer.</summary>
internal static class FundReferences
{
    /// <summary>True for what is no reference, or stands at another movement.</summary>
    public static async Task<bool> WrongAsync(MarketDb db, string reference, CancellationToken ct) =>
        !LedgerNames.IsValid(reference) || await db.FundMovements.AnyAsync(m => m.Reference == reference, ct);

    /// <summary>Why the journal did not post what a person entered; null when it did. Throws for what no person can cause.</summary>
    public static PaymentOutcome? Refusal(PostResult posted, string fund) => posted.Outcome switch
    {
        PostOutcome.Posted => null,
        PostOutcome.BelowFloor => PaymentOutcome.No(PaymentRefusal.NotEnough, fund, posted.Short!.Missing),
        PostOutcome.PeriodClosed => PaymentOutcome.No(PaymentRefusal.MonthClosed),
        PostOutcome.AlreadyRelated => PaymentOutcome.No(PaymentRefusal.ReversedAlready),
        _ => throw new InvalidOperationException($"The movement stands in the ledger and not among the movements: {posted}."),
    };
}
