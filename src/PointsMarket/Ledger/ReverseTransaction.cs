using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Ledger;

/// <summary>
/// Takes a transaction back by a new, linked one with every posting the other way round (invariant 5: at most once). Refused
/// with <see cref="PostOutcome.BelowFloor"/> when what was given has been spent since, and with
/// <see cref="PostOutcome.AlreadyRelated"/> when it was taken back before.
/// </summary>
public sealed class ReverseTransaction(Journal journal, TimeProvider clock)
{
    /// <summary>What to take back, and why.</summary>
    public sealed record Input
    {
        /// <summary>The book.</summary>
        public required int BookId { get; init; }

        /// <summary>The transaction to take back.</summary>
        public required long Sequence { get; init; }

        /// <summary>Who does it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>Why, in words.</summary>
        public required string Reason { get; init; }
    }

    /// <summary>Runs inside the door. Throws <see cref="ArgumentException"/> when there is no such transaction.</summary>
    public async Task<PostResult> ExecuteAsync(DbContext db, Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var postings = await db.PostingsOfAsync(input.BookId, input.Sequence, ct);
        if (postings.Count == 0) throw new ArgumentException($"There is no transaction {input.Sequence}.", nameof(input));
        var subject = await db.Set<LedgerTransaction>().Where(t => t.BookId == input.BookId && t.Sequence == input.Sequence)
            .Select(t => t.Subject).SingleAsync(ct);
        var result = await journal.PostAsync(db, new TransactionRequest
        {
            BookId = input.BookId,
            Key = $"reversal:{input.Sequence}",
            Kind = TransactionKinds.Reversal,
            Subject = subject,
            HappenedAt = clock.GetUtcNow().UtcDateTime,
            Actor = input.Actor,
            Reason = input.Reason,
            Related = new RelatedTo(Relation.Reverses, input.Sequence),
            Postings = [.. postings.Reverse().Select(p => p.Reversed())],
        }, ct);

        // The key says which transaction is taken back; the other content is only when and why it was asked for.
        return result.InOpenTime().Outcome == PostOutcome.KeyReused ? result with { Outcome = PostOutcome.AlreadyRelated } : result;
    }
}
