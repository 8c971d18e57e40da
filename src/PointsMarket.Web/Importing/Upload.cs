using PointsMarket.Import;
using PointsMarket.Ledger;

namespace PointsMarket.Web.Importing;

/// <summary>Where an upload stands.</summary>
public enum UploadState
{
    /// <summary>Looked over; waits to be confirmed, if nothing is wrong.</summary>
    Previewed,

    /// <summary>Being imported.</summary>
    Running,

    /// <summary>Imported, or refused because something changed since the preview: see the outcome.</summary>
    Done,

    /// <summary>Cancelled; nothing was changed.</summary>
    Cancelled,

    /// <summary>The database failed; nothing was changed.</summary>
    Failed,
}

/// <summary>Files that one administrator uploaded, and what becomes of them. Its progress is told from the import's thread.</summary>
public sealed class Upload : IProgress<ImportProgress>
{
    private readonly Lock gate = new();
    private ImportProgress progress;

    /// <summary>Its random name in addresses.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who uploaded it; nobody else finds it.</summary>
    public required int UserId { get; init; }

    /// <summary>Who imports.</summary>
    public required Actor Actor { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>The files under their uploaded names; they lie under random ones.</summary>
    public required IReadOnlyList<ImportSource> Sources { get; init; }

    /// <summary>The private folder they lie in.</summary>
    public required string Folder { get; init; }

    /// <summary>What would be done, and in the end what was done.</summary>
    public required ImportOutcome Outcome { get; set; }

    /// <summary>Where it stands.</summary>
    public UploadState State { get; set; }

    /// <summary>How far it is, while it runs.</summary>
    public ImportProgress Progress
    {
        get
        {
            lock (gate) return progress;
        }
    }

    /// <inheritdoc/>
    public void Report(ImportProgress value)
    {
        lock (gate) progress = value;
    }

    internal CancellationTokenSource Stop { get; } = new();
}
