using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Funding;

namespace PointsMarket.Reconciliations;

/// <summary>
/// Says that a bank line and a movement belong together although the rules did not see it: one to one, same fund and amount. The rules
/// look at one month (FORMATS), so one of the two may lie in an earlier one, where nobody settled it or it was said to be on its way:
/// booked on the thirtieth and debited on the first. That it was matched is no entry, so it may stand in a month that is closed.
/// </summary>
public sealed class MatchByHand(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Matches what the step names, on either side, with <paramref name="otherId"/> on the other.</summary>
    public Task<FollowUpOutcome> ExecuteAsync(FollowUpStep step, int otherId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return writes.RunAsync((db, token) => RunAsync(db, step, otherId, token), ct);
    }

    /// <summary>What an item of a run can be matched with: of the same fund and amount, in the same run or in the newest one of an earlier month.</summary>
    public static IQueryable<FollowUp> Partners(MarketDb db, Reconciliation run, FollowUp item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(item);
        var fit = Reach(db, run).Where(f => f.Place == item.Place && f.State != FollowUpState.Settled && !db.Payments.Any(p => p.Id == f.PaymentId && p.State == PaymentState.Asked)
            && (f.ReconciliationId == run.Id || f.State == FollowUpState.Open || f.How == Remedy.OtherMonth));
        return item.Kind == DiscrepancyKind.BankOnly
            ? fit.Where(f => f.Kind == DiscrepancyKind.LedgerOnly && f.Book == item.Outside)
            : fit.Where(f => f.Kind == DiscrepancyKind.BankOnly && f.Outside == item.Book);
    }

    private async Task<FollowUpOutcome> RunAsync(MarketDb db, FollowUpStep step, int otherId, CancellationToken ct)
    {
        var (book, why) = await FollowUpBook.OpenAsync(db, step, clock.GetUtcNow().UtcDateTime, ct);
        if (book is null) return why;
        var (mine, other) = (book.Item, await Reach(db, book.Run).SingleOrDefaultAsync(f => f.Id == otherId, ct));
        if (other is null) return FollowUpOutcome.NotFound;
        var (line, movement) = mine.Kind == DiscrepancyKind.BankOnly ? (mine, other) : (other, mine);
        if (line is not { Kind: DiscrepancyKind.BankOnly, State: not FollowUpState.Settled } || movement is not { Kind: DiscrepancyKind.LedgerOnly, State: not FollowUpState.Settled }) return FollowUpOutcome.NotNow;
        if (line.Place != movement.Place || line.Outside != movement.Book) return FollowUpOutcome.DoNotFit;
        // Explained otherwise in its own month (the bank's error), or about to be recorded: it is not what is looked for.
        if (!await Partners(db, book.Run, mine).AnyAsync(f => f.Id == otherId, ct) || await book.IsAskedAsync(mine, ct)) return FollowUpOutcome.NotNow;
        (line.WithId, movement.WithId) = (movement.Id, line.Id);
        book.Set(line, FollowUpState.Settled, Remedy.MatchedByHand, FollowUpChange.Matched);
        book.Set(movement, FollowUpState.Settled, Remedy.MatchedByHand, FollowUpChange.Matched);
        await db.SaveChangesAsync(ct);
        return FollowUpOutcome.Done;
    }

    /// <summary>The follow-ups of a run, and of the newest run of every earlier month of its book.</summary>
    private static IQueryable<FollowUp> Reach(MarketDb db, Reconciliation run) => db.FollowUps.Where(f => f.ReconciliationId == run.Id || db.Reconciliations.Any(r =>
        r.Id == f.ReconciliationId && r.BookId == run.BookId && r.Month < run.Month && !db.Reconciliations.Any(n => n.BookId == r.BookId && n.Month == r.Month && n.Id > r.Id)));
}
