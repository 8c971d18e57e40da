using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Ledger;

namespace PointsMarket.Reconciliations;

/// <summary>Pieces counted on an outlet's shelf.</summary>
public sealed record CountedShelf(string Outlet, string Sku, long Counted);

/// <summary>What rows may name.</summary>
internal sealed record KnownNames(IReadOnlySet<string> Funds, IReadOnlySet<string> Outlets, IReadOnlySet<string> Skus)
{
    /// <summary>The one fund whose statement it is; null for any.</summary>
    public string? Fund { get; init; }

    /// <summary>Those of a station.</summary>
    public static async Task<KnownNames> ReadAsync(MarketDb db, int book, CancellationToken ct)
    {
        var funds = await StationFunds.CodesAsync(db, book, ct);
        var outlets = await db.Outlets.Where(o => o.Area.BookId == book).Select(o => o.Code).ToListAsync(ct);
        var skus = await db.Goods.Select(g => g.Sku).ToListAsync(ct);
        return new KnownNames(funds.ToHashSet(StringComparer.Ordinal), outlets.ToHashSet(StringComparer.Ordinal), skus.ToHashSet(StringComparer.Ordinal));
    }
}

/// <summary>
/// Reads <c>bank-YYYY-MM.csv</c> and <c>stocktake-YYYY-MM.csv</c> with the import's machinery: all or nothing, every bad row named.
/// </summary>
internal static partial class StatementFiles
{
    private const long MostCounted = 100_000_000;

    private static readonly string[] BankColumns = ["fund", "date", "reference", "amount_fen", "description"];
    private static readonly string[] StocktakeColumns = ["outlet", "sku", "counted"];

    /// <summary>
    /// Gives the bank's lines in file order, one by one as they are read, so that a statement may be as long as
    /// <see cref="ImportLimits.StatementRows"/>. A line of another month or fund is a problem; the same line twice is left to the law.
    /// </summary>
    public static Task BankAsync(ImportSource source, DateOnly month, KnownNames known, ImportProblems problems, Action<BankLine> take, CancellationToken ct)
    {
        var table = new CsvTable(source, problems) { MostBytes = ImportLimits.StatementBytes, MostRows = ImportLimits.StatementRows };
        return ReadAsync(source, table, BankColumns, month, problems, cells => Line(cells, month, known, take), ct);
    }

    /// <summary>The bank's lines of a statement that is held, as what comes through a page is.</summary>
    public static async Task<IReadOnlyList<BankLine>> BankAsync(ImportSource source, DateOnly month, KnownNames known, ImportProblems problems, CancellationToken ct)
    {
        var lines = new List<BankLine>();
        await ReadAsync(source, new CsvTable(source, problems), BankColumns, month, problems, cells => Line(cells, month, known, lines.Add), ct);
        return lines;
    }

    private static void Line(Cells cells, DateOnly month, KnownNames known, Action<BankLine> take)
    {
        var line = new BankLine(
            cells.Code("fund"), cells.Day("date"), cells.Text("reference", 64), cells.Amount("amount_fen", -Posting.MaxAmount, Posting.MaxAmount), cells.Text("description", 500));
        if (cells.Failed) return;
        if (!known.Funds.Contains(line.Fund)) cells.Refuse("fund", ImportReason.UnknownCode, line.Fund);
        else if (known.Fund is { } fund && line.Fund != fund) cells.Refuse("fund", ImportReason.OtherFund, line.Fund, fund);
        if (new DateOnly(line.Date.Year, line.Date.Month, 1) != month) cells.Refuse("date", ImportReason.OtherMonth, StationMonth.Text(line.Date), StationMonth.Text(month));
        if (line.AmountFen == 0) cells.Refuse("amount_fen", ImportReason.OutOfRange, "0", "≠ 0");
        if (!cells.Failed) take(line);
    }

    /// <summary>The counts in file order. A shelf that is counted twice is a problem: nobody can say which count holds.</summary>
    public static async Task<IReadOnlyList<CountedShelf>> StocktakeAsync(ImportSource source, DateOnly month, KnownNames known, ImportProblems problems, CancellationToken ct)
    {
        var shelves = new Dictionary<(string, string), (CountedShelf Shelf, int Row)>();
        await ReadAsync(source, new CsvTable(source, problems), StocktakeColumns, month, problems, cells =>
        {
            var shelf = new CountedShelf(cells.Code("outlet"), cells.Code("sku"), cells.Amount("counted", 0, MostCounted));
            if (cells.Failed) return;
            if (!known.Outlets.Contains(shelf.Outlet)) cells.Refuse("outlet", ImportReason.UnknownCode, shelf.Outlet);
            if (!known.Skus.Contains(shelf.Sku)) cells.Refuse("sku", ImportReason.UnknownCode, shelf.Sku);
            if (!cells.Failed && !shelves.TryAdd((shelf.Outlet, shelf.Sku), (shelf, cells.Row)))
                cells.Refuse("sku", ImportReason.CountedTwice, shelf.Sku, shelves[(shelf.Outlet, shelf.Sku)].Row.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }, ct);
        return [.. shelves.Values.Select(s => s.Shelf)];
    }

    /// <summary>
    /// What makes a file the same one: its rows, and what they were brought as. Two statements without a line are two files, and so is
    /// a stocktake that says next month what it says in this.
    /// </summary>
    public static string Hash(MonthFileKind kind, DateOnly month, string? fund, string rows) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{kind}\t{StationMonth.Text(month)}\t{fund}\t{rows}"))));

    /// <summary>The same rows give the same text, whatever the file was called.</summary>
    public static string Hash(IEnumerable<BankLine> lines, IReadOnlyList<CountedShelf> shelves)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var l in lines) Add(hash, FormattableString.Invariant($"{l.Fund}\t{l.Date:yyyy-MM-dd}\t{l.Reference}\t{l.AmountFen}\t{l.Description}\0"));
        foreach (var s in shelves) Add(hash, FormattableString.Invariant($"{s.Outlet}\t{s.Sku}\t{s.Counted}\0"));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));

    private static async Task ReadAsync(ImportSource source, CsvTable table, string[] columns, DateOnly month, ImportProblems problems, Action<Cells> take, CancellationToken ct)
    {
        if (MonthInName().Match(source.Name) is { Success: true } named && named.Value != StationMonth.Text(month))
            problems.Add(source.Name, 0, null, ImportReason.OtherMonth, named.Value, StationMonth.Text(month));
        var cells = new Cells(source.Name, columns, problems);
        await table.ReadAsync(_ => columns, (row, values) =>
        {
            cells.Turn(row, values);
            take(cells);
        }, ct);
    }

    [GeneratedRegex(@"(?<!\d)20\d\d-(0[1-9]|1[0-2])(?!\d)")]
    private static partial Regex MonthInName();
}
