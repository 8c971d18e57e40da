using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;

namespace PointsMarket.Members;

/// <summary>The five levels, and volunteers. Stored by name.</summary>
public enum MemberKind
{
    /// <summary>网格长.</summary>
    GridChief,

    /// <summary>网格协调员.</summary>
    Coordinator,

    /// <summary>网格管理员.</summary>
    GridManager,

    /// <summary>网格员.</summary>
    GridMember,

    /// <summary>信息员: appears everywhere by code, never by name.</summary>
    Informant,

    /// <summary>平安志愿者.</summary>
    Volunteer,
}

/// <summary>A person with a points file (积分档案).</summary>
public sealed class Member
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The code in the files and the ledger, such as <c>G0001</c>.</summary>
    public required string Code { get; set; }

    /// <summary>The digits typed at the kiosk, 6 or more; given out in order, unique.</summary>
    public required string Number { get; set; }

    /// <summary>The person's name. Show it through <see cref="MemberNames"/> only.</summary>
    public required string Name { get; set; }

    /// <summary>The level.</summary>
    public MemberKind Kind { get; set; }

    /// <summary>Where the person belongs.</summary>
    public int AreaId { get; set; }

    /// <summary>Where the person belongs.</summary>
    public Area Area { get; set; } = null!;

    /// <summary>The first day in service.</summary>
    public DateOnly Joined { get; set; }

    /// <summary>The first day no longer in service; null while in service.</summary>
    public DateOnly? Left { get; set; }

    /// <summary>The 13 digits on the card (EAN-13, prefix 21); null when there is none. A lost card gets a new number.</summary>
    public string? CardNumber { get; set; }

    /// <summary>The hash of the PIN; null when none was ever set.</summary>
    public string? PinHash { get; set; }

    /// <summary>Wrong PINs since the last right one.</summary>
    public int PinFailures { get; set; }

    /// <summary>UTC: before this no PIN is even tried; null when the next try is free.</summary>
    public DateTime? PinWaitUntil { get; set; }

    /// <summary>Locked after too many wrong PINs; an approver unlocks.</summary>
    public bool PinLocked { get; set; }

    /// <summary>True for a member who does not want to stand on the public leaderboard (红榜).</summary>
    public bool OffLeaderboard { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<Member>(e =>
    {
        e.ToTable("Members");
        e.Property(m => m.Code).HasMaxLength(40);
        e.Property(m => m.Number).HasMaxLength(12);
        e.Property(m => m.Name).HasMaxLength(60);
        e.Property(m => m.CardNumber).HasMaxLength(13);
        e.Property(m => m.PinHash).HasMaxLength(200);
        e.HasIndex(m => m.Code).IsUnique();
        e.HasIndex(m => m.Number).IsUnique();
        e.HasIndex(m => m.CardNumber).IsUnique();
        e.HasOne(m => m.Area).WithMany().HasForeignKey(m => m.AreaId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>How a member is named on a screen.</summary>
public static class MemberNames
{
    /// <summary>For people at work in the desk: the name, but an informant's code (DESIGN 4, "Confidential tips").</summary>
    public static string Shown(MemberKind kind, string code, string name) => kind == MemberKind.Informant ? code : name;

    /// <summary>For a screen that a neighbour may see: 张*兰, 李*; an informant's code.</summary>
    public static string Masked(MemberKind kind, string code, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (kind == MemberKind.Informant) return code;
        var letters = System.Globalization.StringInfo.ParseCombiningCharacters(name);
        if (letters.Length <= 1) return name;
        var first = name[..letters[1]];
        return letters.Length == 2 ? first + "*" : first + "*" + name[letters[^1]..];
    }
}
