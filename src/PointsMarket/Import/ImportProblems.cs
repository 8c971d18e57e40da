namespace PointsMarket.Import;

/// <summary>Collects what is wrong: every bad row, up to the number that is named, and the count of all.</summary>
internal sealed class ImportProblems
{
    private readonly List<ImportProblem> named = [];
    private readonly HashSet<(string File, int Row)> rows = [];

    public int Count { get; private set; }

    /// <summary>By file, in the order of the list (others first), then by row; what is wrong with a file as a whole comes before its rows.</summary>
    public IReadOnlyList<ImportProblem> Named(IReadOnlyList<ParsedFile> files)
    {
        var order = files.Select(f => f.Name).ToList();
        return [.. named.OrderBy(p => order.IndexOf(p.File)).ThenBy(p => p.Row)];
    }

    public void Add(string file, int row, string? column, ImportReason reason, string? value = null, string? detail = null)
    {
        Count++;
        if (row > 0) rows.Add((file, row));
        if (row == 0 || named.Count < ImportLimits.NamedProblems) named.Add(new ImportProblem(file, row, column, reason, Clip(value), detail));
    }

    public bool Has(string file, int row) => rows.Contains((file, row));

    public int BadRows(string file) => rows.Count(r => r.File == file);

    /// <summary>A copy to add to: the door may run an operation more than once.</summary>
    public ImportProblems Copy()
    {
        var copy = new ImportProblems { Count = Count };
        copy.named.AddRange(named);
        copy.rows.UnionWith(rows);
        return copy;
    }

    /// <summary>Short, on one line, and never half a surrogate pair.</summary>
    private static string? Clip(string? value)
    {
        if (value is null) return null;
        var length = Math.Min(value.Length, ImportLimits.ShownValue);
        if (length > 0 && length < value.Length && char.IsHighSurrogate(value[length - 1])) length--;
        var shown = string.Create(length, value, (to, from) =>
        {
            for (var i = 0; i < to.Length; i++) to[i] = char.IsControl(from[i]) ? '\uFFFD' : from[i];
        });
        return length < value.Length ? shown + "…" : shown;
    }
}
