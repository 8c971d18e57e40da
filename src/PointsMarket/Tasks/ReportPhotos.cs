namespace PointsMarket.Tasks;

/// <summary>A photo that lies in the <see cref="PhotoFolder"/> and waits to be named by a row.</summary>
internal sealed record SavedPhoto(string FileName, PhotoKind Kind, int Bytes, string Hash)
{
    public static SavedPhoto Of(string fileName, CleanPhoto photo) => new(fileName, photo.Kind, photo.Content.Length, photo.Hash);
}

/// <summary>The photos of a report, a note or a step on their way from the device into the folder and the database.</summary>
internal static class ReportPhotos
{
    /// <summary>All of them rewritten, or the first that is not taken.</summary>
    public static (IReadOnlyList<CleanPhoto> Photos, FileReport.BadPhoto? Bad) Clean(IReadOnlyList<ReadOnlyMemory<byte>> files)
    {
        var photos = new List<CleanPhoto>(files.Count);
        foreach (var file in files)
        {
            var (photo, fault) = CleanPhoto.From(file.Span);
            if (photo is null) return ([], new FileReport.BadPhoto(photos.Count + 1, fault!.Value));
            photos.Add(photo);
        }
        return (photos, null);
    }

    public static async Task<IReadOnlyList<SavedPhoto>> SaveAsync(PhotoFolder folder, IReadOnlyList<CleanPhoto> photos, CancellationToken ct)
    {
        var saved = new List<SavedPhoto>(photos.Count);
        try
        {
            foreach (var photo in photos) saved.Add(SavedPhoto.Of(await folder.SaveAsync(photo.Content, ct), photo));
            return saved;
        }
        catch
        {
            folder.Delete(saved.Select(p => p.FileName));
            throw;
        }
    }

    /// <summary>Hangs them on a report, after those it has.</summary>
    public static void Add(TaskReport report, IReadOnlyList<SavedPhoto> photos, int before = 0)
    {
        foreach (var photo in photos)
            report.Photos.Add(new ReportPhoto { Number = ++before, FileName = photo.FileName, Kind = photo.Kind, Bytes = photo.Bytes, Hash = photo.Hash });
    }
}
