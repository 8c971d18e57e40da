using System.Data.Common;

namespace PointsMarket.Ledger;

/// <summary>An account while a book is proved: what is stored, and what its entries come to.</summary>
internal sealed class AccountProof
{
    public AccountProof(LedgerAccount stored)
    {
        Stored = stored;
        try
        {
            var code = AccountCode.Parse(stored.Code);
            IsKnown = code.Takes(Asset.Parse(stored.Asset)) && stored.Floor == (code.IsGuarded ? 0 : null);
            IsGuarded = code.IsGuarded;
        }
        catch (FormatException)
        {
            IsKnown = false;
        }
    }

    public LedgerAccount Stored { get; }

    public bool IsKnown { get; }

    public bool IsGuarded { get; }

    public long Balance { get; set; }

    public long Version { get; set; }
}

/// <summary>A transaction as its row says, times as the numbers they are stored as: a row that was tampered with may say anything.</summary>
internal readonly record struct ReadTransaction(
    long Sequence, string Key, string Kind, string Subject, long HappenedAt, long RecordedAt, string Actor, string? Reason, long? Related, string? Relation, byte[] Content, byte[] Hash);

/// <summary>Walks one book's rows in order and collects what is off.</summary>
internal sealed class BookProof(LedgerBook book, Dictionary<int, AccountProof> accounts, IReadOnlyList<Checkpoint> checkpoints, ClosingProof closings)
{
    private readonly List<LedgerFinding> findings = [];
    private readonly List<(int Line, int Account, long Amount, long Version)> lines = [];
    private readonly List<HashedPosting> postings = [];
    private readonly HashSet<(long, string)> related = [];
    private readonly Dictionary<long, Checkpoint> expected = checkpoints.GroupBy(c => c.Sequence).ToDictionary(g => g.Key, g => g.First());
    private readonly TransactionHash hash = new();
    private ReadTransaction? current;
    private byte[] previous = new byte[32];

    public long Transactions { get; private set; }

    public long Entries { get; private set; }

    /// <summary>Takes the next row of the join; true when it began a new transaction.</summary>
    public bool Read(DbDataReader r)
    {
        var sequence = r.GetInt64(0);
        var began = current?.Sequence != sequence;
        if (began)
        {
            Close();
            current = Transaction(r, sequence);
        }
        if (!r.IsDBNull(12))
        {
            lines.Add((r.GetInt32(12), r.GetInt32(13), r.GetInt64(14), r.GetInt64(15)));
            Entries++;
        }
        return began;
    }

