using System.Globalization;

namespace PointsMarket.Ledger;

/// <summary>The moves of a book's closing while it is proved: which limit held for which transaction, and whether the moves are as written.</summary>
internal sealed class ClosingProof(IReadOnlyList<LedgerClosing> moves)
{
    private readonly Dictionary<long, byte[]> heads = moves.Select(m => m.Sequence).Append(0).Distinct().ToDictionary(s => s, s => s == 0 ? new byte[32] : []);
    private int next;
    private long limit = long.MinValue;

    /// <summary>Whether a transaction may have happened then; asked in order of the numbers.</summary>
    public bool Allows(long sequence, long happenedAt)
    {
        for (; next < moves.Count && moves[next].Sequence < sequence; next++) limit = moves[next].Before is { } before ? LedgerTime.ToMilliseconds(before) : long.MinValue;
        return happenedAt >= limit;
    }

    /// <summary>The hash of a transaction as stored.</summary>
    public void Passed(long sequence, byte[] hash)
    {
        if (heads.ContainsKey(sequence)) heads[sequence] = hash;
    }

    /// <summary>After the last transaction: the moves that are not as they were written, and the book whose limit is not the last one's.</summary>
    public IEnumerable<(long? Sequence, string Where)> Wrong(LedgerBook book)
    {
        var (hash, previous, number, sequence) = (new TransactionHash(), new byte[32], 0, 0L);
        foreach (var m in moves)
        {
            number++;
            var before = m.Before is { } limitThen ? LedgerTime.ToMilliseconds(limitThen) : (long?)null;
            var link = hash.Closing(previous, book.Code, m.Number, m.Sequence, heads[m.Sequence], before, LedgerTime.ToMilliseconds(m.RecordedAt), m.Actor);
            if (m.Number != number || m.Sequence < sequence || !link.AsSpan().SequenceEqual(m.Hash))
                yield return (m.Sequence > 0 ? m.Sequence : null, string.Create(CultureInfo.InvariantCulture, $"{book.Code} {m.Number}"));
            (previous, number, sequence) = (m.Hash, m.Number, m.Sequence);
        }
        if (book.ClosedBefore != (moves.Count > 0 ? moves[^1].Before : null)) yield return (null, book.Code);
    }
}
