using System.Data.Common;
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

    /// <summary>
    /// Posts the request, or says why not. Throws <see cref="ArgumentException"/> for a request that no caller may make (no
    /// postings, a text too long, an unknown book, an unknown related transaction).
    /// </summary>
    public async Task<PostResult> PostAsync(DbContext db, TransactionRequest request, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return (await PostAllAsync(db, [request], ct))[0];
    }

    /// <summary>
    /// Posts requests of one book in order, each judged as if it came alone after those before it, and answers for each in the same
    /// order. What they need is read together before the first, and the book's row and accounts are written once after the last: a
    /// thousand cost less than half the statements. One that is refused leaves its neighbours alone; one that no caller may make
    /// throws <see cref="ArgumentException"/>, and nothing of any was written.
    /// </summary>
    public async Task<IReadOnlyList<PostResult>> PostAllAsync(DbContext db, IReadOnlyList<TransactionRequest> requests, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(requests);
        if (requests.Count == 0) return [];
        foreach (var request in requests)
        {
            request.Check();
            if (request.BookId != requests[0].BookId) throw new ArgumentException("Requests that are posted together are of one book.", nameof(requests));
        }
        var sql = new LedgerSql(db);
        var run = await LockAsync(db, sql, requests, ct);
        var results = new PostResult[requests.Count];
        for (var i = 0; i < results.Length; i++) results[i] = run.Post(requests[i]);
        await sql.WriteAsync(run.Finish(), ct);
        return results;
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

    /// <summary>Locks the book and reads under its lock what the checks need, in one go.</summary>
    private async Task<JournalRun> LockAsync(DbContext db, LedgerSql sql, IReadOnlyList<TransactionRequest> requests, CancellationToken ct)
    {
        var book = requests[0].BookId;
        var keys = requests.Select(r => r.Key).Distinct(StringComparer.Ordinal).ToList();
        var named = requests.SelectMany(r => r.Postings).SelectMany(p => new[] { (Code: p.Source, p.Asset), (Code: p.Destination, p.Asset) }).Distinct().ToList();
        var relations = requests.Where(r => r.Related is not null).Select(r => r.Related!.Value).Distinct().ToList();
        var questions = new List<LedgerSql.Question>(1 + keys.Count + named.Count + relations.Count) { new(LockBook(db), ReadHead, book) };
        questions.AddRange(keys.Select(k => new LedgerSql.Question(FindKey, ReadStanding, book, k)));
        questions.AddRange(named.Select(n => new LedgerSql.Question(FindAccount, r => ReadAccount(r, n.Code, n.Asset), book, n.Code.Value, n.Asset.Code)));
        questions.AddRange(relations.Select(r => new LedgerSql.Question(FindRelated, ReadStanding, book, r.Sequence, r.Relation.ToString())));

        var answers = await sql.FirstOfEachAsync(questions, ct);
        var head = (BookHead?)answers[0] ?? throw new ArgumentException($"There is no book {book.ToString(CultureInfo.InvariantCulture)}.", nameof(requests));
        var run = new JournalRun(head, book, LedgerTime.ToMilliseconds(clock.GetUtcNow().UtcDateTime));
        var next = 1;
        foreach (var key in keys)
            if (answers[next++] is Standing standing) run.Known.Add(key, standing);
        foreach (var (code, asset) in named) run.Accounts.Add((code, asset), (HeldAccount?)answers[next++] ?? new HeldAccount { Code = code, Asset = asset });
        foreach (var relation in relations)
            if (answers[next++] is Standing standing) run.Ended.Add(relation, standing);
        return run;
    }

    private static BookHead ReadHead(DbDataReader r) => new(r.GetString(0), r.GetInt64(1), r.GetInt32(2), r.GetFieldValue<byte[]>(3), r.IsDBNull(4) ? null : r.GetInt64(4));

    private static Standing ReadStanding(DbDataReader r) => new(r.GetInt64(0), r.GetFieldValue<byte[]>(1));

    private static HeldAccount ReadAccount(DbDataReader r, AccountCode code, Asset asset) =>
        new() { Code = code, Asset = asset, Number = r.GetInt32(0), Balance = r.GetInt64(1), Version = r.GetInt64(2), OldVersion = r.GetInt64(2) };

    /// <summary>SQLite: the door holds the only write transaction. The servers lock the row until the end of the transaction.</summary>
    internal static string LockBook(DbContext db) => db.Database.ProviderName switch
    {
        "Npgsql.EntityFrameworkCore.PostgreSQL" => """SELECT "Code", "Sequence", "Accounts", "Head", "ClosedBefore" FROM "LedgerBooks" WHERE "Id" = @p0 FOR UPDATE""",
        "Microsoft.EntityFrameworkCore.SqlServer" => """SELECT "Code", "Sequence", "Accounts", "Head", "ClosedBefore" FROM "LedgerBooks" WITH (UPDLOCK, ROWLOCK) WHERE "Id" = @p0""",
        _ => """SELECT "Code", "Sequence", "Accounts", "Head", "ClosedBefore" FROM "LedgerBooks" WHERE "Id" = @p0""",
    };
}
