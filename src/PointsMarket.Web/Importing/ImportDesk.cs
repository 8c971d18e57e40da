using System.Data.Common;
using PointsMarket.Import;
using PointsMarket.Ledger;

namespace PointsMarket.Web.Importing;

/// <summary>
/// Keeps uploads between preview and confirmation and runs one import at a time in the background. Files lie in a private
/// temporary folder of this process under random names, and go as soon as they were used or after an hour; so does what is
/// remembered of them. A preview on one node is confirmed on the same.
/// </summary>
public sealed partial class ImportDesk : IDisposable
{
    /// <summary>How long an upload waits to be confirmed, and how long its result can be looked at.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly ImportFiles import;
    private readonly PreviewImport preview;
    private readonly TimeProvider clock;
    private readonly ILogger<ImportDesk> log;
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Upload> uploads = [];
    private readonly ITimer sweep;
    private readonly Lazy<DirectoryInfo> root = new(() => Directory.CreateTempSubdirectory("pointsmarket-uploads-"));

    /// <summary>See the type.</summary>
    public ImportDesk(ImportFiles import, PreviewImport preview, TimeProvider clock, ILogger<ImportDesk> log)
    {
        (this.import, this.preview, this.clock, this.log) = (import, preview, clock, log);
        sweep = clock.CreateTimer(_ => Sweep(), null, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5));
    }

    /// <summary>What came of asking for an import.</summary>
    public enum StartOutcome
    {
        /// <summary>It runs, now or from an earlier click.</summary>
        Started,

        /// <summary>Another import runs.</summary>
        Busy,

        /// <summary>Not this administrator's, or no longer there.</summary>
        Gone,

        /// <summary>Something is wrong with the files.</summary>
        Refused,
    }

    /// <summary>Files that lie in the private folder now, for tests.</summary>
    internal int FilesKept => root.IsValueCreated ? root.Value.GetFiles("*", SearchOption.AllDirectories).Length : 0;

    /// <summary>Takes files in and looks them over. Nothing is changed.</summary>
    public async Task<Upload> TakeAsync(int userId, Actor actor, IReadOnlyList<IFormFile> files, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(files);
        Sweep();
        var folder = root.Value.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        try
        {
            var sources = new List<ImportSource>(files.Count);
            foreach (var file in files)
            {
                var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
                await using (var to = File.Create(path)) await file.CopyToAsync(to, ct);
                sources.Add(new ImportSource(NameOf(file), () => File.OpenRead(path)));
            }
            var outcome = await preview.ExecuteAsync(new ImportFiles.Input { Sources = sources, Actor = actor }, ct);
            var upload = new Upload
            {
                Id = Guid.NewGuid(), UserId = userId, Actor = actor, At = clock.GetUtcNow().UtcDateTime, Sources = sources, Folder = folder, Outcome = outcome,
            };
            if (outcome.Refused) Clear(folder); // it can never be confirmed
            lock (gate) uploads[upload.Id] = upload;
            return upload;
        }
        catch
        {
            Clear(folder);
            throw;
        }
    }

    /// <summary>An upload of this administrator's; null for anybody else's, and when it is too old.</summary>
    public Upload? Find(Guid id, int userId)
    {
        Sweep();
        lock (gate) return uploads.GetValueOrDefault(id) is { } found && found.UserId == userId ? found : null;
    }

    /// <summary>Starts the import.</summary>
    public StartOutcome Start(Guid id, int userId)
    {
        if (Find(id, userId) is not { } upload) return StartOutcome.Gone;
        lock (gate)
        {
            if (upload.State != UploadState.Previewed) return StartOutcome.Started;
            if (upload.Outcome.Refused) return StartOutcome.Refused;
            if (uploads.Values.Any(u => u.State == UploadState.Running)) return StartOutcome.Busy;
            upload.State = UploadState.Running;
        }
        _ = Task.Run(() => RunAsync(upload));
        return StartOutcome.Started;
    }

    /// <summary>Stops a running import, or throws a waiting upload away. What is done stays done.</summary>
    public void Cancel(Guid id, int userId)
    {
        if (Find(id, userId) is not { } upload) return;
        lock (gate)
        {
            if (upload.State == UploadState.Running) upload.Stop.Cancel();
            if (upload.State != UploadState.Previewed) return;
            uploads.Remove(id);
        }
        Clear(upload.Folder);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        sweep.Dispose();
        lock (gate)
        {
            foreach (var upload in uploads.Values) upload.Stop.Cancel();
        }
        if (root.IsValueCreated) Clear(root.Value.FullName);
    }

    private async Task RunAsync(Upload upload)
    {
        var state = UploadState.Failed;
        try
        {
            var outcome = await import.ExecuteAsync(new ImportFiles.Input { Sources = upload.Sources, Actor = upload.Actor, Progress = upload }, upload.Stop.Token);
            lock (gate) upload.Outcome = outcome;
            state = UploadState.Done;
        }
        catch (OperationCanceledException)
        {
            state = UploadState.Cancelled;
        }
        catch (Exception e) when (e is DbException or TimeoutException or InvalidOperationException or IOException)
        {
            LogFailed(e);
        }
        finally
        {
            Clear(upload.Folder);
            lock (gate) upload.State = state;
        }
    }

    private void Sweep()
    {
        var before = clock.GetUtcNow().UtcDateTime - Kept;
        List<Upload> old;
        lock (gate)
        {
            old = [.. uploads.Values.Where(u => u.At <= before && u.State != UploadState.Running)];
            foreach (var upload in old) uploads.Remove(upload.Id);
        }
        foreach (var upload in old) Clear(upload.Folder);
    }

    /// <summary>A browser may send a whole path; only its end is a name.</summary>
    private static string NameOf(IFormFile file)
    {
        var name = file.FileName[(file.FileName.LastIndexOfAny(['/', '\\']) + 1)..];
        return name.Length <= 100 ? name : name[^100..];
    }

    private void Clear(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogLeft(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An import failed; nothing was changed.")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An upload could not be deleted.")]
    private partial void LogLeft(Exception e);
}
