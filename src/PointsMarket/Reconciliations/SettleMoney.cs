using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;

namespace PointsMarket.Reconciliations;

/// <summary>
/// Says why money that is off may stay as it is: the bank's error, on its way, or other words. A fault of the ledger may not; neither
/// may pieces, which two people sign (<see cref="SignStockDifference"/>, <see cref="ExplainPieces"/>, DESIGN 6.3).
/// </summary>
public sealed class ExplainDiscrepancy(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Explains it. Throws <see cref="ArgumentException"/> for a remedy that is no explanation.</summary>
    public Task<FollowUpOutcome> ExecuteAsync(FollowUpStep step, Remedy how, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (how is not (Remedy.BankError or Remedy.OtherMonth or Remedy.Words)) throw new ArgumentException($"{how} is no explanation.", nameof(how));
        return writes.RunAsync(async (db, token) =>
        {
            var (book, why) = await FollowUpBook.OpenAsync(db, step, clock.GetUtcNow().UtcDateTime, token);
            if (book is null) return why;
            if (book.Item is not { State: FollowUpState.Open, IsMoney: true } || await book.IsAskedAsync(book.Item, token)) return FollowUpOutcome.NotNow;
            book.Set(book.Item, FollowUpState.Explained, how, FollowUpChange.Explained);
            await db.SaveChangesAsync(token);
            return FollowUpOutcome.Done;
        }, ct);
    }
}

/// <summary>Takes an explanation or a match by hand back: it is open again, and so is the other half where its month is not closed.</summary>
public sealed class ReopenDiscrepancy(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Opens it again. What a posted entry put right stays; the entry is reversed where it was made.</summary>
    public Task<FollowUpOutcome> ExecuteAsync(FollowUpStep step, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return writes.RunAsync(async (db, token) =>
        {
            var (book, why) = await FollowUpBook.OpenAsync(db, step, clock.GetUtcNow().UtcDateTime, token);
            if (book is null) return why;
            var item = book.Item;
            if (item.State == FollowUpState.Explained)
            {
                item.FirstSignature = null;
                book.Set(item, FollowUpState.Open, null, FollowUpChange.Reopened);
            }
            else if (item is { State: FollowUpState.Settled, How: Remedy.MatchedByHand } && await db.FollowUps.SingleOrDefaultAsync(f => f.Id == item.WithId, token) is { } other)
            {
                foreach (var half in (FollowUp[])[item, other]) await book.LetGoAsync(half, token);
            }
            else return FollowUpOutcome.NotNow;
            await db.SaveChangesAsync(token);
            return FollowUpOutcome.Done;
        }, ct);
    }
}

/// <summary>Unties a pair that the rules suggested by amount and day: what the machine found stays, and both sides are followed from now on.</summary>
public sealed class UntieSuggestion(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Unties the pair of a bank line; the step's id is that of the run.</summary>
    public Task<FollowUpOutcome> ExecuteAsync(FollowUpStep step, int line, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Typed.Words(step.Words, Closed.MostWords) is { } words ? writes.RunAsync((db, token) => RunAsync(db, step, line, words, token), ct) : Task.FromResult(FollowUpOutcome.BadWords);
    }

    private async Task<FollowUpOutcome> RunAsync(MarketDb db, FollowUpStep step, int position, string words, CancellationToken ct)
    {
        await db.TakeTurnAsync();
        var (run, why) = await FollowUpBook.RunAsync(db, step.Id, await StationMonth.BookAsync(db, step.AreaPath, ct), ct);
        if (run is null) return why;
        var line = await db.ReconciledLines.AsNoTracking().SingleOrDefaultAsync(l => l.ReconciliationId == run.Id && l.Position == position && l.Pairing == Pairing.Suggested, ct);
        if (line is null) return FollowUpOutcome.NotFound;
        if (await db.FollowUps.AnyAsync(f => f.ReconciliationId == run.Id && f.Line == position, ct)) return FollowUpOutcome.NotNow;
        var movement = await db.LedgerTransactions.Where(t => t.BookId == run.BookId && t.Sequence == line.Sequence).Select(t => new { t.Subject, t.HappenedAt }).SingleAsync(ct);
        FollowUp[] halves =
        [
            new() { ReconciliationId = run.Id, Kind = DiscrepancyKind.BankOnly, Place = line.Fund, Item = line.Reference, Outside = line.AmountFen, Day = line.Date, Line = position },
            new() { ReconciliationId = run.Id, Kind = DiscrepancyKind.LedgerOnly, Place = line.Fund, Item = movement.Subject, Book = line.AmountFen, Day = StationTime.Day(movement.HappenedAt), Sequence = line.Sequence },
        ];
        db.AddRange(halves.AsEnumerable());
        await db.SaveChangesAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        db.AddRange(halves.Select(h => new FollowUpEvent { FollowUpId = h.Id, At = now, Actor = step.Actor.Code, Change = FollowUpChange.SuggestionUntied, Words = words }));
        await db.SaveChangesAsync(ct);
        return FollowUpOutcome.Done;
    }
}
