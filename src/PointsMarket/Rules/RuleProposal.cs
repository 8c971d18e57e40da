using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Members;
using PointsMarket.Proposals;
using PointsMarket.Tasks;

namespace PointsMarket.Rules;

/// <summary>
/// A change of the rule book on its way: what a category is to be worth from a day on, and what it comes with. The rule itself comes into <see cref="ScoringRule"/> only when it is approved.
/// </summary>
public sealed class RuleProposal : Proposal
{
    /// <summary>One of <see cref="TaskCategory"/>.</summary>
    public required string Category { get; set; }

    /// <summary>Points for one verified report.</summary>
    public int Points { get; set; }

    /// <summary>How many reports a day earn points; null for no limit.</summary>
    public int? ReportsPerDay { get; set; }

    /// <summary>How many points a month it may earn a member; null for no limit.</summary>
    public int? PointsPerMonth { get; set; }

    /// <summary>What must come with a report.</summary>
    public Evidence Evidence { get; set; }

    /// <summary>True when the category is to be offered no longer from that day on.</summary>
    public bool Retired { get; set; }

    /// <summary>Of a new category: its name in Chinese; null for one that is there.</summary>
    public string? NameZh { get; set; }

    /// <summary>Of a new category: its name in English.</summary>
    public string? NameEn { get; set; }

    /// <summary>Of a new category: its icon.</summary>
    public string? Icon { get; set; }

    /// <summary>Of a new category: the level that acts first on its reports.</summary>
    public MemberKind? FirstLevel { get; set; }

    /// <summary>True when the category comes with it.</summary>
    public bool IsNew => NameZh is not null;

    /// <summary>How people call it: <c>JF0012</c>.</summary>
    public override string Number => NumberOf(Id);

    /// <inheritdoc cref="Number"/>
    public static string NumberOf(int id) => "JF" + id.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>The rule as it would stand in the book.</summary>
    public ScoringRule AsRule() => new()
    {
        Category = Category, From = From, Points = Points, ReportsPerDay = ReportsPerDay, PointsPerMonth = PointsPerMonth, Evidence = Evidence, Retired = Retired,
    };

    internal static void Configure(ModelBuilder builder) => builder.Entity<RuleProposal>(e =>
    {
        e.ToTable("RuleProposals");
        Configure(e);
        e.Property(p => p.Category).HasMaxLength(32);
        e.Property(p => p.NameZh).HasMaxLength(TaskCategory.MostName);
        e.Property(p => p.NameEn).HasMaxLength(TaskCategory.MostName);
        e.Property(p => p.Icon).HasMaxLength(32);
        e.Ignore(p => p.IsNew);
        e.HasIndex(p => new { p.State, p.Category });
        e.HasIndex(p => new { p.Category, p.From });
    });
}
