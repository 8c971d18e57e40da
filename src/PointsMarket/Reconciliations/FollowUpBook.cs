using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;

namespace PointsMarket.Reconciliations;

/// <summary>What came of touching something that is off.</summary>
public enum FollowUpOutcome
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>There is no such thing in the actor's station, or a newer run has taken it over.</summary>
    NotFound,

    /// <summary>The month is closed.</summary>
    MonthClosed,

    /// <summary>No words, or too many.</summary>
    BadWords,

    /// <summary>It does not stand where this can be done, or is of another kind.</summary>
    NotNow,

    /// <summary>The two are of different funds, or their amounts differ.</summary>
    DoNotFit,

    /// <summary>The first signature is the actor's own: another person must sign.</summary>
    SamePerson,

    /// <summary>The shelf or the fund does not hold so much at this moment.</summary>
    NotEnough,

    /// <summary>First signature given; a second person must sign.</summary>
    WaitsForSecond,

    /// <summary>It is about cards with numbers, and which ones is not said, or not rightly: <see cref="Market.CardCount"/> says why.</summary>
    CardsNotRight,

    /// <summary>A card it is about has moved since the first signature, which fell: it is signed anew.</summary>
    CardsMoved,

    /// <summary>The books have it already: the same reference, fund and amount (<see cref="RecordMissingMovement.BookedAsync"/>).</summary>
    BookedAlready,

    /// <summary>Money went out: it is recorded once those have given their word whom the ladder of payments asks (<see cref="ApproveRecording"/>).</summary>
    WaitsForSignatures,

    /// <summary>What the money went out for is not said, or is no purpose of its fund.</summary>
    BadPurpose,
}

/// <summary>Who does something about what is off, and what they say.</summary>
public sealed record FollowUpStep
{
    /// <summary>What it is about.</summary>
    public required int Id { get; init; }

    /// <summary>Why, in 1 to 500 characters.</summary>
    public required string Words { get; init; }

    /// <summary>The numbers of the cards it is about, normal; for the first signature, where numbers are kept.</summary>
    public IReadOnlyList<string> Cards { get; init; } = [];

    /// <summary>Who does it.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The path of the area the actor may act in: the station's own.</summary>
    public required string AreaPath { get; init; }
}

/// <summary>What the operations on follow-ups share: the turn, the month that must be open, and the history.</summary>
internal sealed class FollowUpBook
{
    private readonly MarketDb db;
    private readonly DateTime now;
    private readonly Actor actor;

    public FollowUpBook(MarketDb db, DateTime now, Actor actor, FollowUp item, Reconciliation run, string words) =>
        (this.db, this.now, this.actor, Item, Run, Words) = (db, now, actor, item, run, words);

    public FollowUp Item { get; }

    public Reconciliation Run { get; }

    public string Words { get; }

    /// <summary>Opens it, or says why not. Only those of the month's newest run can be touched.</summary>
    public static async Task<(FollowUpBook? Book, FollowUpOutcome Why)> OpenAsync(MarketDb db, FollowUpStep step, DateTime now, CancellationToken ct)
    {
        if (Typed.Words(step.Words, Closed.MostWords) is not { } words) return (null, FollowUpOutcome.BadWords);
        await db.TakeTurnAsync();
        var book = await StationMonth.BookAsync(db, step.AreaPath, ct);
        var item = await db.FollowUps.SingleOrDefaultAsync(f => f.Id == step.Id, ct);
        if (item is null) return (null, FollowUpOutcome.NotFound);
        var (run, why) = await RunAsync(db, item.ReconciliationId, book, ct);
        return run is null ? (null, why) : (new FollowUpBook(db, now, step.Actor, item, run, words), FollowUpOutcome.Done);
    }

    /// <summary>The run, if it is the newest of its month in this book and the month is open.</summary>
    public static async Task<(Reconciliation? Run, FollowUpOutcome Why)> RunAsync(MarketDb db, int id, int? book, CancellationToken ct)
    {
        var run = await db.Reconciliations.SingleOrDefaultAsync(r => r.Id == id && r.BookId == book, ct);
        if (run is null || await db.Reconciliations.AnyAsync(r => r.BookId == run.BookId && r.Month == run.Month && r.Id > run.Id, ct)) return (null, FollowUpOutcome.NotFound);
        return await Closed.IsAsync(db, run.BookId, run.Month, ct) ? (null, FollowUpOutcome.MonthClosed) : (run, FollowUpOutcome.Done);
    }

    /// <summary>Moves it on and writes that down; saved with the operation.</summary>
    public void Set(FollowUp item, FollowUpState state, Remedy? how, FollowUpChange change)
    {
        (item.State, item.How, item.Words, item.Owner, item.At) = (state, how, state == FollowUpState.Open ? null : Words, actor.Code, now);
        Note(item, change);
    }

    /// <summary>Settles it by the entry that was posted for it, on record; saved with the operation.</summary>
    public void SetPosted(FollowUp item, long sequence, string reference)
    {
        item.SettledSequence = sequence;
        Set(item, FollowUpState.Settled, Remedy.EntryPosted, FollowUpChange.EntryPosted);
        db.Note(now, actor, "reconciliation.entry-posted", reference, FormattableString.Invariant($"{item.Place} {item.Outside}"));
    }

    /// <summary>Writes down what was done; saved with the operation.</summary>
    public void Note(FollowUp item, FollowUpChange change) => db.Add(new FollowUpEvent { FollowUpId = item.Id, At = now, Actor = actor.Code, Change = change, Words = Words });

    /// <summary>
    /// True while others are asked for their word on recording it: nothing else is done about it before they have answered, or who asked
    /// has taken it back.
    /// </summary>
    public Task<bool> IsAskedAsync(FollowUp item, CancellationToken ct) => db.Payments.AnyAsync(p => p.Id == item.PaymentId && p.State == PaymentState.Asked, ct);

    /// <summary>Lets go of one half of a match by hand: it is open again, or, where its month is closed, on its way as it was before.</summary>
    public async Task LetGoAsync(FollowUp half, CancellationToken ct)
    {
        var month = await db.Reconciliations.Where(r => r.Id == half.ReconciliationId).Select(r => r.Month).SingleAsync(ct);
        half.WithId = null;
        if (await Closed.IsAsync(db, Run.BookId, month, ct)) Set(half, FollowUpState.Explained, Remedy.OtherMonth, FollowUpChange.Untied);
        else Set(half, FollowUpState.Open, null, FollowUpChange.Untied);
    }
}
