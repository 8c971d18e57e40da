namespace PointsMarket.Import;

/// <summary>One row as read. Two rows are the same when their values are: that is what "same content" means for a reference.</summary>
internal abstract record ImportRow
{
    /// <summary>The row as a spreadsheet numbers it; 0 for one that comes from the database.</summary>
    public int Row { get; init; }

    /// <summary>The code, reference or number: the idempotency key.</summary>
    public abstract string Reference { get; }

    /// <summary>The values in the order of the file's columns.</summary>
    public abstract IReadOnlyList<object?> Values { get; }

    /// <summary>The index of the first column that differs, or -1.</summary>
    public int FirstDifference(ImportRow other)
    {
        var (mine, theirs) = (Values, other.Values);
        for (var i = 0; i < mine.Count; i++)
        {
            if (!Equals(mine[i], theirs[i])) return i;
        }
        return -1;
    }
}
