using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Ledger;

namespace PointsMarket.Effects;

/// <summary>
/// Takes the police's monthly figures in: a CSV with the columns <c>month, area, key, value</c>. All or nothing; every bad row is named;
/// the same file again changes nothing. Another value for what is there already is an error, unless <see cref="Input.Replace"/> says
/// that the file corrects it.
/// </summary>
public sealed class ImportPoliceFigures(MarketContexts contexts, MarketWrites writes, TimeProvider clock)
{
    private static readonly string[] Columns = ["month", "area", "key", "value"];
    private static readonly Dictionary<string, bool> Keys = PoliceKeys.All.ToDictionary(k => k, _ => true, StringComparer.Ordinal);

    /// <summary>The file.</summary>
    public sealed record Input
    {
        /// <summary>The CSV.</summary>
        public required ImportSource Source { get; init; }

        /// <summary>True when other values replace what is there.</summary>
        public bool Replace { get; init; }

        /// <summary>False to look the file over and keep nothing.</summary>
        public bool Keep { get; init; } = true;

        /// <summary>Who imports.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in; every row must lie there.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it. When <see cref="Refused"/>, nothing was changed at all.</summary>
    /// <param name="New">Figures that are new.</param>
    /// <param name="Replaced">Figures that had another value.</param>
    /// <param name="Unchanged">Figures that were there already.</param>
    /// <param name="Problems">What is wrong, named.</param>
    /// <param name="ProblemCount">How much is wrong in all.</param>
    public sealed record Outcome(int New, int Replaced, int Unchanged, IReadOnlyList<ImportProblem> Problems, int ProblemCount)
    {
        /// <summary>True when anything was wrong.</summary>
        public bool Refused => ProblemCount > 0;
    }

    private sealed record Row(int Number, DateOnly Month, int AreaId, string Area, string Key, long Value);

    /// <summary>Imports, or looks the file over.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var problems = new ImportProblems();
        List<Row> rows;
        await using (var db = contexts.Read()) rows = await ReadAsync(db, input, problems, ct);
        if (problems.Count > 0) return new Outcome(0, 0, 0, problems.Named([]), problems.Count);
        if (input.Keep) return await writes.RunAsync((db, token) => WriteAsync(db, input, rows, token), ct);
        await using var read = contexts.Read();
        return (await CompareAsync(read, input, rows, ct)).Outcome;
    }

    private static async Task<List<Row>> ReadAsync(MarketDb db, Input input, ImportProblems problems, CancellationToken ct)
    {
        var path = input.AreaPath;
        var areas = await db.Areas.Where(a => a.Path.StartsWith(path)).ToDictionaryAsync(a => a.Code, a => a.Id, StringComparer.Ordinal, ct);
        var rows = new Dictionary<(DateOnly, int, string), Row>();
        var cells = new Cells(input.Source.Name, Columns, problems);
        await new CsvTable(input.Source, problems).ReadAsync(_ => Columns, (number, values) =>
        {
            cells.Turn(number, values);
            var (month, area, value) = (cells.Month("month"), cells.Code("area"), cells.Amount("value", 0, PoliceFigure.MostValue));
            cells.OneOf("key", Keys);
            if (cells.Failed) return;
            if (!areas.TryGetValue(area, out var id))
            {
                cells.Refuse("area", ImportReason.UnknownCode, area);
                return;
            }

            var row = new Row(number, month, id, area, values[2], value);
            if (!rows.TryAdd((month, id, row.Key), row) && rows[(month, id, row.Key)] is var first && first.Value != value)
                cells.Refuse("value", ImportReason.DuplicateInFile, value.ToString(CultureInfo.InvariantCulture), first.Number.ToString(CultureInfo.InvariantCulture));
        }, ct);
        return [.. rows.Values];
    }

    /// <summary>What is there, and what the file does to it; a problem for each value that differs and may not be replaced.</summary>
    private static async Task<(Outcome Outcome, Dictionary<(DateOnly, int, string), PoliceFigure> Stored)> CompareAsync(MarketDb db, Input input, List<Row> rows, CancellationToken ct)
    {
        var months = rows.Select(r => r.Month).Distinct().ToList();
        var path = input.AreaPath;
        var stored = await db.PoliceFigures.AsTracking().Where(f => months.Contains(f.Month) && f.Area.Path.StartsWith(path)).ToDictionaryAsync(f => (f.Month, f.AreaId, f.Key), ct);
        var problems = new ImportProblems();
        int added = 0, replaced = 0, unchanged = 0;
        foreach (var row in rows)
        {
            if (!stored.TryGetValue((row.Month, row.AreaId, row.Key), out var figure)) added++;
            else if (figure.Value == row.Value) unchanged++;
            else if (input.Replace) replaced++;
            else problems.Add(input.Source.Name, row.Number, "value", ImportReason.DiffersFromStored, row.Value.ToString(CultureInfo.InvariantCulture), figure.Value.ToString(CultureInfo.InvariantCulture));
        }

        return (problems.Count > 0 ? new Outcome(0, 0, 0, problems.Named([]), problems.Count) : new Outcome(added, replaced, unchanged, [], 0), stored);
    }

    private async Task<Outcome> WriteAsync(MarketDb db, Input input, List<Row> rows, CancellationToken ct)
    {
        await db.TakeTurnAsync();
        var (outcome, stored) = await CompareAsync(db, input, rows, ct);
        if (outcome.Refused || outcome.New + outcome.Replaced == 0) return outcome;
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var row in rows)
        {
            if (!stored.TryGetValue((row.Month, row.AreaId, row.Key), out var figure))
                db.PoliceFigures.Add(new PoliceFigure { Month = row.Month, AreaId = row.AreaId, Key = row.Key, Value = row.Value, ImportedAt = now, ImportedBy = input.Actor.Code });
            else if (figure.Value != row.Value)
                (figure.Value, figure.ImportedAt, figure.ImportedBy) = (row.Value, now, input.Actor.Code);
        }

        db.Note(now, input.Actor, "police-figures.imported", StationMonth.Text(rows.Min(r => r.Month)), $"{outcome.New} new, {outcome.Replaced} replaced");
        await db.SaveChangesAsync(ct);
        return outcome;
    }
}
