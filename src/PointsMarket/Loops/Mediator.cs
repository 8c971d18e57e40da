using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Members;

namespace PointsMarket.Loops;

/// <summary>Who mediates which disputes in an area and below it: an office or role by its name, a member, or both.</summary>
public sealed class Mediator
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>Where.</summary>
    public int AreaId { get; set; }

    /// <summary>Where.</summary>
    public Area Area { get; set; } = null!;

    /// <summary>What about; one line for each area and type.</summary>
    public DisputeType Type { get; set; }

    /// <summary>The office or role, such as 物业经理; at most <see cref="Loop.MostWho"/> characters.</summary>
    public required string Office { get; set; }

    /// <summary>The member who holds it; null for none.</summary>
    public int? MemberId { get; set; }

    /// <summary>The member who holds it.</summary>
    public Member? Member { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<Mediator>(e =>
    {
        e.ToTable("Mediators");
        e.Property(m => m.Office).HasMaxLength(Loop.MostWho);
        e.HasIndex(m => new { m.AreaId, m.Type }).IsUnique();
        e.HasOne(m => m.Area).WithMany().HasForeignKey(m => m.AreaId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(m => m.Member).WithMany().HasForeignKey(m => m.MemberId).OnDelete(DeleteBehavior.Restrict);
    });

    /// <summary>The fitting one for a dispute of this type there: the nearest, from the area itself up to the station; null when nobody was named.</summary>
    public static Task<Mediator?> FitAsync(MarketDb db, string areaPath, DisputeType type, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Mediators.AsNoTracking().Include(m => m.Member).Where(m => m.Type == type && areaPath.StartsWith(m.Area.Path)).OrderByDescending(m => m.Area.Path.Length).FirstOrDefaultAsync(ct);
    }
}
