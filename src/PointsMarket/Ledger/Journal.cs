using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Ledger;

/// <summary>
/// Writes transactions into a book. Everything is checked under the lock of the book's row before anything is written, so a
/// refused request has no effect and may be answered without rolling back; the guards in the database (CHECK, unique keys,
/// triggers) only ever catch a fault in this code. Call it inside <c>MarketWrites.RunAsync</c>.
/// </summary>
public sealed class Journal(TimeProvider clock)
{
    private const string FindKey = """SELECT "Sequence", "ContentHash" FROM "LedgerTransactions" WHERE "BookId" = @p0 AND "Key" = @p1""";
    private const string FindRelated = """SELECT "Sequence", "ContentHash" FROM "LedgerTransactions" WHERE "BookId" = @p0 AND "RelatedSequence" = @p1 AND "Relation" = @p2""";
    private const string FindAccount = """SELECT "Number", "Balance", "Version" FROM "LedgerAccounts" WHERE "BookId" = @p0 AND "Code" = @p1 AND "Asset" = @p2""";
    private const string AddAccount = """INSERT INTO "LedgerAccounts" ("BookId", "Number", "Code", "Asset", "Balance", "Version", "Floor") VALUES (@p0, @p1, @p2, @p3, 0, 0, @p4)""";
    private const string AddTransaction = """
        INSERT INTO "LedgerTransactions" ("BookId", "Sequence", "Key", "Kind", "Subject", "HappenedAt", "RecordedAt", "Actor", "Reason", "RelatedSequence", "Relation", "ContentHash", "Hash")
        VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12)
        """;
    private const string AddEntry = """INSERT INTO "LedgerEntries" ("BookId", "Sequence", "Line", "Account", "Amount", "Version") VALUES (@p0, @p1, @p2, @p3, @p4, @p5)""";
    private const string SetAccount = """UPDATE "LedgerAccounts" SET "Balance" = @p0, "Version" = @p1 WHERE "BookId" = @p2 AND "Number" = @p3 AND "Version" = @p4""";
    private const string SetHead = """UPDATE "LedgerBooks" SET "Sequence" = @p0, "Head" = @p1, "Accounts" = @p2 WHERE "Id" = @p3 AND "Sequence" = @p4""";

    /// <summary>An account as it stands under the lock, changed in memory first.</summary>
    private sealed class Held
    {
        public required AccountCode Code { get; init; }
        public required Asset Asset { get; init; }
        public int Number { get; set; }
        public long Balance { get; set; }
        public long Version { get; set; }
        public long OldVersion { get; init; }
    }

    private sealed record Head(string Code, long Sequence, int Accounts, byte[] Hash, long? ClosedBefore);

    private sealed record Found(long Sequence, byte[] Content);

    /// <summary>
    /// Posts the request, or says why not. Throws <see cref="ArgumentException"/> for a request that no caller may make (no
    /// postings, a text too long, an unknown book, an unknown related transaction).
    /// </summary>
    public async Task<PostResult> PostAsync(DbContext db, TransactionRequest request, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(request);
        request.Check();

        var sql = new LedgerSql(db);
        var (head, same, ended, accounts) = await LockAsync(db, sql, request, ct);
        var hash = new TransactionHash();
        var content = ContentOf(hash, request);

        if (same is not null) return new PostResult(same.Content.AsSpan().SequenceEqual(content) ? PostOutcome.Replayed : PostOutcome.KeyReused, same.Sequence);
        if (request.Related is { } related && (related.Sequence < 1 || related.Sequence > head.Sequence))
            throw new ArgumentException($"Book {head.Code} has no transaction {related.Sequence}.", nameof(request));
        if (ended is not null) return new PostResult(PostOutcome.AlreadyRelated, ended.Sequence);
        if (LedgerTime.ToMilliseconds(request.HappenedAt) < head.ClosedBefore) return new PostResult(PostOutcome.PeriodClosed, 0);

        var (postings, entries) = Apply(request, accounts);
        foreach (var account in accounts.Values)
        {
            if (account.Code.IsGuarded && account.Balance < 0)
                return new PostResult(PostOutcome.BelowFloor, 0, new Shortage(account.Code, account.Asset, -account.Balance));
        }

        var sequence = await WriteAsync(sql, request, head, hash, content, accounts, (postings, entries), ct);
        return new PostResult(PostOutcome.Posted, sequence);
    }

    /// <summary>Opens the book of a station and returns its id; an open book is left as it is.</summary>
    public static async Task<int> OpenBookAsync(DbContext db, string station, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var code = LedgerNames.Checked(station);
        var book = await db.Set<LedgerBook>().SingleOrDefaultAsync(b => b.Code == code, ct);
        if (book is null)
        {
            book = new LedgerBook { Code = code, Head = new byte[32] };
            db.Add(book);
            await db.SaveChangesAsync(ct);
            db.Entry(book).State = EntityState.Detached; // its row is changed by hand-written SQL from here on
        }
        return book.Id;
    }

    private static Found ReadFound(System.Data.Common.DbDataReader r) => new(r.GetInt64(0), r.GetFieldValue<byte[]>(1));

