using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Data;

/// <summary>A data-protection key, as XML, for all nodes on one database.</summary>
public sealed class ProtectionKey
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The framework's name for it.</summary>
    public required string Name { get; set; }

    /// <summary>The key element.</summary>
    public required string Xml { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<ProtectionKey>(e =>
    {
        e.ToTable("ProtectionKeys");
        e.Property(k => k.Xml).HasMaxLength(8000);
        e.HasIndex(k => k.Name).IsUnique();
    });
}

/// <summary>
/// The proof that an operation's transaction was committed on a server database: when the line drops during COMMIT, the same
/// receipt written again fails, and the first answer is the right one. Rows older than a day are swept away.
/// </summary>
public sealed class WriteReceipt
{
    /// <summary>Made by the client, one for each operation.</summary>
    public Guid Id { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<WriteReceipt>(e =>
    {
        e.ToTable("WriteReceipts");
        e.Property(r => r.Id).ValueGeneratedNever();
        e.HasIndex(r => r.At);
    });
}
