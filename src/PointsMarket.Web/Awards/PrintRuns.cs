using PointsMarket.Awards;
using PointsMarket.Ledger;

namespace PointsMarket.Web.Awards;

/// <summary>Where a batch stands.</summary>
public enum PrintState
{
    /// <summary>Being printed.</summary>
    Running,

    /// <summary>The PDF waits to be fetched.</summary>
    Done,

    /// <summary>Cancelled; nothing is on record.</summary>
    Cancelled,

    /// <summary>It could not be printed here.</summary>
    Failed,
}

/// <summary>A batch of certificates on its way into one PDF. Its progress is told from the printing thread.</summary>
public sealed class PrintRun : IProgress<PrintProgress>
{
    private readonly Lock gate = new();
    private PrintProgress progress;

    /// <summary>Its random name in addresses.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is; nobody else finds it.</summary>
    public required int UserId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>How many certificates.</summary>
    public required int Total { get; init; }

    /// <summary>Where it stands.</summary>
    public PrintState State { get; internal set; }

    /// <summary>The PDF; null until it is done.</summary>
    public byte[]? Pdf { get; internal set; }

    /// <summary>How far it is, while it runs.</summary>
    public PrintProgress Progress
    {
        get
        {
            lock (gate) return progress;
        }
    }

    /// <inheritdoc/>
    public void Report(PrintProgress value)
    {
        lock (gate) progress = value;
    }

    internal CancellationTokenSource Stop { get; } = new();
}

/// <summary>
/// Prints batches of certificates in the background and keeps each PDF for its owner for an hour, in this process: whoever looks for
/// it on another node, or after a restart, prints again. A reprint is no new certificate.
/// </summary>
public sealed class PrintRuns(PrintCertificates print, TimeProvider clock, ILogger<PrintRuns> log) : IDisposable
{
    /// <summary>The most in one batch.</summary>
    public const int Most = 500;

    /// <summary>How long a PDF waits to be fetched.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, PrintRun> runs = [];

    /// <summary>Starts a batch; an earlier one of the same user's is given up.</summary>
    public PrintRun Start(int userId, Actor actor, IReadOnlyList<CertificateFace> faces, string root)
    {
        ArgumentNullException.ThrowIfNull(faces);
        var run = new PrintRun { Id = Guid.NewGuid(), UserId = userId, At = clock.GetUtcNow().UtcDateTime, Total = faces.Count };
        lock (gate)
        {
            Sweep();
            foreach (var old in runs.Values.Where(r => r.UserId == userId).ToList())
            {
                old.Stop.Cancel();
                runs.Remove(old.Id);
            }
            runs[run.Id] = run;
        }
        _ = Task.Run(() => RunAsync(run, actor, faces, root));
        return run;
    }

    /// <summary>A batch of this user's; null for anybody else's, and when it is too old.</summary>
    public PrintRun? Find(Guid id, int userId)
    {
        lock (gate)
        {
            Sweep();
            return runs.GetValueOrDefault(id) is { } run && run.UserId == userId ? run : null;
        }
    }

    /// <summary>Stops a batch; the browser that prints it ends.</summary>
    public void Cancel(Guid id, int userId) => Find(id, userId)?.Stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var run in runs.Values) run.Stop.Cancel();
        }
    }

    private async Task RunAsync(PrintRun run, Actor actor, IReadOnlyList<CertificateFace> faces, string root)
    {
        var state = PrintState.Failed;
        try
        {
            run.Pdf = await print.ExecuteAsync(faces, root, actor, run, run.Stop.Token);
            if (run.Pdf is not null) state = PrintState.Done;
        }
        catch (OperationCanceledException)
        {
            state = PrintState.Cancelled;
        }
#pragma warning disable CA1031 // whoever waits for it is told; the log says why
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogError(e, "A batch of certificates could not be printed.");
        }
        finally
        {
            run.State = state;
        }
    }

    private void Sweep()
    {
        var before = clock.GetUtcNow().UtcDateTime - Kept;
        foreach (var old in runs.Values.Where(r => r.At <= before && r.State != PrintState.Running).ToList()) runs.Remove(old.Id);
    }
}
