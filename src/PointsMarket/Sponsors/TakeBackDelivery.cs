using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Sponsors;

/// <summary>
/// Takes a delivery back, by reversal and with a reason, as long as all its own pieces lie where it brought them. What it answered is
/// open again: the announcement waits to be counted in, and the pledge has not come. Nothing else is taken back here: a redemption has
/// its own ends, a count is put right by another count, and points have their own features.
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

        /// <summary>Who does it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in; the outlet must lie in it.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Taken back by this transaction.</summary>
    public sealed record Reversed(long Sequence) : Outcome;

    /// <summary>There is no such transaction at an outlet in the actor's area.</summary>
    public sealed record NotFound : Outcome;

    /// <summary>Its kind is not taken back here.</summary>
    public sealed record NotReversible : Outcome;

    /// <summary>Taken back before, by this transaction.</summary>
    public sealed record AlreadyReversed(long Sequence) : Outcome;

    /// <summary>The shelf no longer holds the pieces of that delivery: so many pieces are missing.</summary>
    public sealed record GoneAlready(long Missing) : Outcome;

    /// <summary>True for the kind that is taken back here.</summary>
    public static bool IsReversible(string kind) => kind is TransactionKinds.Delivery;

    /// <summary>Takes it back.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        await db.TakeTurnAsync();
        var found = await db.LedgerTransactions.Where(t => t.BookId == input.BookId && t.Sequence == input.Sequence).Select(t => new { t.Kind, t.Subject }).SingleOrDefaultAsync();
        if (found is null) return new NotFound();
        var (kind, subject) = (found.Kind, found.Subject);
        if (!IsReversible(kind)) return new NotReversible();
        var postings = await db.PostingsOfAsync(input.BookId, input.Sequence);
        var shelf = postings.SelectMany(p => new[] { p.Source, p.Destination }).First(a => a.Class == "shelf").Value["shelf:".Length..];
        if (!await db.Outlets.AnyAsync(o => o.Code == shelf && o.Area.BookId == input.BookId && o.Area.Path.StartsWith(input.AreaPath))) return new NotFound();

        var now = clock.GetUtcNow().UtcDateTime;
        var posted = await reverse.ExecuteAsync(db, new ReverseTransaction.Input { BookId = input.BookId, Sequence = input.Sequence, Actor = input.Actor, Reason = input.Reason });
        if (posted.Outcome == PostOutcome.Posted)
        {
            posted = await LotBook.DivideAsync(db, new TransactionRequest
            {
                BookId = input.BookId, Key = $"reversal:{input.Sequence}", Kind = TransactionKinds.Reversal, Subject = shelf, HappenedAt = now, Actor = input.Actor,
                Related = new RelatedTo(Relation.Reverses, input.Sequence), Postings = [.. postings.Reverse().Select(p => p.Reversed())],
            }, posted, LotTerms.None);
        }
        if (posted.Outcome == PostOutcome.BelowFloor) return new GoneAlready(posted.Short!.Missing);
        if (posted.Outcome != PostOutcome.Posted) return new AlreadyReversed(posted.Sequence);
        if (await CardShelf.ForgetAsync(db, subject) is > 0 and var gone) return db.RollBack(new GoneAlready(gone));
        await AnnouncementsCountedIn.ReopenAsync(db, subject, input.Actor, now);
        db.Note(now, input.Actor, "stock.reversed", shelf, $"{kind} {input.Sequence} → {posted.Sequence}");
        await db.SaveChangesAsync();
        return new Reversed(posted.Sequence);
    }
}
