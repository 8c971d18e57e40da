using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;

namespace PointsMarket.Reconciliations;

/// <summary>
/// Records the movement that only the bank has, on the bank's day and with the bank's reference. What came in is a grant, and recorded
/// at once. What went out needs one of its fund's purposes and climbs the ladder of payments (DESIGN 6): the bank has paid it, so what
/// is signed is the recording. Until then it stays open; the last word records it (<see cref="ApproveRecording"/>).
/// </summary>
public sealed class RecordMissingMovement(MarketWrites writes, Journal journal, TimeProvider clock)
{
    /// <summary>Records it, or asks for those whose word it needs. The purpose is that of money which went out.</summary>
    public Task<FollowUpOutcome> ExecuteAsync(FollowUpStep step, FundPurpose? purpose = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return writes.RunAsync((db, token) => RunAsync(db, step, purpose, token), ct);
    }

    /// <summary>
    /// The movement that a bank line already is, in whatever month it was booked: same fund, reference, amount and direction, and not
    /// taken back. Recording the line beside it would book the same money twice. Null when there is none.
    /// </summary>
    public static Task<FundMovement?> BookedAsync(MarketDb db, int book, FollowUp item, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        var (comesIn, amount) = (item.Outside > 0, Math.Abs(item.Outside ?? 0));
        return db.FundMovements.AsNoTracking().SingleOrDefaultAsync(
            m => m.BookId == book && m.Reference == item.Item && m.Fund == item.Place && m.AmountFen == amount && m.Kind == FundMovementKind.Grant == comesIn && m.ReversedAt == null, ct);
    }

    private async Task<FollowUpOutcome> RunAsync(MarketDb db, FollowUpStep step, FundPurpose? purpose, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (book, why) = await FollowUpBook.OpenAsync(db, step, now, ct);
        if (book is null) return why;
        var item = book.Item;
        if (item is not { Kind: DiscrepancyKind.BankOnly, State: not FollowUpState.Settled, Day: { } day, Outside: { } fen } || await book.IsAskedAsync(item, ct)) return FollowUpOutcome.NotNow;
        if (await BookedAsync(db, book.Run.BookId, item, ct) is not null) return FollowUpOutcome.BookedAlready;
        if (fen < 0) return await AskAsync(db, book, purpose ?? FundPurpose.None, now, step.Actor, ct);
        var reference = await ReferenceAsync(db, item, ct);
        var posted = await journal.PostAsync(db, new TransactionRequest
        {
            BookId = book.Run.BookId, Key = $"fund:{reference}", Kind = TransactionKinds.Grant, Subject = reference, HappenedAt = StationTime.StartOf(day), Actor = step.Actor, Reason = Typed.Cut(book.Words, 256),
            Postings = [new Posting(AccountCode.Grant(item.Place), AccountCode.Cash(item.Place), Asset.Money, fen)],
        }, ct);
        if (posted.Outcome == PostOutcome.PeriodClosed) return FollowUpOutcome.MonthClosed;
        if (posted.Outcome != PostOutcome.Posted) return FollowUpOutcome.NotNow;
        db.Add(new FundMovement { Reference = reference, BookId = book.Run.BookId, Date = day, Fund = item.Place, Kind = FundMovementKind.Grant, AmountFen = fen, Note = Typed.Cut(book.Words, 200) });
        book.SetPosted(item, posted.Sequence, reference);
        await db.SaveChangesAsync(ct);
        return FollowUpOutcome.Done;
    }

    /// <summary>Asks for the words it needs, in the transaction that says so at the line.</summary>
    private static async Task<FollowUpOutcome> AskAsync(MarketDb db, FollowUpBook book, FundPurpose purpose, DateTime now, Actor actor, CancellationToken ct)
    {
        var item = book.Item;
        var asked = await AskForPayment.AskAsync(db, new AskForPayment.Input
        {
            BookId = book.Run.BookId, Fund = item.Place, Purpose = purpose, Lines = [new AskForPayment.Line(null, -item.Outside!.Value)], Words = Typed.Cut(book.Words, Payment.MostWords), Actor = actor,
            // Whom it went to, the books do not know; the bank's words may name people.
            Payee = FormattableString.Invariant($"{item.Day:yyyy-MM-dd} {Typed.Cut(item.Item, 40)}"),
            Key = FormattableString.Invariant($"{Payment.BankKey}{item.Id}"), Href = FormattableString.Invariant($"/finance/reconciliation/{book.Run.Id}/item/{item.Id}"),
        }, now, ct);
        if (asked is PaymentOutcome.Refused refused) return refused.Why is PaymentRefusal.NotFound or PaymentRefusal.WrongPurpose ? FollowUpOutcome.BadPurpose : FollowUpOutcome.NotNow;
        item.PaymentId = ((PaymentOutcome.Done)asked).Id;
        book.Set(item, FollowUpState.Open, null, FollowUpChange.AskedToRecord);
        await db.SaveChangesAsync(ct);
        return FollowUpOutcome.WaitsForSignatures;
    }

    /// <summary>The bank's, when it may stand in the ledger and nobody has it; else one of ours.</summary>
    internal static async Task<string> ReferenceAsync(MarketDb db, FollowUp item, CancellationToken ct) =>
        LedgerNames.IsValid(item.Item) && !await db.FundMovements.AnyAsync(m => m.Reference == item.Item, ct)
            ? item.Item
            : await References.NewAsync('B', item.Day!.Value, 5, r => db.FundMovements.AnyAsync(m => m.Reference == r, ct));
}
