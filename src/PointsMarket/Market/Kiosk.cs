using Microsoft.EntityFrameworkCore;
using PointsMarket.Members;

namespace PointsMarket.Market;

/// <summary>A touch screen paired to an outlet. Only the hash of its token is kept.</summary>
public sealed class KioskDevice
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The outlet whose shelf it shows.</summary>
    public int OutletId { get; set; }

    /// <summary>The outlet whose shelf it shows.</summary>
    public Outlet Outlet { get; set; } = null!;

    /// <summary>What the administrator calls it, such as 01 号机.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the six-digit pairing code as hex; null once it was used.</summary>
    public string? PairingHash { get; set; }

    /// <summary>UTC, until when the pairing code works.</summary>
    public DateTime? PairingUntil { get; set; }

    /// <summary>SHA-256 of the token in the device's cookie, as hex; null until paired.</summary>
    public string? TokenHash { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? PairedAt { get; set; }

    /// <summary>UTC, when an administrator took it out of use.</summary>
    public DateTime? RetiredAt { get; set; }

    /// <summary>Wrong voucher numbers in a row.</summary>
    public int VoucherFailures { get; set; }

    /// <summary>UTC: before this no voucher number is even tried; null when the next try is free.</summary>
    public DateTime? VoucherWaitUntil { get; set; }

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<KioskDevice>(e =>
        {
            e.ToTable("KioskDevices");
            e.Property(d => d.Name).HasMaxLength(60);
            e.Property(d => d.PairingHash).HasMaxLength(64);
            e.Property(d => d.TokenHash).HasMaxLength(64);
            e.HasIndex(d => d.TokenHash).IsUnique();
            e.HasIndex(d => d.PairingHash).IsUnique();
            e.HasOne(d => d.Outlet).WithMany().HasForeignKey(d => d.OutletId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<KioskSession>(e =>
        {
            e.ToTable("KioskSessions", t => t.HasCheckConstraint("CK_KioskSessions_OneOwner", OneOwner.Rule));
            e.Property(s => s.Id).ValueGeneratedNever();
            e.Property(s => s.TokenHash).HasMaxLength(64);
            e.Property(s => s.Basket).HasMaxLength(2000);
            e.HasIndex(s => s.TokenHash).IsUnique();
            e.HasIndex(s => s.TouchedAt);
            e.HasOne(s => s.Device).WithMany().HasForeignKey(s => s.DeviceId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(s => s.Member).WithMany().HasForeignKey(s => s.MemberId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(s => s.Voucher).WithMany().HasForeignKey(s => s.VoucherId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>What is spent at a kiosk is a member's or a voucher's, never both and never nobody's.</summary>
internal static class OneOwner
{
    public const string Rule = "(\"MemberId\" IS NULL AND \"VoucherId\" IS NOT NULL) OR (\"MemberId\" IS NOT NULL AND \"VoucherId\" IS NULL)";
}

/// <summary>Somebody in front of a kiosk. The server ends it after <see cref="Idle"/> without a touch.</summary>
public sealed class KioskSession
{
    /// <summary>How long the screen waits for a touch. Source: DESIGN 5.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>SHA-256 of the token in the session cookie, as hex.</summary>
    public required string TokenHash { get; set; }

    /// <summary>The kiosk.</summary>
    public int DeviceId { get; set; }

    /// <summary>The kiosk.</summary>
    public KioskDevice Device { get; set; } = null!;

    /// <summary>Who stands there; null when it is somebody unknown with a voucher.</summary>
    public int? MemberId { get; set; }

    /// <summary>Who stands there; null when it is somebody unknown with a voucher.</summary>
    public Member? Member { get; set; }

    /// <summary>The voucher that is spent; null for a member.</summary>
    public int? VoucherId { get; set; }

    /// <summary>The voucher that is spent; null for a member.</summary>
    public Voucher? Voucher { get; set; }

    /// <summary>UTC, the last touch.</summary>
    public DateTime TouchedAt { get; set; }

    /// <summary>UTC, when it was ended by hand.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>What is chosen: <c>sku:quantity;sku:quantity</c>.</summary>
    public string Basket { get; set; } = "";

    /// <summary>The key of the basket at hand; the redemption made of it carries it, and a new basket gets a new one.</summary>
    public Guid BasketKey { get; set; }
}
