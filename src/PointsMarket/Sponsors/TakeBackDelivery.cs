using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Sponsors;

/// <summary>
/// Takes a delivery back, by reversal and with a reason, as long as all its own pieces lie where it brought them. One person asks, and
/// another one signs or refuses: it takes stock off a shelf. What the delivery answered is open again: the announcement waits to be
/// counted in, and the pledge has not come. Nothing else is taken back here: a redemption has its own ends, a count is put right by
/// another count, and points have their own features.
/// </summary>
public sealed class TakeBackDelivery(MarketWrites writes, ReverseTransaction reverse, TimeProvider clock)
{
    /// <summary>What to take back.</summary>
    public sealed record Input
    {
        /// <summary>The book.</summary>
        public required int BookId { get; init; }

        /// <summary>The transaction.</summary>
        public required long Sequence { get; init; }

        /// <summary>Why, in words.</summary>
        public required string Reason { get; init; }

        /// <summary>Who asks.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in; the outlet must lie in it.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>It waits for a second person's signature, now or from before.</summary>
    public sealed record Waits : Outcome;

    /// <summary>There is no such transaction at an outlet in the actor's area.</summary>
    public sealed record NotFound : Outcome;

    /// <summary>Its kind is not taken back here.</summary>
    public sealed record NotReversible : Outcome;

    /// <summary>Taken back before, by this transaction.</summary>
    public sealed record AlreadyReversed(long Sequence) : Outcome;

    /// <summary>The shelf no longer holds the pieces of that delivery: so many pieces are missing.</summary>
    public sealed record GoneAlready(long Missing) : Outcome;

    /// <summary>Taken back by this transaction.</summary>
    private sealed record Reversed(long Sequence) : Outcome;

    private sealed record Found(int BookId, long Sequence, string Reference, int OutletId, string Outlet);

    /// <summary>True for the kind that is taken back here.</summary>
    public static bool IsReversible(string kind) => kind is TransactionKinds.Delivery;

    /// <summary>Whether one waits for its second signature.</summary>
    public static Task<bool> IsAskedAsync(MarketDb db, string reference, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.SecondSignatures.AnyAsync(s => s.Kind == SignatureKind.DeliveryBack && s.Subject == reference && s.State == SignatureState.Waiting, ct);
    }

    /// <summary>Asks for it. Whether it could be done now is tried and undone, so that nobody asks for what cannot be.</summary>
    public async Task<Outcome> AskAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var tried = await writes.RunAsync(async db => db.RollBack(await FindAsync(db, input) is { } found ? await TakeAsync(db, found, input.Actor, input.Reason) : await WhyNotAsync(db, input)), ct);
        return tried is Reversed ? await writes.RunAsync(db => AskAsync(db, input), ct) : tried;
    }

    /// <summary>The second person signs, and it is taken back; or refuses, and it stays.</summary>
    public Task<SignatureOutcome> AnswerAsync(SignatureStep step, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return writes.RunAsync(db => AnswerAsync(db, step), ct);
    }

    private async Task<Outcome> AskAsync(MarketDb db, Input input)
    {
        await db.TakeTurnAsync();
        if (await FindAsync(db, input) is not { } found) return new NotFound();
        if (await IsAskedAsync(db, found.Reference)) return new Waits();
        var now = clock.GetUtcNow().UtcDateTime;
        SecondSignatures.Ask(db, SignatureKind.DeliveryBack, found.OutletId, found.Reference, input.Actor, input.Reason, now);
        db.Note(now, input.Actor, "stock.reversal-asked", found.Outlet, found.Reference);
        await db.SaveChangesAsync();
        return new Waits();
    }

    private async Task<SignatureOutcome> AnswerAsync(MarketDb db, SignatureStep step)
    {
        var (waiting, why) = await SecondSignatures.FindAsync(db, step, SignatureKind.DeliveryBack);
        if (waiting is null) return why;
        long? sequence = null;
        if (step.Sign)
        {
            var (book, key) = (waiting.Outlet.Area.BookId, $"delivery:{waiting.Subject}");
            var posted = await db.LedgerTransactions.Where(t => t.BookId == book && t.Key == key).Select(t => t.Sequence).SingleAsync();
            if (await TakeAsync(db, new Found(book, posted, waiting.Subject, waiting.OutletId, waiting.Outlet.Code), step.Actor, waiting.Reason) is not Reversed done) return db.RollBack(SignatureOutcome.StockMoved);
            sequence = done.Sequence;
        }
        SecondSignatures.End(db, waiting, step, sequence, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return SignatureOutcome.Done;
    }

    /// <summary>The delivery behind the transaction; null when there is none, or not in the actor's area.</summary>
    private static async Task<Found?> FindAsync(MarketDb db, Input input)
    {
        var reference = await db.LedgerTransactions.Where(t => t.BookId == input.BookId && t.Sequence == input.Sequence && t.Kind == TransactionKinds.Delivery).Select(t => t.Subject).SingleOrDefaultAsync();
        if (reference is null) return null;
        var shelf = (await db.PostingsOfAsync(input.BookId, input.Sequence)).SelectMany(p => new[] { p.Source, p.Destination }).First(a => a.Class == "shelf").Value["shelf:".Length..];
        var outlet = await db.Outlets.Where(o => o.Code == shelf && o.Area.BookId == input.BookId && o.Area.Path.StartsWith(input.AreaPath)).Select(o => (int?)o.Id).SingleOrDefaultAsync();
        return outlet is { } id ? new Found(input.BookId, input.Sequence, reference, id, shelf) : null;
    }

    private static async Task<Outcome> WhyNotAsync(MarketDb db, Input input) =>
        await db.LedgerTransactions.AnyAsync(t => t.BookId == input.BookId && t.Sequence == input.Sequence && t.Kind != TransactionKinds.Delivery) ? new NotReversible() : new NotFound();

    private async Task<Outcome> TakeAsync(MarketDb db, Found found, Actor actor, string reason)
    {
        await db.TakeTurnAsync();
        var now = clock.GetUtcNow().UtcDateTime;
        var postings = await db.PostingsOfAsync(found.BookId, found.Sequence);
        var posted = await reverse.ExecuteAsync(db, new ReverseTransaction.Input { BookId = found.BookId, Sequence = found.Sequence, Actor = actor, Reason = reason });
        if (posted.Outcome == PostOutcome.Posted)
        {
            posted = await LotBook.DivideAsync(db, new TransactionRequest
            {
                BookId = found.BookId, Key = $"reversal:{found.Sequence}", Kind = TransactionKinds.Reversal, Subject = found.Outlet, HappenedAt = now, Actor = actor,
                Related = new RelatedTo(Relation.Reverses, found.Sequence), Postings = [.. postings.Reverse().Select(p => p.Reversed())],
            }, posted, LotTerms.None);
        }
        if (posted.Outcome == PostOutcome.BelowFloor) return new GoneAlready(posted.Short!.Missing);
        if (posted.Outcome != PostOutcome.Posted) return new AlreadyReversed(posted.Sequence);
        if (await CardShelf.ForgetAsync(db, found.Reference, found.Outlet) is > 0 and var gone) return db.RollBack(new GoneAlready(gone));
        await AnnouncementsCountedIn.ReopenAsync(db, found.Reference, actor, now);
        db.Note(now, actor, "stock.reversed", found.Outlet, FormattableString.Invariant($"{TransactionKinds.Delivery} {found.Sequence} → {posted.Sequence}"));
        await db.SaveChangesAsync();
        return new Reversed(posted.Sequence);
    }
}
