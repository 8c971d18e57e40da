using PointsMarket.Data;

namespace PointsMarket.Import;

/// <summary>One file of FORMATS: its columns, how a row is read, how it is checked against everything else, how it is written.</summary>
internal abstract class ImportStep
{
    /// <summary>How many references are asked for, and how many rows are saved, at a time.</summary>
    protected const int Chunk = 500;

    public abstract ImportFile File { get; }

    /// <summary>The columns, in the order of FORMATS.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The file's name: <c>areas.csv</c>.</summary>
    public string FileName => File.ToString().ToLowerInvariant() + ".csv";

    /// <summary>Reads a row; what is wrong with its shape is told to the cells. Null when it was.</summary>
    public abstract ImportRow? Read(Cells cells);

    /// <summary>Checks the rows against the database and each other, and writes the new ones unless something was wrong before.</summary>
    public abstract Task<ImportCount> RunAsync(ImportRun run, ParsedFile file, CancellationToken ct);
}

/// <inheritdoc/>
internal abstract class ImportStep<TRow> : ImportStep
    where TRow : ImportRow
{
    /// <inheritdoc/>
    public sealed override ImportRow? Read(Cells cells)
    {
        var row = Parse(cells);
        return cells.Failed ? null : row with { Row = cells.Row };
    }

    /// <inheritdoc/>
    public sealed override async Task<ImportCount> RunAsync(ImportRun run, ParsedFile file, CancellationToken ct)
    {
        run.Turn(file, this);
        var (rows, unchanged) = await NewRowsAsync(run, file, ct);
        await WriteAsync(run, rows, ct);
        run.Advance(file.Rows.Count - run.Advanced, ct);
        var bad = run.Problems.BadRows(file.Name);
        return new ImportCount(File, file.Name, Math.Max(0, rows.Count - rows.Count(r => run.IsBad(r))), unchanged, bad);
    }

    protected abstract TRow Parse(Cells cells);

    /// <summary>What the database holds under these references, as the rows that would have made it.</summary>
    protected abstract Task<List<TRow>> StoredAsync(MarketDb db, IReadOnlyList<string> references, CancellationToken ct);

    /// <summary>The stored rows with what is sealed in the database opened in memory, to compare.</summary>
    protected virtual Task<List<TRow>> OpenedAsync(ImportRun run, List<TRow> stored, CancellationToken ct) => Task.FromResult(stored);

    /// <summary>Why a stored row is not the same, by column.</summary>
    protected virtual ImportReason DifferenceOf(TRow stored, int column) => ImportReason.DiffersFromStored;

    /// <summary>True for a value that is not repeated in what is said about it.</summary>
    protected virtual bool Secret(TRow row, int column) => false;

    /// <summary>
    /// Checks the new rows and makes what can be named by later rows known to <paramref name="run"/>; writes when
    /// <see cref="ImportRun.Writing"/>, which may turn false in between.
    /// </summary>
    protected abstract Task WriteAsync(ImportRun run, IReadOnlyList<TRow> rows, CancellationToken ct);

    /// <summary>Leaves out rows that repeat an earlier row or the database; the same reference with other content is bad.</summary>
    private async Task<(List<TRow> New, int Unchanged)> NewRowsAsync(ImportRun run, ParsedFile file, CancellationToken ct)
    {
        var unchanged = 0;
        var first = new Dictionary<string, TRow>(file.Rows.Count, StringComparer.Ordinal);
        foreach (var row in file.Rows.Cast<TRow>())
        {
            if (first.TryAdd(row.Reference, row)) continue;
            if (row.FirstDifference(first[row.Reference]) < 0) unchanged++;
            else run.Refuse(row, Columns[0], ImportReason.DuplicateInFile, row.Reference, first[row.Reference].Row.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        foreach (var references in first.Keys.Chunk(Chunk).ToList())
        {
            foreach (var stored in await OpenedAsync(run, await StoredAsync(run.Db, references, ct), ct))
            {
                if (!first.Remove(stored.Reference, out var row)) continue;
                if (row.FirstDifference(stored) is var column and >= 0)
                    run.Refuse(row, Columns[column], DifferenceOf(stored, column), Secret(row, column) ? Cells.Withheld : row.Values[column]?.ToString());
                else unchanged++;
            }
        }
        run.Advance(unchanged, ct);
        return ([.. first.Values.OrderBy(r => r.Row)], unchanged);
    }
}

/// <summary>A file whose rows are read, before it meets the database.</summary>
/// <param name="Name">As given.</param>
/// <param name="File">What it holds.</param>
/// <param name="Rows">The rows of good shape.</param>
/// <param name="Spoiled">The references of the others.</param>
/// <param name="Whole">False when it could not be read to its end, so that nobody can say which codes it lacks.</param>
internal sealed record ParsedFile(string Name, ImportFile File, IReadOnlyList<ImportRow> Rows, IReadOnlySet<string> Spoiled, bool Whole);
