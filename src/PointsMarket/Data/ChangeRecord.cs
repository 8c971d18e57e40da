using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Data;

/// <summary>Who changed what at the desk, outside the ledger: a PIN reset, a lost card, a price. Never a name or a secret.</summary>
public sealed class ChangeRecord
{
    /// <summary>Key.</summary>
    public long Id { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary><see cref="Ledger.Actor"/>.</summary>
    public required string Actor { get; set; }

    /// <summary>What was done, such as <c>member.pin-reset</c>.</summary>
    public required string Action { get; set; }

    /// <summary>The code or reference of what it was done to.</summary>
    public required string Subject { get; set; }

    /// <summary>What changed, such as <c>points 30 → 35</c>.</summary>
    public string? Detail { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<ChangeRecord>(e =>
    {
        e.ToTable("ChangeRecords");
        e.Property(c => c.Actor).HasMaxLength(64);
        e.Property(c => c.Action).HasMaxLength(64);
        e.Property(c => c.Subject).HasMaxLength(64);
        e.Property(c => c.Detail).HasMaxLength(500);
        e.HasIndex(c => new { c.Subject, c.At });
    });
}
