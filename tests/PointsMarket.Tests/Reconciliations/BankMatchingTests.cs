using FsCheck;
using FsCheck.Fluent;
using PointsMarket.Reconciliations;

namespace PointsMarket.Tests.Reconciliations;

/// <summary>The bank-matching law of FORMATS.</summary>
public sealed class BankMatchingTests
{
    private static readonly DateOnly First = new(2026, 9, 1);

    [Fact]
    public void Match_SameReferenceAndAmount_IsMatchedWhateverTheDay() =>
        AssertMatch([Line(1, "F1", 100)], [Flow(28, "F1", 100)], 1);

    [Fact]
    public void Match_SameReferenceOtherAmount_Differs() =>
        AssertMatch([Line(1, "F1", 101)], [Flow(1, "F1", 100)], 0, (DiscrepancyKind.AmountDiffers, "F1", 101, 100));

    [Fact]
    public void Match_TheSameLineTwice_TakesTheMovementOnce() =>
        AssertMatch([Line(1, "F1", 100), Line(1, "F1", 100)], [Flow(1, "F1", 100)], 1, (DiscrepancyKind.BankOnly, "F1", 100, null));

    [Fact]
    public void Match_WrongSign_Differs() => AssertMatch([Line(1, "F1", 100)], [Flow(1, "F1", -100)], 0, (DiscrepancyKind.AmountDiffers, "F1", 100, -100));

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 0)]
    public void Match_NoReference_PairsWithinThreeDays(int days, int matched) =>
        Assert.Equal(matched, Match([Line(10 + days, "", 100)], [Flow(10, "F1", 100)]).Matched);

    [Fact]
    public void Match_TwoCandidatesOnEitherSide_PairsNone()
    {
        Assert.Equal(0, Match([Line(10, "", 100)], [Flow(9, "F1", 100), Flow(11, "F2", 100)]).Matched);
        Assert.Equal(0, Match([Line(9, "", 100), Line(11, "", 100)], [Flow(10, "F1", 100)]).Matched);
        // The second line has one candidate only, but that movement has two.
        Assert.Equal(0, Match([Line(9, "", 100), Line(13, "", 100)], [Flow(10, "F1", 100), Flow(7, "F2", 100)]).Matched);
    }

    [Fact]
    public void Match_ReferenceThatNobodyKnows_PairsByAmountLikeAnyOther() => AssertMatch([Line(2, "X9", 100)], [Flow(1, "F1", 100)], 1);

    [Fact]
    public void Match_OtherFund_NeverPairs() => AssertMatch([Line(1, "F1", 100) with { Fund = "b" }], [Flow(1, "F1", 100)], 0,
        (DiscrepancyKind.BankOnly, "F1", 100, null), (DiscrepancyKind.LedgerOnly, "F1", null, 100));

    [Fact]
    public void Match_Anything_UsesEveryLineAndMovementOnce() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Cases, c =>
    {
        var (lines, flows) = c;
        var match = Match(lines, flows);
        Assert.Equal(lines.Length, match.Matched + match.Discrepancies.Count(d => d.Bank is not null));
        Assert.Equal(flows.Length, match.Matched + match.Discrepancies.Count(d => d.Ledger is not null));
        // Nothing is invented: what is left over is a part of what was given.
        Assert.Empty(Less(match.Discrepancies.Where(d => d.Bank is not null).Select(d => (d.Fund, d.Reference, d.Bank!.Value)), lines.Select(l => (l.Fund, l.Reference, l.AmountFen))));
        Assert.Empty(Less(match.Discrepancies.Where(d => d.Bank is null).Select(d => (d.Fund, d.Reference, d.Ledger!.Value)), flows.Select(f => (f.Fund, f.Reference, f.AmountFen))));
    }));

    [Fact]
    public void Match_Anything_EqualsTheLawSpelledOut() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Cases, c =>
    {
        var match = Match(c.Lines, c.Flows);
        var (matched, found) = SpelledOut([.. c.Lines], [.. c.Flows]);
        Assert.Equal(matched, match.Matched);
        Assert.Equal(found, match.Discrepancies);
    }));

    [Fact]
    public void Match_Anything_EqualsMatchingInMemoryLineByLine() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Cases, c =>
    {
        AssertAsInMemory(c.Lines, c.Flows);
    }));

    [Fact]
    public void Match_MoreThanIsHeldAtOnce_EqualsMatchingInMemoryLineByLine()
    {
        // Three stretches of each side and more, with every way to pair and not to pair in each.
        var random = new Random(7);
        var count = 3 * SortedRows<int>.Stretch + 17;
        string Reference() => random.Next(4) == 0 ? "" : $"F{random.Next(count / 2)}";
        var lines = Enumerable.Range(0, count).Select(i => Line(1 + random.Next(28), Reference(), 1 + random.Next(4)) with { Fund = $"fund-{random.Next(3)}", Description = $"第{i}笔" }).ToArray();
        var flows = Enumerable.Range(0, count).Select(_ => Flow(1 + random.Next(28), $"F{random.Next(count / 2)}", 1 + random.Next(4)) with { Fund = $"fund-{random.Next(3)}" }).ToArray();
        // Amounts of their own, so that steps 3 and 4 find pairs as well.
        for (var i = 0; i < count; i += 5) (lines[i], flows[i]) = (lines[i] with { Reference = "", AmountFen = 1000 + (i / 2) }, flows[i] with { Reference = $"S{i}", AmountFen = 1000 + (i / 2) });
        var match = AssertAsInMemory(lines, flows);
        Assert.True(match.Matched > count / 20 && match.Discrepancies.Count > count / 20, $"{match.Matched} and {match.Discrepancies.Count} of {count}");
    }

    [Fact]
    public void SortedRows_MoreThanIsHeldAtOnce_ComeInOrderEachTime()
    {
        using var rows = new SortedRows<int>((a, b) => a.CompareTo(b), (to, n) => to.Write(n), from => from.ReadInt32());
        Assert.Empty(rows.Read());
        var count = 2 * SortedRows<int>.Stretch;
        for (var i = 0; i < count; i++) rows.Add((int)(i * 7919L % count));
        Assert.Equal(Enumerable.Range(0, count), rows.Read());
        Assert.Equal(Enumerable.Range(0, count), rows.Read());
        Assert.Equal(count, rows.Count);
    }

    [Fact]
    public void Match_LinesWithoutTwiceTheSameReference_DoesNotDependOnTheOrder() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Cases, c =>
    {
        var lines = c.Lines.GroupBy(l => (l.Fund, l.Reference)).SelectMany(g => g.Key.Reference.Length == 0 ? g : g.Take(1)).ToList();
        var flows = c.Flows.DistinctBy(f => (f.Fund, f.Reference)).ToList();
        var (here, there) = (Match(lines, flows), Match([.. lines.AsEnumerable().Reverse()], [.. flows.OrderBy(f => f.AmountFen)]));
        Assert.Equal(here.Matched, there.Matched);
        Assert.Equal(here.Discrepancies, there.Discrepancies);
    }));

    [Fact]
    public void Match_AHundredThousandOfOneDayAndAmount_IsNotQuadratic()
    {
        var lines = Enumerable.Range(0, 100_000).Select(i => Line(1, "", 100)).ToList();
        var flows = Enumerable.Range(0, 100_000).Select(i => Flow(1, $"F{i}", 100)).ToList();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal((0, 200_000), (Match(lines, flows).Matched, Match(lines, flows).Discrepancies.Count));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), watch.Elapsed.ToString()); // a quadratic one takes minutes
    }

    private static Arbitrary<(BankLine[] Lines, FundFlow[] Flows)> Cases { get; } = Arb.From(
        from lines in Gen.ArrayOf(from f in Gen.Choose(0, 1) from d in Gen.Choose(1, 12) from r in Gen.Choose(0, 9) from a in Gen.Choose(-2, 3) select Line(d, r > 5 ? "" : $"F{r}", a == 0 ? 7 : a) with { Fund = f == 0 ? "a" : "b" })
        from flows in Gen.ArrayOf(from f in Gen.Choose(0, 1) from d in Gen.Choose(1, 12) from r in Gen.Choose(0, 9) from a in Gen.Choose(-2, 3) select Flow(d, $"F{r}", a == 0 ? 7 : a) with { Fund = f == 0 ? "a" : "b" })
        select (lines, flows));

    /// <summary>The law as it is written, without a thought for speed.</summary>
    private static (int, List<MoneyDiscrepancy>) SpelledOut(List<BankLine> lines, List<FundFlow> flows)
    {
        var (matched, found) = (0, new List<MoneyDiscrepancy>());
        void Take(Func<BankLine, FundFlow, bool> fits, Action<BankLine, FundFlow> then)
        {
            foreach (var line in lines.ToList())
            {
                if (flows.FindIndex(f => f.Fund == line.Fund && fits(line, f)) is not (>= 0 and var at)) continue;
                then(line, flows[at]);
                flows.RemoveAt(at);
                lines.RemoveAt(lines.FindIndex(l => ReferenceEquals(l, line)));
            }
        }
        Take((l, f) => l.Reference.Length > 0 && l.Reference == f.Reference && l.AmountFen == f.AmountFen, (_, _) => matched++);
        Take((l, f) => l.Reference.Length > 0 && l.Reference == f.Reference, (l, f) => found.Add(new(DiscrepancyKind.AmountDiffers, l.Fund, l.Reference, l.AmountFen, f.AmountFen)));
        bool Fits(BankLine l, FundFlow f) => l.Fund == f.Fund && l.AmountFen == f.AmountFen && Math.Abs(l.Date.DayNumber - f.Date.DayNumber) <= 3;
        var pairs = (from l in lines from f in flows where Fits(l, f) && lines.Count(x => Fits(x, f)) == 1 && flows.Count(x => Fits(l, x)) == 1 select (l, f)).ToList();
        matched += pairs.Count;
        found.AddRange(lines.Where(l => !pairs.Exists(p => ReferenceEquals(p.l, l))).Select(l => new MoneyDiscrepancy(DiscrepancyKind.BankOnly, l.Fund, l.Reference, l.AmountFen, null)));
        found.AddRange(flows.Where(f => !pairs.Exists(p => ReferenceEquals(p.f, f))).Select(f => new MoneyDiscrepancy(DiscrepancyKind.LedgerOnly, f.Fund, f.Reference, null, f.AmountFen)));
        return (matched, [.. found.OrderBy(d => d.Kind).ThenBy(d => d.Fund, StringComparer.Ordinal).ThenBy(d => d.Reference, StringComparer.Ordinal).ThenBy(d => d.Bank ?? 0).ThenBy(d => d.Ledger ?? 0)]);
    }

    private static BankMatch Match(IEnumerable<BankLine> lines, IEnumerable<FundFlow> flows)
    {
        using var matching = new BankMatching();
        foreach (var line in lines) matching.Add(line);
        foreach (var flow in flows) matching.Add(flow);
        var match = matching.Match();
        return match with { EachLine = [.. match.EachLine] };
    }

    /// <summary>The same numbers, the same discrepancies in the same order from the same sides, and the same movement for each line.</summary>
    private static BankMatch AssertAsInMemory(BankLine[] lines, FundFlow[] flows)
    {
        flows = [.. flows.Select((f, i) => f with { Sequence = 10 + i })];
        var (match, memory) = (Match(lines, flows), MemoryMatching.Match(lines, flows));
        long? Of(int flow) => flow < 0 ? null : flows[flow].Sequence;
        Assert.Equal((lines.Length, flows.Length, memory.Matched), (match.Lines, match.Movements, match.Matched));
        Assert.Equal(memory.Discrepancies, match.Discrepancies);
        Assert.Equal(memory.Sides.Select(s => new DiscrepancySides(s.Line < 0 ? null : s.Line, Of(s.Flow), s.Line >= 0 ? lines[s.Line].Date : flows[s.Flow].Date)), match.Sides);
        Assert.Equal(lines.Select((l, i) => new MatchedLine(i, l, memory.Lines[i].How, Of(memory.Lines[i].Flow))), match.EachLine);
        return match;
    }

    private static List<T> Less<T>(IEnumerable<T> part, IEnumerable<T> whole)
    {
        var rest = whole.ToList();
        return [.. part.Where(p => !rest.Remove(p))];
    }

    private static BankLine Line(int day, string reference, long fen) => new("a", First.AddDays(day - 1), reference, fen, "");

    private static FundFlow Flow(int day, string reference, long fen) => new("a", First.AddDays(day - 1), reference, fen);

    private static void AssertMatch(BankLine[] lines, FundFlow[] flows, int matched, params (DiscrepancyKind Kind, string Reference, long? Bank, long? Ledger)[] found)
    {
        var match = Match(lines, flows);
        Assert.Equal(matched, match.Matched);
        Assert.Equal(found, match.Discrepancies.Select(d => (d.Kind, d.Reference, d.Bank, d.Ledger)));
    }
}
