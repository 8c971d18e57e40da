using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Tasks;

/// <summary>What a photo is, by its first bytes. Stored by name.</summary>
public enum PhotoKind
{
    /// <summary>image/jpeg.</summary>
    Jpeg,

    /// <summary>image/png.</summary>
    Png,

    /// <summary>image/webp.</summary>
    Webp,
}

/// <summary>A photo that came with a report, as it lies in the <see cref="PhotoFolder"/>: without what the camera wrote about place and owner.</summary>
public sealed class ReportPhoto
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The report.</summary>
    public int ReportId { get; set; }

    /// <summary>The report.</summary>
    public TaskReport Report { get; set; } = null!;

    /// <summary>1 to <see cref="FileReport.MostPhotos"/>, in the order they were chosen.</summary>
    public int Number { get; set; }

    /// <summary>The random name of its file.</summary>
    public required string FileName { get; set; }

    /// <summary>The type it is served as.</summary>
    public PhotoKind Kind { get; set; }

    /// <summary>Its size.</summary>
    public int Bytes { get; set; }

    /// <summary>SHA-256 of the stored file, 64 hex digits: the same picture sent twice has the same, whatever its metadata said.</summary>
    public required string Hash { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<ReportPhoto>(e =>
    {
        e.ToTable("ReportPhotos");
        e.Property(p => p.FileName).HasMaxLength(40);
        e.Property(p => p.Hash).HasMaxLength(64);
        e.HasIndex(p => new { p.ReportId, p.Number }).IsUnique();
        e.HasIndex(p => p.Hash);
        e.HasOne(p => p.Report).WithMany(r => r.Photos).HasForeignKey(p => p.ReportId).OnDelete(DeleteBehavior.Restrict);
    });
}
