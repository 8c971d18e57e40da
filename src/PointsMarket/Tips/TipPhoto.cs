using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Sealing;
using PointsMarket.Tasks;

namespace PointsMarket.Tips;

/// <summary>
/// A photo that came with a tip: cleaned of what the camera wrote about place and owner, then sealed. It lies in the database, not
/// in a folder, because a file's times would tell the hour.
/// </summary>
public sealed class TipPhoto
{
    /// <summary>The most photos of a tip.</summary>
    public const int Most = 3;

    /// <summary>Key, random.</summary>
    public Guid Id { get; set; }

    /// <summary>The tip.</summary>
    public Guid TipId { get; set; }

    /// <summary>From 1.</summary>
    public int Number { get; set; }

    /// <summary>The type it is served as.</summary>
    public PhotoKind Kind { get; set; }

    /// <summary>The photo, sealed for <see cref="PlaceOf"/>.</summary>
    public required byte[] Content { get; set; }

    /// <summary>What a photo is bound to.</summary>
    public static string PlaceOf(Guid id) => $"tip-photo:{id:N}";

    internal static void Configure(ModelBuilder builder) => builder.Entity<TipPhoto>(e =>
    {
        e.ToTable("TipPhotos");
        e.Property(p => p.Id).ValueGeneratedNever();
        e.HasIndex(p => new { p.TipId, p.Number }).IsUnique();
        e.HasOne<Tip>().WithMany(t => t.Photos).HasForeignKey(p => p.TipId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>Opens a photo of a tip for somebody at the desk who has opened the tip that day, which is on record.</summary>
public sealed class ReadTipPhoto(OpenTip open, Seal seal)
{
    /// <summary>The photo; null when there is none for this account, or its key is missing.</summary>
    public async Task<(byte[] Content, PhotoKind Kind)?> ExecuteAsync(MarketDb db, TipAtDesk at, int number, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await open.OpenedTodayAsync(db, at, ct) is not { } tip) return null;
        var photo = await db.TipPhotos.AsNoTracking().SingleOrDefaultAsync(p => p.TipId == tip && p.Number == number, ct);
        return photo is not null && seal.OpenBytes(photo.Content, TipPhoto.PlaceOf(photo.Id)) is { } content ? (content, photo.Kind) : null;
    }
}
