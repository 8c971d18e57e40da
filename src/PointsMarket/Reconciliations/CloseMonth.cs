using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Reconciliations;

/// <summary>
/// Closes a month on its newest reconciliation (DESIGN 6): from then on nothing may be recorded into it. Everything that is off must
/// be settled or explained, nothing may have been recorded into the month since but what put things right, and the signature that
/// closes is not that of who ran the reconciliation. A run by the command line or the schedule is nobody's signature: then two sign.
/// </summary>
public sealed class CloseMonth(MarketWrites writes, MoveClosing move, TimeProvider clock)
{
    /// <summary>What to close.</summary>
    public sealed record Input
    {
        /// <summary>The reconciliation.</summary>
        public required int ReconciliationId { get; init; }

        /// <summary>Who signs.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in: the station's own.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Closed.</summary>
    public sealed record Done : Outcome;

    /// <summary>Signed by who ran the reconciliation, or first after a run that no person made: somebody else must sign too.</summary>
    public sealed record WaitsForSecond : Outcome;

    /// <summary>The first signature is the actor's own.</summary>
    public sealed record SamePerson : Outcome;

    /// <summary>There is no such reconciliation here, or a newer one of the month.</summary>
    public sealed record NotFound : Outcome;

    /// <summary>It is closed already.</summary>
    public sealed record AlreadyClosed : Outcome;

    /// <summary>So many things are still open.</summary>
    public sealed record Unsettled(int Count) : Outcome;

    /// <summary>So many transactions were recorded into the month since; run the reconciliation again.</summary>
    public sealed record Stale(int Count) : Outcome;

    /// <summary>This earlier month was never closed; it comes first.</summary>
    public sealed record EarlierOpen(DateOnly Month) : Outcome;

    /// <summary>Closes it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync((db, token) => RunAsync(db, input, token), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input, CancellationToken ct)
    {
        await db.TakeTurnAsync();
        var book = await StationMonth.BookAsync(db, input.AreaPath, ct);
        var run = await db.Reconciliations.Include(r => r.Discrepancies).SingleOrDefaultAsync(r => r.Id == input.ReconciliationId && r.BookId == book, ct);
        if (run is null || await db.Reconciliations.AnyAsync(r => r.BookId == book && r.Month == run.Month && r.Id > run.Id, ct)) return new NotFound();
        if (await Closed.IsAsync(db, run.BookId, run.Month, ct)) return new AlreadyClosed();
        if (await EarlierAsync(db, run, ct) is { } earlier) return new EarlierOpen(earlier);
        var items = await db.FollowUps.AsNoTracking().Where(f => f.ReconciliationId == run.Id).ToListAsync(ct);
        var open = run.Discrepancies.Count - items.Count(i => i.Position is not null) + items.Count(i => i.State == FollowUpState.Open);
        if (open > 0) return new Unsettled(open);

        var now = clock.GetUtcNow().UtcDateTime;
        var closing = await db.MonthClosings.SingleOrDefaultAsync(c => c.BookId == run.BookId && c.Month == run.Month && c.Past == 0, ct);
        var first = closing is null || closing.ReconciliationId != run.Id; // a signature on an older run is none
        if (closing is null) db.Add(closing = new MonthClosing { BookId = run.BookId, Month = run.Month, ReconciliationId = run.Id, AskedBy = input.Actor.Code, AskedAt = now });
        else if (first) (closing.ReconciliationId, closing.AskedBy, closing.AskedAt) = (run.Id, input.Actor.Code, now);
        else if (closing.AskedBy == input.Actor.Code) return new SamePerson();
        if (first && (run.RunBy == input.Actor.Code || SecondPair.AccountOf(run.RunBy) is null))
        {
            await db.SaveChangesAsync(ct);
            return new WaitsForSecond();
        }
        // From here on the book is locked: what was posted before has its number, what comes later meets the limit.
        var end = StationTime.Month(run.Month).To;
        await move.ExecuteAsync(db, new MoveClosing.Input { BookId = run.BookId, Before = end, Actor = input.Actor }, ct);
        var late = await db.LedgerTransactions.Where(t => t.BookId == run.BookId && t.Sequence > run.Transactions && t.HappenedAt < end).Select(t => t.Sequence).ToListAsync(ct);
        if (late.Except(items.Select(i => i.SettledSequence ?? 0)).Count() is var strange and > 0) return db.RollBack(new Stale(strange));
        (closing.ClosedBy, closing.ClosedAt) = (input.Actor.Code, now);
        db.Note(now, input.Actor, "month.closed", StationMonth.Text(run.Month));
        await db.SaveChangesAsync(ct);
        return new Done();
    }

