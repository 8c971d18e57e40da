namespace PointsMarket.Import;

/// <summary>Reads the files, outside the door: shape only, no database.</summary>
internal static class ImportReading
{
    private const int ReportEvery = 2000;

    /// <summary>The files in order of dependence. Whatever is wrong with one is added to the problems.</summary>
    public static async Task<IReadOnlyList<ParsedFile>> ReadAsync(
        IReadOnlyList<ImportSource> sources, ImportProblems problems, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        var files = new List<ParsedFile>();
        foreach (var source in sources)
        {
            progress?.Report(new ImportProgress(source.Name, 0, 0));
            if (await ReadAsync(source, problems, progress, ct) is not { } file) continue;
            if (files.Exists(f => f.File == file.File)) problems.Add(source.Name, 0, null, ImportReason.FileTwice, files.Find(f => f.File == file.File)!.Name);
            else files.Add(file);
        }
        return [.. files.OrderBy(f => f.File)];
    }

    private static async Task<ParsedFile?> ReadAsync(ImportSource source, ImportProblems problems, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        var file = ImportPlan.FileOf(source.Name);
        var rows = new List<ImportRow>();
        var spoiled = new HashSet<string>(StringComparer.Ordinal);
        Cells? cells = null;
        var whole = await new CsvTable(source, problems).ReadAsync(
            header =>
            {
                file ??= ImportPlan.FileOf(header);
                if (file is null)
                {
                    problems.Add(source.Name, 0, null, ImportReason.UnknownFile, string.Join(',', header));
                    return null;
                }
                var columns = ImportPlan.Of(file.Value).Columns;
                cells = new Cells(source.Name, columns, problems);
                return columns;
            },
            (row, values) =>
            {
                cells!.Turn(row, values);
                if (ImportPlan.Of(file!.Value).Read(cells) is { } read) rows.Add(read);
                else spoiled.Add(values[0]); // so that rows which name it are not blamed as well
                if (row % ReportEvery == 0) progress?.Report(new ImportProgress(source.Name, row, 0));
            }, ct);
        return file is null ? null : new ParsedFile(source.Name, file.Value, rows, spoiled, whole);
    }
}
