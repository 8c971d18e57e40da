using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Tasks;

/// <summary>
/// What may be reported (DESIGN 4): thirteen to begin with, and what an administrator proposes and a second person approves
/// (<see cref="ScoringRule"/> says from when on, and for how long). Never deleted: old reports name it.
/// </summary>
public sealed class TaskCategory
{
    /// <summary>The longest code and the longest name.</summary>
    public const int MostCode = 32, MostName = 30;

    /// <summary>Key: small letters, digits and hyphens, such as <c>hazard-found</c>; what an import file says.</summary>
    public required string Code { get; set; }

    /// <summary>Its name in Chinese.</summary>
    public required string NameZh { get; set; }

    /// <summary>Its name in English.</summary>
    public required string NameEn { get; set; }

    /// <summary>Name of its icon, one of <see cref="Icons"/>.</summary>
    public required string Icon { get; set; }

    /// <summary>The order in the rule book.</summary>
    public int Position { get; set; }

    /// <summary>The icons there are for a category.</summary>
    public static IReadOnlyList<string> Icons { get; } =
    [
        "hand-heart", "eye", "award", "triangle-alert", "circle-check", "handshake", "phone", "map-pin", "store", "heart", "megaphone", "scroll-text",
        "message-square", "sprout", "users", "calendar", "shield-check", "clipboard-check", "house", "trophy", "smile", "leaf",
    ];

    /// <summary>True for what may be a code.</summary>
    public static bool IsCode(string? code) =>
        code is { Length: > 1 and <= MostCode } && char.IsAsciiLetterLower(code[0]) && code[^1] != '-' && code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>All codes, in the order of the rule book.</summary>
    public static Task<List<string>> CodesAsync(MarketDb db, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.TaskCategories.OrderBy(c => c.Position).ThenBy(c => c.Code).Select(c => c.Code).ToListAsync(ct);
    }

    internal static void Configure(ModelBuilder builder) => builder.Entity<TaskCategory>(e =>
    {
        e.ToTable("TaskCategories");
        e.HasKey(c => c.Code);
        e.Property(c => c.Code).HasMaxLength(MostCode);
        e.Property(c => c.NameZh).HasMaxLength(MostName);
        e.Property(c => c.NameEn).HasMaxLength(MostName);
        e.Property(c => c.Icon).HasMaxLength(32);
        e.HasData(DefaultCategories.Categories());
    });
}

/// <summary>The categories and the rule book of DESIGN 4 that a new database begins with, in force since the year 2000.</summary>
public static class DefaultCategories
{
    private static readonly (string Code, string Zh, string En, string Icon, int Points, int? Day, int? Month, Evidence Evidence)[] Book =
    [
        ("clue", "提供线索", "Gave a lead", "eye", 20, null, null, Evidence.Text),
        ("capture", "协助抓获", "Helped in an arrest", "award", 200, null, null, Evidence.Text),
        ("hazard-found", "排查隐患", "Found a hazard", "triangle-alert", 10, 5, 100, Evidence.Photo),
        ("hazard-fixed", "消除隐患", "Removed a hazard", "circle-check", 20, null, null, Evidence.Photo),
        ("dispute", "化解纠纷", "Settled a quarrel", "handshake", 30, 2, null, Evidence.Text),
        ("incident", "配合处警", "Helped at an incident", "phone", 15, null, null, Evidence.Text),
        ("patrol", "义务巡逻", "Patrol", "map-pin", 5, 2, 100, Evidence.CheckIn),
        ("post", "站岗护学", "Fixed post, school escort", "store", 5, 2, 100, Evidence.CheckIn),
        ("care", "帮扶走访", "Visit and help", "heart", 8, 2, 80, Evidence.Text),
        ("publicity", "宣传", "Spread the word", "megaphone", 3, 1, 30, Evidence.Photo),
        ("training", "参加培训", "Training", "scroll-text", 5, 1, 20, Evidence.Attendance),
        ("opinion", "社情民意", "Passed on an opinion", "message-square", 2, 3, 20, Evidence.Text),
        ("service", "代办服务", "Errand for a neighbour", "hand-heart", 4, 3, 60, Evidence.Text),
    ];

    /// <summary>The codes, in the order of the rule book. What the station has now stands in the database: <see cref="TaskCategory.CodesAsync"/>.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. Book.Select(b => b.Code)];

    internal static TaskCategory[] Categories() => [.. Book.Select((b, i) => new TaskCategory { Code = b.Code, NameZh = b.Zh, NameEn = b.En, Icon = b.Icon, Position = i + 1 })];

    internal static ScoringRule[] Rules() =>
    [
        .. Book.Select((b, i) => new ScoringRule
        {
            Id = i + 1, Category = b.Code, From = new DateOnly(2000, 1, 1), Points = b.Points,
            ReportsPerDay = b.Day, PointsPerMonth = b.Month, Evidence = b.Evidence,
        }),
    ];
}