    /// <summary>A month between the last closed one and this that something happened in: closing this one would close it unseen.</summary>
    private static async Task<DateOnly?> EarlierAsync(MarketDb db, Reconciliation run, CancellationToken ct)
    {
        var from = await db.LedgerBooks.Where(b => b.Id == run.BookId).Select(b => b.ClosedBefore).SingleAsync(ct);
        if (from is not { } limit) return null; // the first one ever closed takes everything before it along
        var start = StationTime.Month(run.Month).From;
        var first = await db.LedgerTransactions.Where(t => t.BookId == run.BookId && t.HappenedAt >= limit && t.HappenedAt < start).OrderBy(t => t.HappenedAt).Select(t => (DateTime?)t.HappenedAt).FirstOrDefaultAsync(ct);
        return first is { } at && StationTime.Day(at) is var day ? new DateOnly(day.Year, day.Month, 1) : null;
    }
}

/// <summary>Opens the last closed month again: one person asks with a reason, another one does it.</summary>
public sealed class ReopenMonth(MarketWrites writes, MoveClosing move, TimeProvider clock)
{
    /// <summary>What to open.</summary>
    public sealed record Input
    {
        /// <summary>The closing.</summary>
        public required int ClosingId { get; init; }

        /// <summary>Why, in 1 to 500 characters; asked for of the first person only.</summary>
        public required string? Reason { get; init; }

        /// <summary>Who does it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in: the station's own.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Open again.</summary>
        Done,

        /// <summary>Asked for: a second person must do it.</summary>
        WaitsForSecond,

        /// <summary>The actor asked for it: another person must do it.</summary>
        SamePerson,

        /// <summary>There is no such month that is closed.</summary>
        NotFound,

        /// <summary>A later month is closed too; that one first.</summary>
        NotTheLast,

        /// <summary>No words, or too many.</summary>
        BadWords,
    }

    /// <summary>Asks, or opens.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync((db, token) => RunAsync(db, input, token), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input, CancellationToken ct)
    {
        await db.TakeTurnAsync();
        var book = await StationMonth.BookAsync(db, input.AreaPath, ct);
        var closing = await db.MonthClosings.SingleOrDefaultAsync(c => c.Id == input.ClosingId && c.BookId == book && c.Past == 0 && c.ClosedAt != null, ct);
        if (closing is null) return Outcome.NotFound;
        var stand = await db.MonthClosings.Where(c => c.BookId == closing.BookId && c.Past == 0 && c.ClosedAt != null && c.Id != closing.Id).Select(c => c.Month).ToListAsync(ct);
        if (stand.Exists(m => m > closing.Month)) return Outcome.NotTheLast;
        var now = clock.GetUtcNow().UtcDateTime;
        if (closing.ReopenAskedBy is null)
        {
            if (Typed.Words(input.Reason, Closed.MostWords) is not { } reason) return Outcome.BadWords;
            (closing.ReopenAskedBy, closing.ReopenAskedAt, closing.ReopenReason) = (input.Actor.Code, now, reason);
            await db.SaveChangesAsync(ct);
            return Outcome.WaitsForSecond;
        }
        if (closing.ReopenAskedBy == input.Actor.Code) return Outcome.SamePerson;
        DateTime? before = stand.Count > 0 ? StationTime.Month(stand.Max()).To : null;
        await move.ExecuteAsync(db, new MoveClosing.Input { BookId = closing.BookId, Before = before, Actor = input.Actor }, ct);
        (closing.Past, closing.ReopenedBy, closing.ReopenedAt) = (closing.Id, input.Actor.Code, now);
        db.Note(now, input.Actor, "month.reopened", StationMonth.Text(closing.Month), closing.ReopenReason);
        await db.SaveChangesAsync(ct);
        return Outcome.Done;
    }
}
