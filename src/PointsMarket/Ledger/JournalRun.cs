namespace PointsMarket.Ledger;

/// <summary>The book's row under its lock.</summary>
internal sealed record BookHead(string Code, long Sequence, int Accounts, byte[] Hash, long? ClosedBefore);

/// <summary>A transaction that stands in the book: its number and the hash of its content.</summary>
internal sealed record Standing(long Sequence, byte[] Content);

/// <summary>An account as it stands under the lock, changed in memory first.</summary>
internal sealed class HeldAccount
{
    public required AccountCode Code { get; init; }
    public required Asset Asset { get; init; }
    public int Number { get; set; }
    public long Balance { get; set; }
    public long Version { get; set; }
    public long OldVersion { get; init; }
}

/// <summary>
/// One or many requests on their way into a book whose lock is held: each is judged by what the book held and by those before it, and
/// what is to be written gathers. Nothing of a refused one gathers. The book's row and its accounts are written once, at the end,
/// however many transactions there were.
/// </summary>
internal sealed class JournalRun(BookHead head, int book, long recordedAt)
{
    private const string AddAccount = """INSERT INTO "LedgerAccounts" ("BookId", "Number", "Code", "Asset", "Balance", "Version", "Floor") VALUES (@p0, @p1, @p2, @p3, 0, 0, @p4)""";
    private const string AddTransaction = """
        INSERT INTO "LedgerTransactions" ("BookId", "Sequence", "Key", "Kind", "Subject", "HappenedAt", "RecordedAt", "Actor", "Reason", "RelatedSequence", "Relation", "ContentHash", "Hash")
        VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12)
        """;
    private const string AddEntry = """INSERT INTO "LedgerEntries" ("BookId", "Sequence", "Line", "Account", "Amount", "Version") VALUES (@p0, @p1, @p2, @p3, @p4, @p5)""";
    private const string SetAccount = """UPDATE "LedgerAccounts" SET "Balance" = @p0, "Version" = @p1 WHERE "BookId" = @p2 AND "Number" = @p3 AND "Version" = @p4""";
    private const string SetHead = """UPDATE "LedgerBooks" SET "Sequence" = @p0, "Head" = @p1, "Accounts" = @p2 WHERE "Id" = @p3 AND "Sequence" = @p4""";

    private readonly TransactionHash hash = new();
    private readonly List<(string Sql, object?[] Values)> writes = [];
    private readonly List<HeldAccount> changed = [];
    private long sequence = head.Sequence;
    private int count = head.Accounts;
    private byte[] link = head.Hash;

    /// <summary>What stands under the keys that were asked for.</summary>
    public Dictionary<string, Standing> Known { get; } = new(StringComparer.Ordinal);

    /// <summary>What already stands in the relations that were asked for.</summary>
    public Dictionary<RelatedTo, Standing> Ended { get; } = [];

    /// <summary>Every account that a request names.</summary>
    public Dictionary<(AccountCode, Asset), HeldAccount> Accounts { get; } = [];

    /// <summary>Takes the next request in, or says why not.</summary>
    public PostResult Post(TransactionRequest request)
    {
        var content = ContentOf(request);
        if (Known.TryGetValue(request.Key, out var same)) return new PostResult(same.Content.AsSpan().SequenceEqual(content) ? PostOutcome.Replayed : PostOutcome.KeyReused, same.Sequence);
        if (request.Related is { } related)
        {
            if (related.Sequence < 1 || related.Sequence > sequence) throw new ArgumentException($"Book {head.Code} has no transaction {related.Sequence}.", nameof(request));
            if (Ended.TryGetValue(related, out var ended)) return new PostResult(PostOutcome.AlreadyRelated, ended.Sequence);
        }
        if (LedgerTime.ToMilliseconds(request.HappenedAt) < head.ClosedBefore) return new PostResult(PostOutcome.PeriodClosed, 0);

        var touched = Touched(request);
        var (postings, entries) = Apply(request);
        foreach (var (low, _, _) in touched)
        {
            if (!low.Code.IsGuarded || low.Balance >= 0) continue;
            var shortage = new Shortage(low.Code, low.Asset, -low.Balance);
            foreach (var (account, balance, version) in touched) (account.Balance, account.Version) = (balance, version);
            return new PostResult(PostOutcome.BelowFloor, 0, shortage);
        }
        Take(request, content, touched, postings, entries);
        return new PostResult(PostOutcome.Posted, sequence);
    }

