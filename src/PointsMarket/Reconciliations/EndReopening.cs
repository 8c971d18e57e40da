using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Reconciliations;

/// <summary>
/// Ends a request to open a closed month without opening it: who asked takes it back, anybody else refuses it with words. It stays on
/// record (<see cref="PastReopening"/>), the month stays closed, and it may be asked for again.
/// </summary>
public sealed class EndReopening(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Which request.</summary>
    public sealed record Input
    {
        /// <summary>The closing.</summary>
        public required int ClosingId { get; init; }

        /// <summary>Why not, in 1 to 500 characters; from who asked nothing is needed.</summary>
        public string? Words { get; init; }

        /// <summary>Who does it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in: the station's own.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Taken back by who asked.</summary>
        Withdrawn,

        /// <summary>Refused.</summary>
        Refused,

        /// <summary>Nobody asks for this month, or nobody does any more.</summary>
        NotFound,

        /// <summary>No words, or too many.</summary>
        BadWords,
    }

    /// <summary>Ends it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync((db, token) => RunAsync(db, input, token), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input, CancellationToken ct)
    {
        await db.TakeTurnAsync();
        var book = await StationMonth.BookAsync(db, input.AreaPath, ct);
        var closing = await db.MonthClosings.SingleOrDefaultAsync(c => c.Id == input.ClosingId && c.BookId == book && c.Past == 0 && c.ClosedAt != null && c.ReopenAskedBy != null, ct);
        if (closing is null) return Outcome.NotFound;
        var own = closing.ReopenAskedBy == input.Actor.Code;
        var words = Typed.Words(input.Words, Closed.MostWords);
        if (!own && words is null) return Outcome.BadWords;
        var now = clock.GetUtcNow().UtcDateTime;
        db.Add(new PastReopening
        {
            ClosingId = closing.Id, AskedBy = closing.ReopenAskedBy!, AskedAt = closing.ReopenAskedAt!.Value, Reason = closing.ReopenReason!, EndedBy = input.Actor.Code, EndedAt = now, Words = own ? null : words,
        });
        (closing.ReopenAskedBy, closing.ReopenAskedAt, closing.ReopenReason) = (null, null, null);
        db.Note(now, input.Actor, own ? "month.reopening-withdrawn" : "month.reopening-refused", StationMonth.Text(closing.Month), own ? null : words);
        await db.SaveChangesAsync(ct);
        return own ? Outcome.Withdrawn : Outcome.Refused;
    }
}
