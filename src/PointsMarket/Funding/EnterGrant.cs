using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Funding;

/// <summary>Finance enters money that came in: <c>grant:{fund} → cash:{fund}</c>, as the import does.</summary>
public sealed class EnterGrant(MarketWrites writes, Journal journal, TimeProvider clock)
{
    /// <summary>The grant.</summary>
    public sealed record Input
    {
        /// <summary>The fund's code.</summary>
        public required string Fund { get; init; }

        /// <summary>The bank's reference.</summary>
        public required string Reference { get; init; }

        /// <summary>The station day it came in.</summary>
        public required DateOnly Day { get; init; }

        /// <summary>Fen.</summary>
        public required long AmountFen { get; init; }

        /// <summary>In words; may be empty.</summary>
        public string? Note { get; init; }

        /// <summary>Who enters it.</summary>
        public required PaymentActor By { get; init; }
    }

    /// <summary>Enters it.</summary>
    public Task<PaymentOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync((db, token) => RunAsync(db, input, token), ct);
    }

    private async Task<PaymentOutcome> RunAsync(MarketDb db, Input input, CancellationToken ct)
    {
        if (await PaymentPerson.FindAsync(db, input.By, ct) is not { IsFinance: true } person) return PaymentOutcome.No(PaymentRefusal.NotAllowed);
        var (now, reference) = (clock.GetUtcNow().UtcDateTime, input.Reference.Trim());
        var today = StationTime.Day(now);
        if (await db.Funds.SingleOrDefaultAsync(f => f.BookId == person.BookId && f.Code == input.Fund, ct) is not { } fund) return PaymentOutcome.No(PaymentRefusal.NotFound, input.Fund);
        if (!fund.Active) return PaymentOutcome.No(PaymentRefusal.FundClosed, fund.Code);
        if (input.AmountFen is < 1 or > FundLimits.MostFen) return PaymentOutcome.No(PaymentRefusal.BadAmount);
        if (input.Day > today || input.Day < today.AddDays(-FundLimits.MostDaysBack)) return PaymentOutcome.No(PaymentRefusal.BadDay);
        if (input.Note is { Length: > 200 }) return PaymentOutcome.No(PaymentRefusal.BadWords);
        await db.TakeTurnAsync(); // references are unique over all stations
        if (await FundReferences.WrongAsync(db, reference, ct)) return PaymentOutcome.No(PaymentRefusal.BadReference, reference);
        var movement = new FundMovement
        {
            Reference = reference, BookId = person.BookId, Date = input.Day, Fund = fund.Code, Kind = FundMovementKind.Grant, AmountFen = input.AmountFen, Note = Typed.Words(input.Note, 200),
        };
        var posted = await journal.PostAsync(db, new TransactionRequest
        {
            BookId = person.BookId, Key = movement.Key, Kind = TransactionKinds.Grant, Subject = reference, HappenedAt = StationTime.StartOf(input.Day), Actor = input.By.Actor,
            Postings = [new Posting(AccountCode.Grant(fund.Code), AccountCode.Cash(fund.Code), Asset.Money, input.AmountFen)],
        }, ct);
        if (FundReferences.Refusal(posted, fund.Code) is { } refused) return refused;
        db.FundMovements.Add(movement);
        db.Note(now, input.By.Actor, "fund.granted", reference, FormattableString.Invariant($"{fund.Code} {input.AmountFen}"));
        await db.SaveChangesAsync(ct);
        return new PaymentOutcome.Done(movement.Id);
    }
}
