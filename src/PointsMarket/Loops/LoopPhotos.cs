using PointsMarket.Tasks;

namespace PointsMarket.Loops;

/// <summary>The photos of a step on their way from the device into the folder and the database.</summary>
internal static class LoopPhotos
{
    /// <summary>Cleans and writes the files before the door is opened, and takes them back when nothing was kept.</summary>
    public static async Task<LoopOutcome> WithAsync(PhotoFolder folder, IReadOnlyList<ReadOnlyMemory<byte>> files, Func<IReadOnlyList<SavedPhoto>, Task<LoopOutcome>> run, CancellationToken ct)
    {
        var (photos, bad) = ReportPhotos.Clean(files);
        if (bad is not null) return new LoopOutcome.BadPhoto(bad.Number, bad.Fault);
        var saved = await ReportPhotos.SaveAsync(folder, photos, ct);
        LoopOutcome? outcome = null;
        try
        {
            return outcome = await run(saved);
        }
        finally
        {
            if (outcome is not (LoopOutcome.Opened { Before: false } or LoopOutcome.Stepped)) folder.Delete(saved.Select(s => s.FileName));
        }
    }

    /// <summary>Hangs them on a step.</summary>
    public static void Hang(LoopStep step, IReadOnlyList<SavedPhoto> photos)
    {
        foreach (var photo in photos)
            step.Photos.Add(new LoopPhoto { Number = step.Photos.Count + 1, FileName = photo.FileName, Kind = photo.Kind, Bytes = photo.Bytes, Hash = photo.Hash });
    }
}
