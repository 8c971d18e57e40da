using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace PointsMarket.Ledger;

/// <summary>What is wrong with a book. The codes are worded by whoever shows them.</summary>
public enum LedgerFault
{
    /// <summary>A transaction's number does not follow its predecessor's: one was taken out or put in.</summary>
    SequenceGap,

    /// <summary>What is stored of a transaction does not give its content hash.</summary>
    ContentChanged,

    /// <summary>The chain does not hold: the hash is not that of the content and the predecessor.</summary>
    ChainBroken,

    /// <summary>The lines of a transaction are not whole postings (invariant 1).</summary>
    Unbalanced,

    /// <summary>An account's entry versions have a gap (invariant 2).</summary>
    VersionGap,

    /// <summary>A guarded account was below zero after this transaction (invariant 3).</summary>
    BelowFloor,

    /// <summary>An account's stored balance or version is not that of its entries (invariant 2).</summary>
    BalanceWrong,

    /// <summary>An account's floor is not that of its class, or its code is none.</summary>
    AccountWrong,

    /// <summary>Entries without their transaction.</summary>
    StrayEntries,

    /// <summary>The book's head is not its last transaction.</summary>
    HeadWrong,

    /// <summary>A transaction reverses or ends one that does not come before it, or that another one did already (invariants 5, 6).</summary>
    RelationWrong,

    /// <summary>A checkpoint kept outside the database says otherwise: the chain was rewritten or cut (invariant 7).</summary>
    CheckpointDiffers,

    /// <summary>A checkpoint kept outside the database, or rows in it, are of a book that is not there: the database is another one, or lost it.</summary>
    BookMissing,

    /// <summary>Recorded into a time that was closed when it was recorded.</summary>
    PeriodBroken,

    /// <summary>The moves of the closing are not as they were written, or the book's limit is not that of the last one.</summary>
    ClosingWrong,
}

/// <summary>One thing that is off: where (the transaction's number, or null) and which account or key.</summary>
public sealed record LedgerFinding(LedgerFault Fault, long? Sequence, string Where);

/// <summary>
/// The result for one book. <see cref="FirstBad"/> is the lowest transaction number that anything points to; null when clean.
/// Findings are cut off after <see cref="LedgerVerifier.MostFindings"/>.
/// </summary>
public sealed record LedgerReport(string Book, long Transactions, long Entries, IReadOnlyDictionary<string, long> Outstanding, IReadOnlyList<LedgerFinding> Findings)
{
    /// <summary>True when nothing is off.</summary>
    public bool IsClean => Findings.Count == 0;

    /// <summary>The first broken transaction.</summary>
    public long? FirstBad => Findings.Min(f => f.Sequence);

    /// <summary>The head that was proved, to be kept as a checkpoint.</summary>
    public required Checkpoint Head { get; init; }
}

/// <summary>
/// Proves a book from its entries up: recomputes every hash, balance and version, and compares with the checkpoints. Reads in
/// one pass, in one snapshot; memory grows with the accounts, not with the transactions.
/// </summary>
public sealed class LedgerVerifier(CheckpointFile checkpoints)
{
    /// <summary>How many findings a report names.</summary>
    public const int MostFindings = 200;

    private const string Lines = """
        SELECT t."Sequence", t."Key", t."Kind", t."Subject", t."HappenedAt", t."RecordedAt", t."Actor", t."Reason", t."RelatedSequence", t."Relation", t."ContentHash", t."Hash",
          e."Line", e."Account", e."Amount", e."Version"
        FROM "LedgerTransactions" AS t LEFT JOIN "LedgerEntries" AS e ON e."BookId" = t."BookId" AND e."Sequence" = t."Sequence"
        WHERE t."BookId" = @p0 ORDER BY t."Sequence", e."Line"
        """;