    /// <summary>Locks the book and reads under its lock what the checks need, in one go.</summary>
    private static async Task<(Head Head, Found? Same, Found? Ended, Dictionary<(AccountCode, Asset), Held> Accounts)> LockAsync(DbContext db, LedgerSql sql, TransactionRequest request, CancellationToken ct)
    {
        var named = request.Postings.SelectMany(p => new[] { (Code: p.Source, p.Asset), (Code: p.Destination, p.Asset) }).Distinct().ToList();
        var questions = new List<LedgerSql.Question>(named.Count + 3)
        {
            new(LockBook(db), static r => new Head(r.GetString(0), r.GetInt64(1), r.GetInt32(2), r.GetFieldValue<byte[]>(3), r.IsDBNull(4) ? null : r.GetInt64(4)), request.BookId),
            new(FindKey, ReadFound, request.BookId, request.Key),
        };
        foreach (var (code, asset) in named)
        {
            questions.Add(new(FindAccount, r => new Held { Code = code, Asset = asset, Number = r.GetInt32(0), Balance = r.GetInt64(1), Version = r.GetInt64(2), OldVersion = r.GetInt64(2) },
                request.BookId, code.Value, asset.Code));
        }
        if (request.Related is { } related) questions.Add(new(FindRelated, ReadFound, request.BookId, related.Sequence, related.Relation.ToString()));

        var answers = await sql.FirstOfEachAsync(questions, ct);
        var head = (Head?)answers[0] ?? throw new ArgumentException($"There is no book {request.BookId.ToString(CultureInfo.InvariantCulture)}.", nameof(request));
        var accounts = new Dictionary<(AccountCode, Asset), Held>(named.Count);
        for (var i = 0; i < named.Count; i++) accounts[named[i]] = (Held?)answers[i + 2] ?? new Held { Code = named[i].Code, Asset = named[i].Asset };
        return (head, (Found?)answers[1], request.Related is null ? null : (Found?)answers[^1], accounts);
    }

    /// <summary>SQLite: the door holds the only write transaction. The servers lock the row until the end of the transaction.</summary>
    internal static string LockBook(DbContext db) => db.Database.ProviderName switch
    {
        "Npgsql.EntityFrameworkCore.PostgreSQL" => """SELECT "Code", "Sequence", "Accounts", "Head", "ClosedBefore" FROM "LedgerBooks" WHERE "Id" = @p0 FOR UPDATE""",
        "Microsoft.EntityFrameworkCore.SqlServer" => """SELECT "Code", "Sequence", "Accounts", "Head", "ClosedBefore" FROM "LedgerBooks" WITH (UPDLOCK, ROWLOCK) WHERE "Id" = @p0""",
        _ => """SELECT "Code", "Sequence", "Accounts", "Head", "ClosedBefore" FROM "LedgerBooks" WHERE "Id" = @p0""",
    };

    private static byte[] ContentOf(TransactionHash hash, TransactionRequest request) => hash.Content(
        request.Kind, request.Subject, LedgerTime.ToMilliseconds(request.HappenedAt), request.Reason,
        request.Related?.Relation.ToString(), request.Related?.Sequence ?? 0,
        [.. request.Postings.Select(p => new HashedPosting(p.Source.Value, p.Destination.Value, p.Asset.Code, p.Amount, 0, 0))]);

    private static (List<HashedPosting> Postings, List<(Held Account, long Amount, long Version)> Entries) Apply(TransactionRequest request, Dictionary<(AccountCode, Asset), Held> accounts)
    {
        var postings = new List<HashedPosting>(request.Postings.Count);
        var entries = new List<(Held, long, long)>(request.Postings.Count * 2);
        foreach (var p in request.Postings)
        {
            var source = accounts[(p.Source, p.Asset)];
            var destination = accounts[(p.Destination, p.Asset)];
            source.Balance = checked(source.Balance - p.Amount);
            destination.Balance = checked(destination.Balance + p.Amount);
            entries.Add((source, -p.Amount, ++source.Version));
            entries.Add((destination, p.Amount, ++destination.Version));
            postings.Add(new HashedPosting(p.Source.Value, p.Destination.Value, p.Asset.Code, p.Amount, source.Version, destination.Version));
        }
        return (postings, entries);
    }

    private async Task<long> WriteAsync(
        LedgerSql sql, TransactionRequest request, Head head, TransactionHash hash, byte[] content,
        Dictionary<(AccountCode, Asset), Held> accounts, (List<HashedPosting> Postings, List<(Held Account, long Amount, long Version)> Entries) lines, CancellationToken ct)
    {
        var sequence = head.Sequence + 1;
        var count = head.Accounts;
        var recordedAt = LedgerTime.ToMilliseconds(clock.GetUtcNow().UtcDateTime);
        var link = hash.Link(head.Hash, head.Code, sequence, request.Key, content, recordedAt, request.Actor.Code, lines.Postings);

        var writes = new List<(string, object?[])>
        {
            (AddTransaction,
                [request.BookId, sequence, request.Key, request.Kind, request.Subject, LedgerTime.ToMilliseconds(request.HappenedAt), recordedAt, request.Actor.Code, request.Reason,
                    request.Related?.Sequence, request.Related?.Relation.ToString(), content, link]),
        };
        foreach (var account in accounts.Values.Where(a => a.Number == 0))
        {
            account.Number = ++count;
            writes.Add((AddAccount, [request.BookId, account.Number, account.Code.Value, account.Asset.Code, account.Code.IsGuarded ? 0L : null]));
        }
        for (var i = 0; i < lines.Entries.Count; i++)
        {
            var (account, amount, version) = lines.Entries[i];
            writes.Add((AddEntry, [request.BookId, sequence, i, account.Number, amount, version]));
        }
        foreach (var account in accounts.Values) writes.Add((SetAccount, [account.Balance, account.Version, request.BookId, account.Number, account.OldVersion]));
        writes.Add((SetHead, [sequence, link, count, request.BookId, head.Sequence]));
        await sql.WriteAsync(writes, ct);
        return sequence;
    }
}
