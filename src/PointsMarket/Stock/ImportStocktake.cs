using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Ledger;

namespace PointsMarket.Stock;

/// <summary>
/// Takes the counts of a file <c>stocktake-YYYY-MM.csv</c> (FORMATS) into the sheets of its outlets, all or nothing. Without
/// <see cref="Input.Keep"/> it is only looked over. What was counted at the month's end is held against the book of the month's end;
/// the differences are counted again and signed like any others.
/// </summary>
public sealed partial class ImportStocktake(MarketWrites writes, TimeProvider clock)
{
    private static readonly string[] Columns = ["outlet", "sku", "counted"];

    /// <summary>The file.</summary>
    public sealed record Input
    {
        /// <summary>The file.</summary>
        public required ImportSource Source { get; init; }

        /// <summary>Any day of the month it is for.</summary>
        public required DateOnly Month { get; init; }

        /// <summary>False to look it over and keep nothing.</summary>
        public bool Keep { get; init; }

        /// <summary>Who brings it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in; every outlet of the file must lie in it.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>The counts of one outlet.</summary>
    /// <param name="Outlet">Its name.</param>
    /// <param name="Lines">How many articles were counted.</param>
    /// <param name="StocktakeId">The sheet they were put down in; null when they were only looked over.</param>
    /// <param name="InTheWay">A stocktake that is signed or withdrawn first; null when there is none.</param>
    public sealed record Sheet(string Outlet, int Lines, int? StocktakeId, int? InTheWay);

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Put down, or fit to be.</summary>
    public sealed record Counted(IReadOnlyList<Sheet> Sheets) : Outcome;

    /// <summary>Not taken: other counts are in the way. Nothing was changed.</summary>
    public sealed record OthersWait(IReadOnlyList<Sheet> Sheets) : Outcome;

    /// <summary>The file cannot be taken; nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<ImportProblem> Problems, int ProblemCount) : Outcome;

    /// <summary>The month has not begun.</summary>
    public sealed record MonthNotYet : Outcome;

    /// <summary>The month is closed: nothing that is counted for it could be recorded.</summary>
    public sealed record MonthClosed : Outcome;

    private sealed record Row(string Outlet, string Sku, int Counted);

    /// <summary>Looks it over, and puts it down.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var month = new DateOnly(input.Month.Year, input.Month.Month, 1);
        if (month > StationTime.Day(clock.GetUtcNow().UtcDateTime)) return new MonthNotYet();
        var problems = new ImportProblems();
        var rows = await ReadAsync(input.Source, month, problems, ct); // the file is read before the door opens
        if (problems.Count > 0) return new Refused(problems.Named([]), problems.Count);
        return await writes.RunAsync((db, _) => RunAsync(db, input, month, rows), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input, DateOnly month, List<(Row Row, int At)> rows)
    {
        await db.TakeTurnAsync();
        var problems = new ImportProblems();
        var outlets = await db.Outlets.Where(o => o.Area.Path.StartsWith(input.AreaPath)).Select(o => new { o.Id, o.Code, o.Name, o.Area.BookId }).ToDictionaryAsync(o => o.Code, StringComparer.Ordinal);
        var goods = await db.Goods.AsNoTracking().ToDictionaryAsync(g => g.Sku, StringComparer.Ordinal);
        foreach (var (row, at) in rows)
        {
            if (!outlets.ContainsKey(row.Outlet)) problems.Add(input.Source.Name, at, "outlet", ImportReason.UnknownCode, row.Outlet);
            if (!goods.ContainsKey(row.Sku)) problems.Add(input.Source.Name, at, "sku", ImportReason.UnknownCode, row.Sku);
        }
        if (problems.Count > 0) return new Refused(problems.Named([]), problems.Count);
        foreach (var book in rows.Select(r => outlets[r.Row.Outlet].BookId).Distinct())
        {
            if (await StocktakeDoing.IsClosedAsync(db, book, month)) return new MonthClosed();
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var sheets = new List<Sheet>();
        foreach (var group in rows.Select(r => r.Row).GroupBy(r => r.Outlet, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var outlet = outlets[group.Key];
            var open = await db.Stocktakes.Include(s => s.Lines).ThenInclude(l => l.Cards).SingleOrDefaultAsync(s => s.OpenOutletId == outlet.Id);
            var fits = open is null || (open.Month == month && open.State == StocktakeState.Counting);
            var inTheWay = fits && open is not null ? null : await StocktakeDoing.InTheWayAsync(db, outlet.Id, null);
            if (inTheWay is null && input.Keep)
            {
                open ??= await OpenStocktake.MakeAsync(db, Guid.NewGuid(), outlet.Id, month, input.Actor, now);
                var book = await MonthEnd.ShelfAsync(db, outlet.BookId, outlet.Code, month, now);
                foreach (var row in group) Put(open, goods[row.Sku], row.Counted, book.GetValueOrDefault(goods[row.Sku].Asset.Code), input.Actor, now);
                await db.SaveChangesAsync();
                db.Note(now, input.Actor, "stocktake.imported", open.Number, FormattableString.Invariant($"{group.Key} {group.Count()}"));
            }
            sheets.Add(new Sheet(outlet.Name, group.Count(), input.Keep ? open?.Id : null, inTheWay));
        }
        if (sheets.Exists(s => s.InTheWay is not null)) return db.RollBack(new OthersWait(sheets));
        await db.SaveChangesAsync();
        return new Counted(sheets);
    }

    private static void Put(Stocktake sheet, Market.Goods goods, int counted, long book, Actor actor, DateTime now)
    {
        var line = sheet.Lines.Find(l => l.GoodsId == goods.Id);
        if (line is null) sheet.Lines.Add(line = new StocktakeLine { Position = sheet.Lines.Count == 0 ? 0 : sheet.Lines.Max(l => l.Position) + 1, GoodsId = goods.Id });
        StocktakeCounts.Put(sheet, line, counted, book, actor, MonthEnd.At(sheet.Month, now));
    }

    private static async Task<List<(Row Row, int At)>> ReadAsync(ImportSource source, DateOnly month, ImportProblems problems, CancellationToken ct)
    {
        if (MonthInName().Match(source.Name) is { Success: true } named && named.Value != StationMonth.Text(month))
            problems.Add(source.Name, 0, null, ImportReason.OtherMonth, named.Value, StationMonth.Text(month));
        var rows = new Dictionary<(string, string), (Row Row, int At)>();
        var cells = new Cells(source.Name, Columns, problems);
        await new CsvTable(source, problems).ReadAsync(_ => Columns, (at, values) =>
        {
            cells.Turn(at, values);
            var row = new Row(cells.Code("outlet"), cells.Code("sku"), cells.Number("counted", 0, StocktakeCounts.MostPieces));
            if (!cells.Failed && !rows.TryAdd((row.Outlet, row.Sku), (row, at)))
                cells.Refuse("sku", ImportReason.CountedTwice, row.Sku, rows[(row.Outlet, row.Sku)].At.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }, ct);
        return [.. rows.Values];
    }

    [GeneratedRegex(@"(?<!\d)20\d\d-(0[1-9]|1[0-2])(?!\d)")]
    private static partial Regex MonthInName();
}
