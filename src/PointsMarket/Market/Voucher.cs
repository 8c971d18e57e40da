using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>
/// Points that belong to whoever holds its number (奖励券): the reward of a tip from somebody who stays unknown (DESIGN 4). What is
/// left of it lies in the ledger's account <c>voucher:{code}</c>; what it is spent on is a redemption without a member.
/// </summary>
public sealed class Voucher
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>Its name in the ledger, random; opens nothing.</summary>
    public required string Code { get; set; }

    /// <summary>The station's book.</summary>
    public int BookId { get; set; }

    /// <summary>By which the number is found again (<see cref="Sealing.Seal.Marks"/>); the number itself is not kept in the open.</summary>
    public required string Mark { get; set; }

    /// <summary>The number, sealed for <see cref="PlaceOf"/>, so that its owner can be shown it.</summary>
    public required byte[] Number { get; set; }

    /// <summary>Points it was given.</summary>
    public int Points { get; set; }

    /// <summary>The station day of the batch it came with.</summary>
    public DateOnly Granted { get; set; }

    /// <summary>The station day on which its owner had it replaced: its number opens nothing since then. Null while it is good.</summary>
    public DateOnly? Replaced { get; set; }

    /// <summary>Its account.</summary>
    public AccountCode Account => AccountCode.Voucher(Code);

    /// <summary>What its sealed number is bound to.</summary>
    public static string PlaceOf(string code) => $"voucher:{code}";

    internal static void Configure(ModelBuilder builder) => builder.Entity<Voucher>(e =>
    {
        e.ToTable("Vouchers", t => t.HasCheckConstraint("CK_Vouchers_Points", "\"Points\" > 0"));
        e.Ignore(v => v.Account);
        e.Property(v => v.Code).HasMaxLength(40);
        e.Property(v => v.Mark).HasMaxLength(64);
        e.HasIndex(v => v.Code).IsUnique();
        e.HasIndex(v => v.Mark).IsUnique();
        e.HasOne<LedgerBook>().WithMany().HasForeignKey(v => v.BookId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>
/// The 16 digits of a voucher, the last a check digit (Luhn), so that a slip of the finger is told from a wrong number. 15 random
/// digits are some 50 bits; tries at a kiosk are counted and slowed down, and the database alone cannot be searched for them.
/// </summary>
public static class VoucherNumbers
{
    /// <summary>Digits in all.</summary>
    public const int Length = 16;

    /// <summary>A new number; the first digit is not 0, nor 2 as on cards and slips.</summary>
    public static string New()
    {
        var digits = RandomNumberGenerator.GetString("3456789", 1) + RandomNumberGenerator.GetString("0123456789", Length - 2);
        return digits + CheckOf(digits);
    }

    /// <summary>The digits that were typed or scanned; null when they are no voucher's.</summary>
    public static string? Read(string? typed)
    {
        var digits = typed?.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return digits is { Length: Length } && digits.All(char.IsAsciiDigit) && CheckOf(digits[..^1]) == digits[^1] ? digits : null;
    }

    /// <summary>In four groups, as it is read out.</summary>
    public static string Grouped(string digits) => string.Join(' ', digits.Chunk(4).Select(c => new string(c)));

    /// <summary>A new name for the ledger.</summary>
    internal static string NewCode() => "V" + RandomNumberGenerator.GetString("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 10);

    private static char CheckOf(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 0) digit = digit * 2 > 9 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }
        return ((10 - (sum % 10)) % 10).ToString(CultureInfo.InvariantCulture)[0];
    }
}
