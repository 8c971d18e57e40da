namespace PointsMarket.Import;

/// <summary>The files of FORMATS that can be imported, in order of dependence.</summary>
public enum ImportFile
{
    /// <summary><c>areas.csv</c>.</summary>
    Areas,

    /// <summary><c>members.csv</c>.</summary>
    Members,

    /// <summary><c>goods.csv</c>.</summary>
    Goods,

    /// <summary><c>sponsors.csv</c>.</summary>
    Sponsors,

    /// <summary><c>outlets.csv</c>.</summary>
    Outlets,

    /// <summary><c>deliveries.csv</c>.</summary>
    Deliveries,

    /// <summary><c>funds.csv</c>.</summary>
    Funds,

    /// <summary><c>reports.csv</c>.</summary>
    Reports,

    /// <summary><c>cases.csv</c>.</summary>
    Cases,

    /// <summary><c>redemptions.csv</c>.</summary>
    Redemptions,

    /// <summary><c>evaluations.csv</c>.</summary>
    Evaluations,
}

/// <summary>How much one import may bring. Beyond it the file is refused, not cut.</summary>
public static class ImportLimits
{
    /// <summary>Bytes of one file.</summary>
    public const long FileBytes = 16 * 1024 * 1024;

    /// <summary>Rows of one file, the header among them.</summary>
    public const int Rows = 200_000;

    /// <summary>Bytes of a bank statement that is read row by row and never held.</summary>
    public const long StatementBytes = 256 * 1024 * 1024;

    /// <summary>Rows of such a statement.</summary>
    public const int StatementRows = 2_000_000;

    /// <summary>Bytes of one row, about: a quote that is never closed ends here.</summary>
    public const int RowBytes = 64 * 1024;

    /// <summary>Bad rows that are named; the rest is only counted.</summary>
    public const int NamedProblems = 1000;

    /// <summary>Characters of an offending value that are shown.</summary>
    public const int ShownValue = 60;
}
