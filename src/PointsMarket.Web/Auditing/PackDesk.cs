using PointsMarket.Auditing;

namespace PointsMarket.Web.Auditing;

/// <summary>
/// Writes an auditor's export in the background, because a big book takes longer than anybody waits for a page, and keeps the last
/// one for them in a file of this process's own until it ends. One at a time for each user.
/// </summary>
public sealed class PackDesk(WriteAuditPack write, TimeProvider clock, ILogger<PackDesk> log, IHostApplicationLifetime life) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, Job> jobs = [];

    /// <summary>Where a user's export stands: running and how far, when the last one was written, whether the newest broke off.</summary>
    public sealed record State(bool Running, int Percent, DateTime? At, bool Failed);

    private sealed class Job
    {
        public CancellationTokenSource? Running { get; set; }

        public int Percent { get; set; }

        public DateTime? At { get; set; }

        public string? File { get; set; }

        public bool Failed { get; set; }
    }

    /// <summary>How it stands for a user.</summary>
    public State Of(int user)
    {
        lock (gate) return jobs.TryGetValue(user, out var job) ? new State(job.Running is not null, job.Percent, job.At, job.Failed) : new State(false, 0, null, false);
    }

    /// <summary>Starts it; one that runs goes on. The task ends when the export does.</summary>
    public Task Start(int user, string areaPath)
    {
        Job job;
        lock (gate)
        {
            if (!jobs.TryGetValue(user, out job!)) jobs[user] = job = new Job();
            if (job.Running is not null) return Task.CompletedTask;
            (job.Running, job.Percent, job.Failed) = (CancellationTokenSource.CreateLinkedTokenSource(life.ApplicationStopping), 0, false);
        }
        return Task.Run(() => RunAsync(job, areaPath));
    }

    /// <summary>Stops it; the one before stays.</summary>
    public void Cancel(int user)
    {
        lock (gate)
        {
            if (jobs.TryGetValue(user, out var job)) job.Running?.Cancel();
        }
    }

    /// <summary>The last one, or null.</summary>
    public Stream? Open(int user)
    {
        lock (gate)
            return jobs.TryGetValue(user, out var job) && job.File is { } file && File.Exists(file) ? new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete) : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var job in jobs.Values) Forget(job.File);
            jobs.Clear();
        }
    }

    private async Task RunAsync(Job job, string areaPath)
    {
        var file = Path.Combine(Path.GetTempPath(), $"pointsmarket-audit-{Guid.NewGuid():N}.zip");
        var done = false;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 1 << 16, Options = FileOptions.Asynchronous };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // for this user alone
            await using (var to = new FileStream(file, options))
            {
                var outcome = await write.ExecuteAsync(new WriteAuditPack.Input { AreaPath = areaPath, To = to, Progress = new Told(this, job) }, job.Running!.Token);
                done = outcome == WriteAuditPack.Outcome.Done;
            }
        }
        catch (OperationCanceledException)
        {
            // asked for
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogError(e, "The audit export could not be written.");
            lock (gate) job.Failed = true;
        }
        lock (gate)
        {
            job.Running?.Dispose();
            job.Running = null;
            if (done)
            {
                Forget(job.File);
                (job.File, job.At) = (file, clock.GetUtcNow().UtcDateTime);
            }
            else
            {
                Forget(file);
            }
        }
    }

    private void Forget(string? file)
    {
        try
        {
            if (file is not null) File.Delete(file);
        }
        catch (IOException e)
        {
            log.LogWarning(e, "An audit export could not be deleted.");
        }
    }

    private sealed class Told(PackDesk desk, Job job) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value)
        {
            lock (desk.gate) job.Percent = value.Total == 0 ? 100 : (int)(value.Done * 100 / value.Total);
        }
    }
}
