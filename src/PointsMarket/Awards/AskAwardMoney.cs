using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Funding;

namespace PointsMarket.Awards;

/// <summary>
/// Asks the cycle's fund for what a decided award owes, all who are owed in one payment, which then climbs the ladder of approvals.
/// What was asked for is asked for once; a payment that was refused, withdrawn or reversed may be asked for again.
/// </summary>
public sealed class AskAwardMoney(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Asks.</summary>
    public Task<AwardOutcome> ExecuteAsync(AwardStep step, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return writes.RunAsync(async (db, token) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var (cycle, why) = await AwardDesk.FindAsync(db, step, now, decides: true, token, AwardState.Decided, AwardState.Issuing, AwardState.Issued);
            if (cycle is null) return why;
            var owed = await OwedAsync(db, cycle.Id, token);
            if (owed.Count == 0 || cycle.Fund is not { } fund) return AwardOutcome.NothingOwed;
            var asked = await AskForPayment.AskAsync(db, new AskForPayment.Input
            {
                BookId = cycle.BookId, Fund = fund, Purpose = FundPurpose.Awards, Lines = owed.ConvertAll(n => new AskForPayment.Line(n.Member!.Code, n.OwedFen)),
                Words = cycle.Title, Key = $"award:{cycle.Id}", Href = AwardPeople.HrefOf(cycle.Id), Actor = step.Actor,
            }, now, token);
            if (asked is not PaymentOutcome.Done(var payment)) return AwardOutcome.FundRefused;
            var number = Payment.NumberOf(payment);
            foreach (var n in owed) n.Payment = number;
            db.Write(cycle, now, step.Actor.Code, AwardChange.MoneyAsked, number);
            await db.SaveChangesAsync(token);
            return AwardOutcome.Done;
        }, ct);
    }

    /// <summary>True while a payment for the cycle is on its way, or paid.</summary>
    internal static Task<bool> IsAskedAsync(MarketDb db, int cycle, CancellationToken ct)
    {
        var href = AwardPeople.HrefOf(cycle);
        return db.Payments.AnyAsync(p => p.Href == href && (p.State == PaymentState.Asked || p.State == PaymentState.Approved || p.State == PaymentState.Paid), ct);
    }

    /// <summary>Who is owed and not asked for, or whose payment came to nothing.</summary>
    private static async Task<List<AwardNominee>> OwedAsync(MarketDb db, int cycle, CancellationToken ct)
    {
        var owed = await db.AwardNominees.AsTracking().Include(n => n.Member).Where(n => n.CycleId == cycle && n.OwedFen > 0 && n.MemberId != null).OrderBy(n => n.Place).ToListAsync(ct);
        var href = AwardPeople.HrefOf(cycle);
        PaymentState[] nothing = [PaymentState.Refused, PaymentState.Withdrawn, PaymentState.Reversed];
        var ended = await db.Payments.Where(p => p.Href == href && nothing.Contains(p.State)).Select(p => p.Id).ToListAsync(ct);
        var numbers = ended.ConvertAll(Payment.NumberOf);
        return owed.FindAll(n => n.Payment is null || numbers.Contains(n.Payment));
    }
}
