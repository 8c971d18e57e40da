namespace PointsMarket.Import;

/// <summary>Why a file or a row cannot be taken. The web and the command line have the words (<c>Import.Error.*</c>).</summary>
public enum ImportReason
{
    /// <summary>Neither the file's name nor its header is one of FORMATS.</summary>
    UnknownFile,

    /// <summary>Two files of the same kind were given at once.</summary>
    FileTwice,

    /// <summary>The file could not be opened or read.</summary>
    Unreadable,

    /// <summary>Not UTF-8: saved in another encoding, such as GB18030.</summary>
    NotUtf8,

    /// <summary>More than <see cref="ImportLimits.FileBytes"/>.</summary>
    FileTooLarge,

    /// <summary>More than <see cref="ImportLimits.Rows"/>.</summary>
    TooManyRows,

    /// <summary>Not even a header.</summary>
    EmptyFile,

    /// <summary>The header lacks this column.</summary>
    MissingColumn,

    /// <summary>The header has a column that FORMATS does not know.</summary>
    UnknownColumn,

    /// <summary>The header has this column twice.</summary>
    ColumnTwice,

    /// <summary>The row has more or fewer cells than the header.</summary>
    CellCount,

    /// <summary>A quote that is not closed, or stands in the middle of a cell.</summary>
    BrokenQuotes,

    /// <summary>The row is longer than <see cref="ImportLimits.RowBytes"/>.</summary>
    RowTooLong,

    /// <summary>A NUL byte or another character that no text has.</summary>
    ControlCharacter,

    /// <summary>The cell may not be empty.</summary>
    Required,

    /// <summary>The text is too long; the detail is the most characters.</summary>
    TooLong,

    /// <summary>A code or reference of other characters than letters, digits, dot, underscore and hyphen, or over 40 of them.</summary>
    BadCode,

    /// <summary>A name that a spreadsheet would take for a formula.</summary>
    FormulaLike,

    /// <summary>Not a whole number.</summary>
    BadNumber,

    /// <summary>A number out of bounds; the detail is <c>least–most</c>.</summary>
    OutOfRange,

    /// <summary>Not a day <c>YYYY-MM-DD</c> of the years 2000 to 2099.</summary>
    BadDate,

    /// <summary>Not a time <c>YYYY-MM-DDThh:mm+08:00</c> or with <c>Z</c>, of the years 2000 to 2099.</summary>
    BadTime,

    /// <summary>None of the words allowed here; the detail lists them.</summary>
    BadChoice,

    /// <summary>A code that is neither in the files nor in the database.</summary>
    UnknownCode,

    /// <summary>The reference stands in an earlier row with other content; the detail is that row.</summary>
    DuplicateInFile,

    /// <summary>The reference is in the database with other content, in this column.</summary>
    DiffersFromStored,

    /// <summary>The area cannot lie in that one.</summary>
    BadParent,

    /// <summary>Earlier than what must come before it; the detail is that column.</summary>
    TooEarly,

    /// <summary>May only be filled in when another column is; the detail is that column.</summary>
    Without,

    /// <summary>Not <c>code:share;code:share</c> with shares from 1 to 100 that sum to 100, each member once.</summary>
    BadShares,

    /// <summary>Belongs to another station than the rest of the row.</summary>
    OtherStation,

    /// <summary>The file does not say which station, and there is not exactly one.</summary>
    StationUnclear,

    /// <summary>The member has too few points at this moment; the detail is how many are missing.</summary>
    NotEnoughPoints,

    /// <summary>The shelf has too few; the detail is how many are missing.</summary>
    NotEnoughGoods,

    /// <summary>The fund has too little money; the detail is how many fen are missing.</summary>
    NotEnoughMoney,

    /// <summary>It happened in a month that is closed.</summary>
    MonthClosed,

    /// <summary>The very same file was taken before; detail is the month.</summary>
    SameFile,

    /// <summary>Another file counts for the same fund or stocktake and month; value is its name, detail the fund or month.</summary>
    TakenBefore,

    /// <summary>A line of another fund than the one that was chosen.</summary>
    OtherFund,

    /// <summary>Every line that has a movement has it with the other sign: in is out and out is in.</summary>
    WrongSigns,

    /// <summary>No scoring rule for the category is in force that day.</summary>
    NoRule,

    /// <summary>Not a month <c>YYYY-MM</c> of the years 2000 to 2099.</summary>
    BadMonth,

    /// <summary>Nobody rates themselves.</summary>
    Oneself,

    /// <summary>Belongs to another month than the one asked for, which is the detail.</summary>
    OtherMonth,

    /// <summary>The shelf was counted in an earlier row already, which is the detail: nobody can say which count holds.</summary>
    CountedTwice,

    /// <summary>The name is, or is to be, sealed, and the key for it is not in the key file.</summary>
    NoSealKey,
}

/// <summary>Something wrong with a file, or with one row of it.</summary>
/// <param name="File">The file's name as given.</param>
/// <param name="Row">The row as a spreadsheet numbers it, the header being 1; 0 for the file as a whole.</param>
/// <param name="Column">The column; null for the row as a whole.</param>
/// <param name="Reason">Why.</param>
/// <param name="Value">The offending value, clipped to <see cref="ImportLimits.ShownValue"/>; null where there is none.</param>
/// <param name="Detail">What the reason says about it: bounds, the words allowed, another row; else null.</param>
public sealed record ImportProblem(string File, int Row, string? Column, ImportReason Reason, string? Value = null, string? Detail = null);

/// <summary>What became of one file's rows. A row that repeats the database, or an earlier row, is unchanged.</summary>
public sealed record ImportCount(ImportFile File, string Name, int New, int Unchanged, int Bad);

/// <summary>
/// What an import did, or would do. When <see cref="Refused"/>, nothing was changed at all. At most
/// <see cref="ImportLimits.NamedProblems"/> problems are listed; <see cref="ProblemCount"/> counts them all.
/// </summary>
public sealed record ImportOutcome(IReadOnlyList<ImportCount> Files, IReadOnlyList<ImportProblem> Problems, int ProblemCount)
{
    /// <summary>True when anything was wrong.</summary>
    public bool Refused => ProblemCount > 0;

    /// <summary>New rows in all.</summary>
    public int New => Files.Sum(f => f.New);

    /// <summary>Unchanged rows in all.</summary>
    public int Unchanged => Files.Sum(f => f.Unchanged);
}

/// <summary>How far an import is: rows done of all rows, and the file at hand. <see cref="Total"/> is 0 while files are still being read.</summary>
public readonly record struct ImportProgress(string File, int Done, int Total);