    /// <summary>The statements of all that were taken in, in order; none when none was.</summary>
    public IReadOnlyList<(string Sql, object?[] Values)> Finish()
    {
        if (sequence == head.Sequence) return [];
        foreach (var account in changed) writes.Add((SetAccount, [account.Balance, account.Version, book, account.Number, account.OldVersion]));
        writes.Add((SetHead, [sequence, link, count, book, head.Sequence]));
        return writes;
    }

    private byte[] ContentOf(TransactionRequest request) => hash.Content(
        request.Kind, request.Subject, LedgerTime.ToMilliseconds(request.HappenedAt), request.Reason,
        request.Related?.Relation.ToString(), request.Related?.Sequence ?? 0,
        [.. request.Postings.Select(p => new HashedPosting(p.Source.Value, p.Destination.Value, p.Asset.Code, p.Amount, 0, 0))]);

    /// <summary>The accounts of a request, each once, in the order of its postings, and how they stood.</summary>
    private List<(HeldAccount Account, long Balance, long Version)> Touched(TransactionRequest request)
    {
        var touched = new List<(HeldAccount Account, long Balance, long Version)>(request.Postings.Count * 2);
        foreach (var p in request.Postings)
        {
            Touch(Accounts[(p.Source, p.Asset)]);
            Touch(Accounts[(p.Destination, p.Asset)]);
        }
        return touched;

        void Touch(HeldAccount account)
        {
            if (!touched.Exists(t => ReferenceEquals(t.Account, account))) touched.Add((account, account.Balance, account.Version));
        }
    }

    private (List<HashedPosting> Postings, List<(HeldAccount Account, long Amount, long Version)> Entries) Apply(TransactionRequest request)
    {
        var postings = new List<HashedPosting>(request.Postings.Count);
        var entries = new List<(HeldAccount, long, long)>(request.Postings.Count * 2);
        foreach (var p in request.Postings)
        {
            var source = Accounts[(p.Source, p.Asset)];
            var destination = Accounts[(p.Destination, p.Asset)];
            source.Balance = checked(source.Balance - p.Amount);
            destination.Balance = checked(destination.Balance + p.Amount);
            entries.Add((source, -p.Amount, ++source.Version));
            entries.Add((destination, p.Amount, ++destination.Version));
            postings.Add(new HashedPosting(p.Source.Value, p.Destination.Value, p.Asset.Code, p.Amount, source.Version, destination.Version));
        }
        return (postings, entries);
    }

    private void Take(
        TransactionRequest request, byte[] content, List<(HeldAccount Account, long Balance, long Version)> touched, List<HashedPosting> postings, List<(HeldAccount Account, long Amount, long Version)> entries)
    {
        sequence++;
        link = hash.Link(link, head.Code, sequence, request.Key, content, recordedAt, request.Actor.Code, postings);
        writes.Add((AddTransaction,
            [book, sequence, request.Key, request.Kind, request.Subject, LedgerTime.ToMilliseconds(request.HappenedAt), recordedAt, request.Actor.Code, request.Reason,
                request.Related?.Sequence, request.Related?.Relation.ToString(), content, link]));
        foreach (var (account, _, version) in touched)
        {
            if (version == account.OldVersion) changed.Add(account); // the first time that it moves in this run
            if (account.Number != 0) continue;
            account.Number = ++count;
            writes.Add((AddAccount, [book, account.Number, account.Code.Value, account.Asset.Code, account.Code.IsGuarded ? 0L : null]));
        }
        for (var i = 0; i < entries.Count; i++) writes.Add((AddEntry, [book, sequence, i, entries[i].Account.Number, entries[i].Amount, entries[i].Version]));
        Known[request.Key] = new Standing(sequence, content);
        if (request.Related is { } related) Ended[related] = Known[request.Key];
    }
}
