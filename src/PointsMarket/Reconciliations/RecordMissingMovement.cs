using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;

namespace PointsMarket.Reconciliations;

/// <summary>
/// Records the movement that only the bank has: what came in as a grant, what went out as a purchase, on the bank's day and with the
/// bank's reference. Money that has left the account already is past any approval; the words and the line it answers are on record.
/// </summary>
public sealed class RecordMissingMovement(MarketWrites writes, Journal journal, TimeProvider clock)
{
    /// <summary>Records it.</summary>
    public Task<FollowUpOutcome> ExecuteAsync(FollowUpStep step, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return writes.RunAsync((db, token) => RunAsync(db, step, token), ct);
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

    private async Task<FollowUpOutcome> RunAsync(MarketDb db, FollowUpStep step, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (book, why) = await FollowUpBook.OpenAsync(db, step, now, ct);
        if (book is null) return why;
        var item = book.Item;
        if (item is not { Kind: DiscrepancyKind.BankOnly, State: not FollowUpState.Settled, Day: { } day, Outside: { } fen }) return FollowUpOutcome.NotNow;
        if (await BookedAsync(db, book.Run.BookId, item, ct) is not null) return FollowUpOutcome.BookedAlready;
        var reference = await ReferenceAsync(db, item, ct);
        var (cash, amount) = (AccountCode.Cash(item.Place), Math.Abs(fen));
        var posted = await journal.PostAsync(db, new TransactionRequest
        {
            BookId = book.Run.BookId, Key = $"fund:{reference}", Kind = fen > 0 ? TransactionKinds.Grant : TransactionKinds.Purchase, Subject = reference,
            HappenedAt = StationTime.StartOf(day), Actor = step.Actor, Reason = Typed.Cut(book.Words, 256),
            Postings = [fen > 0 ? new Posting(AccountCode.Grant(item.Place), cash, Asset.Money, amount) : new Posting(cash, AccountCode.Spent(item.Place, "purchase"), Asset.Money, amount)],
        }, ct);
        if (posted.Outcome == PostOutcome.BelowFloor) return FollowUpOutcome.NotEnough;
        if (posted.Outcome == PostOutcome.PeriodClosed) return FollowUpOutcome.MonthClosed;
        if (posted.Outcome != PostOutcome.Posted) return FollowUpOutcome.NotNow;
        db.Add(new FundMovement
        {
            Reference = reference, BookId = book.Run.BookId, Date = day, Fund = item.Place, Kind = fen > 0 ? FundMovementKind.Grant : FundMovementKind.Purchase, AmountFen = amount,
            Note = Typed.Cut(book.Words, 200),
        });
        item.SettledSequence = posted.Sequence;
        book.Set(item, FollowUpState.Settled, Remedy.EntryPosted, FollowUpChange.EntryPosted);
        db.Note(now, step.Actor, "reconciliation.entry-posted", reference, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{item.Place} {fen}"));
        await db.SaveChangesAsync(ct);
        return FollowUpOutcome.Done;
    }

    /// <summary>The bank's, when it may stand in the ledger and nobody has it; else one of ours.</summary>
    private static async Task<string> ReferenceAsync(MarketDb db, FollowUp item, CancellationToken ct) =>
        LedgerNames.IsValid(item.Item) && !await db.FundMovements.AnyAsync(m => m.Reference == item.Item, ct)
            ? item.Item
            : await References.NewAsync('B', item.Day!.Value, 5, r => db.FundMovements.AnyAsync(m => m.Reference == r, ct));
}
