namespace PointsMarket.Reconciliations;

/// <summary>A line of a bank statement: fen, + in, − out. An empty reference is none.</summary>
public sealed record BankLine(string Fund, DateOnly Date, string Reference, long AmountFen, string Description);

/// <summary>Money that moved in the ledger: fen, + into <c>cash:{fund}</c>, − out of it.</summary>
public sealed record FundFlow(string Fund, DateOnly Date, string Reference, long AmountFen);

/// <summary>A money discrepancy as in <c>reconciliation-*.json</c>; null where that side has nothing.</summary>
public sealed record MoneyDiscrepancy(DiscrepancyKind Kind, string Fund, string Reference, long? Bank, long? Ledger);

/// <summary>What a statement and the ledger's movements have in common, and what not, in the order of output.</summary>
public sealed record BankMatch(int Matched, IReadOnlyList<MoneyDiscrepancy> Discrepancies);

/// <summary>
/// The bank-matching law of FORMATS, per fund: (1) each line in file order takes the open movement with its reference and amount;
/// (2) of the rest, a line whose reference is still open differs in amount; (3) of the rest, a line pairs with a movement of equal
/// amount within 3 days when each is the other's only candidate; (4) the rest is on one side only. Hashing and one sort: time grows
/// with n·log n, and every line and movement is used exactly once.
/// </summary>
public static class BankMatching
{
    /// <summary>How far apart the days of a pair without a common reference may lie.</summary>
    public const int Days = 3;

    /// <summary>Matches. The order of the lines is that of the file, the order of the movements that of the book.</summary>
    public static BankMatch Match(IReadOnlyList<BankLine> lines, IReadOnlyList<FundFlow> flows)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(flows);
        var (lineUsed, flowUsed) = (new bool[lines.Count], new bool[flows.Count]);
        var found = new List<MoneyDiscrepancy>();
        var matched = ByReferenceAndAmount(lines, flows, lineUsed, flowUsed);
        ByReference(lines, flows, lineUsed, flowUsed, found);
        matched += ByAmount(lines, flows, lineUsed, flowUsed);
        for (var i = 0; i < lines.Count; i++)
            if (!lineUsed[i]) found.Add(new MoneyDiscrepancy(DiscrepancyKind.BankOnly, lines[i].Fund, lines[i].Reference, lines[i].AmountFen, null));
        for (var i = 0; i < flows.Count; i++)
            if (!flowUsed[i]) found.Add(new MoneyDiscrepancy(DiscrepancyKind.LedgerOnly, flows[i].Fund, flows[i].Reference, null, flows[i].AmountFen));
        return new BankMatch(matched, [.. found
            .OrderBy(d => d.Kind.Word(), StringComparer.Ordinal).ThenBy(d => d.Fund, StringComparer.Ordinal).ThenBy(d => d.Reference, StringComparer.Ordinal)
            .ThenBy(d => d.Bank ?? 0).ThenBy(d => d.Ledger ?? 0)]);
    }

    private static int ByReferenceAndAmount(IReadOnlyList<BankLine> lines, IReadOnlyList<FundFlow> flows, bool[] lineUsed, bool[] flowUsed)
    {
        var open = Queues(flows, flowUsed, f => (f.Fund, f.Reference, f.AmountFen));
        var matched = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.Reference.Length == 0 || !open.TryGetValue((line.Fund, line.Reference, line.AmountFen), out var queue) || !queue.TryDequeue(out var flow)) continue;
            (lineUsed[i], flowUsed[flow]) = (true, true);
            matched++;
        }
        return matched;
    }

    private static void ByReference(IReadOnlyList<BankLine> lines, IReadOnlyList<FundFlow> flows, bool[] lineUsed, bool[] flowUsed, List<MoneyDiscrepancy> found)
    {
        var open = Queues(flows, flowUsed, f => (f.Fund, f.Reference));
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (lineUsed[i] || line.Reference.Length == 0 || !open.TryGetValue((line.Fund, line.Reference), out var queue) || !queue.TryDequeue(out var flow)) continue;
            (lineUsed[i], flowUsed[flow]) = (true, true);
            found.Add(new MoneyDiscrepancy(DiscrepancyKind.AmountDiffers, line.Fund, line.Reference, line.AmountFen, flows[flow].AmountFen));
        }
    }

    private static Dictionary<TKey, Queue<int>> Queues<TKey>(IReadOnlyList<FundFlow> flows, bool[] used, Func<FundFlow, TKey> key)
        where TKey : notnull
    {
        var queues = new Dictionary<TKey, Queue<int>>(flows.Count);
        for (var i = 0; i < flows.Count; i++)
        {
            if (used[i] || flows[i].Reference.Length == 0) continue;
            var at = key(flows[i]);
            if (!queues.TryGetValue(at, out var queue)) queues[at] = queue = new Queue<int>(1);
            queue.Enqueue(i);
        }
        return queues;
    }

    /// <summary>
    /// A pair needs each to be the other's only candidate, so it touches no other candidate: the pairs do not depend on any order.
    /// Within fund and amount both sides are sorted by day, and the candidates of each are a range.
    /// </summary>
    private static int ByAmount(IReadOnlyList<BankLine> lines, IReadOnlyList<FundFlow> flows, bool[] lineUsed, bool[] flowUsed)
    {
        var rest = new Dictionary<(string Fund, long Amount), (List<int> Lines, List<int> Flows)>();
        for (var i = 0; i < flows.Count; i++)
            if (!flowUsed[i]) Of(rest, flows[i].Fund, flows[i].AmountFen).Flows.Add(i);
        for (var i = 0; i < lines.Count; i++)
            if (!lineUsed[i] && rest.TryGetValue((lines[i].Fund, lines[i].AmountFen), out var same)) same.Lines.Add(i);
        var matched = 0;
        foreach (var (mine, theirs) in rest.Values)
        {
            if (mine.Count == 0) continue;
            mine.Sort((a, b) => lines[a].Date.CompareTo(lines[b].Date));
            theirs.Sort((a, b) => flows[a].Date.CompareTo(flows[b].Date));
            var lineDays = mine.ConvertAll(i => lines[i].Date.DayNumber);
            var flowDays = theirs.ConvertAll(i => flows[i].Date.DayNumber);
            for (var i = 0; i < mine.Count; i++)
            {
                if (Only(flowDays, lineDays[i]) is not { } flow || Only(lineDays, flowDays[flow]) is null) continue;
                (lineUsed[mine[i]], flowUsed[theirs[flow]]) = (true, true);
                matched++;
            }
        }
        return matched;
    }

    private static (List<int> Lines, List<int> Flows) Of(Dictionary<(string, long), (List<int>, List<int>)> rest, string fund, long amount) =>
        rest.TryGetValue((fund, amount), out var same) ? same : rest[(fund, amount)] = ([], []);

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

/// <summary>The words of the kinds in files: <c>amount-differs</c>.</summary>
public static class DiscrepancyWords
{
    /// <summary>The word.</summary>
    public static string Word(this DiscrepancyKind kind) => kind switch
    {
        DiscrepancyKind.LedgerFault => "ledger-fault",
        DiscrepancyKind.AmountDiffers => "amount-differs",
        DiscrepancyKind.BankOnly => "bank-only",
        DiscrepancyKind.LedgerOnly => "ledger-only",
        DiscrepancyKind.CountDiffers => "count-differs",
        _ => "cards-differ",
    };
}
