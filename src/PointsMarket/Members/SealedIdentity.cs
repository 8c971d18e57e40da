using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Members;

/// <summary>
/// An informant's name, closed (DESIGN 4, "Confidential tips"). <see cref="Member.Name"/> of an informant holds the code instead;
/// a table of its own, so that nothing that reads members meets it.
/// </summary>
public sealed class SealedIdentity
{
    /// <summary>The informant.</summary>
    public int MemberId { get; set; }

    /// <summary>The name, closed for <see cref="PlaceOf"/>.</summary>
    public required byte[] Name { get; set; }

    /// <summary>What the name is bound to: a sealed name put into another member's row does not open.</summary>
    public static string PlaceOf(string memberCode) => $"member:{memberCode}";

    internal static void Configure(ModelBuilder builder) => builder.Entity<SealedIdentity>(e =>
    {
        e.ToTable("SealedIdentities");
        e.HasKey(s => s.MemberId);
        e.Property(s => s.MemberId).ValueGeneratedNever();
        e.HasOne<Member>().WithOne().HasForeignKey<SealedIdentity>(s => s.MemberId).OnDelete(DeleteBehavior.Restrict);
    });
}
