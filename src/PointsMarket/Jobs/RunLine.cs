using System.Globalization;

namespace PointsMarket.Jobs;

/// <summary>One line that a run said: when, a code that the page has words for (<c>Jobs.Line.{code}</c>), and what stands in them.</summary>
public sealed record RunLine(DateTime At, string Code, IReadOnlyList<string> Arguments)
{
    /// <summary>Reads what <see cref="JobRun.Log"/> holds.</summary>
    public static IReadOnlyList<RunLine> ReadAll(string log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return [.. log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read)];
    }

    internal string Write() => string.Join('|', (string[])[Ledger.LedgerTime.ToMilliseconds(At).ToString(CultureInfo.InvariantCulture), Code, .. Arguments.Select(Plain)]);

    private static RunLine Read(string line)
    {
        var parts = line.Split('|');
        return new RunLine(Ledger.LedgerTime.FromMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture)), parts[1], parts[2..]);
    }

    private static string Plain(string text) => text.Replace('|', '/').ReplaceLineEndings(" ");
}

/// <summary>What the lines of a run may say. Each has its words under <c>Jobs.Line.{code}</c>.</summary>
public static class RunLines
{
    /// <summary>So many things were done.</summary>
    public const string Did = "did";

    /// <summary>There was nothing to do.</summary>
    public const string Nothing = "nothing";

    /// <summary>A month waits for somebody to reconcile it: the station with the month.</summary>
    public const string MonthOpen = "month-open";

    /// <summary>A month was reconciled by itself: the station with the month, and how many differences it has.</summary>
    public const string MonthReconciled = "month-reconciled";

    /// <summary>A book was proved: its code, transactions, entries.</summary>
    public const string BookProved = "book-proved";

    /// <summary>A book is not in order: its code and how many findings.</summary>
    public const string BookOff = "book-off";

    /// <summary>A backup was written: the file's name and its size in KiB.</summary>
    public const string BackedUp = "backed-up";

    /// <summary>Old backups were deleted: how many.</summary>
    public const string OldDeleted = "old-deleted";

    /// <summary>More was said than is kept.</summary>
    public const string More = "more";

    /// <summary>Every one, for the words.</summary>
    public static readonly IReadOnlyList<string> All = [Did, Nothing, MonthOpen, MonthReconciled, BookProved, BookOff, BackedUp, OldDeleted, More];
}
