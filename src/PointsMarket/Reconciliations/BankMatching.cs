namespace PointsMarket.Reconciliations;

/// <summary>A line of a bank statement: fen, + in, − out. An empty reference is none.</summary>
public sealed record BankLine(string Fund, DateOnly Date, string Reference, long AmountFen, string Description);

/// <summary>Money that moved in the ledger: fen, + into <c>cash:{fund}</c>, − out of it.</summary>
public sealed record FundFlow(string Fund, DateOnly Date, string Reference, long AmountFen)
{
    /// <summary>The transaction's number in the book.</summary>
    public long Sequence { get; init; }
}

/// <summary>A money discrepancy as in <c>reconciliation-*.json</c>; null where that side has nothing.</summary>
public sealed record MoneyDiscrepancy(DiscrepancyKind Kind, string Fund, string Reference, long? Bank, long? Ledger);

/// <summary>A line, its place in the file from 0, how it came to its movement, and that movement's number; null for none.</summary>
public readonly record struct MatchedLine(int Position, BankLine Line, Pairing How, long? Sequence);

/// <summary>Where a discrepancy comes from: its line's place and its movement's number, null where that side has nothing, and the line's day, or else the movement's.</summary>
public readonly record struct DiscrepancySides(int? Line, long? Sequence, DateOnly Day);

/// <summary>What a statement and the ledger's movements have in common, and what not, in the order of output.</summary>
public sealed record BankMatch(int Lines, int Movements, int Matched, IReadOnlyList<MoneyDiscrepancy> Discrepancies)
{
    /// <summary>Where each discrepancy comes from.</summary>
    public required IReadOnlyList<DiscrepancySides> Sides { get; init; }

    /// <summary>Every line in the order of the file; read again each time, while the <see cref="BankMatching"/> lives.</summary>
    public required IEnumerable<MatchedLine> EachLine { get; init; }
}

/// <summary>
/// The bank-matching law of FORMATS, per fund: (1) each line in file order takes the open movement with its reference and amount;
/// (2) of the rest, a line whose reference is still open differs in amount; (3) of the rest, a line pairs with a movement of equal
/// amount within 3 days when each is the other's only candidate; (4) the rest is on one side only. Every line and movement is used
/// exactly once. Each step sorts both sides by what it compares and walks through them once: time grows with n·log n, and memory
/// only with what is off.
/// </summary>
public sealed class BankMatching : IDisposable
{
    /// <summary>How far apart the days of a pair without a common reference may lie.</summary>
    public const int Days = 3;

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> funds = [];
    private readonly SortedRows<(int Place, BankLine Line)> kept = new((a, b) => a.Place.CompareTo(b.Place), WriteLine, ReadLine);
    private readonly SortedRows<(int Place, Pairing How, long Sequence)> pairs = new((a, b) => a.Place.CompareTo(b.Place), WritePair, ReadPair);
    private readonly SortedRows<MoneyEntry> lines = MoneyEntry.Sorted(MoneyEntry.ByReferenceAndAmount);
    private readonly SortedRows<MoneyEntry> flows = MoneyEntry.Sorted(MoneyEntry.ByReferenceAndAmount);
    private readonly SortedRows<MoneyEntry> restLines = MoneyEntry.Sorted(MoneyEntry.ByAmountAndDay);
    private readonly SortedRows<MoneyEntry> restFlows = MoneyEntry.Sorted(MoneyEntry.ByAmountAndDay);
    private readonly List<(MoneyDiscrepancy What, MoneyEntry? Line, MoneyEntry? Flow)> off = [];
    private int movements;
    private int matched;

    /// <summary>The next line, in the order of the file.</summary>
    public void Add(BankLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var entry = new MoneyEntry(NumberOf(line.Fund), line.Reference, line.AmountFen, line.Date.DayNumber, kept.Count, 0);
        kept.Add((kept.Count, line));
        (entry.Reference.Length > 0 ? lines : restLines).Add(entry);
    }

    /// <summary>The next movement, in the order of the book.</summary>
    public void Add(FundFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var entry = new MoneyEntry(NumberOf(flow.Fund), flow.Reference, flow.AmountFen, flow.Date.DayNumber, movements++, flow.Sequence);
        (entry.Reference.Length > 0 ? flows : restFlows).Add(entry);
    }