    /// <summary>Verifies every book, in order of code, then names those that only the checkpoints know. With a transaction of the context's own, what that sees; else in a snapshot.</summary>
    public async Task<IReadOnlyList<LedgerReport>> VerifyAsync(DbContext db, IProgress<(long Done, long Total)>? progress = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        // A snapshot on PostgreSQL; SQL Server holds its row locks. SQLite must not ask for a level: it would begin to write.
        await using var snapshot = db.Database.CurrentTransaction is null ? await db.BeginSnapshotAsync(ct) : null;
        return await VerifyWithinAsync(db, progress, ct);
    }

    /// <summary>Verifies every book inside the transaction that the context is in, with what that has changed so far.</summary>
    public async Task<IReadOnlyList<LedgerReport>> VerifyWithinAsync(DbContext db, IProgress<(long Done, long Total)>? progress = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var books = await db.Set<LedgerBook>().AsNoTracking().OrderBy(b => b.Code).ToListAsync(ct);
        var total = books.Sum(b => b.Sequence);
        var reports = new List<LedgerReport>();
        long before = 0;
        foreach (var book in books)
        {
            var start = before;
            reports.Add(await VerifyBookAsync(db, book, done => progress?.Report((start + done, total)), ct));
            before += book.Sequence;
        }
        reports.AddRange(await StrayAsync(db, [.. books.Select(b => b.Id).Order()], ct));
        reports.AddRange(checkpoints.ReadAll().GroupBy(c => c.Book, StringComparer.Ordinal).Where(c => !books.Exists(b => b.Code == c.Key)).Select(c => Missing(c.Key, FormattableString.Invariant($"{c.Last().Sequence} {c.Last().Hash}"))));
        return reports;
    }

    private static LedgerReport Missing(string book, string where) =>
        new(book, 0, 0, new Dictionary<string, long>(), [new LedgerFinding(LedgerFault.BookMissing, null, where)]) { Head = new Checkpoint(book, 0, "", DateTime.UnixEpoch) };

    /// <summary>Rows of books that are not there, looked for between the numbers of those that are, so that no table is read from end to end.</summary>
    private static async Task<List<LedgerReport>> StrayAsync(DbContext db, List<int> books, CancellationToken ct)
    {
        IQueryable<int>[] tables = [db.Set<LedgerTransaction>().Select(t => t.BookId), db.Set<LedgerEntry>().Select(e => e.BookId), db.Set<LedgerAccount>().Select(a => a.BookId), db.Set<LedgerClosing>().Select(c => c.BookId)];
        var found = new SortedSet<int>();
        foreach (var table in tables)
        {
            foreach (var (above, below) in books.Prepend(int.MinValue).Zip(books.Append(int.MaxValue)))
            {
                if (await table.Where(id => id > above && id < below).OrderBy(id => id).Select(id => (int?)id).FirstOrDefaultAsync(ct) is { } stray) found.Add(stray);
            }
        }
        return [.. found.Select(id => Missing(FormattableString.Invariant($"#{id}"), ""))];
    }

    private async Task<LedgerReport> VerifyBookAsync(DbContext db, LedgerBook book, Action<long> progress, CancellationToken ct)
    {
        var accounts = await db.Set<LedgerAccount>().AsNoTracking().Where(a => a.BookId == book.Id).ToDictionaryAsync(a => a.Number, a => new AccountProof(a), ct);
        var closings = await db.Set<LedgerClosing>().AsNoTracking().Where(c => c.BookId == book.Id).OrderBy(c => c.Number).ToListAsync(ct);
        var proof = new BookProof(book, accounts, checkpoints.Read(book.Code), new ClosingProof(closings));
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = Lines;
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandTimeout = 0;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@p0", book.Id);
        command.Parameters.Add(parameter);
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                if (proof.Read(reader) && proof.Transactions % 4096 == 0) progress(proof.Transactions);
            }
        }
        proof.Finish(await db.Set<LedgerEntry>().LongCountAsync(e => e.BookId == book.Id, ct));
        progress(proof.Transactions);
        return proof.Report();
    }
}
