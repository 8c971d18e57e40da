using System.Runtime.InteropServices;
using PointsMarket.Reconciliations;

namespace PointsMarket.Tests.Reconciliations;

/// <summary>What a statement and the ledger's movements have in common, and what not, in the order of output.</summary>
internal sealed record MemoryMatch(int Matched, IReadOnlyList<MoneyDiscrepancy> Discrepancies)
{
    /// <summary>For each line, in the order given: how it came to its movement, and which one that is; −1 for none.</summary>
    public required IReadOnlyList<(Pairing How, int Flow)> Lines { get; init; }

    /// <summary>For each discrepancy: its line and its movement; −1 where that side has nothing.</summary>
    public required IReadOnlyList<(int Line, int Flow)> Sides { get; init; }
}

/// <summary>
/// The bank-matching law of FORMATS with everything in memory, as the product did it before it was asked to match millions of lines in
/// little: what <see cref="BankMatching"/> must still come to, line by line.
/// </summary>
internal static class MemoryMatching
{
    /// <summary>How far apart the days of a pair without a common reference may lie.</summary>
    public const int Days = 3;

    /// <summary>Matches. The order of the lines is that of the file, the order of the movements that of the book.</summary>
    public static MemoryMatch Match(IReadOnlyList<BankLine> lines, IReadOnlyList<FundFlow> flows)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(flows);
        var (how, flowOf, flowUsed) = (new Pairing[lines.Count], new int[lines.Count], new bool[flows.Count]);
        Array.Fill(flowOf, -1);
        ByReference(lines, flows, how, flowOf, flowUsed);
        ByAmount(lines, flows, how, flowOf, flowUsed);
        var found = new List<(MoneyDiscrepancy What, int Line, int Flow)>();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (how[i] == Pairing.None) found.Add((new(DiscrepancyKind.BankOnly, line.Fund, line.Reference, line.AmountFen, null), i, -1));
            else if (how[i] == Pairing.AmountDiffers) found.Add((new(DiscrepancyKind.AmountDiffers, line.Fund, line.Reference, line.AmountFen, flows[flowOf[i]].AmountFen), i, flowOf[i]));
        }
        for (var i = 0; i < flows.Count; i++)
            if (!flowUsed[i]) found.Add((new(DiscrepancyKind.LedgerOnly, flows[i].Fund, flows[i].Reference, null, flows[i].AmountFen), -1, i));
        var ordered = found
            .OrderBy(d => d.What.Kind.Word(), StringComparer.Ordinal).ThenBy(d => d.What.Fund, StringComparer.Ordinal).ThenBy(d => d.What.Reference, StringComparer.Ordinal)
            .ThenBy(d => d.What.Bank ?? 0).ThenBy(d => d.What.Ledger ?? 0).ToList();
        return new MemoryMatch(how.Count(h => h is Pairing.Reference or Pairing.Suggested), ordered.ConvertAll(d => d.What))
        {
            Lines = Array.ConvertAll([.. Enumerable.Range(0, how.Length)], i => (how[i], flowOf[i])), Sides = ordered.ConvertAll(d => (d.Line, d.Flow)),
        };
    }

    /// <summary>Steps 1 and 2. A fund and reference become one number first, so that texts are hashed once.</summary>
    private static void ByReference(IReadOnlyList<BankLine> lines, IReadOnlyList<FundFlow> flows, Pairing[] how, int[] flowOf, bool[] flowUsed)
    {
        var numbers = new Dictionary<(string Fund, string Reference), int>(flows.Count);
        var (ofFlow, ofLine) = (new int[flows.Count], new int[lines.Count]);
        for (var i = 0; i < flows.Count; i++)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, (flows[i].Fund, flows[i].Reference), out var known);
            ofFlow[i] = flows[i].Reference.Length == 0 ? -1 : known ? number : (number = numbers.Count - 1);
        }
        for (var i = 0; i < lines.Count; i++) ofLine[i] = lines[i].Reference.Length > 0 && numbers.TryGetValue((lines[i].Fund, lines[i].Reference), out var number) ? number : -1;

        var same = new Waiting<(int, long)>(flows.Count);
        for (var i = flows.Count - 1; i >= 0; i--)
            if (ofFlow[i] >= 0) same.Put((ofFlow[i], flows[i].AmountFen), i);
        for (var i = 0; i < lines.Count; i++)
            if (ofLine[i] >= 0 && same.Take((ofLine[i], lines[i].AmountFen)) is >= 0 and var flow) Pair(i, flow, Pairing.Reference);

        var open = new Waiting<int>(flows.Count);
        for (var i = flows.Count - 1; i >= 0; i--)
            if (ofFlow[i] >= 0 && !flowUsed[i]) open.Put(ofFlow[i], i);
        for (var i = 0; i < lines.Count; i++)
            if (how[i] == Pairing.None && ofLine[i] >= 0 && open.Take(ofLine[i]) is >= 0 and var flow) Pair(i, flow, Pairing.AmountDiffers);

        void Pair(int line, int flow, Pairing found) => (how[line], flowOf[line], flowUsed[flow]) = (found, flow, true);
    }

    /// <summary>Movements that wait under a key, the first of the book first; put in from the last to the first.</summary>
    private sealed class Waiting<TKey>(int capacity)
        where TKey : notnull
    {
        private readonly Dictionary<TKey, int> first = new(capacity);
        private readonly int[] next = new int[capacity];

        public void Put(TKey key, int flow)
        {
            ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(first, key, out var known);
            next[flow] = known ? head : -1;
            head = flow;
        }

        public int Take(TKey key)
        {
            ref var head = ref CollectionsMarshal.GetValueRefOrNullRef(first, key);
            if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref head) || head < 0) return -1;
            var taken = head;
            head = next[taken];
            return taken;
        }
    }

    /// <summary>
    /// A pair needs each to be the other's only candidate, so it touches no other candidate: the pairs do not depend on any order.
    /// Within fund and amount both sides are sorted by day, and the candidates of each are a range.
    /// </summary>
    private static void ByAmount(IReadOnlyList<BankLine> lines, IReadOnlyList<FundFlow> flows, Pairing[] how, int[] flowOf, bool[] flowUsed)
    {
        var rest = new Dictionary<(string Fund, long Amount), (List<int> Lines, List<int> Flows)>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (how[i] != Pairing.None) continue;
            if (!rest.TryGetValue((lines[i].Fund, lines[i].AmountFen), out var same)) rest[(lines[i].Fund, lines[i].AmountFen)] = same = ([], []);
            same.Lines.Add(i);
        }
        for (var i = 0; i < flows.Count && rest.Count > 0; i++)
            if (!flowUsed[i] && rest.TryGetValue((flows[i].Fund, flows[i].AmountFen), out var same)) same.Flows.Add(i);
        foreach (var (mine, theirs) in rest.Values)
        {
            if (theirs.Count == 0) continue;
            mine.Sort((a, b) => lines[a].Date.CompareTo(lines[b].Date));
            theirs.Sort((a, b) => flows[a].Date.CompareTo(flows[b].Date));
            var lineDays = mine.ConvertAll(i => lines[i].Date.DayNumber);
            var flowDays = theirs.ConvertAll(i => flows[i].Date.DayNumber);
            for (var i = 0; i < mine.Count; i++)
            {
                if (Only(flowDays, lineDays[i]) is not { } flow || Only(lineDays, flowDays[flow]) is null) continue;
                (how[mine[i]], flowOf[mine[i]], flowUsed[theirs[flow]]) = (Pairing.Suggested, theirs[flow], true);
            }
        }
    }

    /// <summary>Where the only day within reach stands; null when there is none or more than one.</summary>
    private static int? Only(List<int> sorted, int day)
    {
        var (first, end) = (0, sorted.Count);
        while (first < end)
        {
            var middle = (first + end) / 2;
            if (sorted[middle] < day - Days) first = middle + 1;
            else end = middle;
        }
        return first < sorted.Count && sorted[first] <= day + Days && (first + 1 == sorted.Count || sorted[first + 1] > day + Days) ? first : null;
    }
}
