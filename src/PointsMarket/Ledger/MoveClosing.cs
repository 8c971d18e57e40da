using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Ledger;

/// <summary>
/// Moves the limit before which nothing may be recorded into a book, under the book's lock: what was posted before is numbered
/// already, and what is posted afterwards meets the new limit. Who may close what, and when, is the caller's business.
/// </summary>
public sealed class MoveClosing(TimeProvider clock)
{
    private const string SetClosed = """UPDATE "LedgerBooks" SET "ClosedBefore" = @p0 WHERE "Id" = @p1""";

    /// <summary>What to move, and how far.</summary>
    public sealed record Input
    {
        /// <summary>The book.</summary>
        public required int BookId { get; init; }

        /// <summary>UTC: nothing that happened before may be recorded from now on; null for no limit.</summary>
        public required DateTime? Before { get; init; }

        /// <summary>Who does it.</summary>
        public required Actor Actor { get; init; }
    }

    private sealed record Head(string Code, long Sequence, byte[] Hash);

    /// <summary>Runs inside the door. Throws <see cref="ArgumentException"/> for a book that is none.</summary>
    public async Task<LedgerClosing> ExecuteAsync(DbContext db, Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(input);
        var sql = new LedgerSql(db);
        var head = (Head?)(await sql.FirstOfEachAsync([new(Journal.LockBook(db), Read, input.BookId)], ct))[0]
            ?? throw new ArgumentException("There is no such book.", nameof(input));
        var last = await db.Set<LedgerClosing>().AsNoTracking().Where(c => c.BookId == input.BookId).OrderByDescending(c => c.Number).FirstOrDefaultAsync(ct);
        var (number, now) = ((last?.Number ?? 0) + 1, LedgerTime.ToMilliseconds(clock.GetUtcNow().UtcDateTime));
        var before = input.Before is { } limit ? LedgerTime.ToMilliseconds(limit) : (long?)null;
        var closing = new LedgerClosing
        {
            BookId = input.BookId, Number = number, Sequence = head.Sequence, Before = input.Before, RecordedAt = LedgerTime.FromMilliseconds(now), Actor = input.Actor.Code,
            Hash = new TransactionHash().Closing(last?.Hash ?? new byte[32], head.Code, number, head.Sequence, head.Hash, before, now, input.Actor.Code),
        };
        db.Add(closing);
        await db.SaveChangesAsync(ct);
        await sql.WriteAsync([(SetClosed, [before, input.BookId])], ct);
        return closing;
    }

    private static Head Read(DbDataReader r) => new(r.GetString(0), r.GetInt64(1), r.GetFieldValue<byte[]>(3));
}