    /// <summary>Matches all that was added; once.</summary>
    public BankMatch Match()
    {
        ByReference();
        ByAmount(restLines.Read(), restFlows.Read());
        var ordered = off
            .OrderBy(d => d.What.Kind.Word(), StringComparer.Ordinal).ThenBy(d => d.What.Fund, StringComparer.Ordinal).ThenBy(d => d.What.Reference, StringComparer.Ordinal)
            .ThenBy(d => d.What.Bank ?? 0).ThenBy(d => d.What.Ledger ?? 0).ThenBy(d => (d.Line ?? d.Flow)!.Value.Place).ToList();
        return new BankMatch(kept.Count, movements, matched, ordered.ConvertAll(d => d.What))
        {
            Sides = ordered.ConvertAll(d => new DiscrepancySides(d.Line?.Place, d.Flow?.Sequence, DateOnly.FromDayNumber((d.Line ?? d.Flow)!.Value.Day))), EachLine = EachLine(),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        kept.Dispose();
        pairs.Dispose();
        foreach (var side in (SortedRows<MoneyEntry>[])[lines, flows, restLines, restFlows]) side.Dispose();
    }

    /// <summary>Steps 1 and 2: the first line of a reference and amount with the first movement, the second with the second; then of a reference alone.</summary>
    private void ByReference()
    {
        using var openLines = MoneyEntry.Sorted(MoneyEntry.ByReference);
        using var openFlows = MoneyEntry.Sorted(MoneyEntry.ByReference);
        Merge(lines.Read(), flows.Read(), MoneyEntry.ByReferenceAndAmount, (line, flow) => Pair(line, flow, Pairing.Reference), openLines.Add, openFlows.Add);
        Merge(openLines.Read(), openFlows.Read(), MoneyEntry.ByReference, (line, flow) =>
        {
            Pair(line, flow, Pairing.AmountDiffers);
            off.Add((new(DiscrepancyKind.AmountDiffers, funds[line.Fund], line.Reference, line.AmountFen, flow.AmountFen), line, flow));
        }, restLines.Add, restFlows.Add);
    }

    private static void Merge(
        IEnumerable<MoneyEntry> mine, IEnumerable<MoneyEntry> theirs, Comparison<MoneyEntry> by, Action<MoneyEntry, MoneyEntry> pair, Action<MoneyEntry> lineAlone, Action<MoneyEntry> flowAlone)
    {
        using var line = mine.GetEnumerator();
        using var flow = theirs.GetEnumerator();
        var (hasLine, hasFlow) = (line.MoveNext(), flow.MoveNext());
        while (hasLine || hasFlow)
        {
            var order = !hasFlow ? -1 : !hasLine ? 1 : by(line.Current, flow.Current);
            if (order == 0) pair(line.Current, flow.Current);
            else if (order < 0) lineAlone(line.Current);
            else flowAlone(flow.Current);
            if (order <= 0) hasLine = line.MoveNext();
            if (order >= 0) hasFlow = flow.MoveNext();
        }
    }

    /// <summary>
    /// Steps 3 and 4. A pair needs each to be the other's only candidate, so it touches no other candidate, and the pairs do not depend
    /// on any order. Of one fund and amount it is enough to know the days: two of a day are each other's rivals and stay alone.
    /// </summary>
    private void ByAmount(IEnumerable<MoneyEntry> mine, IEnumerable<MoneyEntry> theirs)
    {
        using var line = mine.GetEnumerator();
        using var flow = theirs.GetEnumerator();
        var (hasLine, hasFlow) = (line.MoveNext(), flow.MoveNext());
        while (hasLine || hasFlow)
        {
            var order = !hasFlow ? -1 : !hasLine ? 1 : MoneyEntry.ByAmount(line.Current, flow.Current);
            if (order != 0)
            {
                if (order < 0) hasLine = Alone(line, BankOnly);
                else hasFlow = Alone(flow, LedgerOnly);
                continue;
            }
            var (lineDays, flowDays) = (new List<(MoneyEntry First, bool Only)>(), new List<(MoneyEntry First, bool Only)>());
            var of = line.Current;
            (hasLine, hasFlow) = (TakeDays(line, of, lineDays, BankOnly), TakeDays(flow, of, flowDays, LedgerOnly));
            PairDays(lineDays, flowDays);
        }
    }

    private static bool Alone(IEnumerator<MoneyEntry> side, Action<MoneyEntry> alone)
    {
        alone(side.Current);
        return side.MoveNext();
    }

    /// <summary>Takes all of one fund and amount from a side: the first of each day, and whether it is the day's only one. False at the side's end.</summary>
    private static bool TakeDays(IEnumerator<MoneyEntry> side, MoneyEntry of, List<(MoneyEntry First, bool Only)> days, Action<MoneyEntry> alone)
    {
        do
        {
            if (MoneyEntry.ByAmount(side.Current, of) != 0) return true;
            if (days.Count == 0 || days[^1].First.Day != side.Current.Day)
            {
                days.Add((side.Current, true));
                continue;
            }
            if (days[^1].Only) alone(days[^1].First);
            days[^1] = (days[^1].First, false);
            alone(side.Current);
        }
        while (side.MoveNext());
        return false;
    }

    private void PairDays(List<(MoneyEntry First, bool Only)> mine, List<(MoneyEntry First, bool Only)> theirs)
    {
        var taken = new HashSet<int>();
        foreach (var (line, _) in mine.Where(m => m.Only))
        {
            if (OnlyNear(theirs, line.Day) is { } flow && OnlyNear(mine, flow.Day) is not null)
            {
                Pair(line, flow, Pairing.Suggested);
                taken.Add(flow.Day);
            }
            else
            {
                BankOnly(line);
            }
        }
        foreach (var (flow, _) in theirs.Where(t => t.Only && !taken.Contains(t.First.Day))) LedgerOnly(flow);
    }

    /// <summary>The only entry within reach of a day; null when there is none or more than one. A month has few days.</summary>
    private static MoneyEntry? OnlyNear(List<(MoneyEntry First, bool Only)> days, int day)
    {
        MoneyEntry? found = null;
        foreach (var (first, only) in days)
        {
            if (Math.Abs(first.Day - day) > Days) continue;
            if (!only || found is not null) return null;
            found = first;
        }
        return found;
    }

    private void Pair(MoneyEntry line, MoneyEntry flow, Pairing how)
    {
        pairs.Add((line.Place, how, flow.Sequence));
        if (how != Pairing.AmountDiffers) matched++;
    }

    private void BankOnly(MoneyEntry line) => off.Add((new(DiscrepancyKind.BankOnly, funds[line.Fund], line.Reference, line.AmountFen, null), line, null));

    private void LedgerOnly(MoneyEntry flow) => off.Add((new(DiscrepancyKind.LedgerOnly, funds[flow.Fund], flow.Reference, null, flow.AmountFen), null, flow));

    private IEnumerable<MatchedLine> EachLine()
    {
        using var pair = pairs.Read().GetEnumerator();
        var more = pair.MoveNext();
        foreach (var (place, line) in kept.Read())
        {
            var mine = more && pair.Current.Place == place;
            yield return mine ? new MatchedLine(place, line, pair.Current.How, pair.Current.Sequence) : new MatchedLine(place, line, Pairing.None, null);
            if (mine) more = pair.MoveNext();
        }
    }

    private int NumberOf(string fund)
    {
        if (numbers.TryGetValue(fund, out var number)) return number;
        funds.Add(fund);
        return numbers[fund] = funds.Count - 1;
    }

    private static void WriteLine(BinaryWriter to, (int Place, BankLine Line) row)
    {
        to.Write(row.Place);
        to.Write(row.Line.Fund);
        to.Write(row.Line.Date.DayNumber);
        to.Write(row.Line.Reference);
        to.Write(row.Line.AmountFen);
        to.Write(row.Line.Description);
    }

    private static (int Place, BankLine Line) ReadLine(BinaryReader from) =>
        (from.ReadInt32(), new BankLine(from.ReadString(), DateOnly.FromDayNumber(from.ReadInt32()), from.ReadString(), from.ReadInt64(), from.ReadString()));

    private static void WritePair(BinaryWriter to, (int Place, Pairing How, long Sequence) row)
    {
        to.Write(row.Place);
        to.Write((byte)row.How);
        to.Write(row.Sequence);
    }

    private static (int Place, Pairing How, long Sequence) ReadPair(BinaryReader from) => (from.ReadInt32(), (Pairing)from.ReadByte(), from.ReadInt64());
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
