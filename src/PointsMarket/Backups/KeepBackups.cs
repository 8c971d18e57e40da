using System.Globalization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Jobs;

namespace PointsMarket.Backups;

/// <summary>The nightly backup: writes one named by the station's clock, then deletes the oldest ones beyond what is kept.</summary>
public sealed class KeepBackups(BackUp backUp, MarketStorage storage, BackupSettings settings, TimeProvider clock)
{
    private const string Begins = "pointsmarket-";

    /// <summary>Where they lie.</summary>
    public string Folder =>
        settings.Folder is { Length: > 0 } folder ? Path.GetFullPath(folder)
        : Path.Combine(Path.GetDirectoryName(storage.Provider == DatabaseProvider.Sqlite ? storage.FilePath : Path.GetFullPath(storage.CheckpointPath))!, "backups");

    /// <summary>Backs up and tidies.</summary>
    public async Task ExecuteAsync(RunReport report, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        var name = Begins + StationTime.Local(clock.GetUtcNow().UtcDateTime).ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + ".zip";
        var outcome = await backUp.ExecuteAsync(new BackUp.Input { Path = Path.Combine(Folder, name), Progress = new Telling(report) }, ct);
        if (outcome is not BackUp.Written written)
        {
            report.Fail(RunFailures.Books); // the one reason why a copy out of a running server is refused
            return;
        }
        report.Say(RunLines.BackedUp, name, (written.Size + 1023) / 1024);
        // By name, which is by time; whatever else lies in the folder is not ours.
        var old = new DirectoryInfo(Folder).GetFiles(Begins + "????????-??????.zip").OrderByDescending(f => f.Name, StringComparer.Ordinal).Skip(settings.Keep).ToList();
        foreach (var file in old) file.Delete();
        if (old.Count > 0) report.Say(RunLines.OldDeleted, old.Count);
    }

    private sealed class Telling(RunReport report) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) => report.Progress(value.Done, value.Total);
    }
}