    /// <summary>After the last row.</summary>
    public void Finish(long storedEntries)
    {
        Close();
        if (storedEntries != Entries) Add(LedgerFault.StrayEntries, null, (storedEntries - Entries).ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (book.Sequence != Transactions || !book.Head.AsSpan().SequenceEqual(previous) || book.Accounts != accounts.Count)
            Add(LedgerFault.HeadWrong, book.Sequence < Transactions ? book.Sequence + 1 : Transactions + 1, book.Code);
        foreach (var a in accounts.Values)
        {
            if (!a.IsKnown) Add(LedgerFault.AccountWrong, null, a.Stored.Code);
            if (a.Balance != a.Stored.Balance || a.Version != a.Stored.Version) Add(LedgerFault.BalanceWrong, null, a.Stored.Code);
        }
        foreach (var (sequence, where) in closings.Wrong(book)) Add(LedgerFault.ClosingWrong, sequence, where);
        foreach (var c in expected.Values) Add(LedgerFault.CheckpointDiffers, c.Sequence, book.Code); // what is left was never met: the book was cut
    }

    public LedgerReport Report() => new(
        book.Code, Transactions, Entries,
        accounts.Values.Where(a => a.IsKnown && a.IsGuarded).GroupBy(a => a.Stored.Asset, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Aggregate(0L, (sum, a) => unchecked(sum + a.Balance)), StringComparer.Ordinal),
        [.. findings.OrderBy(f => f.Sequence ?? long.MaxValue).Take(LedgerVerifier.MostFindings)])
    {
        Head = new Checkpoint(book.Code, Transactions, Convert.ToHexString(previous), DateTime.UnixEpoch),
    };

    private static ReadTransaction Transaction(DbDataReader r, long sequence) => new(
        sequence, r.GetString(1), r.GetString(2), r.GetString(3), r.GetInt64(4), r.GetInt64(5), r.GetString(6), r.IsDBNull(7) ? null : r.GetString(7),
        r.IsDBNull(8) ? null : r.GetInt64(8), r.IsDBNull(9) ? null : r.GetString(9), r.GetFieldValue<byte[]>(10), r.GetFieldValue<byte[]>(11));

    private void Close()
    {
        if (current is not { } t) return;
        Transactions++;
        if (t.Sequence != Transactions) Add(LedgerFault.SequenceGap, Math.Min(t.Sequence, Transactions), t.Key);
        Transactions = t.Sequence; // go on from here, so that one missing row is one finding
        Postings(t);
        Hashes(t);
        if (!closings.Allows(t.Sequence, t.HappenedAt)) Add(LedgerFault.PeriodBroken, t.Sequence, t.Key);
        if (t.Related is { } earlier && (earlier < 1 || earlier >= t.Sequence || t.Relation is null || !related.Add((earlier, t.Relation))))
            Add(LedgerFault.RelationWrong, t.Sequence, t.Key);
        lines.Clear();
        postings.Clear();
        current = null;
    }

    private void Postings(ReadTransaction t)
    {
        var whole = lines.Count > 0 && lines.Count % 2 == 0;
        for (var i = 0; whole && i < lines.Count; i += 2)
        {
            var (source, destination) = (lines[i], lines[i + 1]);
            whole = source.Line == i && destination.Line == i + 1 && destination.Amount > 0 && source.Amount == -destination.Amount && source.Account != destination.Account
                && accounts.TryGetValue(source.Account, out var from) && accounts.TryGetValue(destination.Account, out var to) && from.Stored.Asset == to.Stored.Asset;
            if (whole) postings.Add(new HashedPosting(accounts[source.Account].Stored.Code, accounts[destination.Account].Stored.Code, accounts[source.Account].Stored.Asset, destination.Amount, source.Version, destination.Version));
        }
        if (!whole) Add(LedgerFault.Unbalanced, t.Sequence, t.Key);
        foreach (var line in lines)
        {
            if (!accounts.TryGetValue(line.Account, out var account)) continue;
            account.Balance = unchecked(account.Balance + line.Amount);
            if (line.Version != account.Version + 1) Add(LedgerFault.VersionGap, t.Sequence, account.Stored.Code);
            account.Version = line.Version;
        }
        foreach (var number in lines.Select(l => l.Account).Distinct())
        {
            if (accounts.TryGetValue(number, out var account) && account.IsGuarded && account.Balance < 0) Add(LedgerFault.BelowFloor, t.Sequence, account.Stored.Code);
        }
    }

    private void Hashes(ReadTransaction t)
    {
        var content = hash.Content(t.Kind, t.Subject, t.HappenedAt, t.Reason, t.Relation, t.Related ?? 0, postings);
        if (!content.AsSpan().SequenceEqual(t.Content)) Add(LedgerFault.ContentChanged, t.Sequence, t.Key);
        var link = hash.Link(previous, book.Code, t.Sequence, t.Key, content, t.RecordedAt, t.Actor, postings);
        if (!link.AsSpan().SequenceEqual(t.Hash)) Add(LedgerFault.ChainBroken, t.Sequence, t.Key);
        closings.Passed(t.Sequence, t.Hash);
        previous = t.Hash; // as stored: one broken link is one finding, not all that follow
        if (expected.Remove(t.Sequence, out var checkpoint) && !string.Equals(checkpoint.Hash, Convert.ToHexString(t.Hash), StringComparison.OrdinalIgnoreCase))
            Add(LedgerFault.CheckpointDiffers, t.Sequence, t.Key);
    }

    private void Add(LedgerFault fault, long? sequence, string where)
    {
        if (findings.Count < LedgerVerifier.MostFindings * 4) findings.Add(new LedgerFinding(fault, sequence, where));
    }
}
